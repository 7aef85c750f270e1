//! Commands as users give them: parsed by clap, run with a terminal or a pipe of the test's making.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod account;
mod audit;
mod call;
mod catalog;
mod help;
mod policy_check;
mod policy_diff;
mod policy_docs;
mod policy_estate;
mod policy_explain;
mod policy_simulate;
mod support;
