//! What can be said of two patterns without looking at any name: that one covers the other, that they can meet.
//!
//! [`covers`] says "yes" only where that is certain and [`meets`] says "no" only where that is certain, so that what is
//! built on them never claims too much.

use ramgate_policy::{ActionPattern, Effect, Patterns, ResourcePattern, Statement, glob};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Char(char),
    One,
    Run,
}

fn tokens(text: &str, fold: bool) -> Vec<Token> {
    let token = |c: char| match c {
        '*' => Token::Run,
        '?' => Token::One,
        c if fold => Token::Char(c.to_ascii_lowercase()),
        c => Token::Char(c),
    };
    text.chars().map(token).collect()
}

/// A table over two patterns, row by row: `step(from a, from b, diagonal, above, left)`.
fn table(
    a: &[Token],
    b: &[Token],
    step: impl Fn(Token, Token, bool, bool, bool) -> bool,
    edge: impl Fn(Token) -> (bool, bool),
) -> bool {
    let mut row = vec![true];
    for token in b {
        let open = edge(*token).1 && row.last() == Some(&true);
        row.push(open);
    }
    for from_a in a {
        let mut next = vec![edge(*from_a).0 && row.first() == Some(&true)];
        for (from_b, (diagonal, above)) in b.iter().zip(row.iter().zip(row.iter().skip(1))) {
            let left = next.last() == Some(&true);
            next.push(step(*from_a, *from_b, *diagonal, *above, left));
        }
        row = next;
    }
    row.last() == Some(&true)
}

/// What stands before the first wildcard.
fn head(pattern: &str) -> &str {
    let end = pattern.find(['*', '?']).unwrap_or(pattern.len());
    pattern.get(..end).unwrap_or(pattern)
}

/// Whether some text matches both patterns; exact but for case, which is ignored.
pub(crate) fn meets(a: &str, b: &str) -> bool {
    let (head_a, head_b) = (head(a), head(b));
    let common = head_a.len().min(head_b.len());
    let (start_a, start_b) = (head_a.as_bytes().get(..common), head_b.as_bytes().get(..common));
    if !start_a.zip(start_b).is_some_and(|(a, b)| a.eq_ignore_ascii_case(b)) {
        return false;
    }
    if head_a.len() == a.len() {
        return glob(b, a, true);
    }
    if head_b.len() == b.len() {
        return glob(a, b, true);
    }
    let step = |a, b, diagonal: bool, above: bool, left: bool| match (a, b) {
        (Token::Run, _) | (_, Token::Run) => above || left,
        (Token::Char(x), Token::Char(y)) => diagonal && x == y,
        _ => diagonal,
    };
    let run = |token| token == Token::Run;
    table(&tokens(a, true), &tokens(b, true), step, |token| (run(token), run(token)))
}

/// Whether every text that matches `narrow` matches `wide`; `false` where that is not plain to see.
pub(crate) fn covers(wide: &str, narrow: &str, fold: bool) -> bool {
    let (head_wide, head_narrow) = (head(wide), head(narrow));
    let start = head_narrow.as_bytes().get(..head_wide.len());
    let same = |start: &[u8]| {
        if fold { start.eq_ignore_ascii_case(head_wide.as_bytes()) } else { start == head_wide.as_bytes() }
    };
    if !start.is_some_and(same) {
        return false;
    }
    if head_narrow.len() == narrow.len() {
        return glob(wide, narrow, fold);
    }
    if head_wide.len() == wide.len() {
        return false;
    }
    // Rows are the wide pattern. Its run takes up whatever the narrow one has; a run of the narrow one needs a run.
    let step = |wide, narrow, diagonal: bool, above: bool, left: bool| match (wide, narrow) {
        (Token::Run, _) => above || left,
        (_, Token::Run) => false,
        (Token::One, _) => diagonal,
        (Token::Char(x), Token::Char(y)) => diagonal && x == y,
        (Token::Char(_), Token::One) => false,
    };
    table(&tokens(wide, fold), &tokens(narrow, fold), step, |token| (token == Token::Run, false))
}

/// Whether an action pattern covers another one.
pub(crate) fn action_covers(wide: &ActionPattern, narrow: &ActionPattern) -> bool {
    match (wide, narrow) {
        (_, ActionPattern::Invalid(_)) | (ActionPattern::Everything, _) => true,
        (
            ActionPattern::Named { service, name },
            ActionPattern::Named { service: narrow_service, name: narrow_name },
        ) => covers(service, narrow_service, true) && covers(name, narrow_name, true),
        _ => false,
    }
}

/// Whether two action patterns can match the same action.
pub(crate) fn actions_meet(a: &ActionPattern, b: &ActionPattern) -> bool {
    match (a, b) {
        (ActionPattern::Invalid(_), _) | (_, ActionPattern::Invalid(_)) => false,
        (ActionPattern::Named { service, name }, ActionPattern::Named { service: other_service, name: other_name }) => {
            meets(service, other_service) && meets(name, other_name)
        }
        _ => true,
    }
}

/// Whether a resource pattern covers another one.
pub(crate) fn resource_covers(wide: &ResourcePattern, narrow: &ResourcePattern) -> bool {
    match (wide, narrow) {
        (_, ResourcePattern::Invalid(_)) | (ResourcePattern::Everything, _) => true,
        (
            ResourcePattern::Arn { service, region, account, relative },
            ResourcePattern::Arn { service: in_service, region: in_region, account: in_account, relative: in_relative },
        ) => {
            covers(relative, in_relative, false)
                && covers(service, in_service, true)
                && covers(region, in_region, true)
                && covers(account, in_account, true)
        }
        _ => false,
    }
}

/// Whether two resource patterns can match the same name.
pub(crate) fn resources_meet(a: &ResourcePattern, b: &ResourcePattern) -> bool {
    match (a, b) {
        (ResourcePattern::Invalid(_), _) | (_, ResourcePattern::Invalid(_)) => false,
        (
            ResourcePattern::Arn { service, region, account, relative },
            ResourcePattern::Arn {
                service: other_service,
                region: other_region,
                account: other_account,
                relative: other_relative,
            },
        ) => {
            // Names of global services are matched without their region.
            let global = glob(region, "", true) && glob(other_region, "", true);
            meets(relative, other_relative)
                && meets(service, other_service)
                && (global || meets(region, other_region))
                && meets(account, other_account)
        }
        _ => true,
    }
}

/// Whether an element covers all that a pattern matches.
pub(crate) fn element_covers<P>(
    wide: &Patterns<P>,
    narrow: &P,
    covers: fn(&P, &P) -> bool,
    meet: fn(&P, &P) -> bool,
) -> bool {
    if wide.negated {
        wide.patterns.iter().all(|pattern| !meet(pattern, narrow))
    } else {
        wide.patterns.iter().any(|pattern| covers(pattern, narrow))
    }
}

/// Whether an element covers all that another one matches.
pub(crate) fn elements_cover<P>(
    wide: &Patterns<P>,
    narrow: &Patterns<P>,
    everything: &P,
    covers: fn(&P, &P) -> bool,
    meet: fn(&P, &P) -> bool,
) -> bool {
    match (wide.negated, narrow.negated) {
        (_, false) => narrow.patterns.iter().all(|pattern| element_covers(wide, pattern, covers, meet)),
        // What the wide one leaves out, the narrow one leaves out as well.
        (true, true) => wide.patterns.iter().all(|out| narrow.patterns.iter().any(|pattern| covers(pattern, out))),
        (false, true) => wide.patterns.iter().any(|pattern| covers(pattern, everything)),
    }
}

/// Whether two elements can match the same thing.
pub(crate) fn elements_meet<P>(
    a: &Patterns<P>,
    b: &Patterns<P>,
    covers: fn(&P, &P) -> bool,
    meet: fn(&P, &P) -> bool,
) -> bool {
    let out = |negated: &Patterns<P>, pattern: &P| negated.patterns.iter().any(|out| covers(out, pattern));
    match (a.negated, b.negated) {
        (false, false) => a.patterns.iter().any(|x| b.patterns.iter().any(|y| meet(x, y))),
        (true, false) => b.patterns.iter().any(|pattern| !out(a, pattern)),
        (false, true) => a.patterns.iter().any(|pattern| !out(b, pattern)),
        (true, true) => true,
    }
}

/// Whether two statements can speak of the same request, whatever their conditions.
pub(crate) fn statements_meet(a: &Statement, b: &Statement) -> bool {
    elements_meet(&a.actions, &b.actions, action_covers, actions_meet)
        && elements_meet(&a.resources, &b.resources, resource_covers, resources_meet)
}

/// Whether an element names nothing that it could name.
pub(crate) fn is_everything(statement: &Statement) -> bool {
    statement.effect == Effect::Allow
        && !statement.actions.negated
        && !statement.resources.negated
        && statement.resources.patterns.contains(&ResourcePattern::Everything)
        && statement.actions.patterns.iter().any(|pattern| match pattern {
            ActionPattern::Everything => true,
            ActionPattern::Named { service, name } => [service, name].iter().all(|text| text.chars().all(|c| c == '*')),
            ActionPattern::Invalid(_) => false,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn covering_and_meeting_agree_with_trying_every_short_text() {
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
        let (mut certain, mut true_covers) = (0, 0);
        for a in &patterns {
            for b in &patterns {
                assert_eq!(meets(a, b), all.iter().any(|text| glob(a, text, false) && glob(b, text, false)), "{a} {b}");
                let really = all.iter().all(|text| glob(a, text, false) || !glob(b, text, false));
                assert!(really || !covers(a, b, false), "{a} {b}");
                certain += usize::from(covers(a, b, false));
                true_covers += usize::from(really);
            }
        }
        // Being careful costs little: nearly all that cover are seen to.
        assert!(certain * 10 >= true_covers * 9, "{certain} of {true_covers}");
    }

    #[test]
    fn patterns_cover_patterns_field_by_field() {
        let covers =
            |wide: &str, narrow: &str| resource_covers(&ResourcePattern::read(wide), &ResourcePattern::read(narrow));
        assert!(covers("*", "acs:mse:*:*:*"));
        assert!(!covers("acs:*:*:*:*", "*"));
        assert!(covers("acs:mse:*:*:instance/*", "acs:MSE:cn-hangzhou:100:instance/gw-?"));
        assert!(!covers("acs:mse:*:*:instance/gw-?", "acs:mse:*:*:instance/gw-*"));
        assert!(!covers("acs:mse:*:*:instance/gw", "acs:mse:*:*:instance/GW"));
        let action = |wide: &str, narrow: &str| action_covers(&ActionPattern::read(wide), &ActionPattern::read(narrow));
        assert!(action("mse:*Gateway", "MSE:GetGateway") && !action("mse:Get*", "mse:*") && action("*", "mse:*"));
        let meet = |a: &str, b: &str| resources_meet(&ResourcePattern::read(a), &ResourcePattern::read(b));
        assert!(meet("acs:ram:*:*:role/x", "acs:ram::100:ROLE/*"));
        assert!(!meet("acs:mse:*:*:instance/*", "acs:mse:*:*:cluster/*"));
    }
}
