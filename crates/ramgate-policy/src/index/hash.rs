//! A seeded hash and a flat hash table over byte strings that borrow nothing and allocate nothing when asked.
//!
//! The names in policies are chosen by whoever writes policies, so the hash is seeded per table with the process's
//! random keys, and every hit is verified against the stored bytes. The hash is a folded multiply, eight or sixteen
//! bytes at a time.

use std::hash::{BuildHasher, Hasher, RandomState};

/// Seeds of one table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seed {
    start: u64,
    step: u64,
}

impl Seed {
    pub(crate) fn random() -> Seed {
        let state = RandomState::new();
        let draw = |n: u64| {
            let mut hasher = state.build_hasher();
            hasher.write_u64(n);
            hasher.finish()
        };
        // The multiplier must be odd, so that no input bit is lost.
        Seed { start: draw(1), step: draw(2) | 1 }
    }
}

#[inline]
fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    (product as u64) ^ ((product >> 64) as u64)
}

/// Every byte with the bit set that tells lower from upper case; it conflates more than case, which is fine for a hash.
const LOWER: u64 = 0x2020_2020_2020_2020;

/// Hashes bytes, ignoring the case of ASCII letters when `mask` is [`LOWER`], exactly when it is 0.
#[inline]
fn hash(seed: Seed, space: u32, bytes: &[u8], mask: u64) -> u64 {
    let mut state = seed.start ^ (bytes.len() as u64) ^ (u64::from(space) << 32);
    let (blocks, _) = bytes.as_chunks::<8>();
    // All full blocks but the last one, which overlaps the tail.
    let tail = match bytes.last_chunk::<8>() {
        Some(last) => {
            let whole = blocks.len() - usize::from(bytes.len().is_multiple_of(8));
            for block in blocks.iter().take(whole) {
                state = fold(state ^ (u64::from_le_bytes(*block) | mask), seed.step);
            }
            u64::from_le_bytes(*last)
        }
        None => short(bytes),
    };
    fold(fold(state ^ (tail | mask), seed.step), seed.start | 1)
}

/// Up to seven bytes as a number; of one length, different bytes make different numbers.
#[inline]
fn short(bytes: &[u8]) -> u64 {
    match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (Some(first), Some(last)) => u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << 32,
        _ => bytes.iter().fold(0, |value, byte| value << 8 | u64::from(*byte)),
    }
}

/// Equality of short texts of one length; inlined, it beats a call for names of a few words.
#[inline]
fn same(a: &[u8], b: &[u8]) -> bool {
    match (a.last_chunk::<8>(), b.last_chunk::<8>()) {
        (Some(a_last), Some(b_last)) => {
            let (a_blocks, b_blocks) = (a.as_chunks::<8>().0, b.as_chunks::<8>().0);
            a_last == b_last && a_blocks.iter().zip(b_blocks).all(|(a, b)| a == b)
        }
        _ => short(a) == short(b),
    }
}

#[derive(Debug, Clone, Copy)]
struct Slot {
    tag: u32,
    start: u32,
    len: u16,
    space: u16,
    value: u32,
}

const EMPTY: Slot = Slot { tag: 0, start: 0, len: 0, space: 0, value: u32::MAX };

/// A map from (space, bytes) to a number. A space is a set of names that are looked up together.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    seed: Seed,
    slots: Vec<Slot>,
    bytes: Vec<u8>,
    /// What is stored, with full hashes; only while the table is being filled.
    hashes: Vec<(u64, Slot)>,
}

impl Table {
    pub(crate) fn with_capacity(names: usize) -> Table {
        let slots = (names * 2).next_power_of_two().max(8);
        Table { seed: Seed::random(), slots: vec![EMPTY; slots], bytes: Vec::new(), hashes: Vec::new() }
    }

    /// The number stored for the bytes.
    #[inline]
    pub(crate) fn find(&self, space: u16, name: &[u8]) -> Option<u32> {
        let hash = hash(self.seed, u32::from(space), name, 0);
        self.probe(hash, space, name.len(), |stored| same(stored, name))
    }

    /// The number stored for the bytes, ignoring the case of ASCII letters. Only for spaces that were filled with
    /// [`Table::insert_ignoring_case`].
    #[inline]
    pub(crate) fn find_ignoring_case(&self, space: u16, name: &[u8]) -> Option<u32> {
        let hash = hash(self.seed, u32::from(space), name, LOWER);
        self.probe(hash, space, name.len(), |stored| same(stored, name) || stored.eq_ignore_ascii_case(name))
    }

    #[inline]
    fn probe(&self, hash: u64, space: u16, len: usize, same: impl Fn(&[u8]) -> bool) -> Option<u32> {
        let mask = self.slots.len() - 1;
        let tag = (hash >> 32) as u32;
        let mut at = hash as usize & mask;
        loop {
            let slot = self.slots.get(at)?;
            if slot.value == u32::MAX {
                return None;
            }
            if slot.tag == tag && slot.space == space && usize::from(slot.len) == len {
                let start = slot.start as usize;
                if self.bytes.get(start..start + len).is_some_and(&same) {
                    return Some(slot.value);
                }
            }
            at = (at + 1) & mask;
        }
    }

    /// Stores a number for bytes that are not there yet. `None` when the name is too long or the table is full beyond
    /// what its numbers can address.
    pub(crate) fn insert(&mut self, space: u16, name: &[u8], value: u32) -> Option<u32> {
        self.insert_hashed(space, name, value, 0)
    }

    /// As [`Table::insert`], for spaces that are searched with [`Table::find_ignoring_case`].
    pub(crate) fn insert_ignoring_case(&mut self, space: u16, name: &[u8], value: u32) -> Option<u32> {
        self.insert_hashed(space, name, value, LOWER)
    }

    fn insert_hashed(&mut self, space: u16, name: &[u8], value: u32, mask: u64) -> Option<u32> {
        let start = u32::try_from(self.bytes.len()).ok()?;
        let len = u16::try_from(name.len()).ok()?;
        if value == u32::MAX {
            return None;
        }
        if (self.hashes.len() + 1) * 2 > self.slots.len() {
            self.grow();
        }
        self.bytes.extend_from_slice(name);
        let hash = hash(self.seed, u32::from(space), name, mask);
        let slot = Slot { tag: (hash >> 32) as u32, start, len, space, value };
        self.hashes.push((hash, slot));
        self.place(hash, slot);
        Some(value)
    }

    fn place(&mut self, hash: u64, slot: Slot) {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        while let Some(there) = self.slots.get_mut(at) {
            if there.value == u32::MAX {
                *there = slot;
                return;
            }
            at = (at + 1) & mask;
        }
    }

    fn grow(&mut self) {
        self.slots = vec![EMPTY; self.slots.len() * 2];
        let hashes = std::mem::take(&mut self.hashes);
        for (hash, slot) in &hashes {
            self.place(*hash, *slot);
        }
        self.hashes = hashes;
    }

    /// Gives back what only further insertions would need.
    pub(crate) fn freeze(mut self) -> Table {
        self.hashes = Vec::new();
        self.bytes.shrink_to_fit();
        self
    }
}

/// The numbers of action names, found ignoring case.
#[derive(Debug, Clone)]
pub(crate) struct ActionTable {
    table: Table,
}

impl ActionTable {
    /// Numbers lower-case names by their position.
    pub(crate) fn new(names: &[String]) -> ActionTable {
        let mut table = Table::with_capacity(names.len() * 2);
        for (number, name) in (0..).zip(names) {
            table.insert_ignoring_case(0, name.as_bytes(), number);
        }
        ActionTable { table: table.freeze() }
    }

    #[inline]
    pub(crate) fn find(&self, name: &str) -> Option<u32> {
        self.table.find_ignoring_case(0, name.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_every_length_are_found_again_and_others_are_not() {
        let mut table = Table::with_capacity(4);
        let name = |n: usize| (0..n).map(|i| (i * 7 + n) as u8).collect::<Vec<u8>>();
        for n in 0..300 {
            assert_eq!(table.insert((n % 3) as u16, &name(n), n as u32), Some(n as u32));
        }
        for n in 0..300 {
            assert_eq!(table.find((n % 3) as u16, &name(n)), Some(n as u32));
            assert_eq!(table.find(((n + 1) % 3) as u16, &name(n)), None);
            let mut other = name(n);
            other.push(0);
            assert_eq!(table.find((n % 3) as u16, &other), None);
            if n > 0 {
                let mut changed = name(n);
                changed[n / 2] ^= 0x20;
                assert_eq!(table.find((n % 3) as u16, &changed), None);
            }
        }
        assert_eq!(table.insert(0, &vec![0; usize::from(u16::MAX) + 1], 1), None);
    }

    #[test]
    fn action_names_are_found_ignoring_case() {
        let names = ["apig:getgateway", "apig:x", "mse:`", "mse:@"].map(str::to_owned);
        let table = ActionTable::new(&names);
        assert_eq!(table.find("APIG:GetGateway"), Some(0));
        assert_eq!(table.find("apig:X"), Some(1));
        // Bytes that the hash conflates with their neighbours are told apart all the same.
        assert_eq!(table.find("mse:`"), Some(2));
        assert_eq!(table.find("mse:@"), Some(3));
        assert_eq!(table.find("apig:getgatewa"), None);
        assert_eq!(table.find(""), None);
    }
}
