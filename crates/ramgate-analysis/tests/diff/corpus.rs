//! Documents as they come: those of the shared corpus, good and bad, each against several others.

use std::path::PathBuf;
use std::time::Instant;

use ramgate_analysis::diff::{Limits, Relation, diff};
use ramgate_policy::{Attached, Document};
use serde_json::Value;

use crate::support::{catalog, check, stored};

/// The policies of every corpus file, read as if they were in force.
fn documents() -> Vec<Attached> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../testdata/policies");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut found = Vec::new();
    for file in files {
        let case: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        for policy in case["policies"].as_array().into_iter().flatten() {
            let text = policy["document"].as_str().map_or_else(|| policy["document"].to_string(), str::to_owned);
            if let Ok(document) = Document::parse_stored(&text) {
                found.push(stored(&file.file_stem().unwrap().to_string_lossy(), document));
            }
        }
    }
    found
}

#[test]
fn documents_of_the_corpus_are_compared_with_each_other_and_themselves() {
    let (documents, catalog) = (documents(), catalog());
    assert!(documents.len() > 50, "{}", documents.len());
    for (number, old) in documents.iter().enumerate() {
        for step in [0, 1, 7, 23] {
            let new = &documents[(number + step) % documents.len()];
            let (old, new) = (std::slice::from_ref(old), std::slice::from_ref(new));
            let started = Instant::now();
            let answer = diff(old, new, &catalog, Limits::default());
            let (names, took) = ((&old[0].policy_name, &new[0].policy_name), started.elapsed());
            check(&answer, old, new, &catalog);
            assert!(answer.complete, "{names:?}");
            assert!(took.as_secs() < 5, "{names:?} took {took:?}");
            assert!(step > 0 || answer.relation == Relation::Equivalent, "{names:?}");
        }
    }
}

#[test]
fn what_cannot_be_in_a_document_is_no_trouble() {
    let long = "a".repeat(70_000);
    let odd = [
        "{}".to_owned(),
        r#"{"Version":"1","Statement":[]}"#.to_owned(),
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":[],"Resource":[]}]}"#.to_owned(),
        r#"{"Version":"1","Statement":[{"Effect":"Allow","NotAction":"nocolon","NotResource":"acs:x"}]}"#.to_owned(),
        r#"{"Version":"1","Statement":[{"Effect":"Deny","NotAction":"a:*","NotResource":"*"}]}"#.to_owned(),
        format!(
            r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":"mse:*","Resource":"acs:mse:*:*:{long}*b"}}]}}"#
        ),
        format!(r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":"mse:{long}*","Resource":"*"}}]}}"#),
        format!(
            r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":"*","Resource":"*","Condition":{{"StringLike":{{"y:k":"{long}*b"}}}}}}]}}"#
        ),
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"*","Resource":"acs:*:*:*:\u4e00?\ud83d\ude00*"}]}"#
            .to_owned(),
    ];
    let documents: Vec<Attached> =
        odd.iter().map(|text| stored("odd", Document::parse_stored(text).unwrap())).collect();
    let catalog = catalog();
    for old in &documents {
        for new in &documents {
            let (old, new) = (std::slice::from_ref(old), std::slice::from_ref(new));
            let answer = diff(old, new, &catalog, Limits { steps: 3_000_000 });
            check(&answer, old, new, &catalog);
            assert!(old != new || answer.relation == Relation::Equivalent || !answer.complete);
        }
    }
}
