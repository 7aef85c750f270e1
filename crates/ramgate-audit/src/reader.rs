//! Reading the log, also while another process appends to it.

use crate::filter::MAX_PAGE;
use crate::row::{CALL_COLUMNS, CallRow, EndRow, N_CALL_COLUMNS};
use crate::sources::Source;
use crate::{AuditError, Cursor, Entries, Entry, Filter, Head, Page, schema};
use rusqlite::{Connection, OptionalExtension};
use std::path::Path;

/// Candidates that are looked at for one page. It bounds how long a page takes, about 0.2 s.
const EXAMINED: usize = 20_000;

/// The log, open for reading. Blocking; see [`Audit::query`](crate::Audit::query) for asynchronous callers.
#[derive(Debug)]
pub struct Reader {
    pub(crate) connection: Connection,
}

impl Reader {
    /// Opens the log at `path`. Nothing in the file can be changed through it.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, AuditError> {
        Ok(Self { connection: schema::open_for_reading(path.as_ref())? })
    }

    /// One page of calls, newest first. See [`Entries::next`] for how to go on.
    pub fn query(&self, filter: &Filter, page: &Page) -> Result<Entries, AuditError> {
        // One transaction, so that all of the page is of one moment.
        let transaction = self.connection.unchecked_transaction().map_err(AuditError::read)?;
        let limit = page.limit.clamp(1, MAX_PAGE);
        let from = filter.from.unwrap_or(i64::MIN);
        let end = filter.to.map_or(Cursor { time: i64::MAX, seq: i64::MAX }, |to| Cursor { time: to, seq: i64::MIN });
        let before = match page.cursor {
            Some(cursor) if (cursor.time, cursor.seq) < (end.time, end.seq) => cursor,
            _ => end,
        };
        let floor = schema::floor(&transaction).map_err(AuditError::read)?;
        let source = Source::choose(&transaction, filter).map_err(AuditError::read)?;

        let (mut entries, mut next, mut last, mut examined) = (Vec::new(), None, before, 0);
        source.visit(&transaction, from, before, |candidate| -> Result<bool, AuditError> {
            if examined == EXAMINED {
                next = Some(last);
                return Ok(false);
            }
            examined += 1;
            if candidate.seq > floor
                && let Some(entry) = entry(&transaction, candidate.seq)?
                && filter.matches(&entry)
            {
                if entries.len() == limit {
                    next = Some(last);
                    return Ok(false);
                }
                entries.push(entry);
            }
            last = candidate;
            Ok(true)
        })?;
        Ok(Entries { entries, next })
    }

    /// The last record, for keeping elsewhere.
    pub fn head(&self) -> Result<Head, AuditError> {
        schema::head(&self.connection).map_err(AuditError::read)
    }
}

impl From<rusqlite::Error> for AuditError {
    /// Errors of queries; those of writing and opening say more where they arise.
    fn from(error: rusqlite::Error) -> Self {
        Self::read(error)
    }
}

/// The call at a position, with its outcome. `None` when it was removed meanwhile.
fn entry(connection: &Connection, seq: i64) -> Result<Option<Entry>, AuditError> {
    let sql = format!(
        "SELECT {CALL_COLUMNS}, e.seq, e.call, e.call_time, e.status, e.code, e.message, e.duration_us, e.revision
         FROM call c LEFT JOIN caller w ON w.id = c.caller LEFT JOIN operation o ON o.id = c.operation
         LEFT JOIN ending e ON e.call = c.seq WHERE c.seq = ?1"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let row = statement.query_row([seq], |row| {
        let (call, _) = CallRow::read(row)?;
        let ended: Option<i64> = row.get(N_CALL_COLUMNS)?;
        let ending = ended.map(|_| EndRow::read(row, N_CALL_COLUMNS)).transpose()?;
        Ok((call, ending))
    });
    let row = row.optional().map_err(|error| match error {
        rusqlite::Error::InvalidColumnType(_, column, _) => {
            AuditError::BadRecord { sequence: seq.unsigned_abs(), what: format!("its {column} is not there") }
        }
        error => AuditError::read(error),
    })?;
    let Some((call, ending)) = row else { return Ok(None) };
    let (call, outcome) = call.into_record()?;
    let outcome = outcome.or_else(|| ending.map(|ending| ending.outcome.into_outcome()));
    Ok(Some(Entry { sequence: seq.unsigned_abs(), call, outcome }))
}
