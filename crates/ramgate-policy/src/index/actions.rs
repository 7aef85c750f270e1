//! From action patterns to sets of action numbers.
//!
//! Literal names are found by hash; a pattern with one trailing star is a range of the sorted names; other patterns are
//! matched against the names of their service. Each distinct pattern is expanded once per compilation.

use std::collections::HashMap;

use crate::catalog::Catalog;
use crate::document::Patterns;
use crate::pattern::{ActionPattern, glob, has_wildcard};

/// The non-zero words of a set of action numbers, ascending.
pub(crate) type Words = Vec<(u16, u64)>;

/// Expands action patterns by one catalog.
pub(crate) struct ActionSets<'c> {
    catalog: &'c Catalog,
    expanded: HashMap<(String, String), Words>,
}

impl<'c> ActionSets<'c> {
    pub(crate) fn new(catalog: &'c Catalog) -> Self {
        ActionSets { catalog, expanded: HashMap::new() }
    }

    /// The actions that an `Action` or `NotAction` element covers.
    pub(crate) fn of(&mut self, actions: &Patterns<ActionPattern>) -> Words {
        let mut words = Words::new();
        for pattern in &actions.patterns {
            match pattern {
                ActionPattern::Everything => words = self.everything(),
                ActionPattern::Named { service, name } if !has_wildcard(service) && !has_wildcard(name) => {
                    // One probe; no need to remember the result.
                    if let Some(id) = self.literal(service, name) {
                        add(&mut words, (id >> 6) as u16, 1 << (id & 63));
                    }
                }
                ActionPattern::Named { service, name } => {
                    let key = (service.to_ascii_lowercase(), name.to_ascii_lowercase());
                    let catalog = self.catalog;
                    let expanded = self.expanded.entry(key).or_insert_with_key(|(s, n)| expand(catalog, s, n));
                    for (word, bits) in expanded.iter() {
                        add(&mut words, *word, *bits);
                    }
                }
                ActionPattern::Invalid(_) => {}
            }
        }
        if actions.negated { self.complement(&words) } else { words }
    }

    fn literal(&self, service: &str, name: &str) -> Option<u32> {
        let mut room = [0u8; 128];
        let len = service.len() + 1 + name.len();
        let (head, tail) = room.get_mut(..len)?.split_at_mut_checked(service.len())?;
        head.copy_from_slice(service.as_bytes());
        let (colon, tail) = tail.split_first_mut()?;
        *colon = b':';
        tail.copy_from_slice(name.as_bytes());
        let joined = std::str::from_utf8(room.get(..len)?).ok()?;
        self.catalog.action_id(joined).map(|id| id.0)
    }

    fn everything(&self) -> Words {
        range(0, self.catalog.names().len())
    }

    fn complement(&self, words: &Words) -> Words {
        let of = |wanted: u16| words.iter().find(|(word, _)| *word == wanted).map_or(0, |(_, bits)| *bits);
        let everything = self.everything().into_iter();
        everything.map(|(word, bits)| (word, bits & !of(word))).filter(|(_, bits)| *bits != 0).collect()
    }
}

/// The actions whose name matches, service and name being in lower case.
fn expand(catalog: &Catalog, service: &str, name: &str) -> Words {
    let names = catalog.names();
    if !has_wildcard(service) {
        let head = name.strip_suffix('*').filter(|head| !has_wildcard(head));
        let prefix = format!("{service}:{}", head.unwrap_or(""));
        let from = names.partition_point(|known| known.as_str() < prefix.as_str());
        let within = names.get(from..).unwrap_or(&[]);
        let count = within.partition_point(|known| known.starts_with(&prefix));
        if head.is_some() {
            return range(from, from + count);
        }
        let of_service = (from..).zip(within.iter().take(count));
        return matching(of_service, |_, known| glob(name, known, true));
    }
    matching((0..).zip(names), |known_service, known| glob(service, known_service, true) && glob(name, known, true))
}

fn matching<'n>(names: impl Iterator<Item = (usize, &'n String)>, matches: impl Fn(&str, &str) -> bool) -> Words {
    let mut words = Words::new();
    for (id, name) in names {
        if name.split_once(':').is_some_and(|(service, name)| matches(service, name)) {
            add(&mut words, (id >> 6) as u16, 1 << (id & 63));
        }
    }
    words
}

/// The numbers `from..to`.
fn range(from: usize, to: usize) -> Words {
    let mut words = Words::new();
    let mut at = from;
    while at < to {
        let (word, start) = (at >> 6, at & 63);
        let end = (to - (word << 6)).min(64);
        let upto = if end == 64 { u64::MAX } else { (1 << end) - 1 };
        words.push((word as u16, upto & (u64::MAX << start)));
        at = (word + 1) << 6;
    }
    words
}

fn add(words: &mut Words, word: u16, bits: u64) {
    match words.binary_search_by_key(&word, |(known, _)| *known) {
        Ok(at) => {
            if let Some((_, known)) = words.get_mut(at) {
                *known |= bits;
            }
        }
        Err(at) => words.insert(at, (word, bits)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{AccessLevel, ActionSpec};

    fn catalog() -> Catalog {
        let mut builder = Catalog::builder();
        for i in 0..70 {
            builder.action(ActionSpec::new(format!("apig:Get{i:02}"), AccessLevel::Get));
            builder.action(ActionSpec::new(format!("apigateway:Get{i:02}"), AccessLevel::Get));
            builder.action(ActionSpec::new(format!("mse:Put{i:02}"), AccessLevel::Update));
        }
        builder.build()
    }

    fn numbers(words: &Words) -> Vec<usize> {
        words
            .iter()
            .flat_map(|(word, bits)| {
                (0..64).filter(move |b| bits >> b & 1 == 1).map(move |b| usize::from(*word) * 64 + b)
            })
            .collect()
    }

    #[test]
    fn expanded_patterns_cover_exactly_the_actions_they_match() {
        let catalog = catalog();
        let lists: [&[&str]; 12] = [
            &["*"],
            &["apig:*"],
            &["APIG:get0*"],
            &["apig:Get33"],
            &["*:Get3?"],
            &["apig*:*1"],
            &["mse:*u*6*", "apig:get01"],
            &["nosuch:*"],
            &["mse:Put"],
            &["*:*"],
            &["mse:put69", "mse:Put00", "apigateway:*"],
            &["apig:**"],
        ];
        for list in lists {
            for negated in [false, true] {
                let patterns: Vec<ActionPattern> = list.iter().map(|text| ActionPattern::read(text)).collect();
                let words = ActionSets::new(&catalog).of(&Patterns { negated, patterns: patterns.clone() });
                let expected: Vec<usize> = (0..catalog.actions().len())
                    .filter(|id| patterns.iter().any(|p| p.matches(&catalog.actions()[*id].name)) != negated)
                    .collect();
                assert_eq!(numbers(&words), expected, "{list:?} {negated}");
            }
        }
    }
}
