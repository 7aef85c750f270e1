//! All classes of texts that a list of patterns tells apart, with one text of each.

use super::glob::{Fold, Glob};
use super::{Budget, Exhausted, laminar, walk};

/// Which texts are cut by which patterns.
#[derive(Debug, Clone, Default)]
pub(crate) struct Question<'g> {
    /// The patterns. Classes name them by position.
    pub(crate) globs: Vec<&'g Glob>,
    /// A pattern that all texts match, by position.
    pub(crate) within: Option<usize>,
    /// Patterns of which all texts match one, when there are any.
    pub(crate) some_of: &'g [Glob],
    /// Patterns that no text matches.
    pub(crate) none_of: &'g [Glob],
    /// Whether texts have no colon.
    pub(crate) field: bool,
    /// Characters that texts are made up with, where any would do, the best first.
    pub(crate) letters: &'g str,
    /// Texts that represent their class better than made up ones.
    pub(crate) preferred: &'g [&'g str],
}

/// Texts that the same patterns match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Class {
    /// The patterns, ascending.
    pub(crate) matched: Vec<u32>,
    /// One of the texts; not empty when the class has another.
    pub(crate) text: String,
}

/// Characters for texts that are made up.
const LETTERS: &str = "x0abcdefghijklmnopqrstuvwyz123456789XABCDEFGHIJKLMNOPQRSTUVWYZ-_.";

impl Question<'_> {
    /// A character that is none of `taken`, in either case when that is asked for. Never `:`, `/`, `*` or `?`.
    pub(crate) fn fresh(&self, taken: &[char]) -> char {
        let beyond = ('\u{4e00}'..).find(|c| !taken.contains(c)).unwrap_or('\u{4e00}');
        self.letters.chars().chain(LETTERS.chars()).find(|c| !taken.contains(c)).unwrap_or(beyond)
    }

    /// The patterns that match a text, when it is one of the texts in question.
    fn matched(&self, text: &str) -> Option<Vec<u32>> {
        let matched: Vec<u32> = (0..).zip(&self.globs).filter(|(_, glob)| glob.matches(text)).map(|(i, _)| i).collect();
        let asked = self.within.is_none_or(|within| matched.contains(&(within as u32)))
            && (self.some_of.is_empty() || self.some_of.iter().any(|glob| glob.matches(text)))
            && !self.none_of.iter().any(|glob| glob.matches(text))
            && !(self.field && text.contains(':'));
        asked.then_some(matched)
    }
}

/// Cuts all texts in question, in a fixed order.
pub(crate) fn classes(question: &Question<'_>, budget: &mut Budget) -> Result<Vec<Class>, Exhausted> {
    // Positions are numbered in sixteen bits, patterns as well.
    if question.globs.len() + question.some_of.len() > usize::from(u16::MAX) - 8
        || question.globs.iter().any(|glob| glob.tokens.len() >= usize::from(u16::MAX))
    {
        return Err(Exhausted);
    }
    let simple = |glob: &Glob| glob.fold != Fold::Full && glob.shape().1.is_some();
    let fold = question.globs.first().map_or(Fold::Exact, |glob| glob.fold);
    let alike = |glob: &Glob| glob.fold == fold && simple(glob);
    let laminar = question.globs.iter().all(|glob| alike(glob))
        && question.some_of.iter().all(alike)
        && question.none_of.iter().all(|glob| glob.shape().1 == Some(true) && simple(glob));
    let mut found = if laminar { laminar::classes(question, fold, budget)? } else { walk::classes(question, budget)? };
    for text in question.preferred {
        budget.spend(question.globs.len())?;
        if let Some(matched) = question.matched(text)
            && let Some(class) = found.iter_mut().find(|class| class.matched == matched)
            && !text.is_empty()
        {
            class.text = (*text).to_owned();
        }
    }
    found.sort_by(|a, b| a.matched.cmp(&b.matched));
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// All texts up to a length over an alphabet.
    fn texts(alphabet: &[char], longest: usize) -> Vec<String> {
        let mut all = vec![String::new()];
        let mut last = all.clone();
        for _ in 0..longest {
            last = last.iter().flat_map(|text| alphabet.iter().map(move |c| format!("{text}{c}"))).collect();
            all.extend(last.iter().cloned());
        }
        all
    }

    fn check(patterns: &[String], folds: &[Fold], kinds: (bool, bool), within: Option<usize>, field: bool) {
        let globs: Vec<Glob> =
            patterns.iter().zip(folds.iter().cycle()).map(|(text, fold)| Glob::pattern(text, *fold)).collect();
        let listed = [Glob::pattern("ab*", folds[0]), Glob::pattern("b*", folds[0])];
        let refused = [Glob::pattern("Aa*", Fold::Ascii), Glob::pattern("bb*", Fold::Ascii)];
        let question = Question {
            globs: globs.iter().collect(),
            within: within.filter(|within| *within < globs.len()),
            some_of: if kinds.0 { &listed } else { &[] },
            none_of: if kinds.1 { &refused } else { &[] },
            field,
            ..Question::default()
        };
        let found = classes(&question, &mut Budget::new(1_000_000)).unwrap();
        for class in &found {
            assert_eq!(question.matched(&class.text).as_ref(), Some(&class.matched), "{class:?} {question:?}");
        }
        let have: BTreeSet<&Vec<u32>> = found.iter().map(|class| &class.matched).collect();
        assert_eq!(have.len(), found.len(), "a class is found once: {found:?}");
        for text in texts(&['a', 'b', 'A', 'x', ':'], 4) {
            if let Some(matched) = question.matched(&text) {
                assert!(have.contains(&matched), "{text} of {matched:?} is in no class: {question:?}");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn every_text_is_in_a_class_and_every_class_has_a_text(
            patterns in prop::collection::vec("[abA?*]{0,4}", 0..5),
            folds in prop::collection::vec(prop::sample::select(vec![Fold::Exact, Fold::Ascii]), 1..3),
            kinds in any::<(bool, bool)>(),
            within in prop::option::of(0usize..4),
            field in any::<bool>(),
        ) {
            check(&patterns, &folds, kinds, within, field);
        }

        #[test]
        fn names_and_prefixes_are_cut_the_same_way(
            patterns in prop::collection::vec("[abA]{0,3}[*]?", 0..6),
            fold in prop::sample::select(vec![Fold::Exact, Fold::Ascii]),
            kinds in any::<(bool, bool)>(),
            within in prop::option::of(0usize..4),
        ) {
            check(&patterns, &[fold], kinds, within, false);
        }
    }

    #[test]
    fn texts_are_short_and_preferred_ones_are_taken() {
        let globs =
            [Glob::pattern("*", Fold::Ascii), Glob::pattern("cn-*", Fold::Ascii), Glob::literal("", Fold::Ascii)];
        let question = Question {
            globs: globs.iter().collect(),
            preferred: &["cn-hangzhou"],
            letters: "z",
            ..Question::default()
        };
        let found = classes(&question, &mut Budget::new(1000)).unwrap();
        let texts: Vec<&str> = found.iter().map(|class| class.text.as_str()).collect();
        assert_eq!(texts, ["z", "cn-hangzhou", ""]);
    }

    #[test]
    fn a_wildcard_bomb_ends_with_its_budget() {
        let globs = [Glob::pattern(&format!("*a{}", "?".repeat(40)), Fold::Exact)];
        let question = Question { globs: globs.iter().collect(), ..Question::default() };
        let started = std::time::Instant::now();
        assert_eq!(classes(&question, &mut Budget::new(200_000)), Err(Exhausted));
        assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
        // Many stars alone are no bomb: only the positions behind the last one reached count.
        let globs: Vec<Glob> = (1..12).map(|n| Glob::pattern(&"*a".repeat(n), Fold::Exact)).collect();
        let question = Question { globs: globs.iter().collect(), ..Question::default() };
        assert_eq!(classes(&question, &mut Budget::new(200_000)).map(|found| found.len()), Ok(12));
    }
}
