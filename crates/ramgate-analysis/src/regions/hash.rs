//! A hash for the many small keys of a walk, several times as fast as the standard one.
//!
//! It is seeded per process like the standard one, and every table that uses it is filled on a budget, so that keys chosen to
//! collide cost no more than the budget allows.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::sync::LazyLock;

static SEED: LazyLock<u64> = LazyLock::new(|| RandomState::new().hash_one(0u8));

/// Makes hashers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Quick {
    seed: u64,
}

impl Default for Quick {
    fn default() -> Self {
        Quick { seed: *SEED }
    }
}

impl BuildHasher for Quick {
    type Hasher = QuickHasher;

    fn build_hasher(&self) -> QuickHasher {
        QuickHasher { state: self.seed }
    }
}

/// Folds eight bytes after the other into its state by a wide multiplication.
#[derive(Debug, Clone, Copy)]
pub(crate) struct QuickHasher {
    state: u64,
}

impl QuickHasher {
    fn fold(&mut self, word: u64) {
        let wide = u128::from(self.state ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
        self.state = (wide >> 64) as u64 ^ wide as u64;
    }
}

impl Hasher for QuickHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        words.iter().for_each(|word| self.fold(u64::from_le_bytes(*word)));
        if !rest.is_empty() {
            let mut last = [0; 8];
            last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
            self.fold(u64::from_le_bytes(last) ^ (rest.len() as u64) << 56);
        }
    }

    fn write_usize(&mut self, number: usize) {
        self.fold(number as u64);
    }

    fn finish(&self) -> u64 {
        let mut last = *self;
        last.fold(0x5851_f42d_4c95_7f2d);
        last.state
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn keys_that_differ_in_one_bit_hash_apart_in_high_and_low_bits() {
        let quick = Quick::default();
        let hashes: Vec<u64> = (0..4096u32).map(|n| quick.hash_one(vec![7u32, n, 9])).collect();
        let low: HashSet<u64> = hashes.iter().map(|hash| hash & 0xffff).collect();
        let high: HashSet<u64> = hashes.iter().map(|hash| hash >> 48).collect();
        assert!(low.len() > 3500 && high.len() > 3500, "{} {}", low.len(), high.len());
        assert_ne!(quick.hash_one([1u8]), quick.hash_one([1u8, 0]));
    }
}
