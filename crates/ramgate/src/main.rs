//! The one binary: read configuration, wire, run, drain. No logic.
fn main() {}
