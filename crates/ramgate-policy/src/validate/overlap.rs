//! Whether patterns and templates can name the same thing.

use crate::pattern::{ResourcePattern, kind_folds, names_fold_in};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Char(char),
    /// Exactly one character.
    One,
    /// Any run of characters.
    Run,
}

/// A policy's pattern: `*` and `?` are wildcards.
fn of_pattern(text: &str) -> Vec<Token> {
    let token = |c| match c {
        '*' => Token::Run,
        '?' => Token::One,
        c => Token::Char(c),
    };
    text.chars().map(token).collect()
}

/// A catalog's template: `{name}` stands for anything, `*` for itself.
fn of_template(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut within = false;
    for c in text.chars() {
        match c {
            '{' if !within => {
                within = true;
                tokens.push(Token::Run);
            }
            // One published template closes its placeholder with a square bracket.
            '}' | ']' if within => within = false,
            _ if within => {}
            c => tokens.push(Token::Char(c)),
        }
    }
    tokens
}

/// Whether some text matches both. Time and space are bounded by the product of the lengths.
fn meet(a: &[Token], b: &[Token]) -> bool {
    // row[j]: can the part of `a` read so far and the first j tokens of `b` spell the same text?
    let mut row = Vec::with_capacity(b.len() + 1);
    row.push(true);
    for token in b {
        row.push(*token == Token::Run && row.last() == Some(&true));
    }
    for from_a in a {
        let mut next = Vec::with_capacity(row.len());
        next.push(*from_a == Token::Run && row.first() == Some(&true));
        for (from_b, (diagonal, above)) in b.iter().zip(row.iter().zip(row.iter().skip(1))) {
            let left = next.last() == Some(&true);
            let both = match (from_a, from_b) {
                (Token::Run, _) | (_, Token::Run) => *above || left,
                (Token::Char(x), Token::Char(y)) => *diagonal && x == y,
                _ => *diagonal,
            };
            next.push(both);
        }
        row = next;
    }
    row.last() == Some(&true)
}

/// Whether a resource pattern can match a name that a template stands for.
pub(super) fn reaches(pattern: &ResourcePattern, template: &str) -> bool {
    let ResourcePattern::Arn { service, region, account, relative } = pattern else {
        return *pattern == ResourcePattern::Everything;
    };
    let mut fields = template.splitn(5, ':').skip(1);
    let (Some(t_service), Some(t_region), Some(t_account), Some(t_relative)) =
        (fields.next(), fields.next(), fields.next(), fields.next())
    else {
        return false;
    };
    // Templates name their service in full; of a document full of patterns, this leaves few to look at.
    if !crate::pattern::glob(service, t_service, true) {
        return false;
    }
    let folded = |text: &str| text.to_ascii_lowercase();
    let field = |pattern: &str, template: &str| meet(&of_pattern(&folded(pattern)), &of_template(&folded(template)));
    let t_region = if crate::pattern::is_global(t_service) { "" } else { t_region };
    let named = t_relative.split_once('/').is_some_and(|(kind, _)| kind_folds(kind)) && names_fold_in(t_service);
    let reached =
        || if named { field(relative, t_relative) } else { meet(&of_pattern(relative), &of_template(t_relative)) };
    field(region, t_region) && field(account, t_account) && reached()
}

/// Whether everything that `narrow` matches, `wide` matches as well; `false` when that is not plain to see.
pub(super) fn covers(wide: &str, narrow: &str, ignore_case: bool) -> bool {
    // A star of the narrow pattern can only be taken up by a star, but `?` would take it for one character.
    let plain_to_see = !wide.contains('?') || !narrow.contains(['*', '?']) || wide == narrow;
    plain_to_see && crate::pattern::glob(wide, narrow, ignore_case)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn met(a: &str, b: &str) -> bool {
        meet(&of_pattern(a), &of_pattern(b))
    }

    #[test]
    fn patterns_meet_when_some_text_matches_both() {
        for (a, b) in
            [("*", ""), ("a*", "*b"), ("a?c", "ab*"), ("*x*", "*y*"), ("", "**"), ("a*b*c", "ab?c"), ("?", "*")]
        {
            assert!(met(a, b) && met(b, a), "{a} {b}");
        }
        for (a, b) in [("a*", "b*"), ("?", ""), ("ab", "a"), ("a?", "a"), ("*a", "*b"), ("a*c", "ab")] {
            assert!(!met(a, b) && !met(b, a), "{a} {b}");
        }
    }

    #[test]
    fn meeting_agrees_with_trying_every_short_text() {
        let alphabet = ["", "a", "b", "*", "?"];
        let mut patterns = vec![String::new()];
        for _ in 0..3 {
            patterns = patterns.iter().flat_map(|p| alphabet.map(|c| format!("{p}{c}"))).collect();
            patterns.sort();
            patterns.dedup();
        }
        let mut texts = vec![String::new()];
        let mut all = texts.clone();
        for _ in 0..4 {
            texts = texts.iter().flat_map(|t| ["a", "b"].map(|c| format!("{t}{c}"))).collect();
            all.extend(texts.clone());
        }
        for a in &patterns {
            for b in &patterns {
                let both = |text: &String| crate::glob(a, text, false) && crate::glob(b, text, false);
                assert_eq!(met(a, b), all.iter().any(both), "{a} {b}");
                if covers(a, b, false) {
                    assert!(
                        all.iter().all(|text| crate::glob(a, text, false) || !crate::glob(b, text, false)),
                        "{a} {b}"
                    );
                }
            }
        }
    }

    #[test]
    fn templates_take_their_star_literally() {
        let reaches = |pattern: &str, template| reaches(&ResourcePattern::read(pattern), template);
        assert!(reaches("acs:apig:*:*:gateway/*", "acs:apig:{region}:{account}:gateway/*"));
        assert!(reaches("*", "acs:apig:{region}:{account}:gateway/*"));
        assert!(!reaches("acs:apig:*:*:gateway/gw-1", "acs:apig:{region}:{account}:gateway/*"));
        assert!(reaches("acs:apig:*:*:gateway/gw-1", "acs:apig:{region}:{account}:gateway/{gatewayId}"));
        assert!(!reaches("acs:apig:*:*:gateway/gw-1", "acs:apig:{region}:{account}:httpapi/{id}"));
        assert!(reaches("acs:apig:*:*:source/s", "acs:apig:{region}:{account}:source/{SourceId]"));
        assert!(!reaches("acs:ram:cn-hangzhou:*:role/x", "acs:ram:*:{account}:role/{name}"));
        assert!(reaches("acs:ram::*:ROLE/x", "acs:ram:*:{account}:role/{name}"));
    }
}
