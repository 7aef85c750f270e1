//! The hash chain: what exactly is hashed, and the head that is worth keeping elsewhere.
//!
//! The hash of a record is SHA-256 over the previous record's hash and the record's content, each field with its length
//! in front, so that no two contents read the same. The first record follows a random value of the file, so that two
//! logs have no records in common.

use crate::row::{CallRow, EndRow, OutcomeFields, RetentionRow};
use ring::digest;
use std::fmt;
use std::str::FromStr;

/// A link of the chain.
pub(crate) type Hash = [u8; 32];

/// The last record of a log: its position and its hash. Written as `<position>:<hash in hex>`.
///
/// A head that was noted at one time and is no longer in the log, as [`Reader::verify`](crate::Reader::verify) checks,
/// shows that the log was replaced or cut since.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The position of the record; 0 stands for a log without records.
    pub sequence: u64,
    /// Its hash.
    pub hash: [u8; 32],
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.sequence, hex(&self.hash))
    }
}

impl fmt::Debug for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A text that is no head.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not the head of an audit log, which looks like `1024:` and 64 hex digits")]
pub struct HeadParseError {
    /// As given.
    pub text: String,
}

impl FromStr for Head {
    type Err = HeadParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parse = || {
            let (sequence, digits) = text.split_once(':')?;
            let mut hash = [0; 32];
            if digits.len() != 64 || !digits.is_ascii() {
                return None;
            }
            for (byte, pair) in hash.iter_mut().zip(digits.as_bytes().chunks(2)) {
                *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
            }
            Some(Self { sequence: sequence.parse().ok()?, hash })
        };
        parse().ok_or_else(|| HeadParseError { text: text.to_owned() })
    }
}

/// The hash of a call's record.
pub(crate) fn call(previous: &Hash, row: &CallRow) -> Hash {
    let mut content = Content::new(previous, b"call", row.seq);
    content.number(row.time).text(&row.request_id).text(&row.account_id);
    content.text(&row.principal_kind).text(&row.principal_id).text(&row.principal_name).text(&row.principal_arn);
    content.text(&row.access_key_id).maybe(row.source_ip.as_deref()).maybe(row.user_agent.as_deref());
    content.number(i64::from(row.secure)).text(&row.product).text(&row.operation).text(&row.action);
    content.text(&row.access_level).number(i64::from(row.mutation)).text(&row.resources).number(row.decision);
    content.maybe(row.decided_by.as_deref()).maybe(row.layer.as_deref()).text(&row.parameters);
    match &row.outcome {
        None => content.number(0),
        Some(outcome) => content.number(1).outcome(outcome),
    };
    content.hash()
}

/// The hash of the record of a call's end.
pub(crate) fn end(previous: &Hash, row: &EndRow) -> Hash {
    let mut content = Content::new(previous, b"end", row.seq);
    content.number(row.call).number(row.call_time).outcome(&row.outcome);
    content.hash()
}

/// The hash of the record of a removal.
pub(crate) fn retention(previous: &Hash, row: &RetentionRow) -> Hash {
    let mut content = Content::new(previous, b"retention", row.seq);
    content.number(row.time).number(row.before).number(row.upto).bytes(&row.upto_hash);
    content.hash()
}

/// Lower-case hex digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

struct Content(Vec<u8>);

impl Content {
    fn new(previous: &Hash, kind: &[u8], seq: i64) -> Self {
        let mut content = Self(Vec::with_capacity(1024));
        content.bytes(previous).bytes(kind).number(seq);
        content
    }

    fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.0.extend_from_slice(&(bytes.len() as u64).to_be_bytes());
        self.0.extend_from_slice(bytes);
        self
    }

    fn text(&mut self, text: &str) -> &mut Self {
        self.bytes(text.as_bytes())
    }

    fn number(&mut self, number: i64) -> &mut Self {
        self.bytes(&number.to_be_bytes())
    }

    fn maybe(&mut self, text: Option<&str>) -> &mut Self {
        match text {
            None => self.number(0),
            Some(text) => self.number(1).text(text),
        }
    }

    fn outcome(&mut self, outcome: &OutcomeFields) -> &mut Self {
        self.number(outcome.status).text(&outcome.code).text(&outcome.message).number(outcome.duration_us);
        match outcome.revision {
            None => self.number(0),
            Some(revision) => self.number(1).number(revision),
        }
    }

    fn hash(&self) -> Hash {
        let mut hash = [0; 32];
        hash.copy_from_slice(digest::digest(&digest::SHA256, &self.0).as_ref());
        hash
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_reads_back_as_it_is_written() {
        let head = Head { sequence: 17, hash: [0xa5; 32] };
        assert_eq!(head.to_string().parse(), Ok(head));
        for text in ["", "17", "17:a5", &format!("x:{}", "0".repeat(64)), &format!("1:{}", "é".repeat(32))] {
            assert!(text.parse::<Head>().is_err(), "{text}");
        }
    }

    #[test]
    fn moving_a_byte_from_one_field_to_the_next_changes_the_hash() {
        let hash = |a: &str, b: &str| Content::new(&[0; 32], b"call", 1).text(a).text(b).hash();
        assert_ne!(hash("ab", "c"), hash("a", "bc"));
        let maybe = |text| Content::new(&[0; 32], b"call", 1).maybe(text).hash();
        assert_ne!(maybe(None), maybe(Some("")));
    }
}
