//! What is wrong with a policy document, and where. Made by the parser, shown by the API, the CLI and the console.

use std::fmt;

use serde::Serialize;

/// One thing that is wrong with a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Problem {
    /// Where in the document, for example `Statement[2].Action[0]`; `$` is the document as a whole.
    pub place: String,
    /// Line in the text, from 1.
    pub line: usize,
    /// Column in the line, in characters, from 1.
    pub column: usize,
    /// Short title, the one that the official policy checker uses where it has one (`Invalid action format`).
    pub title: &'static str,
    /// What is wrong, lower case, without a full stop.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (line {}, column {}): {}: {}", self.place, self.line, self.column, self.title, self.message)
    }
}

/// Everything that is wrong with a document, in the order of the text; never empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Problems(pub(crate) Vec<Problem>);

impl Problems {
    /// The problems, in the order of the text.
    pub fn iter(&self) -> std::slice::Iter<'_, Problem> {
        self.0.iter()
    }

    /// The number of problems.
    #[expect(clippy::len_without_is_empty, reason = "a list of problems is never empty")]
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, problem) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str("; ")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

impl<'a> IntoIterator for &'a Problems {
    type Item = &'a Problem;
    type IntoIter = std::slice::Iter<'a, Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

/// A place in a text: line and column, both from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// Turns byte offsets of one text into lines and columns.
pub(crate) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let starts = std::iter::once(0)
            .chain(text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1))
            .collect();
        Lines { text, starts }
    }

    pub(crate) fn position(&self, offset: usize) -> Position {
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = line.checked_sub(1).and_then(|i| self.starts.get(i)).copied().unwrap_or(0);
        let before = self.text.get(start..offset.min(self.text.len())).unwrap_or("");
        Position { line: line.max(1), column: before.chars().count() + 1 }
    }
}

/// Titles of problems and findings. Those of the official policy checker are spelled as it spells them.
pub(crate) mod title {
    pub(crate) const DATA_TYPE_MISMATCH: &str = "Data type mismatch";
    pub(crate) const DOCUMENT_TOO_LONG: &str = "Document too long";
    pub(crate) const DUPLICATE_ELEMENT: &str = "Duplicate element";
    pub(crate) const EMPTY_ELEMENT: &str = "Empty element";
    pub(crate) const INVALID_ACTION_FORMAT: &str = "Invalid action format";
    pub(crate) const INVALID_ARN_PREFIX: &str = "Invalid ARN prefix";
    pub(crate) const INVALID_CONDITION_KEY_FORMAT: &str = "Invalid condition key format";
    pub(crate) const INVALID_CONDITION_MULTIPLE_BOOLEAN: &str = "Invalid condition multiple Boolean";
    pub(crate) const INVALID_CONDITION_OPERATOR: &str = "Invalid condition operator";
    pub(crate) const INVALID_EFFECT: &str = "Invalid effect";
    pub(crate) const INVALID_POLICY_ELEMENT: &str = "Invalid policy element";
    pub(crate) const INVALID_PRINCIPAL: &str = "Invalid principal";
    pub(crate) const INVALID_VERSION: &str = "Invalid version";
    pub(crate) const JSON_SYNTAX_ERROR: &str = "Json syntax error";
    pub(crate) const MISSING_ACTION: &str = "Missing action";
    pub(crate) const MISSING_ARN_FIELD: &str = "Missing ARN field";
    pub(crate) const MISSING_EFFECT: &str = "Missing effect";
    pub(crate) const MISSING_PRINCIPAL: &str = "Missing principal";
    pub(crate) const MISSING_RESOURCE: &str = "Missing resource";
    pub(crate) const MISSING_STATEMENT: &str = "Missing statement";
    pub(crate) const NESTED_TOO_DEEPLY: &str = "Nested too deeply";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_lines_and_characters_from_one() {
        let lines = Lines::new("a\né=b\n\nc");
        let at = |offset| {
            let p = lines.position(offset);
            (p.line, p.column)
        };
        assert_eq!(at(0), (1, 1));
        assert_eq!(at(1), (1, 2));
        assert_eq!(at(2), (2, 1));
        assert_eq!(at(4), (2, 2));
        assert_eq!(at(7), (3, 1));
        assert_eq!(at(8), (4, 1));
        assert_eq!(at(999), (4, 2));
    }
}
