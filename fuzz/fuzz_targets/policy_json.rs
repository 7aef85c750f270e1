//! Any bytes as a policy document.

#![no_main]

#[path = "../src/policy.rs"]
#[allow(dead_code, reason = "the other target uses the rest")]
mod policy;

libfuzzer_sys::fuzz_target!(|data: &[u8]| policy::policy_json(data));
