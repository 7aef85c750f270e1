use super::*;

fn compile(text: &str) -> Expression {
    Expression::compile(text, Subject::Path, false).unwrap()
}

#[track_caller]
fn check(text: &str, matching: &[&str], other: &[&str]) {
    let expression = compile(text);
    for path in matching {
        assert!(expression.is_match(path.as_bytes()), "{text} should match {path}");
        assert!(path.as_bytes().starts_with(expression.literal_prefix()), "{text}: prefix of {path}");
    }
    for path in other {
        assert!(!expression.is_match(path.as_bytes()), "{text} should not match {path}");
    }
}

#[test]
fn expressions_match_the_whole_text() {
    check("/a", &["/a"], &["/ab", "x/a", "/a\n", ""]);
    check("/a|/b", &["/a", "/b"], &["/ab", "/ax", "x/b"]);
    check("a|ab", &["a", "ab"], &["abc"]);
    check("/users/[0-9]+/(orders|bills)", &["/users/7/orders"], &["/users//orders", "/users/7/orders/1"]);
    check(".*\\.php", &["/a.php", "/b/c.php"], &["/a.php5"]);
    check("^/a$", &["/a"], &["/ab"]);
    check("(?m)^/a$", &["/a"], &["/a\n/b"]);
}

#[test]
fn an_expression_cannot_escape_from_its_anchors() {
    for text in ["/a)|(/b", "/a)", "(?x)/a # ", "\\"] {
        if let Ok(expression) = Expression::compile(text, Subject::Path, false) {
            assert!(!expression.is_match(b"/b") && !expression.is_match(b"/a/x"), "{text}");
        }
    }
    assert!(matches!(Expression::compile("/a)|(/b", Subject::Path, false), Err(ExpressionError::Syntax(_))));
}

#[test]
fn the_literal_prefix_is_what_every_match_begins_with() {
    let check = |text: &str, ignore_case: bool, expect: &str| {
        let expression = Expression::compile(text, Subject::Path, ignore_case).unwrap();
        assert_eq!(expression.literal_prefix().escape_ascii().to_string(), expect, "{text}");
    };
    check("/users/[0-9]+", false, "/users/");
    check("^/users/.*", false, "/users/");
    check("(/api)/(v1|v2)/x", false, "/api/v");
    check("/ab?c", false, "/a");
    check("(/a){2,3}/b", false, "/a");
    check("(/a)*x", false, "");
    check(".*", false, "");
    check("/a|", false, "");
    check("/Users/.*", true, "/users/");
    check("/Users/.*", false, "/Users/");
    check("(?i)/users", false, "/");
    check("/a1b", true, "/a1b");
}

#[test]
fn what_looks_back_sees_what_is_before_it() {
    check("/a^b", &[], &["/ab", "/a", "b"]);
    check("/a\\b/b", &["/a/b"], &["/ab"]);
    check("/a\\Bb", &["/ab"], &["/a/b"]);
    check("^/a/.+$", &["/a/b"], &["/a/", "/a"]);
}

#[test]
fn an_expression_with_the_longest_of_prefixes_is_compared_in_full() {
    let long = "/".repeat(MAX_EXPRESSION_LEN - 2);
    let expression = compile(&format!("{long}.+"));
    assert!(expression.is_match(format!("{long}x").as_bytes()));
    assert!(!expression.is_match(long.as_bytes()));
}

#[test]
fn the_whole_text_is_compared_without_case_where_it_is_ignored() {
    let expression = Expression::compile("/Users/[a-z]+/X", Subject::Path, true).unwrap();
    assert!(expression.is_match(b"/uSERS/AbC/x"));
    assert!(!expression.is_match(b"/uSERS/AbC/y"));
    assert!(!expression.is_match(b"/user"));
}

#[test]
fn literals_in_expressions_are_compared_in_the_form_of_paths() {
    check("/中/.*", &["/%E4%B8%AD/x"], &[]);
    check("/a%2fb", &["/a%2Fb"], &["/a%2fb"]);
    check("/%61/\\$x", &["/a/$x"], &[]);
    check("/a%", &["/a%"], &[]);
}

#[test]
fn values_are_compared_as_they_are() {
    let expression = Expression::compile("中+ %41", Subject::Value, false).unwrap();
    assert!(expression.is_match("中 %41".as_bytes()));
    assert!(!expression.is_match(b"A"));
}

#[test]
fn classes_are_ascii_unless_unicode_is_asked_for() {
    check("/\\d\\w\\s", &["/1a "], &["/١a "]);
    let han = Expression::compile("\\p{Han}+", Subject::Value, false).unwrap();
    assert!(han.is_match("中文".as_bytes()));
    assert!(!han.is_match(b"x"));
}

#[test]
fn what_is_too_large_for_an_automaton_still_matches() {
    let expression = compile(".*a.{14}");
    assert!(matches!(expression.engine, Engine::General(_)));
    assert!(expression.is_match(b"/xxa01234567890123"));
    assert!(!expression.is_match(b"/xxb01234567890123"));
    assert!(matches!(compile("/users/[0-9]+").engine, Engine::Automaton(_)));
}

#[test]
fn expressions_beyond_the_limits_are_refused() {
    let refused = |text: &str| Expression::compile(text, Subject::Path, false).map(drop).unwrap_err();
    assert_eq!(refused(&"a".repeat(MAX_EXPRESSION_LEN + 1)), ExpressionError::TooLong);
    assert_eq!(refused("((a{100}){100}){100}"), ExpressionError::TooLarge);
    assert!(matches!(refused(&"(".repeat(500)), ExpressionError::Syntax(_)));
    assert!(matches!(refused("(?<a>x)(?<a>y)"), ExpressionError::Syntax(_)));
    assert_eq!(
        refused("[z-a]").to_string(),
        "the expression is not valid: invalid character class range, the start must be <= the end at byte 1"
    );
}

mod against_the_regex_crate {
    use super::*;
    use proptest::prelude::*;

    fn pieces(pieces: &'static [&'static str], n: usize) -> impl Strategy<Value = String> {
        prop::collection::vec(prop::sample::select(pieces), 0..n).prop_map(|pieces| pieces.concat())
    }

    fn expression() -> impl Strategy<Value = String> {
        const PIECES: &[&str] = &[
            "a", "b", "/", "A", "ab", ".", ".*", "*", "+", "?", "{2}", "{1,2}", "|", "(", ")", "(?i)", "(?:", "[ab]",
            "[^/]", "\\d", "\\w", "\\b", "^", "$", "1", "é", "[a-c]+", "\\.", "(a|b)",
        ];
        pieces(PIECES, 10)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 3_000, ..ProptestConfig::default() })]

        #[test]
        fn both_agree_on_whole_texts(
            text in expression(),
            subjects in prop::collection::vec(pieces(&["a", "b", "/", "A", "B", "1", ".", "é", "\n"], 6), 1..12),
            ignore_case in any::<bool>(),
        ) {
            let Ok(ours) = Expression::compile(&text, Subject::Value, ignore_case) else { return Ok(()) };
            let theirs = regex::bytes::RegexBuilder::new(&format!("^(?:{text})$"))
                .unicode(false)
                .case_insensitive(ignore_case)
                .build();
            let Ok(theirs) = theirs else { return Ok(()) };
            for subject in subjects {
                let subject = subject.as_bytes();
                prop_assert_eq!(ours.is_match(subject), theirs.is_match(subject), "{} on {:?}", text, subject);
                let begins = subject.get(..ours.literal_prefix().len());
                let begins = begins.is_some_and(|head| match ignore_case {
                    true => head.eq_ignore_ascii_case(ours.literal_prefix()),
                    false => head == ours.literal_prefix(),
                });
                prop_assert!(begins || !theirs.is_match(subject), "{} begins differently", text);
            }
        }
    }
}
