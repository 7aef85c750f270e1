//! The files of a store: making them with the right permissions, and locking them.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use crate::error::OpenError;

/// The first bytes of every SQLite database.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// Held as long as the store is open. The operating system releases the lock when the process ends, however it ends.
#[derive(Debug)]
pub(crate) struct DataLock {
    _file: File,
}

/// What lies where the database should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// An empty file, just made or left by a start that was interrupted.
    Empty,
    /// A file that begins like a SQLite database, or has a journal that may restore one.
    Database,
}

/// Makes the directory of `path` if needed and resolves symbolic links, so that one file has one lock.
pub(crate) fn prepare_directory(path: &Path) -> Result<PathBuf, OpenError> {
    if path.exists() {
        return path.canonicalize().map_err(OpenError::io("resolve", path));
    }
    let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else {
        let source = io::Error::new(io::ErrorKind::InvalidInput, "the path names no file");
        return Err(OpenError::Io { attempt: "use", path: path.to_owned(), source });
    };
    let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(parent)
        .map_err(OpenError::io("make the directory", parent))?;
    Ok(parent.canonicalize().map_err(OpenError::io("resolve", parent))?.join(name))
}

/// Takes the lock of the database `path`.
///
/// It lies on a file of its own: closing any handle of the database file would release the locks of SQLite in it.
pub(crate) fn lock(path: &Path) -> Result<DataLock, OpenError> {
    let lock_path = beside(path, "-lock");
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(&lock_path)
        .map_err(OpenError::io("open", &lock_path))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            // The number only makes the message better; without it the message still says what to do.
            let _ = file.read_to_string(&mut holder);
            return Err(OpenError::InUse { path: path.to_owned(), holder: holder.trim().parse().ok() });
        }
        Err(TryLockError::Error(source)) => return Err(OpenError::io("lock", &lock_path)(source)),
    }
    let write = |file: &mut File| {
        file.set_len(0)?;
        file.rewind()?;
        writeln!(file, "{}", std::process::id())
    };
    // A full disk must not keep an existing store from being read.
    if let Err(error) = write(&mut file) {
        tracing::warn!(path = %lock_path.display(), %error, "cannot write the process id into the lock file");
    }
    Ok(DataLock { _file: file })
}

/// Looks at the database file, and makes an empty one with mode 0600 if there is none.
///
/// Called with the lock held and before SQLite has opened the file.
pub(crate) fn inspect(path: &Path) -> Result<Found, OpenError> {
    let log = beside(path, "-wal");
    let log_has_content = fs::metadata(&log).is_ok_and(|metadata| metadata.len() > 0);
    let mut file = match OpenOptions::new().read(true).open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if log_has_content {
                return Err(OpenError::LogWithoutDatabase { path: path.to_owned(), log });
            }
            create(path).map_err(OpenError::io("make the file", path))?;
            return Ok(Found::Empty);
        }
        Err(error) => return Err(OpenError::io("open", path)(error)),
    };
    let metadata = file.metadata().map_err(OpenError::io("look at", path))?;
    if !metadata.is_file() {
        return Err(OpenError::NotADatabase { path: path.to_owned() });
    }
    if metadata.permissions().mode() & 0o077 != 0 {
        tracing::warn!(path = %path.display(), "the store is readable by other users of this machine; mode 0600 is enough");
    }
    if metadata.len() == 0 {
        if log_has_content {
            return Err(OpenError::LogWithoutDatabase { path: path.to_owned(), log });
        }
        return Ok(Found::Empty);
    }
    let mut magic = [0; MAGIC.len()];
    match file.read_exact(&mut magic) {
        Ok(()) if magic == *MAGIC => Ok(Found::Database),
        // A first start was interrupted before the header was written; SQLite takes it back with the help of the journal,
        // and says itself if the file is no database after that.
        Ok(()) if fs::metadata(beside(path, "-journal")).is_ok_and(|journal| journal.len() > 0) => Ok(Found::Database),
        Ok(()) => Err(OpenError::NotADatabase { path: path.to_owned() }),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            Err(OpenError::NotADatabase { path: path.to_owned() })
        }
        Err(error) => Err(OpenError::io("read", path)(error)),
    }
}

fn create(path: &Path) -> io::Result<()> {
    // SQLite gives its log the same mode.
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?.sync_all()?;
    match path.parent() {
        Some(parent) => File::open(parent)?.sync_all(),
        None => Ok(()),
    }
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
