//! Test context, fixtures and an origin server, for the tests of the other crates.
