//! Puts together what stands at one node of an index.

use super::actions::Words;
use super::{DENY, FREE, Index, List, Listed, Mask, NONE};
use crate::document::Effect;

/// A statement at a node. The order of the fields is the order of sorting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Placement {
    pub(super) node: u32,
    pub(super) conditional: bool,
    pub(super) constraint: u32,
    pub(super) statement: u32,
}

/// What merging needs to know of a statement.
pub(super) struct Merged {
    pub(super) effect: Effect,
    pub(super) words: Words,
}

impl Index {
    /// Adds the masks of statements under one constraint, which come in their order.
    pub(super) fn merge(&mut self, run: &[Placement], merged: &[Merged]) -> Option<()> {
        let statement = |placement: &Placement| merged.get(placement.statement as usize);
        let constraint = run.first()?.constraint;
        if let [placement] = run {
            let Merged { effect, words } = statement(placement)?;
            for (word, bits) in words {
                let (deny, allow) = if *effect == Effect::Deny { (*bits, 0) } else { (0, *bits) };
                let first = placement.statement;
                self.masks.push(Mask {
                    word: *word,
                    one_denies: true,
                    one_allows: true,
                    constraint,
                    deny,
                    allow,
                    deny_first: first,
                    allow_first: first,
                });
            }
            return Some(());
        }
        let mut words: Vec<u16> = run.iter().filter_map(statement).flat_map(|s| s.words.iter().map(|w| w.0)).collect();
        words.sort_unstable();
        words.dedup();
        for word in words {
            let mut merge = |effect: Effect| -> Option<(u64, u32, bool)> {
                let mut mask = 0u64;
                let mut origin = [NONE; 64];
                let mut contributors = 0;
                let mut last = NONE;
                for placement in run {
                    let statement = statement(placement)?;
                    if statement.effect != effect {
                        continue;
                    }
                    let bits = statement.words.iter().find(|(known, _)| *known == word).map_or(0, |(_, bits)| *bits);
                    let mut fresh = bits & !mask;
                    if fresh != 0 {
                        contributors += 1;
                        last = placement.statement;
                    }
                    mask |= bits;
                    while fresh != 0 {
                        *origin.get_mut(fresh.trailing_zeros() as usize)? = placement.statement;
                        fresh &= fresh - 1;
                    }
                }
                if contributors <= 1 {
                    return Some((mask, last, true));
                }
                let start = u32::try_from(self.firsts.len()).ok()?;
                self.firsts.extend(origin.into_iter().filter(|origin| *origin != NONE));
                Some((mask, start, false))
            };
            let (deny, deny_first, one_denies) = merge(Effect::Deny)?;
            let (allow, allow_first, one_allows) = merge(Effect::Allow)?;
            self.masks.push(Mask { word, one_denies, one_allows, constraint, deny, allow, deny_first, allow_first });
        }
        Some(())
    }

    /// Adds the lists of statements with conditions at one node.
    pub(super) fn list(&mut self, placements: &[Placement], merged: &[Merged]) -> Option<()> {
        let entry = |placement: &Placement| -> Option<(Listed, &Words)> {
            let merged = merged.get(placement.statement as usize)?;
            let effect = if merged.effect == Effect::Deny { DENY } else { 0 };
            let listed = Listed { statement: placement.statement | effect, constraint: placement.constraint };
            Some((listed, &merged.words))
        };
        if let [placement] = placements {
            let (listed, words) = entry(placement)?;
            for (word, mask) in words {
                let Listed { statement: first, constraint } = listed;
                self.lists.push(List { word: *word, one: true, mask: *mask, first, constraint });
            }
            return Some(());
        }
        // (action, position, entry): sorted, these are the lists one after the other.
        let mut all: Vec<(u32, u32, Listed)> = Vec::new();
        for placement in placements {
            let (listed, words) = entry(placement)?;
            for (word, bits) in words {
                let mut bits = *bits;
                while bits != 0 {
                    all.push((u32::from(*word) << 6 | bits.trailing_zeros(), placement.statement, listed));
                    bits &= bits - 1;
                }
            }
        }
        all.sort_by_key(|(action, position, _)| (*action, *position));
        for of_word in all.chunk_by(|a, b| a.0 >> 6 == b.0 >> 6) {
            let word = (of_word.first()?.0 >> 6) as u16;
            let first = u32::try_from(self.bounds.len()).ok()?;
            let mut mask = 0;
            for of_action in of_word.chunk_by(|a, b| a.0 == b.0) {
                mask |= 1u64 << (of_action.first()?.0 & 63);
                self.bounds.push(u32::try_from(self.listed.len()).ok()?);
                self.listed.extend(of_action.iter().map(|(_, _, listed)| *listed));
            }
            self.bounds.push(u32::try_from(self.listed.len()).ok()?);
            self.lists.push(List { word, one: false, mask, first, constraint: FREE });
        }
        Some(())
    }
}
