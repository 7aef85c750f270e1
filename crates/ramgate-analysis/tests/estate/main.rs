//! Questions about small estates, compared with deciding every request of a small world.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod least;
mod lint;
mod simulate;
mod who_can;
mod world;
