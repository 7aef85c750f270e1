//! Resource elements by how their names begin, so that a question looks only at those that its name may match.

use ramgate_policy::{Arn, Patterns, ResourcePattern};
use std::collections::HashMap;

/// Resource elements, by number.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    /// Those that say nothing about how a name begins.
    anywhere: Vec<u32>,
    /// Those that name a relative id in full, by that id in lower case.
    exact: HashMap<Box<str>, Vec<u32>>,
    /// Those with a wildcard, by what stands before it, in lower case.
    heads: HashMap<Box<str>, Vec<u32>>,
    /// Lengths of the heads, ascending.
    lengths: Vec<usize>,
}

impl Places {
    /// Takes in an element.
    pub(super) fn add(&mut self, element: u32, patterns: &Patterns<ResourcePattern>) {
        if patterns.negated {
            self.anywhere.push(element);
            return;
        }
        for pattern in &patterns.patterns {
            let relative = match pattern {
                ResourcePattern::Everything => "*",
                ResourcePattern::Arn { relative, .. } => relative,
                ResourcePattern::Invalid(_) => continue,
            };
            match relative.find(['*', '?']) {
                None => self.exact.entry(lower(relative)).or_default().push(element),
                Some(0) => self.anywhere.push(element),
                Some(end) => {
                    if let Err(at) = self.lengths.binary_search(&end) {
                        self.lengths.insert(at, end);
                    }
                    let head = relative.get(..end).unwrap_or(relative);
                    self.heads.entry(lower(head)).or_default().push(element);
                }
            }
        }
    }

    /// Every element that may match a name, some of them more than once.
    pub(super) fn candidates(&self, resource: &str) -> impl Iterator<Item = u32> {
        let relative = Arn::parse(resource).map(|arn| lower(arn.relative));
        let mut lists = vec![self.anywhere.as_slice()];
        if let Some(relative) = &relative {
            lists.extend(self.exact.get(relative).map(Vec::as_slice));
            let heads =
                self.lengths.iter().map_while(|length| (*length <= relative.len()).then(|| relative.get(..*length)));
            lists.extend(heads.flatten().filter_map(|head| self.heads.get(head)).map(Vec::as_slice));
        }
        lists.into_iter().flatten().copied()
    }
}

fn lower(text: &str) -> Box<str> {
    text.to_ascii_lowercase().into()
}
