//! Secret values, encrypted before they come to the store: access key secrets, private keys, consumer credentials.
//!
//! AES-256-GCM with a key from a file outside of the database, so that a copy of the database alone reveals nothing.
//! A sealed value is bound to its place (see [`place`]): copied into another object or field it does not open.
//!
//! The handlers of the management side seal and open; the store itself knows nothing of it. Passwords are not sealed
//! but hashed, elsewhere.

mod key_file;
#[cfg(test)]
mod tests;

use std::fmt;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::digest::{SHA256, digest};
use ring::rand::{SecureRandom, SystemRandom};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::entry::Value;
use crate::error::{CommitError, StoreError};
use crate::key::Key;
use crate::store::Store;
use crate::transaction::Transaction;

pub use key_file::KeyFileError;

/// Length of the key, and of the key file, in bytes.
pub const KEY_BYTES: usize = 32;

const KEY_ID_BYTES: usize = 8;
/// What sealed values begin with; another algorithm will have another number.
const MARK: &str = "sealed:1:";
/// The entry that remembers which key the store is sealed with.
const KEY_ENTRY: &str = "system/sealing-key";

/// Seals and opens secrets.
pub struct Sealer {
    current: SealingKey,
    /// Keys of the past, which open but do not seal.
    older: Vec<SealingKey>,
    random: SystemRandom,
}

struct SealingKey {
    id: KeyId,
    cipher: LessSafeKey,
}

/// Which key a value was sealed with; says nothing about the key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct KeyId([u8; KEY_ID_BYTES]);

/// An encrypted secret, as text that fits into JSON.
///
/// `Debug` and `Display` do not show it; it is written to the store through `serde` or [`Sealed::as_str`].
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sealed(String);

/// A secret in the clear. Overwritten when dropped; `Debug` and `Display` do not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<Vec<u8>>);

/// A secret was not sealed or not opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The operating system has no random numbers, or the secret is beyond the limit of the algorithm.
    #[error("the secret cannot be sealed")]
    Seal,
    /// The text is not what a sealer writes.
    #[error("the value is not a sealed secret")]
    Malformed,
    /// The value was sealed with a key that this sealer does not have.
    #[error("the secret was sealed with the key {key_id}, which is not at hand: add its file as an older key")]
    UnknownKey {
        /// The missing key.
        key_id: KeyId,
    },
    /// The value was altered, or belongs to another place.
    #[error("the sealed secret was altered or belongs to another object")]
    Refused,
}

/// The store and the key do not belong together, or could not be asked.
#[derive(Debug, thiserror::Error)]
pub enum BindError {
    /// The secrets in the store were sealed with another key.
    #[error(
        "the secrets of the store are sealed with the key {expected}, the key file has {found}: \
         put the key file back that belongs to this store"
    )]
    OtherKey {
        /// The key of the store.
        expected: KeyId,
        /// The key of the sealer.
        found: KeyId,
    },
    /// The store's note about its key cannot be read.
    #[error("the entry `{KEY_ENTRY}` of the store is damaged")]
    Damaged,
    /// The store could not be read.
    #[error("cannot read which key the store is sealed with")]
    Read(#[source] StoreError),
    /// The store could not be written.
    #[error("cannot note which key the store is sealed with")]
    Write(#[source] CommitError),
}

/// The associated data of a secret in the field `field` of the entry `key`.
pub fn place(key: &Key, field: &str) -> Vec<u8> {
    // No key contains a zero byte, so that no two places look alike.
    [key.as_str().as_bytes(), b"\0", field.as_bytes()].concat()
}

impl Sealer {
    /// With the key in the file `path`, which is made with a random key and mode 0600 if it does not exist.
    ///
    /// An existing file is never written to. It is refused if others than its owner can read it, or if it does not have
    /// [`KEY_BYTES`] bytes. Call [`Sealer::bind`] before the first use, so that a lost key file is not simply replaced.
    pub fn open_or_create(path: &Path) -> Result<Self, KeyFileError> {
        Ok(Self::new(&*key_file::read_or_create(path)?))
    }

    /// With the key in the file `path`, which must exist. Refused as by [`Sealer::open_or_create`].
    pub fn open_existing(path: &Path) -> Result<Self, KeyFileError> {
        Ok(Self::new(&*key_file::read(path)?))
    }

    /// With this key.
    pub fn new(key: &[u8; KEY_BYTES]) -> Self {
        Self { current: SealingKey::new(key), older: Vec::new(), random: SystemRandom::new() }
    }

    /// Also opens what was sealed with the key in the file `path`.
    pub fn with_older_key(mut self, path: &Path) -> Result<Self, KeyFileError> {
        self.older.push(SealingKey::new(&*key_file::read(path)?));
        Ok(self)
    }

    /// The key that new secrets are sealed with.
    pub fn key_id(&self) -> KeyId {
        self.current.id
    }

    /// Whether `sealed` is sealed with the current key; if not, it should be sealed again.
    pub fn is_current(&self, sealed: &Sealed) -> bool {
        sealed.decode().is_ok_and(|bytes| bytes.starts_with(&self.current.id.0))
    }

    /// Encrypts `secret` for the place `associated_data`, see [`place`]. Twice the same does not look the same.
    pub fn seal(&self, secret: &[u8], associated_data: &[u8]) -> Result<Sealed, SealError> {
        let mut nonce = [0; NONCE_LEN];
        self.random.fill(&mut nonce).map_err(|_| SealError::Seal)?;
        let key = &self.current;
        // Encrypted in place; the clear text does not stay behind, because the buffer does not grow afterwards.
        let mut text = Vec::with_capacity(secret.len() + AES_256_GCM.tag_len());
        text.extend_from_slice(secret);
        let aad = Aad::from(context(key.id, associated_data));
        let nonce_value = Nonce::assume_unique_for_key(nonce);
        key.cipher.seal_in_place_append_tag(nonce_value, aad, &mut text).map_err(|_| SealError::Seal)?;
        let bytes = [&key.id.0[..], &nonce[..], &text[..]].concat();
        Ok(Sealed(format!("{MARK}{}", URL_SAFE_NO_PAD.encode(bytes))))
    }

    /// Decrypts what was sealed for the same place.
    pub fn open(&self, sealed: &Sealed, associated_data: &[u8]) -> Result<Secret, SealError> {
        let bytes = sealed.decode()?;
        let (id, rest) = bytes.split_first_chunk::<KEY_ID_BYTES>().ok_or(SealError::Malformed)?;
        let (nonce, text) = rest.split_first_chunk::<NONCE_LEN>().ok_or(SealError::Malformed)?;
        let key_id = KeyId(*id);
        let mut keys = std::iter::once(&self.current).chain(&self.older);
        let key = keys.find(|key| key.id == key_id).ok_or(SealError::UnknownKey { key_id })?;
        let mut text = Zeroizing::new(text.to_vec());
        let aad = Aad::from(context(key_id, associated_data));
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let opened = key.cipher.open_in_place(nonce, aad, &mut text).map_err(|_| SealError::Refused)?;
        let length = opened.len();
        text.truncate(length);
        Ok(Secret(text))
    }

    /// Makes sure that `store` is sealed with the current key or one of the older ones: notes the key in an empty store,
    /// compares it otherwise. After a change of keys the note follows the current one.
    pub async fn bind(&self, store: &dyn Store) -> Result<(), BindError> {
        let entry_key = Key::new(KEY_ENTRY).map_err(|_| BindError::Damaged)?;
        loop {
            let noted = store.get(entry_key.clone()).await.map_err(BindError::Read)?;
            let note = Transaction::new().put(entry_key.clone(), Value::from(self.current.id.to_string()));
            let note = match noted {
                None => note.must_be_absent(entry_key.clone()),
                Some(entry) => {
                    let expected = KeyId::parse(&entry.value).ok_or(BindError::Damaged)?;
                    if expected == self.current.id {
                        return Ok(());
                    }
                    if !self.older.iter().any(|key| key.id == expected) {
                        return Err(BindError::OtherKey { expected, found: self.current.id });
                    }
                    note.must_be_at(entry_key.clone(), entry.mod_revision)
                }
            };
            match store.commit(note).await {
                Ok(_) => return Ok(()),
                // Another node was faster; look again.
                Err(error) if error.is_conflict() => {}
                Err(error) => return Err(BindError::Write(error)),
            }
        }
    }
}

/// What is authenticated besides the secret: algorithm, key, place.
fn context(key_id: KeyId, associated_data: &[u8]) -> Vec<u8> {
    [MARK.as_bytes(), &key_id.0, associated_data].concat()
}

impl SealingKey {
    fn new(key: &[u8; KEY_BYTES]) -> Self {
        let marked = Zeroizing::new([b"ramgate sealing key id\0", &key[..]].concat());
        let id = digest(&SHA256, &marked);
        let mut key_id = [0; KEY_ID_BYTES];
        for (to, from) in key_id.iter_mut().zip(id.as_ref()) {
            *to = *from;
        }
        #[expect(clippy::expect_used, reason = "the only error is a wrong length, and the type has the right one")]
        let key = UnboundKey::new(&AES_256_GCM, key).expect("a key of 32 bytes");
        Self { id: KeyId(key_id), cipher: LessSafeKey::new(key) }
    }
}

impl KeyId {
    fn parse(text: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(text).ok()?;
        let id = u64::from_str_radix(text, 16).ok().filter(|_| text.len() == 2 * KEY_ID_BYTES)?;
        Some(Self(id.to_be_bytes()))
    }
}

impl Sealed {
    /// The text that is stored. Checked when it is opened, not here.
    pub fn from_stored(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text to store.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn decode(&self) -> Result<Vec<u8>, SealError> {
        let text = self.0.strip_prefix(MARK).ok_or(SealError::Malformed)?;
        URL_SAFE_NO_PAD.decode(text).map_err(|_| SealError::Malformed)
    }
}

impl Secret {
    /// The secret. Not for logs.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }

    /// The secret as text, if it is UTF-8. Not for logs.
    pub fn expose_str(&self) -> Option<&str> {
        std::str::from_utf8(&self.0).ok()
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", u64::from_be_bytes(self.0))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sealer").field("key_id", &self.current.id).field("key", &"[redacted]").finish_non_exhaustive()
    }
}

/// For types that hold secrets: prints `[redacted]`.
macro_rules! redacted {
    ($($type:ty),*) => {$(
        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("[redacted]")
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("[redacted]")
            }
        }
    )*};
}

redacted!(Sealed, Secret);
