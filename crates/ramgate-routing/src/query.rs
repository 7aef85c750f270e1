//! Query strings: pairs compared in decoded form without being decoded into memory.
//!
//! `a=1&b=x%20y+z`: `&` separates, `+` is a blank, a broken escape stands for itself, a name without `=` has the empty
//! value (as in the URL standard of the WHATWG, "application/x-www-form-urlencoded parsing").

use crate::path::hex_value;

/// The pairs of a raw query string.
pub(crate) fn pairs(query: &str) -> impl Iterator<Item = (QueryValue<'_>, QueryValue<'_>)> {
    query.as_bytes().split(|&byte| byte == b'&').filter(|pair| !pair.is_empty()).map(|pair| {
        let end = memchr::memchr(b'=', pair).unwrap_or(pair.len());
        let (key, value) = pair.split_at_checked(end).unwrap_or((pair, &[]));
        (QueryValue(key), QueryValue(value.get(1..).unwrap_or_default()))
    })
}

/// A name or value as it stands in the query string.
#[derive(Clone, Copy)]
pub(crate) struct QueryValue<'a>(&'a [u8]);

impl QueryValue<'_> {
    pub(crate) fn equals(self, text: &[u8]) -> bool {
        self.decoded().eq(text.iter().copied())
    }

    pub(crate) fn starts_with(self, text: &[u8]) -> bool {
        let mut decoded = self.decoded();
        text.iter().all(|&byte| decoded.next() == Some(byte))
    }

    /// Calls `f` with the decoded value. Allocates only where a long value holds escapes.
    pub(crate) fn with_decoded<T>(self, f: impl FnOnce(&[u8]) -> T) -> T {
        if memchr::memchr2(b'%', b'+', self.0).is_none() {
            return f(self.0);
        }
        let mut short = [0; 256];
        if self.0.len() > short.len() {
            return f(&self.decoded().collect::<Vec<_>>());
        }
        let mut len = 0;
        for (slot, byte) in short.iter_mut().zip(self.decoded()) {
            *slot = byte;
            len += 1;
        }
        f(short.get(..len).unwrap_or_default())
    }

    fn decoded(self) -> impl Iterator<Item = u8> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let (&first, tail) = rest.split_first()?;
            rest = tail;
            match (first, tail) {
                (b'+', _) => Some(b' '),
                (b'%', [high, low, after @ ..]) => match hex_value(*high, *low) {
                    Some(byte) => {
                        rest = after;
                        Some(byte)
                    }
                    None => Some(first),
                },
                _ => Some(first),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(query: &str, key: &str) -> Vec<String> {
        let values = pairs(query).filter(|(name, _)| name.equals(key.as_bytes()));
        values.map(|(_, value)| value.with_decoded(|bytes| String::from_utf8_lossy(bytes).into_owned())).collect()
    }

    #[test]
    fn names_and_values_are_compared_decoded() {
        assert_eq!(find("a=x%20y+z&%61=2&b=3", "a"), ["x y z", "2"]);
        assert!(pairs("a=%41bc").all(|(_, value)| value.equals(b"Abc") && value.starts_with(b"Ab")));
        assert!(!pairs("a=Ab").any(|(_, value)| value.starts_with(b"Abc") || value.equals(b"Abc")));
    }

    #[test]
    fn broken_escapes_stand_for_themselves_and_lone_names_are_empty() {
        assert_eq!(find("a=100%&a=%zz&a&a=&&=x", "a"), ["100%", "%zz", "", ""]);
        assert_eq!(find("a=b=c", "a"), ["b=c"]);
        assert_eq!(find("", "a"), [""; 0]);
    }

    #[test]
    fn long_escaped_values_are_decoded_as_short_ones_are() {
        let query = format!("a={}", "%41".repeat(300));
        assert_eq!(find(&query, "a"), ["A".repeat(300)]);
    }
}
