//! The file with the sealing key: 32 random bytes, nothing else.
//!
//! Lost with it is every secret in the store, so it is made whole or not at all, and never written to again.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use ring::rand::{SecureRandom, SystemRandom};
use zeroize::Zeroizing;

use super::KEY_BYTES;

/// The key file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// Others than the owner can read, write or run the file.
    #[error("the key file `{}` has mode {mode:04o}: run `chmod 600` on it, then consider the key known to others", path.display())]
    OpenToOthers {
        /// The key file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The file does not have the length of a key.
    #[error("the key file `{}` has {} bytes instead of {KEY_BYTES}: restore it from a copy", path.display(), length)]
    WrongLength {
        /// The key file.
        path: PathBuf,
        /// Its length; at most one more than the length of a key is read of a special file.
        length: u64,
    },
    /// The path names a directory or the like.
    #[error("the key file `{}` is not a regular file", path.display())]
    NotAFile {
        /// What was given.
        path: PathBuf,
    },
    /// The operating system refused something.
    #[error("cannot {attempt} the key file `{}`", path.display())]
    Io {
        /// What was attempted, for example `read`.
        attempt: &'static str,
        /// The key file.
        path: PathBuf,
        /// Why it failed.
        #[source]
        source: io::Error,
    },
}

type KeyBytes = Zeroizing<[u8; KEY_BYTES]>;

/// Reads the key; makes the file first if there is none.
pub(super) fn read_or_create(path: &Path) -> Result<KeyBytes, KeyFileError> {
    match read(path) {
        Err(KeyFileError::Io { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
            create(path).map_err(error("make", path))?;
            read(path)
        }
        result => result,
    }
}

/// Reads the key.
pub(super) fn read(path: &Path) -> Result<KeyBytes, KeyFileError> {
    let mut file = File::open(path).map_err(error("read", path))?;
    // Asked of the opened file, not of the path, which may name another one by then.
    let metadata = file.metadata().map_err(error("read", path))?;
    let path = path.to_owned();
    if !metadata.is_file() {
        return Err(KeyFileError::NotAFile { path });
    }
    let mode = metadata.permissions().mode() & 0o7777;
    if mode & 0o077 != 0 {
        return Err(KeyFileError::OpenToOthers { path, mode });
    }
    if metadata.len() != KEY_BYTES as u64 {
        return Err(KeyFileError::WrongLength { path, length: metadata.len() });
    }
    let mut key = KeyBytes::default();
    file.read_exact(&mut *key).map_err(error("read", &path))?;
    Ok(key)
}

/// Makes the file, or leaves alone what another process has made meanwhile.
fn create(path: &Path) -> io::Result<()> {
    let mut key = KeyBytes::default();
    let random = SystemRandom::new();
    random.fill(&mut *key).map_err(|_| io::Error::other("the operating system has no random numbers"))?;
    let mut suffix = [0; 8];
    random.fill(&mut suffix).map_err(|_| io::Error::other("the operating system has no random numbers"))?;

    // Written under another name and linked when complete: a crash leaves no half key, and unlike a rename,
    // a link never replaces a file.
    let mut draft = path.as_os_str().to_owned();
    draft.push(format!(".{:016x}.new", u64::from_be_bytes(suffix)));
    let draft = PathBuf::from(draft);
    let linked = write_new(&draft, key.as_slice()).and_then(|()| fs::hard_link(&draft, path));
    let removed = fs::remove_file(&draft);
    match linked {
        Ok(()) => removed?,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error),
    }
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(parent)?.sync_all()
}

fn write_new(path: &Path, key: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(key)?;
    file.sync_all()
}

fn error(attempt: &'static str, path: &Path) -> impl FnOnce(io::Error) -> KeyFileError {
    let path = path.to_owned();
    move |source| KeyFileError::Io { attempt, path, source }
}
