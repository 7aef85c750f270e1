//! Entries: a key, its bytes, and the revisions that made and last changed it.

use std::fmt;
use std::ops::Deref;

use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::key::Key;

/// The number of an effective transaction: 1 for the first of a store, then without gaps.
///
/// [`Revision::ZERO`] is the revision of an empty store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Revision(pub u64);

/// The bytes of an entry, at most [`Value::MAX_BYTES`]. Cheap to clone.
///
/// `Debug` prints the length only, since a value may hold what must not be in a log.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct Value(Bytes);

/// A key with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The name.
    pub key: Key,
    /// The bytes.
    pub value: Value,
    /// The transaction that made the key; a key that was deleted and made again has a new one.
    pub create_revision: Revision,
    /// The transaction that wrote the present value. `Transaction::must_be_at` compares it.
    pub mod_revision: Revision,
}

/// The value of an entry is not what its reader expects.
#[derive(Debug, thiserror::Error)]
#[error("cannot decode the value of `{key}`")]
pub struct DecodeError {
    /// The entry.
    pub key: Key,
    /// What is wrong with its value.
    #[source]
    pub source: serde_json::Error,
}

impl Revision {
    /// The revision of a store without any transaction.
    pub const ZERO: Self = Self(0);

    /// The revision after this one; where a watch continues that has seen this one.
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Value {
    /// Largest value, in bytes: 1 MiB. A transaction with a larger one is refused.
    pub const MAX_BYTES: usize = 1024 * 1024;

    /// `content` as JSON. Fails only for types that JSON cannot express, such as maps without text keys.
    pub fn json<T: Serialize + ?Sized>(content: &T) -> Result<Self, serde_json::Error> {
        Ok(Self(serde_json::to_vec(content)?.into()))
    }

    /// The bytes, sharing the memory.
    pub fn into_bytes(self) -> Bytes {
        self.0
    }
}

impl Entry {
    /// Reads the value as JSON.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        serde_json::from_slice(&self.value).map_err(|source| DecodeError { key: self.key.clone(), source })
    }
}

impl Deref for Value {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

impl From<Bytes> for Value {
    fn from(bytes: Bytes) -> Self {
        Self(bytes)
    }
}

impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes.into())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self(Bytes::copy_from_slice(text.as_bytes()))
    }
}

impl From<&[u8]> for Value {
    fn from(bytes: &[u8]) -> Self {
        Self(Bytes::copy_from_slice(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_of_a_value_prints_its_length_only() {
        assert_eq!(format!("{:?}", Value::from("testsecret")), "10 bytes");
    }

    #[test]
    fn a_value_that_is_no_json_names_its_key_when_decoded() {
        let entry = Entry {
            key: Key::new("a/b").unwrap(),
            value: "{".into(),
            create_revision: Revision(1),
            mod_revision: Revision(1),
        };
        let error = entry.decode::<u32>().unwrap_err();
        assert_eq!(error.to_string(), "cannot decode the value of `a/b`");
        let entry = Entry { value: Value::json(&7).unwrap(), ..entry };
        assert_eq!(entry.decode::<u32>().unwrap(), 7);
    }
}
