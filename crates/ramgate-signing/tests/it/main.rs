//! Behaviour of the signature crate from outside: captured requests, known traps, forgeries, and properties.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

mod calls;
mod changes;
mod clients;
mod forgeries;
mod identifying;
mod properties;
mod skew;
mod support;
mod traps_v1;
mod traps_v3;
mod values;
mod vectors;
