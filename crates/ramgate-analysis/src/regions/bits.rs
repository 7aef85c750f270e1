//! Sets of small numbers.

/// A set of numbers below a bound that its maker knows. Sets that are combined have the same bound.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub(crate) struct Bits {
    words: Vec<u64>,
}

impl Bits {
    /// The empty set of numbers below `bound`.
    pub(crate) fn none(bound: usize) -> Self {
        Bits { words: vec![0; bound.div_ceil(64)] }
    }

    /// All numbers below `bound`.
    pub(crate) fn all(bound: usize) -> Self {
        let mut bits = Bits { words: vec![u64::MAX; bound.div_ceil(64)] };
        if let Some(last) = bits.words.last_mut()
            && !bound.is_multiple_of(64)
        {
            *last = (1 << (bound % 64)) - 1;
        }
        bits
    }

    /// How much there is to copy.
    pub(crate) fn words(&self) -> usize {
        self.words.len()
    }

    pub(crate) fn set(&mut self, number: usize) {
        self.words[number / 64] |= 1 << (number % 64);
    }

    pub(crate) fn unset(&mut self, number: usize) {
        self.words[number / 64] &= !(1 << (number % 64));
    }

    pub(crate) fn has(&self, number: usize) -> bool {
        self.words[number / 64] >> (number % 64) & 1 == 1
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    pub(crate) fn meets(&self, other: &Bits) -> bool {
        self.words.iter().zip(&other.words).any(|(a, b)| a & b != 0)
    }

    pub(crate) fn is_within(&self, other: &Bits) -> bool {
        self.words.iter().zip(&other.words).all(|(a, b)| a & !b == 0)
    }

    pub(crate) fn add(&mut self, other: &Bits) {
        self.words.iter_mut().zip(&other.words).for_each(|(a, b)| *a |= b);
    }

    pub(crate) fn remove(&mut self, other: &Bits) {
        self.words.iter_mut().zip(&other.words).for_each(|(a, b)| *a &= !b);
    }

    pub(crate) fn keep(&mut self, other: &Bits) {
        self.words.iter_mut().zip(&other.words).for_each(|(a, b)| *a &= b);
    }

    pub(crate) fn clear(&mut self) {
        self.words.fill(0);
    }

    /// Adds what is in exactly one of two other sets.
    pub(crate) fn add_difference(&mut self, a: &Bits, b: &Bits) {
        self.words.iter_mut().zip(a.words.iter().zip(&b.words)).for_each(|(word, (a, b))| *word |= a ^ b);
    }

    /// The numbers, ascending.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> {
        self.words.iter().enumerate().flat_map(|(at, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                if left == 0 {
                    return None;
                }
                let bit = left.trailing_zeros() as usize;
                left &= left - 1;
                Some(at * 64 + bit)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_of_any_size_are_combined_word_by_word() {
        for bound in [1, 63, 64, 65, 130] {
            let all = Bits::all(bound);
            assert_eq!(all.iter().collect::<Vec<_>>(), (0..bound).collect::<Vec<_>>());
            let mut some = Bits::none(bound);
            some.set(bound - 1);
            assert!(some.has(bound - 1) && some.is_within(&all) && some.meets(&all) && !some.is_empty());
            let mut rest = all.clone();
            rest.remove(&some);
            assert_eq!((rest.iter().count(), rest.meets(&some)), (bound - 1, false));
            let mut differing = Bits::none(bound);
            differing.add_difference(&all, &rest);
            assert_eq!(differing, some);
        }
    }
}
