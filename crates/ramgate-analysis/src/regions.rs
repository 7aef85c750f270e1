//! Spaces of text cut into regions: the machinery behind exact questions about policies.
//!
//! A list of patterns cuts all texts into classes: two texts are in one class when the same patterns match them. There
//! are finitely many classes, however many texts there are, so that a question about all texts is a question about one
//! text of each class.
//!
//! ```text
//!  patterns ── classes ──► one text of each class ── evaluate ──► where something holds ── cubes ──► "these, except those"
//! ```
//!
//! Exact names and literal prefixes, which is what nearly all policies hold, are cut by sorting ([`laminar`]). Any other
//! wildcards are cut by walking the product of the patterns ([`walk`]), whose worst case is exponential and therefore
//! runs on a [`Budget`]. Nothing here knows what the texts are.

pub(crate) mod bits;
pub(crate) mod classes;
pub(crate) mod cubes;
pub(crate) mod glob;
pub(crate) mod hash;
mod laminar;
mod walk;

/// Steps of work that are left. A question that runs out of them has no answer.
#[derive(Debug, Clone)]
pub(crate) struct Budget {
    left: u64,
}

/// A question needs more steps than it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Exhausted;

impl Budget {
    pub(crate) fn new(steps: u64) -> Self {
        Budget { left: steps }
    }

    /// Takes steps away.
    pub(crate) fn spend(&mut self, steps: usize) -> Result<(), Exhausted> {
        match self.left.checked_sub(steps as u64) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => {
                self.left = 0;
                Err(Exhausted)
            }
        }
    }

    /// Runs a part of the question on half of what is left, so that one hard part leaves something to the others.
    pub(crate) fn share<T>(&mut self, part: impl FnOnce(&mut Budget) -> Result<T, Exhausted>) -> Result<T, Exhausted> {
        let half = self.left / 2;
        let mut own = Budget { left: self.left - half };
        let result = part(&mut own);
        self.left = half + own.left;
        result
    }
}
