//! The line of a text that a finding is about, with a mark below.

use crate::host::Paint;
use crate::text;

/// Blanks shown for a tab.
const TAB: &str = "    ";

/// The line `line` (from 1) of `source` with a mark under the JSON value that starts at `column` (from 1), in lines of
/// at most `columns`. Nothing for a place that the text does not have.
pub(super) fn excerpt(source: &str, line: usize, column: usize, columns: usize, paint: Paint) -> Vec<String> {
    let Some(content) = line.checked_sub(1).and_then(|index| source.lines().nth(index)) else { return Vec::new() };
    let characters: Vec<char> = content.chars().collect();
    let start = column.saturating_sub(1).min(characters.len());
    let length = value_length(characters.get(start..).unwrap_or_default());

    let number = line.to_string();
    let gutter = " ".repeat(number.len());
    let room = columns.saturating_sub(number.len() + 3).max(20);
    let (first, last) = window(&characters, start, room);
    let shown = |from: usize, to: usize| -> String {
        let part = characters.get(from..to).unwrap_or_default();
        part.iter().map(|c| if *c == '\t' { TAB.to_owned() } else { text::printable(&c.to_string()) }).collect()
    };
    let cut_before = if first > 0 { "…" } else { "" };
    let cut_after = if last < characters.len() { "…" } else { "" };
    let before = text::width(cut_before) + text::width(&shown(first, start));
    let marked = text::width(&shown(start, (start + length).min(last))).max(1);
    let bar = paint.blue("|");
    vec![
        format!("{gutter} {bar}"),
        format!("{} {bar} {cut_before}{}{cut_after}", paint.blue(&number), shown(first, last)),
        format!("{gutter} {bar} {}{}", " ".repeat(before), paint.red(&"^".repeat(marked))),
    ]
}

/// Characters of the value at the beginning of a text: a string with its quotes, a word, or one bracket.
fn value_length(rest: &[char]) -> usize {
    match rest.first() {
        None => 1,
        Some('"') => {
            let mut escaped = false;
            for (index, c) in rest.iter().enumerate().skip(1) {
                match c {
                    _ if escaped => escaped = false,
                    '\\' => escaped = true,
                    '"' => return index + 1,
                    _ => {}
                }
            }
            rest.len()
        }
        Some(c) if c.is_alphanumeric() || *c == '-' => {
            rest.iter().take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '+' | '.' | '_')).count()
        }
        Some(_) => 1,
    }
}

/// The part of a long line that is shown: the place with something of what stands before it.
fn window(characters: &[char], start: usize, room: usize) -> (usize, usize) {
    let room = room.saturating_sub(2);
    if characters.len() <= room {
        return (0, characters.len());
    }
    let first = start.saturating_sub(room / 3).min(characters.len() - room);
    (first, first + room)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::Terminal;

    fn plain(source: &str, line: usize, column: usize, columns: usize) -> String {
        let mut nothing = (Vec::new(), Vec::new(), std::io::empty());
        let host = crate::Host {
            out: &mut nothing.0,
            err: &mut nothing.1,
            input: &mut nothing.2,
            terminal: Terminal::PIPE,
            now: std::time::UNIX_EPOCH,
            wired: None,
        };
        excerpt(source, line, column, columns, host.paint()).join("\n")
    }

    #[test]
    fn a_string_is_marked_with_its_quotes() {
        let source = "{\n  \"Version\": \"2\",\n}";
        assert_eq!(plain(source, 2, 14, 80), "  |\n2 |   \"Version\": \"2\",\n  |              ^^^");
        assert_eq!(plain(r#"["a\"b"]"#, 1, 2, 80), "  |\n1 | [\"a\\\"b\"]\n  |  ^^^^^^");
    }

    #[test]
    fn words_and_brackets_are_marked() {
        assert_eq!(plain("[true, {}]", 1, 2, 80), "  |\n1 | [true, {}]\n  |  ^^^^");
        assert_eq!(plain("[true, {}]", 1, 8, 80), "  |\n1 | [true, {}]\n  |        ^");
    }

    #[test]
    fn tabs_and_wide_characters_keep_the_mark_in_its_place() {
        assert_eq!(plain("\t\"x\"", 1, 2, 80), "  |\n1 |     \"x\"\n  |     ^^^");
        assert_eq!(plain("网关 \"x\"", 1, 4, 80), "  |\n1 | 网关 \"x\"\n  |      ^^^");
    }

    #[test]
    fn of_a_long_line_the_part_around_the_place_is_shown() {
        let source = format!("{}\"x\"{}", "a".repeat(500), "b".repeat(500));
        let shown = plain(&source, 1, 501, 44);
        let lines: Vec<&str> = shown.lines().collect();
        assert!(lines[1].starts_with("1 | …aaa") && lines[1].ends_with("bbb…"), "{shown}");
        assert!(lines.iter().all(|line| text::width(line) <= 44), "{shown}");
        let mark = lines[2].find('^').unwrap();
        assert_eq!(lines[1].chars().skip(mark).take(3).collect::<String>(), "\"x\"");
    }

    #[test]
    fn the_end_of_the_text_and_places_beyond_it_do_no_harm() {
        assert_eq!(plain("{", 1, 2, 80), "  |\n1 | {\n  |  ^");
        assert_eq!(plain("{", 9, 9, 80), "");
        assert_eq!(plain("", 1, 1, 80), "");
        assert_eq!(plain("{", 0, 0, 80), "");
    }
}
