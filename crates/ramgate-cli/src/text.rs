//! Wrapping, padding and counting, by what is seen on a terminal.

use unicode_width::UnicodeWidthStr;

/// Columns that a text takes.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// The text with blanks behind it up to `columns`.
pub(crate) fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// Lines of at most `columns`, broken at blanks. A longer word has a line of its own.
pub(crate) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            if !line.is_empty() && width(&line) + 1 + width(word) > columns {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}

/// The text wrapped behind `head`, its further lines below its first.
pub(crate) fn hanging(head: &str, text: &str, columns: usize) -> String {
    let indent = width(head).min(columns / 2);
    let lines = wrap(text, columns.saturating_sub(indent));
    format!("{head}{}", lines.join(&format!("\n{}", " ".repeat(indent))))
}

/// `1 file`, `2 files`.
pub(crate) fn count(n: usize, one: &str) -> String {
    match n {
        1 => format!("1 {one}"),
        n => format!("{n} {one}s"),
    }
}

/// The text without what would move the cursor or ring the bell: other people chose it.
pub(crate) fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_wrapped_at_blanks_and_long_words_stay_whole() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("a acs:apig:*:*:httpapi/* b", 6), ["a", "acs:apig:*:*:httpapi/*", "b"]);
        assert_eq!(wrap("网关 网关", 4), ["网关", "网关"]);
        assert_eq!(hanging("error: ", "one two three", 14), "error: one two\n       three");
    }

    #[test]
    fn control_characters_of_others_do_not_reach_the_terminal() {
        assert_eq!(printable("a\x1b[31mb\n"), "a\u{fffd}[31mb\u{fffd}");
    }
}
