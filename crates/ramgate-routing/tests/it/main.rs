//! Tests of the crate through its public surface.

#![allow(unreachable_pub, reason = "the benchmark shares a module, and a test binary has no outside")]
#![allow(clippy::unwrap_used, reason = "what does not hold fails the test")]

mod domains;
mod effects;
mod fixture;
mod fuzz;
mod model;
mod naive;
mod no_alloc;
mod objects;
mod priority;
mod rules;
mod tls;
