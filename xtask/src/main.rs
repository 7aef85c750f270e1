//! `cargo xtask`: tasks of this repository.
fn main() {}
