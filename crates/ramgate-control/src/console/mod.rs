//! Console.

pub(crate) mod domain;
