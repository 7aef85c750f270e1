//! Comparing policies.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "diff/algebra.rs"]
mod algebra;
#[path = "diff/cases.rs"]
mod cases;
#[path = "diff/corpus.rs"]
mod corpus;
#[path = "diff/exhaustive.rs"]
mod exhaustive;
#[path = "diff/support.rs"]
mod support;
