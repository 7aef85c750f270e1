//! Tests of the policy engine from the outside.

#![expect(clippy::unwrap_used, reason = "a test that meets something unexpected should stop there")]

mod conditions;
mod corpus;
mod explain;
mod fuzz_corpus;
mod naive;
mod parse;
mod properties;
mod scale;
mod support;
mod validate;
