use super::*;

#[track_caller]
fn check(raw: &str, expect: Result<&str, PathError>) {
    let normal = normalise_path(raw);
    assert_eq!(normal.as_deref().map_err(|error| *error), expect, "{raw}");
    if let Ok(normal) = normal {
        assert_eq!(normalise_path(&normal).as_deref(), Ok(normal.as_ref()), "twice: {raw}");
        assert!(normal.parse::<http::uri::PathAndQuery>().is_ok(), "not a URI path: {normal}");
    }
}

#[test]
fn ordinary_paths_are_borrowed() {
    for raw in ["/", "/a/b", "/a//b/", "/v1/users:batch", "/a.b/c..d/e.", "/$metadata", "/a;v=1/b", "/~me/-_.txt", "//"]
    {
        assert!(matches!(normalise_path(raw), Ok(Cow::Borrowed(text)) if text == raw), "{raw}");
    }
}

#[test]
fn escapes_of_unreserved_characters_are_decoded() {
    check("/%61dmin", Ok("/admin"));
    check("/%41%5a%30%2D%2e%5f%7E", Ok("/AZ0-._~"));
    check("/a%2Ehtml", Ok("/a.html"));
}

#[test]
fn other_escapes_are_kept_with_upper_case_digits() {
    check("/a%2fb", Ok("/a%2Fb"));
    check("/a%5cb", Ok("/a%5Cb"));
    check("/100%25", Ok("/100%25"));
    check("/%24metadata%3a%3b%2b", Ok("/%24metadata%3A%3B%2B"));
    check("/a%20b%0a", Ok("/a%20b%0A"));
    // Decoding once must not make a new escape.
    check("/%2561", Ok("/%2561"));
    check("/%25%36%31", Ok("/%2561"));
}

#[test]
fn bytes_that_no_uri_may_hold_are_escaped() {
    check("/a\\b", Ok("/a%5Cb"));
    check("/{id}|^`\"<>[]", Ok("/%7Bid%7D%7C%5E%60%22%3C%3E%5B%5D"));
    check("/中", Ok("/%E4%B8%AD"));
    check("/%e4%b8%ad", Ok("/%E4%B8%AD"));
}

#[test]
fn dot_segments_are_resolved_plain_or_escaped() {
    for raw in ["/a/../admin", "/./admin", "/a/b/../../admin", "/a/%2e%2e/admin", "/a/.%2E/admin", "/%2e/admin"] {
        check(raw, Ok("/admin"));
    }
    check("/a/b/..", Ok("/a/"));
    check("/a/b/.", Ok("/a/b/"));
    check("/a/..", Ok("/"));
    check("/.", Ok("/"));
    check("/a//../b", Ok("/a/b"));
    check("//..", Ok("/"));
    check("/a/./", Ok("/a/"));
    check("/.//evil.example", Ok("//evil.example"));
}

#[test]
fn what_only_looks_like_a_dot_segment_is_kept() {
    for raw in ["/.../a", "/.well-known/x", "/..a", "/a../b", "/a/.git", "/a;.", "/a;x=.."] {
        check(raw, Ok(raw));
    }
    check("/a%2Fb.c%2F.d", Ok("/a%2Fb.c%2F.d"));
}

#[test]
fn leading_above_the_root_is_refused() {
    for raw in ["/..", "/../", "/../admin", "/a/../../admin", "/%2e%2e/x", "/./.."] {
        check(raw, Err(PathError::AboveRoot));
    }
}

#[test]
fn dot_segments_that_only_some_readers_see_are_refused() {
    for raw in [
        "/a/..%2fadmin",
        "/a%2f../admin",
        "/a%2F..%2Fadmin",
        "/a/..\\admin",
        "/a\\..\\admin",
        "/a/..%5cadmin",
        "/a/%2e%2e%5Cadmin",
        "/a/..;/admin",
        "/a/..;v=1/admin",
        "/a/.%2e;/admin",
        "/a/..%3b/admin",
        "/a/.;/admin",
        "/a/%252e%252e/admin",
        "/a/..%252fadmin",
        "/a/.%252e%252fadmin",
        "/a/%25252e%25252e%25252fadmin",
        "/a/%25%32%65%25%32%65/admin",
        "/a/x%2f.",
    ] {
        check(raw, Err(PathError::HiddenDotSegment));
    }
}

#[test]
fn broken_escapes_and_forbidden_characters_are_refused() {
    for raw in ["/%", "/%4", "/%zz", "/a%%41", "/%u0041", "/%+1", "/%é1"] {
        check(raw, Err(PathError::BrokenEscape));
    }
    for raw in ["/a b", "/a\tb", "/a\r\nX: y", "/\0", "/a%00", "/a?b", "/a#b", "/\u{7f}"] {
        check(raw, Err(PathError::ForbiddenByte));
    }
    for raw in ["", "*", "a", "http://host/a", "%2Fa"] {
        check(raw, Err(PathError::NotAbsolute));
    }
}

#[test]
fn the_match_form_also_decodes_what_means_the_same_in_a_segment() {
    let check = |path: &str, expect: &str| {
        with_match_form(path, |form| assert_eq!(form, expect.as_bytes()));
    };
    check("/%24metadata%3Ax%2By", "/$metadata:x+y");
    check("/a%2Fb%5C%25%20", "/a%2Fb%5C%25%20");
    check("/plain", "/plain");
    let long = format!("/{}", "%3A".repeat(500));
    check(&long, &format!("/{}", ":".repeat(500)));
}

#[test]
fn rules_and_requests_meet_in_the_same_form() {
    let check = |rule: &str, expect: Result<&str, PathError>| {
        assert_eq!(match_form_of_rule(rule).as_deref(), expect.as_ref().map(|text| *text), "{rule}");
    };
    check("/%24metadata", Ok("/$metadata"));
    check("/a%20b/{中}", Ok("/a%20b/%7B%E4%B8%AD%7D"));
    check("/a b", Err(PathError::ForbiddenByte));
    check("/%61/%2f", Ok("/a/%2F"));
    check("/a/..", Ok("/a/.."));
    check("/a%2", Err(PathError::BrokenEscape));
    check("/a?b", Err(PathError::ForbiddenByte));
}
