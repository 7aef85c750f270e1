//! Remembers which signed requests were seen, also over a restart.
//!
//! The guard decides in memory; each new nonce is appended to a log before its request goes on, so a process that is killed
//! and started again still refuses a replay within the window. The log is written without waiting for the disk: what a
//! power failure could lose is milliseconds old, and a machine takes longer than that to come back. The log is rewritten
//! from what is live when it has grown to twice that, and at every start.
//!
//! A line is `<expiry> <fingerprint> <access key id>`.

use ramgate_signing::{FullScope, Limits, ReplayCheck, ReplayEntry, ReplayGuard, SignatureError, UnixTime};
use std::fmt::Write as _;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Most nonces remembered: about 100 MB, and 500 calls a second over half an hour.
const CAPACITY: usize = 1_000_000;
/// Most nonces of one access key.
const CAPACITY_PER_KEY: usize = 250_000;
/// A log shorter than this is not worth rewriting.
const MIN_REWRITE: usize = 10_000;

/// The guard with its log.
pub(crate) struct ReplayStore {
    inner: Mutex<Inner>,
}

struct Inner {
    guard: ReplayGuard,
    path: PathBuf,
    log: File,
    n_lines: usize,
}

impl ReplayStore {
    /// Reads the log of the directory, or begins one.
    ///
    /// # Errors
    /// Where the log cannot be read or written. A torn last line, as a kill leaves it, is no error.
    pub(crate) fn open(directory: &Path, limits: &Limits, now: i64) -> io::Result<Self> {
        let path = directory.join("replay.log");
        let now = UnixTime::from_secs(now.div_euclid(1000));
        let mut guard = ReplayGuard::new(limits.replay_retention_secs(), CAPACITY, CAPACITY_PER_KEY);
        match std::fs::read_to_string(&path) {
            Ok(text) => guard.restore(text.lines().filter_map(parse_line), now),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        let (log, n_lines) = rewrite(&path, &guard, now)?;
        Ok(Self { inner: Mutex::new(Inner { guard, path, log, n_lines }) })
    }

    /// Remembers the nonce of a verified request.
    ///
    /// # Errors
    /// Where it was used before, where there is no room for it, and where it cannot be written down.
    pub(crate) fn check(&self, access_key_id: &str, nonce: &str, now: UnixTime) -> Result<(), SignatureError> {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = match inner.guard.check_and_insert(access_key_id, nonce, now) {
            ReplayCheck::Fresh(entry) => entry,
            ReplayCheck::Replayed => return Err(SignatureError::NonceUsed),
            ReplayCheck::Full(scope) => {
                return Err(SignatureError::ReplayGuardFull(scope));
            }
        };
        inner.append(&entry, now).map_err(|error| {
            tracing::error!(%error, "the replay log cannot be written; the request is refused");
            SignatureError::ReplayGuardFull(FullScope::Guard)
        })
    }
}

impl Inner {
    fn append(&mut self, entry: &ReplayEntry, now: UnixTime) -> io::Result<()> {
        if self.n_lines >= MIN_REWRITE && self.n_lines >= 2 * self.guard.len() {
            // Holds the new entry already.
            (self.log, self.n_lines) = rewrite(&self.path, &self.guard, now)?;
            return Ok(());
        }
        self.n_lines += 1;
        self.log.write_all(line(entry).as_bytes())
    }
}

fn line(entry: &ReplayEntry) -> String {
    let mut text = format!("{} ", entry.expires_at.as_secs());
    for byte in entry.fingerprint {
        let _ = write!(text, "{byte:02x}");
    }
    let _ = writeln!(text, " {}", entry.access_key_id);
    text
}

fn parse_line(line: &str) -> Option<ReplayEntry> {
    let mut parts = line.splitn(3, ' ');
    let expires_at = UnixTime::from_secs(parts.next()?.parse().ok()?);
    let hex = parts.next()?;
    let mut fingerprint = [0; 16];
    for (i, byte) in fingerprint.iter_mut().enumerate() {
        *byte = u8::from_str_radix(hex.get(2 * i..2 * i + 2)?, 16).ok()?;
    }
    Some(ReplayEntry { access_key_id: parts.next()?.into(), fingerprint, expires_at })
}

/// Writes what is live to a new file and puts it in the place of the old one.
fn rewrite(path: &Path, guard: &ReplayGuard, now: UnixTime) -> io::Result<(File, usize)> {
    let temporary = path.with_extension("log.new");
    let file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&temporary)?;
    let mut writer = io::BufWriter::new(file);
    let mut n_lines = 0;
    for entry in guard.iter_live(now) {
        writer.write_all(line(&entry).as_bytes())?;
        n_lines += 1;
    }
    let file = writer.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.sync_all()?;
    std::fs::rename(&temporary, path)?;
    Ok((file, n_lines))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_767_323_045;

    fn open(directory: &Path, at: i64) -> ReplayStore {
        ReplayStore::open(directory, &Limits::default(), at * 1000).unwrap()
    }

    fn check(store: &ReplayStore, nonce: &str) -> Result<(), SignatureError> {
        store.check("testid", nonce, UnixTime::from_secs(NOW))
    }

    #[test]
    fn a_nonce_is_refused_the_second_time_also_after_a_restart() {
        let directory = tempfile::tempdir().unwrap();
        let store = open(directory.path(), NOW);
        assert!(check(&store, "n1").is_ok());
        assert!(matches!(check(&store, "n1"), Err(SignatureError::NonceUsed)));
        drop(store);
        let store = open(directory.path(), NOW + 1);
        assert!(matches!(check(&store, "n1"), Err(SignatureError::NonceUsed)));
        assert!(check(&store, "n2").is_ok());
    }

    #[test]
    fn a_torn_last_line_loses_nothing_else() {
        let directory = tempfile::tempdir().unwrap();
        check(&open(directory.path(), NOW), "n1").unwrap();
        let path = directory.path().join("replay.log");
        let mut text = std::fs::read_to_string(&path).unwrap();
        text.push_str("1767324");
        std::fs::write(&path, text).unwrap();
        assert!(matches!(check(&open(directory.path(), NOW), "n1"), Err(SignatureError::NonceUsed)));
    }

    #[test]
    fn a_log_that_has_grown_old_is_rewritten_with_what_is_live() {
        let directory = tempfile::tempdir().unwrap();
        let store = open(directory.path(), NOW);
        let later = UnixTime::from_secs(NOW + 100_000);
        for n in 0..MIN_REWRITE {
            check(&store, &n.to_string()).unwrap();
        }
        store.check("testid", "last", later).unwrap();
        store.check("testid", "one more", later).unwrap();
        let text = std::fs::read_to_string(directory.path().join("replay.log")).unwrap();
        assert!(text.lines().count() < MIN_REWRITE, "{}", text.lines().count());
        assert!(matches!(store.check("testid", "last", later), Err(SignatureError::NonceUsed)));
    }
}
