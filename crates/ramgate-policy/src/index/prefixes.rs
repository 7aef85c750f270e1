//! The literal prefixes that patterns end in a star after, and the search for all that a name begins with.
//!
//! Few lengths are looked up one by one in the hash table. Where many lengths are in use, the prefixes are sorted
//! instead: the greatest one that is not behind the name either begins it, or a shorter prefix within it does, so one
//! binary search and a walk along those finds them all.

use super::hash::Table;

/// From this many lengths on, sorting pays.
const MANY: usize = 5;

/// The prefixes under one kind, or before the first `/` under one service.
#[derive(Debug, Clone)]
pub(crate) enum Prefixes {
    /// Space of the table, and the lengths in use, ascending.
    Few {
        space: u16,
        lengths: Vec<u16>,
    },
    Many(Sorted),
}

/// Prefixes in order.
#[derive(Debug, Clone)]
pub(crate) struct Sorted {
    entries: Vec<Entry>,
    bytes: Vec<u8>,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    /// The first eight bytes as a number, which settles most comparisons.
    head: u64,
    start: u32,
    len: u32,
    node: u32,
    /// The longest other prefix that this one begins with, by position; [`ROOT`] if there is none.
    shorter: u32,
}

const ROOT: u32 = u32::MAX;

/// The first eight bytes as a number that compares as they do; zeros stand for missing ones.
#[inline]
fn head(text: &[u8]) -> u64 {
    match text.first_chunk::<8>() {
        Some(chunk) => u64::from_be_bytes(*chunk),
        None => (0..8).fold(0, |value, at| value << 8 | u64::from(text.get(at).copied().unwrap_or(0))),
    }
}

impl Prefixes {
    /// Decides how prefixes are looked for, each given with its node. All of them are in the table already.
    pub(crate) fn new(space: u16, mut named: Vec<(Box<[u8]>, u32)>) -> Option<Prefixes> {
        let mut lengths = Vec::new();
        for (prefix, _) in &named {
            lengths.push(u16::try_from(prefix.len()).ok()?);
        }
        lengths.sort_unstable();
        lengths.dedup();
        if lengths.len() < MANY {
            return Some(Prefixes::Few { space, lengths });
        }
        named.sort_unstable();
        let mut sorted = Sorted { entries: Vec::with_capacity(named.len()), bytes: Vec::new() };
        for (prefix, node) in &named {
            let mut shorter = sorted.entries.len().checked_sub(1).map_or(ROOT, |last| last as u32);
            while let Some(entry) = sorted.entry(shorter) {
                if prefix.starts_with(sorted.text(entry)) {
                    break;
                }
                shorter = entry.shorter;
            }
            let (start, len) = (u32::try_from(sorted.bytes.len()).ok()?, u32::try_from(prefix.len()).ok()?);
            sorted.bytes.extend_from_slice(prefix);
            sorted.entries.push(Entry { head: head(prefix), start, len, node: *node, shorter });
        }
        Some(Prefixes::Many(sorted))
    }

    /// Calls `visit` with the node of every prefix that the text begins with.
    #[inline]
    pub(crate) fn each(&self, table: &Table, text: &[u8], mut visit: impl FnMut(u32)) {
        match self {
            Prefixes::Few { space, lengths } => {
                for length in lengths {
                    let Some(start) = text.get(..usize::from(*length)) else { break };
                    if let Some(node) = table.find(*space, start) {
                        visit(node);
                    }
                }
            }
            Prefixes::Many(sorted) => sorted.each(text, visit),
        }
    }
}

impl Sorted {
    #[inline]
    fn entry(&self, at: u32) -> Option<&Entry> {
        self.entries.get(at as usize)
    }

    #[inline]
    fn text(&self, entry: &Entry) -> &[u8] {
        self.bytes.get(entry.start as usize..(entry.start + entry.len) as usize).unwrap_or(&[])
    }

    fn each(&self, text: &[u8], mut visit: impl FnMut(u32)) {
        let own = head(text);
        let behind = self.entries.partition_point(|entry| match entry.head.cmp(&own) {
            std::cmp::Ordering::Less => true,
            std::cmp::Ordering::Equal => self.text(entry) <= text,
            std::cmp::Ordering::Greater => false,
        });
        let mut at = behind.checked_sub(1).map_or(ROOT, |last| last as u32);
        while let Some(entry) = self.entry(at) {
            if text.starts_with(self.text(entry)) {
                visit(entry.node);
            }
            at = entry.shorter;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(prefixes: &[&str], text: &str) -> Vec<String> {
        let mut table = Table::with_capacity(prefixes.len());
        let named = |table: &mut Table| {
            (0..)
                .zip(prefixes)
                .map(|(n, p)| {
                    table.insert(1, p.as_bytes(), n);
                    (p.as_bytes().into(), n)
                })
                .collect()
        };
        let list = named(&mut table);
        let mut out = Vec::new();
        Prefixes::new(1, list).unwrap().each(&table, text.as_bytes(), |n| out.push(prefixes[n as usize].to_owned()));
        out.sort();
        out
    }

    #[test]
    fn all_prefixes_of_a_name_are_found_whether_few_or_many_lengths_are_in_use() {
        let many = [
            "a",
            "ab",
            "abc",
            "abcabcabcabc",
            "abcabcabcabd",
            "abd",
            "b",
            "ba\0",
            "ba",
            "\u{ff}",
            "abcabcab",
            "abcabcabc",
            "c\0\0",
        ];
        let few = ["a", "ab", "b", "ba", "abcabcabcabc"];
        let texts = [
            "",
            "a",
            "ab",
            "abc",
            "abcabcabcabcd",
            "abcabcabcabd",
            "abe",
            "abd",
            "b",
            "ba",
            "ba\0x",
            "z",
            "\u{ff}\u{ff}",
            "c",
            "c\0",
            "c\0\0",
            "abcabcabx",
            "abcabcabca",
        ];
        for prefixes in [&many[..], &few[..]] {
            for text in texts {
                let mut expected: Vec<String> =
                    prefixes.iter().filter(|p| text.starts_with(**p)).map(|p| (*p).to_owned()).collect();
                expected.sort();
                assert_eq!(found(prefixes, text), expected, "{text}");
            }
        }
        assert!(matches!(Prefixes::new(1, vec![(b"a"[..].into(), 0)]), Some(Prefixes::Few { .. })));
        let list = many.iter().map(|p| (p.as_bytes().into(), 0)).collect();
        assert!(matches!(Prefixes::new(1, list), Some(Prefixes::Many(_))));
    }
}
