//! The corpus of `testdata/policies`, run by the engine.

use std::fmt::Write as _;

use ramgate_policy::Catalog;
use ramgate_policy::corpus::Case;

use crate::support::{catalog, testdata};

#[test]
fn every_corpus_file_comes_to_what_it_says() {
    let mut files: Vec<_> =
        std::fs::read_dir(testdata("policies")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    assert!(files.len() >= 60, "{} files", files.len());
    let mut failures = String::new();
    let mut requests = 0;
    for path in files {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        let case = Case::parse(&text).unwrap_or_else(|error| panic!("{name}: {error:?}"));
        // Whether the catalog knows the actions changes how a decision is found, not what it is.
        for catalog in [Catalog::default(), catalog()] {
            let checked = case.run(&catalog).unwrap_or_else(|error| panic!("{name}: {error}"));
            requests += checked.len();
            for request in checked.iter().filter(|request| !request.passed) {
                writeln!(failures, "{name} `{}`: {request:#?}", case.title).unwrap();
            }
        }
    }
    assert!(failures.is_empty(), "{failures}");
    assert!(requests > 700, "{requests} requests");
}

#[test]
fn a_corpus_file_that_expects_something_else_fails() {
    let text = |expect: &str, layer: &str, statement: &str| {
        format!(
            r#"{{"title":"t","policies":[{{"name":"p","document":{{"Version":"1","Statement":[
            {{"Effect":"Allow","Action":"a:*","Resource":"*"}}]}}}}],
            "requests":[{{"action":"a:b","resource":"*","expect":"{expect}","layer":"{layer}","statement":"{statement}"}}]}}"#
        )
    };
    let passes = |text: &str| Case::parse(text).unwrap().run(&Catalog::default()).unwrap()[0].passed;
    let account = "AccountLevelIdentityBasedPolicy";
    assert!(passes(&text("Allow", account, "p[0]")));
    assert!(!passes(&text("ImplicitDeny", account, "p[0]")));
    assert!(!passes(&text("Allow", "SessionPolicy", "p[0]")));
    assert!(!passes(&text("Allow", account, "p[1]")));
}

#[test]
fn a_corpus_file_of_another_shape_is_refused() {
    for text in [
        "",
        "[]",
        r#"{"title":"t"}"#,
        r#"{"title":"t","requests":[],"polices":[]}"#,
        r#"{"title":"t","requests":[{"action":"a:b","resource":"*","expect":"Maybe"}]}"#,
    ] {
        assert!(Case::parse(text).is_err(), "{text}");
    }
    let bad_document = r#"{"title":"t","policies":[{"name":"p","document":{"Version":"2"}}],"requests":[]}"#;
    let error = Case::parse(bad_document).unwrap().run(&Catalog::default()).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("the document of the policy `p` has problems: $ (line 1, column 1): Missing statement"),
        "{error}"
    );
}
