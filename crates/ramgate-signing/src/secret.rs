//! Secrets as types: what must not reach a log cannot be printed.
//!
//! [`SecretKey`] signs; [`SecurityToken`] is what temporary credentials carry beside the signature. Both are wiped when
//! they are dropped. Whoever really needs the text calls `expose`, a name that is easy to search for.

use std::fmt;

use zeroize::Zeroizing;

/// The secret half of an access key.
#[derive(Clone)]
pub struct SecretKey(Zeroizing<String>);

/// The security token of temporary credentials, or a bearer token, as the request carried it.
#[derive(Clone)]
pub struct SecurityToken(Zeroizing<String>);

macro_rules! redacted {
    ($name:ident) => {
        impl $name {
            /// Takes ownership of the text; it is wiped when the value is dropped.
            #[must_use]
            pub fn new(text: impl Into<String>) -> Self {
                Self(Zeroizing::new(text.into()))
            }

            /// The text itself. Never log it.
            #[must_use]
            pub fn expose(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("[redacted]")
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("[redacted]")
            }
        }
    };
}

redacted!(SecretKey);
redacted!(SecurityToken);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_print_as_redacted_however_they_are_formatted() {
        let key = SecretKey::new("testsecret");
        let token = SecurityToken::new("testtoken");
        for text in [format!("{key} {key:?} {key:#?}"), format!("{token} {token:?} {:?}", Some(&token))] {
            assert!(!text.contains("test"), "{text}");
            assert!(text.contains("[redacted]"));
        }
        assert_eq!(key.expose(), "testsecret");
    }
}
