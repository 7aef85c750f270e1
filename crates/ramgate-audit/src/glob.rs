//! Wildcards of filters: `*` is any text, `?` is any one character. The same language as in policies.

/// Whether `text` matches `pattern`. Linear in the text for patterns with one `*`, never worse than their product.
pub(crate) fn matches(pattern: &str, text: &str, ignore_case: bool) -> bool {
    let same = |a: char, b: char| a == b || (ignore_case && a.eq_ignore_ascii_case(&b));
    let (mut rest_pattern, mut rest_text) = (pattern.chars(), text.chars());
    // Where to go on when the text after the last `*` does not fit: that `*` then takes one character more.
    let mut retry = None;
    loop {
        let (mut next_pattern, mut next_text) = (rest_pattern.clone(), rest_text.clone());
        match (next_pattern.next(), next_text.next()) {
            (Some('*'), _) => {
                retry = Some((next_pattern.clone(), rest_text.clone()));
                rest_pattern = next_pattern;
            }
            (Some(p), Some(t)) if p == '?' || same(p, t) => {
                rest_pattern = next_pattern;
                rest_text = next_text;
            }
            (None, None) => return true,
            _ => {
                let Some((after_star, mut from)) = retry.take() else { return false };
                if from.next().is_none() {
                    return false;
                }
                rest_pattern = after_star.clone();
                rest_text = from.clone();
                retry = Some((after_star, from));
            }
        }
    }
}

/// Whether the pattern has wildcards.
pub(crate) fn is_pattern(pattern: &str) -> bool {
    pattern.contains(['*', '?'])
}

/// The text before the first wildcard.
pub(crate) fn literal_prefix(pattern: &str) -> &str {
    pattern.split(['*', '?']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn star_takes_any_text_and_question_mark_takes_one_character() {
        for (pattern, text, expected) in [
            ("apig:*", "apig:GetHttpApi", true),
            ("apig:*Api", "apig:GetHttpApi", true),
            ("apig:*Api", "apig:GetHttpApis", false),
            ("*", "", true),
            ("?", "", false),
            ("?", "é", true),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("*a*b*c*", "xxaxxbxxcxx", true),
            ("*a*b*c*", "xxaxxcxxbxx", false),
            ("abab*ab", "abababab", true),
            ("", "", true),
            ("", "a", false),
        ] {
            assert_eq!(matches(pattern, text, false), expected, "`{pattern}` on `{text}`");
        }
    }

    #[test]
    fn case_counts_unless_told_otherwise() {
        assert!(!matches("apig:get*", "apig:GetHttpApi", false));
        assert!(matches("apig:get*", "apig:GetHttpApi", true));
    }

    #[test]
    fn hostile_patterns_end_in_time() {
        let text = "a".repeat(2_000);
        assert!(!matches(&format!("{}b", "*a".repeat(200)), &text, false));
    }
}
