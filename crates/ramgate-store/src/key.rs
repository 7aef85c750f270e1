//! Keys and prefixes: names of entries, in the shape of paths.
//!
//! Every part of the product that reads or writes the store builds its keys here; a backend may rely on what
//! [`Key::new`] checks and does not check again.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Bound;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// The name of an entry: one or more non-empty segments joined by `/`, for example `accounts/1000000000000001/users/alice`.
///
/// UTF-8, `1..=1024` bytes, no control characters, no leading, trailing or doubled `/`. Keys are ordered by their bytes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Key(Arc<str>);

/// The beginning of keys: everything that starts with this text, to the byte; the empty prefix means every key.
///
/// A prefix knows nothing of segments: `users/al` covers `users/alice`. End it with `/`, or use [`Prefix::within`],
/// to stay inside a folder.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Prefix(Arc<str>);

/// Why a text is no key or no prefix.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The text has no characters.
    #[error("a key needs at least one character")]
    Empty,
    /// The text is longer than [`Key::MAX_BYTES`].
    #[error("a key of {bytes} bytes is longer than {} bytes", Key::MAX_BYTES)]
    TooLong {
        /// Length of the refused text.
        bytes: usize,
    },
    /// The text has a control character.
    #[error("the key `{}` contains a control character", key.escape_debug())]
    ControlCharacter {
        /// The refused text.
        key: String,
    },
    /// The text starts or ends with `/`, or has two of them in a row.
    #[error("the key `{key}` has an empty segment")]
    EmptySegment {
        /// The refused text.
        key: String,
    },
    /// A segment given to [`Key::from_segments`] would have become several.
    #[error("the key segment `{segment}` contains a `/`")]
    SlashInSegment {
        /// The refused segment.
        segment: String,
    },
}

impl Key {
    /// Longest key, in bytes.
    pub const MAX_BYTES: usize = 1024;

    /// Checks `text` and makes it a key.
    pub fn new(text: impl AsRef<str>) -> Result<Self, KeyError> {
        let text = text.as_ref();
        check_characters(text)?;
        if text.is_empty() {
            return Err(KeyError::Empty);
        }
        if text.split('/').any(str::is_empty) {
            return Err(KeyError::EmptySegment { key: text.to_owned() });
        }
        Ok(Self(text.into()))
    }

    /// Joins `segments` with `/`. A segment that contains a `/` is refused, so that a name given by a user
    /// cannot reach into another folder.
    pub fn from_segments<S: AsRef<str>>(segments: impl IntoIterator<Item = S>) -> Result<Self, KeyError> {
        let mut text = String::new();
        for (i, segment) in segments.into_iter().enumerate() {
            let segment = segment.as_ref();
            if segment.contains('/') {
                return Err(KeyError::SlashInSegment { segment: segment.to_owned() });
            }
            if i > 0 {
                text.push('/');
            }
            text.push_str(segment);
        }
        Self::new(text)
    }

    /// The whole key.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The parts between the slashes; never empty.
    pub fn segments(&self) -> std::str::Split<'_, char> {
        self.0.split('/')
    }
}

impl Prefix {
    /// Checks `text` and makes it a prefix. It may be empty and may end anywhere, also inside a segment.
    pub fn new(text: impl AsRef<str>) -> Result<Self, KeyError> {
        let text = text.as_ref();
        check_characters(text)?;
        Ok(Self(text.into()))
    }

    /// The prefix of every key.
    pub fn all() -> Self {
        Self("".into())
    }

    /// Everything below `folder`, not `folder` itself: the keys that start with `folder` and a `/`.
    pub fn within(folder: &Key) -> Self {
        Self(format!("{folder}/").into())
    }

    /// The prefix as given.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether `key` starts with this prefix.
    pub fn covers(&self, key: &Key) -> bool {
        key.as_str().starts_with(self.as_str())
    }

    /// The least text that lies behind every key of this prefix, in the order of keys; `None` when no text does.
    ///
    /// Backends scan `prefix..end`. The end is valid UTF-8, because UTF-8 sorts by code point: it is the prefix
    /// with its last character replaced by the next one.
    pub fn end(&self) -> Option<String> {
        let mut end = self.0.to_string();
        while let Some(last) = end.pop() {
            // The successor of U+D7FF skips the surrogates, which are no characters.
            let next = if last == '\u{d7ff}' { Some('\u{e000}') } else { char::from_u32(u32::from(last) + 1) };
            if let Some(next) = next {
                end.push(next);
                return Some(end);
            }
        }
        None
    }

    /// The prefix as a range of key texts, for ordered maps.
    pub fn range(&self) -> (Bound<String>, Bound<String>) {
        (Bound::Included(self.0.to_string()), self.end().map_or(Bound::Unbounded, Bound::Excluded))
    }
}

fn check_characters(text: &str) -> Result<(), KeyError> {
    if text.len() > Key::MAX_BYTES {
        return Err(KeyError::TooLong { bytes: text.len() });
    }
    if text.chars().any(char::is_control) {
        return Err(KeyError::ControlCharacter { key: text.to_owned() });
    }
    Ok(())
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.0)
    }
}

impl fmt::Display for Prefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Prefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}…`", self.0)
    }
}

impl AsRef<str> for Key {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Key {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl From<Key> for String {
    fn from(key: Key) -> Self {
        key.0.as_ref().to_owned()
    }
}

impl TryFrom<String> for Key {
    type Error = KeyError;

    fn try_from(text: String) -> Result<Self, KeyError> {
        Self::new(text)
    }
}

impl std::str::FromStr for Key {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        Self::new(text)
    }
}

impl From<&Key> for Prefix {
    /// The key itself, and whatever else starts with its text; see [`Prefix::within`] for a folder.
    fn from(key: &Key) -> Self {
        Self(key.0.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_a_path_of_non_empty_segments() {
        assert!(Key::new("a").is_ok());
        assert!(Key::new("accounts/1/用户/alice@example.com").is_ok());
        assert_eq!(Key::new(""), Err(KeyError::Empty));
        for text in ["/a", "a/", "a//b", "/"] {
            assert_eq!(Key::new(text), Err(KeyError::EmptySegment { key: text.to_owned() }));
        }
    }

    #[test]
    fn a_key_has_no_control_characters() {
        for text in ["a\0b", "a\nb", "a\u{7f}b", "a\u{85}b"] {
            assert!(matches!(Key::new(text), Err(KeyError::ControlCharacter { .. })), "{text:?}");
            assert!(matches!(Prefix::new(text), Err(KeyError::ControlCharacter { .. })), "{text:?}");
        }
        let message = Key::new("a\nb").unwrap_err().to_string();
        assert_eq!(message, "the key `a\\nb` contains a control character");
    }

    #[test]
    fn a_key_of_1024_bytes_is_the_longest() {
        assert!(Key::new("k".repeat(1024)).is_ok());
        assert_eq!(Key::new("k".repeat(1025)), Err(KeyError::TooLong { bytes: 1025 }));
        assert_eq!(Prefix::new("k".repeat(1025)), Err(KeyError::TooLong { bytes: 1025 }));
    }

    #[test]
    fn a_segment_cannot_reach_into_another_folder() {
        assert_eq!(Key::from_segments(["users", "alice"]).unwrap().as_str(), "users/alice");
        assert_eq!(
            Key::from_segments(["users", "../groups"]),
            Err(KeyError::SlashInSegment { segment: "../groups".into() })
        );
        assert!(matches!(Key::from_segments(["users", ""]), Err(KeyError::EmptySegment { .. })));
        assert_eq!(Key::from_segments::<&str>([]), Err(KeyError::Empty));
    }

    #[test]
    fn a_prefix_covers_by_bytes_and_a_folder_by_segments() {
        let users = Prefix::new("users/al").unwrap();
        assert!(users.covers(&Key::new("users/alice").unwrap()));
        let folder = Prefix::within(&Key::new("users").unwrap());
        assert!(folder.covers(&Key::new("users/alice").unwrap()));
        assert!(!folder.covers(&Key::new("users").unwrap()));
        assert!(!folder.covers(&Key::new("users2").unwrap()));
        assert!(Prefix::all().covers(&Key::new("a").unwrap()));
    }

    #[test]
    fn the_end_of_a_prefix_lies_directly_behind_its_keys() {
        let end = |text: &str| Prefix::new(text).unwrap().end();
        assert_eq!(end("a/"), Some("a0".into()));
        assert_eq!(end("a\u{d7ff}"), Some("a\u{e000}".into()));
        assert_eq!(end("a\u{10ffff}"), Some("b".into()));
        assert_eq!(end("\u{10ffff}"), None);
        assert_eq!(end(""), None);
        assert!(*end("é").unwrap() > *"é/\u{10ffff}\u{10ffff}");
    }
}
