//! Going through the chain from its beginning, or from where the last removal has left it.

use crate::chain::{self, Hash, Head};
use crate::row::{CALL_COLUMNS, CallRow, EndRow, RetentionRow};
use crate::{AuditError, Reader, schema};
use rusqlite::{Connection, Rows};

/// A log whose chain is whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Records in the chain: calls, outcomes, removals.
    pub records: u64,
    /// Calls among them.
    pub calls: u64,
    /// Calls whose outcome is unknown.
    pub unknown: u64,
    /// The last record that retention has removed; 0 for none. What stood before cannot be verified any more.
    pub removed_upto: u64,
    /// The last record, for keeping elsewhere.
    pub head: Head,
}

/// The first place where the log is not what was written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the chain is broken at record {sequence}: {what}")]
pub struct BrokenAt {
    /// The position.
    pub sequence: u64,
    /// What was found there.
    pub what: String,
}

/// The log was not verified.
#[derive(Clone, Debug, thiserror::Error)]
pub enum VerifyError {
    /// Somebody, or a failing disk, has changed the log.
    #[error(transparent)]
    Broken(#[from] BrokenAt),
    /// The log cannot be read.
    #[error(transparent)]
    Audit(#[from] AuditError),
}

impl From<rusqlite::Error> for VerifyError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Audit(AuditError::read(error))
    }
}

impl Reader {
    /// Verifies the whole log: that no record was changed, removed or put in between, that the file and its indexes
    /// are sound, and, given a head that was noted earlier, that this log still goes through it.
    ///
    /// Takes some seconds per million records.
    pub fn verify(&self, known: Option<&Head>) -> Result<Verified, VerifyError> {
        let transaction = self.connection.unchecked_transaction()?;
        sound(&transaction)?;
        let removed = schema::last_retention(&transaction)?;
        let (floor, start) = match &removed {
            None => (0, schema::genesis(&transaction)?),
            Some(row) => {
                let hash = Hash::try_from(row.upto_hash.as_slice());
                (row.upto, hash.map_err(|_| broken(row.seq, "its anchor is no hash"))?)
            }
        };
        let mut walk = Walk::new(floor, start, known);
        walk.check_known(floor, &start)?;

        let mut calls = transaction.prepare(&format!(
            "SELECT {CALL_COLUMNS} FROM call c LEFT JOIN caller w ON w.id = c.caller
             LEFT JOIN operation o ON o.id = c.operation WHERE c.seq > ?1 ORDER BY c.seq"
        ))?;
        let mut endings = transaction.prepare(
            "SELECT hash, seq, call, call_time, status, code, message, duration_us, revision FROM ending
             WHERE seq > ?1 ORDER BY seq",
        )?;
        let mut retentions = transaction
            .prepare("SELECT hash, seq, time, before, upto, upto_hash FROM retention WHERE seq > ?1 ORDER BY seq")?;
        let mut calls = Stream::new(calls.query([floor])?, |row| {
            let (call, hash) = CallRow::read(row)?;
            Ok((call.seq, hash, call))
        })?;
        let mut endings = Stream::new(endings.query([floor])?, |row| {
            let ending = EndRow::read(row, 1)?;
            Ok((ending.seq, row.get(0)?, ending))
        })?;
        let mut retentions = Stream::new(retentions.query([floor])?, |row| {
            let retention = RetentionRow::read(row, 1)?;
            Ok((retention.seq, row.get(0)?, retention))
        })?;

        let (mut n_calls, mut unknown) = (0_u64, 0_u64);
        loop {
            let wanted = walk.last + 1;
            if let Some((hash, call)) = calls.take(wanted)? {
                walk.step(chain::call(&walk.hash, &call), &hash)?;
                indexed(&transaction, &call)?;
                n_calls += 1;
                unknown += u64::from(call.outcome.is_none());
            } else if let Some((hash, ending)) = endings.take(wanted)? {
                walk.step(chain::end(&walk.hash, &ending), &hash)?;
                if ending.call >= ending.seq {
                    return Err(broken(wanted, "it ends a call that comes after it").into());
                }
                // The ending of a call that was removed counts for none.
                unknown = unknown.saturating_sub(u64::from(ending.call > floor));
            } else if let Some((hash, retention)) = retentions.take(wanted)? {
                walk.step(chain::retention(&walk.hash, &retention), &hash)?;
            } else if calls.is_empty() && endings.is_empty() && retentions.is_empty() {
                break;
            } else {
                return Err(broken(wanted, "the record is missing").into());
            }
        }
        if let Some(known) = known.filter(|known| known.sequence > walk.last.unsigned_abs()) {
            return Err(broken(walk.last + 1, &format!("the log ends before record {}", known.sequence)).into());
        }
        Ok(Verified {
            records: walk.records,
            calls: n_calls,
            unknown,
            removed_upto: floor.unsigned_abs(),
            head: Head { sequence: walk.last.unsigned_abs(), hash: walk.hash },
        })
    }
}

fn broken(seq: i64, what: &str) -> BrokenAt {
    BrokenAt { sequence: seq.unsigned_abs(), what: what.to_owned() }
}

/// The file's own checks: pages, and that each index has what its table has.
fn sound(connection: &Connection) -> Result<(), VerifyError> {
    let answer: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if answer == "ok" { Ok(()) } else { Err(broken(0, &format!("the file is damaged: {answer}")).into()) }
}

/// Whether queries by resource would find the call.
fn indexed(connection: &Connection, call: &CallRow) -> Result<(), VerifyError> {
    let mut touched = connection.prepare_cached(
        "SELECT 1 FROM touch WHERE resource = (SELECT id FROM resource WHERE arn = ?1) AND time = ?2 AND call = ?3",
    )?;
    for name in call.parse_resources()? {
        if !touched.exists(rusqlite::params![name, call.time, call.seq])? {
            return Err(broken(call.seq, &format!("it is not listed under its resource `{name}`")).into());
        }
    }
    Ok(())
}

/// Where the walk along the chain is.
struct Walk<'a> {
    last: i64,
    hash: Hash,
    records: u64,
    known: Option<&'a Head>,
}

impl<'a> Walk<'a> {
    fn new(floor: i64, start: Hash, known: Option<&'a Head>) -> Self {
        Self { last: floor, hash: start, records: 0, known }
    }

    fn step(&mut self, computed: Hash, stored: &[u8]) -> Result<(), BrokenAt> {
        let seq = self.last + 1;
        if computed != stored {
            return Err(broken(seq, "its content is not what was recorded"));
        }
        (self.last, self.hash, self.records) = (seq, computed, self.records + 1);
        self.check_known(seq, &computed)
    }

    fn check_known(&self, seq: i64, hash: &Hash) -> Result<(), BrokenAt> {
        match self.known {
            Some(known) if known.sequence == seq.unsigned_abs() && known.hash != *hash => {
                Err(broken(seq, "the log is not the one whose head was noted"))
            }
            _ => Ok(()),
        }
    }
}

/// Rows of one table in the order of the chain, with one looked at ahead.
struct Stream<'a, T, F> {
    rows: Rows<'a>,
    read: F,
    ahead: Option<(i64, Vec<u8>, T)>,
}

impl<'a, T, F> Stream<'a, T, F>
where
    F: Fn(&rusqlite::Row<'_>) -> rusqlite::Result<(i64, Vec<u8>, T)>,
{
    fn new(rows: Rows<'a>, read: F) -> Result<Self, VerifyError> {
        let mut stream = Self { rows, read, ahead: None };
        stream.advance(0)?;
        Ok(stream)
    }

    fn advance(&mut self, after: i64) -> Result<(), VerifyError> {
        self.ahead = match self.rows.next()? {
            None => None,
            Some(row) => Some((self.read)(row).map_err(|error| match error {
                // A caller or operation that is not there any more reads as nothing.
                rusqlite::Error::InvalidColumnType(_, column, _) => {
                    broken(row.get(0).unwrap_or(after + 1), &format!("its {column} is not there")).into()
                }
                error => VerifyError::from(error),
            })?),
        };
        Ok(())
    }

    /// The row at `seq`, if it is the next one.
    fn take(&mut self, seq: i64) -> Result<Option<(Vec<u8>, T)>, VerifyError> {
        match self.ahead.take() {
            Some((at, hash, row)) if at == seq => {
                self.advance(seq)?;
                Ok(Some((hash, row)))
            }
            other => {
                self.ahead = other;
                Ok(None)
            }
        }
    }

    fn is_empty(&self) -> bool {
        self.ahead.is_none()
    }
}
