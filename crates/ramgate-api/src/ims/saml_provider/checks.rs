//! The limits of values.

pub(super) use crate::ims::provider_checks::{description, name};

use crate::Checker;

/// Up to 100,000 characters of Base64; what it says is judged later.
pub(super) fn metadata(checker: &mut Checker, parameter: &str, value: Option<&str>) {
    checker.length(parameter, value, 1, 100_000);
}
