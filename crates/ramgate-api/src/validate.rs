//! Checks of request values: the limits that shapes alone cannot say.

use crate::{ApiError, ErrorCode, Product, codes};

/// A request that knows its limits. Checked after authorization, before the handler.
pub trait Validate {
    /// Reports every value out of its limits. Names are wire names.
    fn validate(&self, checker: &mut Checker) {
        let _ = checker;
    }
}

/// Collects problems, each naming its parameter.
#[derive(Debug)]
pub struct Checker {
    invalid: &'static ErrorCode,
    missing: &'static ErrorCode,
    problems: Vec<(&'static ErrorCode, String)>,
}

impl Default for Checker {
    /// A checker that reports under the codes common to all products.
    fn default() -> Self {
        Self { invalid: &codes::INVALID_PARAMETER, missing: &codes::MISSING_PARAMETER, problems: Vec::new() }
    }
}

impl Checker {
    /// A checker that reports under the codes of `product`.
    pub fn new(product: &Product) -> Self {
        Self { invalid: product.invalid_parameter, missing: product.missing_parameter, problems: Vec::new() }
    }

    /// Reports a problem under the general code.
    pub fn problem(&mut self, name: &str, expected: impl std::fmt::Display) {
        self.problem_as(self.invalid, format!("The parameter `{name}` {expected}."));
    }

    /// Reports that a parameter is absent which is needed because of the others.
    pub fn missing(&mut self, name: &str) {
        self.problem_as(self.missing, self.missing.message.replace("{Name}", name));
    }

    /// Reports the parameter as absent unless `given`.
    pub fn needed(&mut self, name: &str, given: bool) {
        if !given {
            self.missing(name);
        }
    }

    /// Reports a problem under a code of its own, with the whole message.
    pub fn problem_as(&mut self, code: &'static ErrorCode, message: impl Into<String>) {
        self.problems.push((code, message.into()));
    }

    /// The value, where given, is one of `allowed`.
    pub fn one_of(&mut self, name: &str, value: Option<&str>, allowed: &[&str]) {
        if let Some(value) = value.filter(|v| !v.is_empty() && !allowed.contains(v)) {
            self.problem(name, format_args!("is `{value}`; it must be one of {}", allowed.join(", ")));
        }
    }

    /// The number, where given, lies in the range, ends included.
    pub fn range(&mut self, name: &str, value: Option<i64>, least: i64, most: i64) {
        if let Some(value) = value.filter(|v| !(least..=most).contains(v)) {
            self.problem(name, format_args!("is {value}; it must be from {least} to {most}"));
        }
    }

    /// The text, where given, has a length in characters in the range, ends included.
    pub fn length(&mut self, name: &str, value: Option<&str>, least: usize, most: usize) {
        if let Some(n) = value.map(|v| v.chars().count()).filter(|n| !(least..=most).contains(n)) {
            self.problem(name, format_args!("has {n} characters; it must have from {least} to {most}"));
        }
    }

    /// The list has at most `most` members.
    pub fn count(&mut self, name: &str, n: usize, most: usize) {
        if n > most {
            self.problem(name, format_args!("has {n} members; at most {most} are allowed"));
        }
    }

    /// `Ok` without problems; else one error whose code is the first problem's and whose message holds them all.
    pub fn finish(self) -> Result<(), ApiError> {
        let Some((code, _)) = self.problems.first() else { return Ok(()) };
        let texts: Vec<&str> = self.problems.iter().map(|(_, text)| text.as_str()).collect();
        Err(code.with(texts.join(" ")))
    }
}
