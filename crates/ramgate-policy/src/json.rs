//! A small JSON reader that keeps what a policy checker needs and ordinary readers throw away: where each value stands
//! in the text, members in their order, and members that occur twice.
//!
//! It reads RFC 8259 text and nothing more lenient. It is not a general JSON library: there is no writer, and numbers
//! stay text because the policy language compares them as decimal text. Nesting is limited before it is entered, so
//! that no input can exhaust the stack. Called by [`crate::document`] only.

use std::ops::Range;

/// Deepest nesting that is read into values. A policy needs six levels (document, statements, statement, condition,
/// operator, value list).
pub(crate) const MAX_DEPTH: usize = 32;

/// A value and the bytes it occupies in the text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    pub(crate) value: Value,
    pub(crate) span: Range<usize>,
}

/// A JSON value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    /// The number as written.
    Number(String),
    String(String),
    Array(Vec<Node>),
    Object(Vec<Member>),
    /// An array or object nested deeper than [`MAX_DEPTH`]; its contents were skipped.
    TooDeep,
}

impl Value {
    /// What the value is, in words for a message.
    pub(crate) fn describe(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
            Value::TooDeep => "nested too deeply",
        }
    }
}

/// A member of an object.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) name_span: Range<usize>,
    pub(crate) node: Node,
}

/// The first place where the text stops being JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SyntaxError {
    pub(crate) offset: usize,
    pub(crate) message: String,
}

/// Reads one JSON text.
pub(crate) fn read(text: &str) -> Result<Node, SyntaxError> {
    let mut reader = Reader { text, at: 0 };
    if text.starts_with('\u{feff}') {
        return reader.fail("the text starts with a byte order mark");
    }
    reader.skip_space();
    let node = reader.value(0)?;
    reader.skip_space();
    match reader.peek() {
        None => Ok(node),
        Some(_) => reader.fail("unexpected text after the end of the document"),
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn fail<T>(&self, message: impl Into<String>) -> Result<T, SyntaxError> {
        Err(SyntaxError { offset: self.at, message: message.into() })
    }

    /// Fails with what was found at the present place.
    fn expected<T>(&self, what: &str) -> Result<T, SyntaxError> {
        match self.rest().chars().next() {
            None => self.fail(format!("expected {what}, found the end of the text")),
            Some(c) if c.is_control() => self.fail(format!("expected {what}, found a control character")),
            Some(c) => self.fail(format!("expected {what}, found `{c}`")),
        }
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn value(&mut self, depth: usize) -> Result<Node, SyntaxError> {
        let start = self.at;
        let value = match self.peek() {
            Some(b'{' | b'[') if depth >= MAX_DEPTH => self.skip_nested()?,
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.array(depth)?,
            Some(b'"') => Value::String(self.string()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(b't') => self.word("true", Value::Bool(true))?,
            Some(b'f') => self.word("false", Value::Bool(false))?,
            Some(b'n') => self.word("null", Value::Null)?,
            _ => return self.expected("a value"),
        };
        Ok(Node { value, span: start..self.at })
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, SyntaxError> {
        if self.rest().starts_with(word) {
            self.at += word.len();
            Ok(value)
        } else {
            self.expected("a value")
        }
    }

    fn object(&mut self, depth: usize) -> Result<Value, SyntaxError> {
        self.at += 1;
        let mut members = Vec::new();
        self.skip_space();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Value::Object(members));
        }
        loop {
            self.skip_space();
            if self.peek() != Some(b'"') {
                return self.expected("a member name in double quotes");
            }
            let start = self.at;
            let name = self.string()?;
            let name_span = start..self.at;
            self.skip_space();
            if self.peek() != Some(b':') {
                return self.expected("`:` after the member name");
            }
            self.at += 1;
            self.skip_space();
            let node = self.value(depth + 1)?;
            members.push(Member { name, name_span, node });
            self.skip_space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return Ok(Value::Object(members));
                }
                _ => return self.expected("`,` or `}`"),
            }
        }
    }

    fn array(&mut self, depth: usize) -> Result<Value, SyntaxError> {
        self.at += 1;
        let mut items = Vec::new();
        self.skip_space();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Value::Array(items));
        }
        loop {
            self.skip_space();
            items.push(self.value(depth + 1)?);
            self.skip_space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Ok(Value::Array(items));
                }
                _ => return self.expected("`,` or `]`"),
            }
        }
    }

    /// Steps over an array or object without recursion, by counting brackets outside strings.
    fn skip_nested(&mut self) -> Result<Value, SyntaxError> {
        let mut open = 0usize;
        loop {
            match self.peek() {
                None => return self.expected("the end of a nested value"),
                Some(b'"') => {
                    self.string()?;
                    continue;
                }
                Some(b'{' | b'[') => open += 1,
                Some(b'}' | b']') => open = open.saturating_sub(1),
                Some(_) => {}
            }
            self.at += 1;
            if open == 0 {
                return Ok(Value::TooDeep);
            }
        }
    }

    fn number(&mut self) -> Result<Value, SyntaxError> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        match self.peek() {
            Some(b'0') => {
                self.at += 1;
                if matches!(self.peek(), Some(b'0'..=b'9')) {
                    return self.fail("a number does not start with a zero and another digit");
                }
            }
            _ => self.digits()?,
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(Value::Number(self.text.get(start..self.at).unwrap_or("").to_owned()))
    }

    fn digits(&mut self) -> Result<(), SyntaxError> {
        if !matches!(self.peek(), Some(b'0'..=b'9')) {
            return self.expected("a digit");
        }
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        Ok(())
    }

    /// Reads a string, the present place being its opening quote.
    fn string(&mut self) -> Result<String, SyntaxError> {
        self.at += 1;
        let mut out = String::new();
        loop {
            let rest = self.rest();
            let plain = rest.bytes().position(|b| b == b'"' || b == b'\\' || b < 0x20).unwrap_or(rest.len());
            out.push_str(rest.get(..plain).unwrap_or(""));
            self.at += plain;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => out.push(self.escape()?),
                Some(_) => return self.fail("a control character in a string must be written as an escape"),
                None => return self.fail("the text ends within a string"),
            }
        }
    }

    fn escape(&mut self) -> Result<char, SyntaxError> {
        let code = self.text.as_bytes().get(self.at + 1).copied();
        let plain = match code {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(),
            _ => return self.fail("unknown escape in a string"),
        };
        self.at += 2;
        Ok(plain)
    }

    fn unicode_escape(&mut self) -> Result<char, SyntaxError> {
        let Some(first) = self.hex4(self.at + 2) else {
            return self.fail("`\\u` must be followed by four hexadecimal digits");
        };
        if !(0xd800..0xe000).contains(&first) {
            self.at += 6;
            return char::from_u32(first).map_or_else(|| self.fail("unknown character in `\\u`"), Ok);
        }
        let low = if self.text.get(self.at + 6..self.at + 8) == Some("\\u") { self.hex4(self.at + 8) } else { None };
        let joined = match low {
            Some(low) if first < 0xdc00 && (0xdc00..0xe000).contains(&low) => {
                char::from_u32(0x10000 + ((first - 0xd800) << 10) + (low - 0xdc00))
            }
            _ => None,
        };
        match joined {
            Some(c) => {
                self.at += 12;
                Ok(c)
            }
            None => self.fail("half of a surrogate pair in `\\u`"),
        }
    }

    fn hex4(&self, at: usize) -> Option<u32> {
        let digits = self.text.get(at..at + 4)?;
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        u32::from_str_radix(digits, 16).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> (usize, String) {
        let error = read(text).expect_err(text);
        (error.offset, error.message)
    }

    #[test]
    fn values_keep_their_place_and_order() {
        let node = read(" {\"b\": [1, \"x\"], \"a\": null} ").unwrap();
        assert_eq!(node.span, 1..27);
        let Value::Object(members) = node.value else { panic!("not an object") };
        assert_eq!(members.iter().map(|m| m.name.as_str()).collect::<Vec<_>>(), ["b", "a"]);
        assert_eq!(members[0].name_span, 2..5);
        let Value::Array(items) = &members[0].node.value else { panic!("not an array") };
        assert_eq!(items[1], Node { value: Value::String("x".into()), span: 11..14 });
    }

    #[test]
    fn members_that_occur_twice_are_both_kept() {
        let Value::Object(members) = read(r#"{"a":1,"\u0061":2}"#).unwrap().value else { panic!("not an object") };
        assert_eq!(members.iter().map(|m| m.name.as_str()).collect::<Vec<_>>(), ["a", "a"]);
    }

    #[test]
    fn escapes_are_read_including_surrogate_pairs() {
        let Value::String(text) = read(r#""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00""#).unwrap().value else { panic!() };
        assert_eq!(text, "\"\\/\u{8}\u{c}\n\r\té😀");
    }

    #[test]
    fn what_is_not_json_is_refused_with_its_place() {
        assert_eq!(error(""), (0, "expected a value, found the end of the text".into()));
        assert_eq!(error("{"), (1, "expected a member name in double quotes, found the end of the text".into()));
        assert_eq!(error("{\"a\":1,}"), (7, "expected a member name in double quotes, found `}`".into()));
        assert_eq!(error("[1,]"), (3, "expected a value, found `]`".into()));
        assert_eq!(error("[1 2]"), (3, "expected `,` or `]`, found `2`".into()));
        assert_eq!(error("[01]").0, 2);
        assert_eq!(error("[1.]").0, 3);
        assert_eq!(error("[1e]").0, 3);
        assert_eq!(error("[-]").0, 2);
        assert_eq!(error("\"a").1, "the text ends within a string");
        assert_eq!(error("\"a\nb\"").0, 2);
        assert_eq!(error(r#""\x""#).0, 1);
        assert_eq!(error(r#""\u12g4""#).0, 1);
        assert_eq!(error(r#""\ud800""#).1, "half of a surrogate pair in `\\u`");
        assert_eq!(error(r#""\ud800\u0061""#).1, "half of a surrogate pair in `\\u`");
        assert_eq!(error(r#""\udc00""#).1, "half of a surrogate pair in `\\u`");
        assert_eq!(error("{} x").0, 3);
        assert_eq!(error("tru").0, 0);
        assert_eq!(error("{'a':1}").0, 1);
        assert_eq!(error("\u{feff}{}").1, "the text starts with a byte order mark");
        assert_eq!(error("// c\n{}").0, 0);
    }

    #[test]
    fn nesting_beyond_the_limit_is_skipped_without_recursion() {
        let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
        assert!(read(&deep).is_ok());
        let unclosed = "[".repeat(200_000);
        assert!(read(&unclosed).is_err());
    }
}
