//! Any policy, request and context: every evaluator comes to the same decision.

#![no_main]

#[path = "../src/policy.rs"]
#[allow(dead_code, reason = "the other target uses the rest")]
mod policy;

libfuzzer_sys::fuzz_target!(|data: &[u8]| policy::evaluate(data));
