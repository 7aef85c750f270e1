//! The inputs of `fuzz/corpus`, run through the bodies of the fuzz targets as ordinary tests.

use std::path::PathBuf;

#[path = "../../../../fuzz/src/policy.rs"]
mod policy;

fn replay(target: &str, run: fn(&[u8]), at_least: usize) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(target);
    let mut count = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let data = std::fs::read(&path).unwrap();
        // The name of the input is all that a failure needs.
        let result = std::panic::catch_unwind(|| run(&data));
        assert!(result.is_ok(), "{}", path.display());
        // Every input cut short is an input as well.
        for cut in 1..8 {
            run(&data[..data.len() * cut / 8]);
        }
        count += 1;
    }
    assert!(count >= at_least, "{count} inputs in {}", folder.display());
}

#[test]
fn the_policy_reader_survives_the_fuzz_corpus() {
    replay("policy_json", policy::policy_json, 60);
}

#[test]
fn the_evaluators_agree_on_the_fuzz_corpus() {
    replay("evaluate", policy::evaluate, 90);
}
