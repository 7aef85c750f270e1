//! Texts that stand for all texts: one for each way in which a request value can match the patterns of conditions.
//!
//! Two texts that match the same patterns are the same to a policy. Listed values and `prefix*` patterns need one text
//! for each value and prefix; other patterns are walked through together, letter by letter, so that the shortest text of
//! each kind is found.

use std::collections::{BTreeSet, HashSet, VecDeque};

/// A pattern of one condition value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct TextPattern<'a> {
    pub(super) text: &'a str,
    /// Whether `*` and `?` are wildcards.
    pub(super) wild: bool,
    /// Whether letters match in either case.
    pub(super) fold: bool,
}

impl<'a> TextPattern<'a> {
    /// A value, or a prefix with a star behind it (`true`); `None` for other patterns.
    fn stem(&self) -> Option<(&'a str, bool)> {
        let stem = if self.wild { self.text.strip_suffix('*').unwrap_or(self.text) } else { self.text };
        (!self.wild || !stem.contains(['*', '?'])).then_some((stem, stem.len() < self.text.len()))
    }
}

/// Places looked at in the common walk at most, so that it ends within milliseconds. The patterns that people write stay
/// far below.
const MAX_WORK: usize = 1_000_000;

/// Texts of which at least one is of every kind that exists, and whether that is certain.
pub(super) fn representatives(patterns: &[TextPattern<'_>]) -> (Vec<String>, bool) {
    let fresh = fresh_letter(patterns);
    let stems: Option<Vec<(&str, bool)>> = patterns.iter().map(TextPattern::stem).collect();
    let folded = patterns.iter().any(|pattern| pattern.fold);
    match stems {
        Some(stems) if !folded => (of_stems(&stems, fresh), true),
        _ => walk(patterns, fresh),
    }
}

/// A letter that no pattern has.
fn fresh_letter(patterns: &[TextPattern<'_>]) -> char {
    let used: HashSet<char> =
        patterns.iter().flat_map(|pattern| pattern.text.chars().flat_map(char::to_lowercase)).collect();
    let mut letters = ('a'..='z').rev().chain('0'..='9').chain('\u{e000}'..='\u{f8ff}');
    letters.find(|letter| !used.contains(letter)).unwrap_or('\u{10fffd}')
}

/// Values and prefixes: each itself, and each prefix with something behind it that no other pattern goes on with.
fn of_stems(stems: &[(&str, bool)], fresh: char) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    for (stem, prefix) in stems {
        if *prefix {
            texts.push(format!("{stem}{fresh}"));
        }
        texts.push((*stem).to_owned());
    }
    texts.push(fresh.to_string());
    texts
}

/// All patterns at once as a machine over letters, breadth first: each new set of matched patterns yields its text.
fn walk(patterns: &[TextPattern<'_>], fresh: char) -> (Vec<String>, bool) {
    let machines: Vec<Machine> = patterns.iter().map(Machine::new).collect();
    let mut alphabet: BTreeSet<char> = BTreeSet::from([fresh]);
    for pattern in patterns {
        for letter in pattern.text.chars() {
            alphabet.insert(letter);
            if pattern.fold {
                alphabet.extend(letter.to_lowercase().chain(letter.to_uppercase()));
            }
        }
    }
    let start: Vec<Vec<bool>> = machines.iter().map(Machine::start).collect();
    let mut seen: HashSet<Vec<Vec<bool>>> = HashSet::from([start.clone()]);
    let step: usize = machines.iter().map(|machine| machine.tokens.len() + 1).sum();
    let mut work = 0;
    let mut kinds: HashSet<Vec<bool>> = HashSet::new();
    let mut texts = Vec::new();
    let mut queue = VecDeque::from([(start, String::new())]);
    while let Some((state, text)) = queue.pop_front() {
        let kind: Vec<bool> = state.iter().map(|live| live.last() == Some(&true)).collect();
        if kinds.insert(kind) {
            texts.push(text.clone());
        }
        for letter in &alphabet {
            let next: Vec<Vec<bool>> =
                machines.iter().zip(&state).map(|(machine, live)| machine.step(live, *letter)).collect();
            work += step;
            if seen.contains(&next) {
                continue;
            }
            if work > MAX_WORK {
                // What is listed is also worth a try: it is what people write.
                texts.extend(patterns.iter().map(|pattern| pattern.text.replace('*', "").replace('?', "x")));
                return (texts, false);
            }
            seen.insert(next.clone());
            queue.push_back((next, format!("{text}{letter}")));
        }
    }
    (texts, true)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Letter(char),
    One,
    Run,
}

/// One pattern; a state is the set of places that a text read so far may have come to.
struct Machine {
    tokens: Vec<Token>,
    fold: bool,
}

impl Machine {
    fn new(pattern: &TextPattern<'_>) -> Self {
        let token = |letter| match letter {
            '*' if pattern.wild => Token::Run,
            '?' if pattern.wild => Token::One,
            letter => Token::Letter(letter),
        };
        Machine { tokens: pattern.text.chars().map(token).collect(), fold: pattern.fold }
    }

    fn start(&self) -> Vec<bool> {
        let mut live = vec![false; self.tokens.len() + 1];
        if let Some(first) = live.first_mut() {
            *first = true;
        }
        self.close(&mut live);
        live
    }

    /// A run may be empty.
    fn close(&self, live: &mut [bool]) {
        for (at, token) in self.tokens.iter().enumerate() {
            if *token == Token::Run
                && live.get(at) == Some(&true)
                && let Some(next) = live.get_mut(at + 1)
            {
                *next = true;
            }
        }
    }

    fn step(&self, live: &[bool], letter: char) -> Vec<bool> {
        let mut next = vec![false; live.len()];
        for (at, token) in self.tokens.iter().enumerate().filter(|(at, _)| live.get(*at) == Some(&true)) {
            let to = match token {
                Token::Run => at,
                Token::One => at + 1,
                Token::Letter(wanted) if *wanted == letter || (self.fold && same(*wanted, letter)) => at + 1,
                Token::Letter(_) => continue,
            };
            if let Some(place) = next.get_mut(to) {
                *place = true;
            }
        }
        self.close(&mut next);
        next
    }
}

fn same(a: char, b: char) -> bool {
    a.to_lowercase().eq(b.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use ramgate_policy::glob;

    fn matches(pattern: &TextPattern<'_>, text: &str) -> bool {
        if pattern.wild {
            glob(pattern.text, text, pattern.fold)
        } else if pattern.fold {
            pattern.text.eq_ignore_ascii_case(text)
        } else {
            pattern.text == text
        }
    }

    #[test]
    fn every_kind_of_short_text_has_a_representative() {
        let mut texts = vec![String::new()];
        let mut all = texts.clone();
        for _ in 0..5 {
            texts =
                texts.iter().flat_map(|text| ["a", "b", "B", "c"].map(|letter| format!("{text}{letter}"))).collect();
            all.extend(texts.clone());
        }
        let pattern = |text, wild, fold| TextPattern { text, wild, fold };
        for patterns in [
            vec![pattern("ab", false, false), pattern("a*", true, false), pattern("ab*", true, false)],
            vec![pattern("a*b", true, false), pattern("?b", true, false), pattern("*", true, false)],
            vec![pattern("ab", false, true), pattern("ab", false, false), pattern("aB", false, false)],
            vec![pattern("*a*b*", true, false), pattern("*b*a*", true, false), pattern("", false, false)],
            vec![pattern("a*", false, false), pattern("a?", true, false)],
            vec![],
        ] {
            let (found, complete) = representatives(&patterns);
            assert!(complete);
            let kind = |text: &str| patterns.iter().map(|pattern| matches(pattern, text)).collect::<Vec<bool>>();
            let kinds: HashSet<Vec<bool>> = found.iter().map(|text| kind(text)).collect();
            for text in &all {
                assert!(kinds.contains(&kind(text)), "{text} is like none of {found:?}");
            }
        }
    }

    #[test]
    fn a_walk_without_end_stops_and_says_so() {
        let texts: Vec<String> =
            (0..12).map(|i| format!("*{}*{}*", ["ab", "ba", "aa", "bb"][i % 4], "ab".repeat(i))).collect();
        let patterns: Vec<_> = texts.iter().map(|text| TextPattern { text, wild: true, fold: false }).collect();
        let (found, complete) = representatives(&patterns);
        assert!(!complete && !found.is_empty());
    }
}
