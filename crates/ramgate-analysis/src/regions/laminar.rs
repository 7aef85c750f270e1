//! Classes of exact names and literal prefixes: a tree, found by sorting.
//!
//! Of such patterns, a text is told apart only by the exact name that it is, if any, and by the longest prefix that it
//! begins with. That is one class for each name and one for each prefix.

use super::classes::{Class, Question};
use super::glob::{Fold, Glob};
use super::{Budget, Exhausted};

/// One name or prefix, with the patterns that say it.
struct Entry {
    /// Folded.
    key: String,
    exact: bool,
    /// As first written.
    written: String,
    patterns: Vec<u32>,
}

/// A prefix that the present entry begins with.
struct Open<'e> {
    key: &'e str,
    written: &'e str,
    patterns: &'e [u32],
    /// First characters of what longer entries add to it.
    next: Vec<char>,
}

/// The classes of a question whose patterns are all names or prefixes that fold alike.
pub(super) fn classes(question: &Question<'_>, fold: Fold, budget: &mut Budget) -> Result<Vec<Class>, Exhausted> {
    budget.spend(question.globs.len() + question.some_of.len())?;
    let entries = entries(question, fold);
    let mut found = Vec::new();
    let everything = entries.first().is_some_and(|entry| entry.key.is_empty() && !entry.exact);
    // Something every text begins with, so that each has a longest prefix.
    let mut open = Vec::new();
    if !everything {
        open.push(Open { key: "", written: "", patterns: &[][..], next: Vec::new() });
    }
    for entry in &entries {
        while open.len() > 1 && open.last().is_some_and(|last| !entry.key.starts_with(last.key)) {
            close(question, fold, &mut open, &mut found);
        }
        if let Some(parent) = open.last_mut() {
            parent.next.extend(entry.key.get(parent.key.len()..).and_then(|rest| rest.chars().next()));
        }
        budget.spend(open.len())?;
        if entry.exact {
            let refused = question.none_of.iter().any(|glob| glob.matches(&entry.written));
            let matched = open.iter().flat_map(|open| open.patterns).chain(&entry.patterns).copied();
            found.extend((!refused).then(|| Class { matched: matched.collect(), text: entry.written.clone() }));
        } else {
            open.push(Open { key: &entry.key, written: &entry.written, patterns: &entry.patterns, next: Vec::new() });
        }
    }
    while !open.is_empty() {
        close(question, fold, &mut open, &mut found);
    }
    Ok(asked(question, found))
}

/// The names and prefixes, sorted, a prefix before the name that is spelled like it.
fn entries(question: &Question<'_>, fold: Fold) -> Vec<Entry> {
    let globs = question.globs.iter().copied().chain(question.some_of);
    let mut single: Vec<Entry> = (0..)
        .zip(globs)
        .map(|(number, glob)| {
            let (head, prefix) = glob.shape();
            let written: String = head.collect();
            let key = if fold == Fold::Ascii { written.to_ascii_lowercase() } else { written.clone() };
            Entry { key, exact: prefix == Some(false), written, patterns: vec![number] }
        })
        .collect();
    single.sort_by(|a, b| (&a.key, a.exact, &a.patterns).cmp(&(&b.key, b.exact, &b.patterns)));
    single.dedup_by(|later, first| {
        let same = later.key == first.key && later.exact == first.exact;
        if same {
            first.patterns.append(&mut later.patterns);
        }
        same
    });
    single
}

/// Ends the innermost prefix: its own class are the texts that go on with a character that no entry goes on with.
fn close(question: &Question<'_>, fold: Fold, open: &mut Vec<Open<'_>>, found: &mut Vec<Class>) {
    let Some(last) = open.last() else { return };
    let mut taken = last.next.clone();
    if fold == Fold::Ascii {
        taken.extend(last.next.iter().map(char::to_ascii_uppercase));
    }
    let refused = question.none_of.iter().any(|glob| reaches(glob, last.written, &mut taken));
    if !refused {
        let matched = open.iter().flat_map(|open| open.patterns).copied().collect();
        found.push(Class { matched, text: format!("{}{}", last.written, question.fresh(&taken)) });
    }
    open.pop();
}

/// Whether a refused prefix holds all that begins with `text`. When it only may, it takes the character it goes on with.
fn reaches(glob: &Glob, text: &str, taken: &mut Vec<char>) -> bool {
    let mut at = glob.start();
    for c in text.chars() {
        at = glob.step(&at, c);
    }
    if !glob.accepts(&at) {
        glob.awaited(&at, taken);
    }
    glob.accepts(&at)
}

/// Leaves the classes that are asked for, with the patterns that are.
fn asked(question: &Question<'_>, found: Vec<Class>) -> Vec<Class> {
    let own = question.globs.len() as u32;
    let mut asked: Vec<Class> = Vec::with_capacity(found.len());
    for mut class in found {
        let listed = question.some_of.is_empty() || class.matched.iter().any(|pattern| *pattern >= own);
        class.matched.retain(|pattern| *pattern < own);
        class.matched.sort_unstable();
        let within = question.within.is_none_or(|within| class.matched.binary_search(&(within as u32)).is_ok());
        if listed && within {
            asked.push(class);
        }
    }
    // What only the listing told apart is one class.
    asked.sort_by(|a, b| (&a.matched, a.text.len(), &a.text).cmp(&(&b.matched, b.text.len(), &b.text)));
    asked.dedup_by(|later, first| later.matched == first.matched);
    asked
}
