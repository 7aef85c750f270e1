//! Which patterns may meet a given one, without looking at all of them.

use std::collections::HashMap;

use super::resources::Resources;

/// Patterns by the literal text that their relative ids begin with, in lower case.
pub(super) struct Near {
    /// Sorted.
    heads: Vec<(String, u32)>,
    /// Start and end in `heads` of each head that wildcards follow.
    open: HashMap<String, (usize, usize)>,
    longest_open: usize,
}

impl Near {
    pub(super) fn new(resources: &Resources<'_>) -> Near {
        let each = (0..resources.patterns.len() as u32).map(|pattern| (head(resources.parts(pattern)[3]), pattern));
        let mut heads: Vec<(String, u32)> = each.collect();
        heads.sort_unstable();
        let mut open: HashMap<String, (usize, usize)> = HashMap::new();
        let mut longest_open = 0;
        for (at, (head, pattern)) in heads.iter().enumerate() {
            if resources.parts(*pattern)[3].len() > head.len() {
                longest_open = longest_open.max(head.len());
                open.entry(head.clone()).or_insert((at, at)).1 = at + 1;
            }
        }
        // Of the patterns with one head those without wildcards stand among the others; they meet and hold nothing there.
        Near { heads, open, longest_open }
    }

    /// Patterns with wildcards whose relative ids begin with less literal text than one's, or the same: all that may hold
    /// it.
    pub(super) fn above(&self, pattern: u32, resources: &Resources<'_>) -> Vec<u32> {
        let head = head(resources.parts(pattern)[3]);
        let mut found: Vec<u32> = Vec::new();
        let ends = head.char_indices().map(|(end, _)| end).chain([head.len()]);
        for end in ends.take_while(|end| *end <= self.longest_open) {
            if let Some((from, to)) = self.open.get(&head[..end]) {
                found.extend(self.heads[*from..*to].iter().map(|(_, pattern)| *pattern));
            }
        }
        found
    }

    /// Patterns that may have a name in common with one, itself among them, ascending.
    pub(super) fn of(&self, pattern: u32, resources: &Resources<'_>) -> Vec<u32> {
        let relative = resources.parts(pattern)[3];
        let head = head(relative);
        let mut found: Vec<u32> = Vec::new();
        // Shorter heads that wildcards follow.
        for (end, _) in head.char_indices().take_while(|(end, _)| *end <= self.longest_open) {
            if let Some((from, to)) = self.open.get(&head[..end]) {
                found.extend(self.heads[*from..*to].iter().map(|(_, pattern)| *pattern));
            }
        }
        // Heads that go on, or are the same.
        let from = self.heads.partition_point(|(known, _)| known.as_str() < head.as_str());
        let rest = &self.heads[from..];
        found.extend(rest.iter().take_while(|(known, _)| known.starts_with(&head)).map(|(_, pattern)| *pattern));
        found.retain(|other| resources.may_meet(pattern, *other));
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// The text before the first wildcard, in lower case.
fn head(relative: &str) -> String {
    relative.split(['*', '?']).next().unwrap_or(relative).to_ascii_lowercase()
}
