//! Callers, operations and resource names are written once and referred to by number.

use crate::row::CallRow;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::HashMap;

/// Numbers remembered per kind. A log with more distinct callers looks the others up in the file.
const REMEMBERED: usize = 4096;

/// The numbers that were looked up or given lately.
#[derive(Default)]
pub(crate) struct Interner {
    callers: HashMap<String, i64>,
    operations: HashMap<String, i64>,
    resources: HashMap<String, i64>,
    key: String,
}

impl Interner {
    /// Forgets all, after a transaction that did not happen or rows that are gone.
    pub(crate) fn clear(&mut self) {
        self.callers.clear();
        self.operations.clear();
        self.resources.clear();
    }

    pub(crate) fn caller(&mut self, connection: &Connection, row: &CallRow) -> rusqlite::Result<i64> {
        join(
            &mut self.key,
            [
                &row.principal_arn,
                &row.access_key_id,
                &row.principal_id,
                &row.principal_name,
                &row.principal_kind,
                &row.account_id,
            ],
        );
        remember(&mut self.callers, &self.key, || {
            let facts = params![
                row.principal_arn,
                row.access_key_id,
                row.principal_id,
                row.principal_name,
                row.principal_kind,
                row.account_id
            ];
            find_or_insert(
                connection,
                "SELECT id FROM caller WHERE arn = ?1 AND access_key_id = ?2 AND principal_id = ?3 AND name = ?4
                 AND kind = ?5 AND account_id = ?6",
                "INSERT INTO caller (arn, access_key_id, principal_id, name, kind, account_id)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                facts,
            )
        })
    }

    pub(crate) fn operation(&mut self, connection: &Connection, row: &CallRow) -> rusqlite::Result<i64> {
        join(&mut self.key, [&row.action, &row.operation, &row.product, &row.access_level]);
        remember(&mut self.operations, &self.key, || {
            find_or_insert(
                connection,
                "SELECT id FROM operation WHERE action = ?1 AND operation = ?2 AND product = ?3 AND access_level = ?4",
                "INSERT INTO operation (action, operation, product, access_level) VALUES (?1, ?2, ?3, ?4)",
                params![row.action, row.operation, row.product, row.access_level],
            )
        })
    }

    pub(crate) fn resource(&mut self, connection: &Connection, arn: &str) -> rusqlite::Result<i64> {
        remember(&mut self.resources, arn, || {
            find_or_insert(
                connection,
                "SELECT id FROM resource WHERE arn = ?1",
                "INSERT INTO resource (arn) VALUES (?1)",
                params![arn],
            )
        })
    }
}

/// Joins texts so that no two lists read the same.
fn join<const N: usize>(key: &mut String, parts: [&String; N]) {
    use std::fmt::Write as _;
    key.clear();
    for part in parts {
        let _ = write!(key, "{}:{part}", part.len());
    }
}

fn remember(
    known: &mut HashMap<String, i64>,
    key: &str,
    find: impl FnOnce() -> rusqlite::Result<i64>,
) -> rusqlite::Result<i64> {
    if let Some(id) = known.get(key) {
        return Ok(*id);
    }
    let id = find()?;
    if known.len() >= REMEMBERED {
        known.clear();
    }
    known.insert(key.to_owned(), id);
    Ok(id)
}

fn find_or_insert(
    connection: &Connection,
    select: &str,
    insert: &str,
    values: &[&dyn rusqlite::ToSql],
) -> rusqlite::Result<i64> {
    if let Some(id) = connection.prepare_cached(select)?.query_row(values, |row| row.get(0)).optional()? {
        return Ok(id);
    }
    connection.prepare_cached(insert)?.insert(values)
}
