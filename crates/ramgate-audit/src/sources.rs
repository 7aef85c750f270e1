//! Where candidates for an answer come from: the narrowest index that the filter allows.
//!
//! Candidates only have to include every wanted call; [`Filter::matches`] decides on each. All indexes are ordered by
//! time, so several of them (one per caller, action or resource that a wildcard covers) are merged without sorting.

use crate::{Cursor, Filter, glob};
use rusqlite::{Connection, Rows, Statement, ToSql};

/// Index entries that are merged at most. A wildcard that covers more is dense enough for going through all calls.
const MERGED: usize = 32;

/// Which index to go through.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// Nothing can match.
    Nothing,
    /// Calls of one request id.
    Request(String),
    /// Calls that name one of these resources.
    Resources(Vec<i64>),
    /// Calls of these callers.
    Callers(Vec<i64>),
    /// Calls of these operations.
    Operations(Vec<i64>),
    /// Calls with an error status.
    Failed,
    /// Calls that were not allowed.
    Refused,
    /// Calls that change something.
    Mutating,
    /// All calls.
    All,
}

impl Source {
    /// Chooses the index. Looks up the numbers of callers, operations and resources.
    pub(crate) fn choose(connection: &Connection, filter: &Filter) -> rusqlite::Result<Self> {
        if let Some(request_id) = &filter.request_id {
            return Ok(Self::Request(request_id.clone()));
        }
        let mut found = None;
        for (ids, source) in [
            (resources(connection, filter)?, Self::Resources as fn(Vec<i64>) -> Self),
            (callers(connection, filter)?, Self::Callers),
            (operations(connection, filter)?, Self::Operations),
        ] {
            match ids {
                Ids::None => return Ok(Self::Nothing),
                Ids::Some(ids) if found.is_none() => found = Some(source(ids)),
                Ids::Some(_) | Ids::Many | Ids::Any => {}
            }
        }
        let errors_only = filter.code.is_some() || filter.status.as_ref().is_some_and(|status| *status.start() >= 400);
        let refused_only = !filter.decisions.is_empty() && !filter.decisions.contains(&crate::Decision::Allowed);
        Ok(match found {
            Some(source) => source,
            None if errors_only => Self::Failed,
            None if refused_only => Self::Refused,
            None if filter.mutation_only => Self::Mutating,
            None => Self::All,
        })
    }

    /// The statements that yield candidates as `(time, seq)`, newest first, and the value of each one's parameter `?4`.
    fn statements(&self) -> Vec<(&'static str, Option<&dyn ToSql>)> {
        macro_rules! by {
            ($index:literal, $condition:literal) => {
                concat!(
                    "SELECT time, seq FROM call INDEXED BY ",
                    $index,
                    " WHERE ",
                    $condition,
                    " AND time >= ?1 AND (time, seq) < (?2, ?3) ORDER BY time DESC, seq DESC"
                )
            };
        }
        match self {
            Self::Nothing => Vec::new(),
            Self::Request(id) => vec![(
                "SELECT time, seq FROM call INDEXED BY call_by_request WHERE request_id = ?4
                 AND time >= ?1 AND (time, seq) < (?2, ?3) ORDER BY time DESC, seq DESC",
                Some(id),
            )],
            Self::Resources(ids) => each(
                ids,
                "SELECT time, call FROM touch WHERE resource = ?4
                 AND time >= ?1 AND (time, call) < (?2, ?3) ORDER BY time DESC, call DESC",
            ),
            Self::Callers(ids) => each(ids, by!("call_by_caller", "caller = ?4")),
            Self::Operations(ids) => each(ids, by!("call_by_operation", "operation = ?4")),
            Self::Failed => vec![
                (by!("call_failed", "status >= 400"), None),
                (
                    "SELECT call_time, call FROM ending INDEXED BY ending_failed WHERE status >= 400
                     AND call_time >= ?1 AND (call_time, call) < (?2, ?3) ORDER BY call_time DESC, call DESC",
                    None,
                ),
            ],
            Self::Refused => vec![(by!("call_refused", "decision <> 0"), None)],
            Self::Mutating => vec![(by!("call_mutating", "mutation <> 0"), None)],
            Self::All => vec![(by!("call_by_time", "true"), None)],
        }
    }

    /// Calls `visit` with candidates, newest first, each once, from before `before` back to `from`, until it says stop
    /// by returning `false`.
    pub(crate) fn visit<E: From<rusqlite::Error>>(
        &self,
        connection: &Connection,
        from: i64,
        before: Cursor,
        mut visit: impl FnMut(Cursor) -> Result<bool, E>,
    ) -> Result<(), E> {
        let parts = self.statements();
        let mut statements: Vec<Statement<'_>> = Vec::new();
        for (sql, _) in &parts {
            statements.push(connection.prepare(sql)?);
        }
        let mut rows: Vec<Rows<'_>> = Vec::new();
        for (statement, (_, value)) in statements.iter_mut().zip(&parts) {
            let mut values: Vec<&dyn ToSql> = vec![&from, &before.time, &before.seq];
            values.extend(value);
            rows.push(statement.query(values.as_slice())?);
        }
        let mut heads = Vec::new();
        for rows in &mut rows {
            heads.push(next(rows)?);
        }
        while let Some(newest) = heads.iter().flatten().max().copied() {
            for (head, rows) in heads.iter_mut().zip(&mut rows) {
                if *head == Some(newest) {
                    *head = next(rows)?;
                }
            }
            if !visit(Cursor { time: newest.0, seq: newest.1 })? {
                break;
            }
        }
        Ok(())
    }
}

fn each<'a>(ids: &'a [i64], sql: &'static str) -> Vec<(&'static str, Option<&'a dyn ToSql>)> {
    ids.iter().map(|id| (sql, Some(id as &dyn ToSql))).collect()
}

fn next(rows: &mut Rows<'_>) -> rusqlite::Result<Option<(i64, i64)>> {
    rows.next()?.map(|row| Ok((row.get(0)?, row.get(1)?))).transpose()
}

/// What a condition of the filter leaves of callers, operations or resources.
enum Ids {
    /// The filter has no such condition.
    Any,
    /// More than can be merged.
    Many,
    /// These.
    Some(Vec<i64>),
    /// None: the answer is empty.
    None,
}

impl Ids {
    fn collect(
        connection: &Connection,
        sql: &str,
        values: &[&dyn ToSql],
        wanted: impl Fn(&str) -> bool,
    ) -> rusqlite::Result<Self> {
        let mut statement = connection.prepare(sql)?;
        let mut rows = statement.query(values)?;
        let mut ids = Vec::new();
        while let Some(row) = rows.next()? {
            let mut any = false;
            for column in 1..row.as_ref().column_count() {
                let text = row.get_ref(column)?.as_str().unwrap_or_default();
                any = any || (!text.is_empty() && wanted(text));
            }
            if any {
                if ids.len() == MERGED {
                    return Ok(Self::Many);
                }
                ids.push(row.get(0)?);
            }
        }
        Ok(if ids.is_empty() { Self::None } else { Self::Some(ids) })
    }
}

fn callers(connection: &Connection, filter: &Filter) -> rusqlite::Result<Ids> {
    let Some(wanted) = &filter.principal else { return Ok(Ids::Any) };
    let condition = if glob::is_pattern(wanted) {
        ""
    } else {
        " WHERE name = ?1 OR principal_id = ?1 OR arn = ?1 OR access_key_id = ?1"
    };
    let sql = format!("SELECT id, name, principal_id, arn, access_key_id FROM caller{condition}");
    let values: &[&dyn ToSql] = if condition.is_empty() { &[] } else { &[wanted] };
    Ids::collect(connection, &sql, values, |fact| glob::matches(wanted, fact, false))
}

fn operations(connection: &Connection, filter: &Filter) -> rusqlite::Result<Ids> {
    let Some(wanted) = &filter.action else { return Ok(Ids::Any) };
    if glob::matches(wanted, "", true) {
        // Calls without an action are wanted too.
        return Ok(Ids::Any);
    }
    Ids::collect(connection, "SELECT id, action FROM operation", &[], |action| glob::matches(wanted, action, true))
}

fn resources(connection: &Connection, filter: &Filter) -> rusqlite::Result<Ids> {
    let Some(wanted) = &filter.resource else { return Ok(Ids::Any) };
    let prefix = glob::literal_prefix(wanted);
    // Texts are ordered by their bytes, and no text has a byte 0xff.
    let mut end = prefix.as_bytes().to_vec();
    end.push(0xff);
    let sql = "SELECT id, arn FROM resource WHERE arn >= ?1 AND arn < CAST(?2 AS TEXT)";
    Ids::collect(connection, sql, &[&prefix, &end], |name| name == wanted || glob::matches(wanted, name, false))
}
