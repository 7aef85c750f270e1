//! The log as its callers see it, on real files, with real crashes and a real disk limit.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod append_only;
mod chain;
mod crash;
mod opening;
mod query;
mod recording;
mod retention;
mod support;
