//! Reading documents: what is refused, where, and how stored documents fail closed.

use ramgate_policy::{ActionPattern, Caller, Document, DocumentKind, Effect, Principal, Problem, ResourcePattern};

fn problems(text: &str, kind: DocumentKind) -> Vec<Problem> {
    match Document::parse(text, kind) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.iter().cloned().collect(),
    }
}

/// `place line:column title` of every problem.
fn sites(text: &str, kind: DocumentKind) -> Vec<String> {
    let site = |p: Problem| format!("{} {}:{} {}", p.place, p.line, p.column, p.title);
    problems(text, kind).into_iter().map(site).collect()
}

fn check(statement: &str, expected: &[&str]) {
    let text = format!(r#"{{"Version":"1","Statement":[{statement}]}}"#);
    let found: Vec<String> = problems(&text, DocumentKind::Identity)
        .into_iter()
        .map(|p| format!("{}: {}: {}", p.place, p.title, p.message))
        .collect();
    assert_eq!(found, expected, "{statement}");
}

#[test]
fn a_correct_document_keeps_its_text_byte_for_byte() {
    let text = " {\"Statement\" : [ {\"Effect\":\"Allow\",\t\"Action\":\"mse:Get*\",\r\n\"Resource\":\"*\"}],\"Version\":\"1\"}\n";
    let document = Document::parse(text, DocumentKind::Identity).unwrap();
    assert_eq!(document.text(), text);
    assert_eq!(document.kind(), DocumentKind::Identity);
    let statement = &document.statements()[0];
    assert_eq!((statement.effect, statement.index), (Effect::Allow, 0));
    assert_eq!((statement.position.line, statement.position.column), (1, 19));
    assert_eq!(statement.actions.patterns, [ActionPattern::Named { service: "mse".into(), name: "Get*".into() }]);
    assert_eq!(statement.resources.patterns, [ResourcePattern::Everything]);
}

#[test]
fn every_problem_is_reported_at_its_place() {
    let text = r#"{
  "Version": "2",
  "Statement": [
    { "Effect": "Allow", "Action": ["mse:Get*", "GetGateway"], "Resource": "acs:mse:*:*" },
    { "Effect": "allow", "Resource": ["*", "mse:x"], "Sid": "s",
      "Condition": { "Null": { "acs:SourceVpc": "true" }, "Bool": { "acs:MFAPresent": ["true", "false"], "nocolon": "true" } } },
    7
  ]
}"#;
    assert_eq!(
        sites(text, DocumentKind::Identity),
        [
            "Version 2:14 Invalid version",
            "Statement[0].Action[1] 4:49 Invalid action format",
            "Statement[0].Resource 4:76 Missing ARN field",
            "Statement[1] 5:5 Missing action",
            "Statement[1].Effect 5:17 Invalid effect",
            "Statement[1].Resource[1] 5:44 Invalid ARN prefix",
            "Statement[1].Sid 5:54 Invalid policy element",
            "Statement[1].Condition.Null 6:22 Invalid condition operator",
            "Statement[1].Condition.Bool.acs:MFAPresent 6:87 Invalid condition multiple Boolean",
            "Statement[1].Condition.Bool.nocolon 6:106 Invalid condition key format",
            "Statement[2] 7:5 Data type mismatch",
        ]
    );
    let error = Document::parse(text, DocumentKind::Identity).unwrap_err().to_string();
    assert!(
        error.contains("Statement[0].Action[1] (line 4, column 49): Invalid action format: `GetGateway` is neither"),
        "{error}"
    );
}

#[test]
fn statements_outside_the_grammar_are_refused() {
    let ok = r#""Effect":"Allow","Action":"a:b","Resource":"*""#;
    check(&format!("{{{ok}}}"), &[]);
    check(
        "{}",
        &[
            "Statement[0]: Missing effect: the element `Effect` is missing",
            "Statement[0]: Missing action: add an Action or NotAction element to the policy statement",
            "Statement[0]: Missing resource: add a Resource or NotResource element to the policy statement",
        ],
    );
    check(
        r#"{"Effect":"Allow","Action":"a:b","NotAction":"a:c","Resource":"*"}"#,
        &["Statement[0].NotAction: Invalid policy element: a statement has either `Action` or `NotAction`, not both"],
    );
    check(
        r#"{"Effect":"Allow","Action":[],"Resource":["*"]}"#,
        &["Statement[0].Action: Empty element: the list is empty"],
    );
    check(
        r#"{"Effect":"Allow","Action":{"a":1},"Resource":7}"#,
        &[
            "Statement[0].Action: Data type mismatch: must be a string or a list of strings, not an object",
            "Statement[0].Resource: Data type mismatch: must be a string or a list of strings, not a number",
        ],
    );
    check(
        r#"{"Effect":"Allow","Action":["a:b",1],"Resource":[null]}"#,
        &[
            "Statement[0].Action[1]: Data type mismatch: must be a string, not a number",
            "Statement[0].Resource[0]: Data type mismatch: must be a string, not null",
        ],
    );
    check(
        r#"{"Effect":true,"Action":"a:b","Resource":"*"}"#,
        &["Statement[0].Effect: Invalid effect: the effect must be `Allow` or `Deny`, not a boolean"],
    );
    check(
        &format!(r#"{{{ok},"Principal":{{"RAM":"*"}}}}"#),
        &["Statement[0].Principal: Invalid policy element: a statement has no element `Principal`"],
    );
    check(
        &format!(r#"{{{ok},"effect":"Deny"}}"#),
        &["Statement[0].effect: Invalid policy element: a statement has no element `effect`"],
    );
    check(
        &format!(r#"{{{ok},"Effect":"Deny"}}"#),
        &["Statement[0].Effect: Duplicate element: `Effect` occurs more than once"],
    );
    check(
        r#"{"Effect":"Allow","Action":"a:b","Resource":"acs:a:b:c:"}"#,
        &["Statement[0].Resource: Missing ARN field: `acs:a:b:c:` has an empty ram-code or relative-id"],
    );
}

#[test]
fn conditions_outside_the_grammar_are_refused() {
    let condition = |condition: &str, expected: &[&str]| {
        let expected: Vec<String> = expected.iter().map(|e| format!("Statement[0].Condition{e}")).collect();
        let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        check(&format!(r#"{{"Effect":"Allow","Action":"a:b","Resource":"*","Condition":{condition}}}"#), &expected);
    };
    condition("{}", &[]);
    condition(r#"{"Bool":{"acs:SecureTransport":true},"NumericLessThan":{"x:n":5}}"#, &[]);
    condition(r#"{"StringEquals":{"acs:MFAPresent ":"x"}}"#, &[]);
    condition("[]", &[": Data type mismatch: must be an object, not an array"]);
    condition(r#"{"StringEquals":"x"}"#, &[".StringEquals: Data type mismatch: must be an object, not a string"]);
    condition(r#"{"StringEquals":{}}"#, &[".StringEquals: Empty element: no condition key is named"]);
    condition(r#"{"StringEquals":{"a:b":[]}}"#, &[".StringEquals.a:b: Empty element: the list is empty"]);
    condition(
        r#"{"StringEquals":{"a:b":["x",{}]}}"#,
        &[".StringEquals.a:b[1]: Data type mismatch: must be a string, not an object"],
    );
    condition(
        r#"{"StringEquals":{"a:b":"x","a:b":"y"}}"#,
        &[".StringEquals.a:b: Duplicate element: `a:b` occurs more than once"],
    );
    condition(
        r#"{"StringEqualsIfExists":{"a:b":"x"}}"#,
        &[
            ".StringEqualsIfExists: Invalid condition operator: the condition operator `StringEqualsIfExists` is not supported; did you mean `StringEquals`",
        ],
    );
    condition(
        r#"{"ForAnyValue:StringLike":{"a:b":"x"}}"#,
        &[
            ".ForAnyValue:StringLike: Invalid condition operator: the condition operator `ForAnyValue:StringLike` is not supported; did you mean `StringLike`",
        ],
    );
    condition(
        r#"{"ArnLike":{"a:b":"x"}}"#,
        &[
            ".ArnLike: Invalid condition operator: the condition operator `ArnLike` is not supported; did you mean `StringLike`",
        ],
    );
    condition(
        r#"{"stringequals":{"a:b":"x"}}"#,
        &[
            ".stringequals: Invalid condition operator: the condition operator `stringequals` is not supported; did you mean `StringEquals`",
        ],
    );
    condition(
        r#"{"StringEquals":{"acs:MFAPresent":"true"}}"#,
        &[
            ".StringEquals.acs:MFAPresent: Data type mismatch: the operator `StringEquals` does not fit the condition key `acs:MFAPresent`, which is of type Bool",
        ],
    );
    condition(
        r#"{"IpAddress":{"acs:SourceIp":["10.0.0.1","10.0.0.300","10/8"]}}"#,
        &[
            ".IpAddress.acs:SourceIp[1]: Data type mismatch: `10.0.0.300` is not an IP address or a CIDR block, as `IpAddress` needs",
            ".IpAddress.acs:SourceIp[2]: Data type mismatch: `10/8` is not an IP address or a CIDR block, as `IpAddress` needs",
        ],
    );
    condition(
        r#"{"DateLessThan":{"acs:CurrentTime":"tomorrow"}}"#,
        &[
            ".DateLessThan.acs:CurrentTime: Data type mismatch: `tomorrow` is not a date and time such as `2026-01-31T23:59:59Z` or `2026-01-31T23:59:59+08:00`, as `DateLessThan` needs",
        ],
    );
    condition(
        r#"{"NumericEquals":{"x:n":"1e3"}}"#,
        &[".NumericEquals.x:n: Data type mismatch: `1e3` is not a decimal number, as `NumericEquals` needs"],
    );
    condition(
        r#"{"Bool":{"x:b":"yes"}}"#,
        &[".Bool.x:b: Data type mismatch: `yes` is not `true` or `false`, as `Bool` needs"],
    );
}

#[test]
fn documents_outside_the_grammar_are_refused() {
    let identity = DocumentKind::Identity;
    assert_eq!(sites("", identity), ["$ 1:1 Json syntax error"]);
    assert_eq!(sites("{\n  \"Version\": \"1\",\n}", identity), ["$ 3:1 Json syntax error"]);
    assert_eq!(sites("[]", identity), ["$ 1:1 Data type mismatch"]);
    assert_eq!(sites("{}", identity), ["$ 1:1 Invalid version", "$ 1:1 Missing statement"]);
    assert_eq!(sites(r#"{"Version":"1","Statement":[]}"#, identity), ["Statement 1:28 Empty element"]);
    assert_eq!(
        sites(r#"{"Version":1,"Statement":"x"}"#, identity),
        ["Version 1:12 Invalid version", "Statement 1:26 Data type mismatch"]
    );
    let one = r#"{"Effect":"Allow","Action":"a:b","Resource":"*"}"#;
    assert_eq!(
        sites(&format!(r#"{{"Version":"1","Statement":{one}}}"#), identity),
        ["Statement 1:28 Data type mismatch"]
    );
    assert_eq!(
        sites(
            &format!(r#"{{"Version":"1","Version":"1","Id":"x","Statement":[{one}],"Statement":[{one}]}}"#),
            identity
        ),
        ["Version 1:16 Duplicate element", "Id 1:30 Invalid policy element", "Statement 1:102 Duplicate element"]
    );
    let deep = format!(r#"{{"Version":"1","Statement":{}{}}}"#, "[".repeat(2000), "]".repeat(2000));
    assert_eq!(sites(&deep, identity), ["Statement[0] 1:29 Data type mismatch"]);
}

#[test]
fn documents_have_a_size_limit_in_characters() {
    for (kind, limit) in [
        (DocumentKind::Identity, 6144),
        (DocumentKind::Session, 2048),
        (DocumentKind::Trust, 4096),
        (DocumentKind::Control, 4096),
    ] {
        let body = match kind {
            DocumentKind::Trust => {
                r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"RAM":"acs:ram::1:root"}}]}"#
            }
            _ => r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"a:é","Resource":"*"}]}"#,
        };
        let padded = |length: usize| format!("{body}{}", " ".repeat(length - body.chars().count()));
        assert_eq!(sites(&padded(limit), kind), [""; 0], "{kind:?}");
        assert_eq!(sites(&padded(limit + 1), kind), ["$ 1:1 Document too long"], "{kind:?}");
        assert!(Document::parse_stored_as(&padded(limit + 1), kind).is_ok());
    }
}

#[test]
fn trust_policies_name_principals_and_no_resources() {
    let trust =
        |statement: &str| sites(&format!(r#"{{"Version":"1","Statement":[{statement}]}}"#), DocumentKind::Trust);
    let with =
        |principal: &str| trust(&format!(r#"{{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{principal}}}"#));
    for good in [
        r#"{"RAM":"acs:ram::100:root"}"#,
        r#"{"RAM":["acs:ram::100:user/a","acs:ram:*:100:role/b"]}"#,
        r#"{"Service":["ecs.aliyuncs.com"],"Federated":"acs:ram::100:saml-provider/idp"}"#,
    ] {
        assert_eq!(with(good), [""; 0], "{good}");
    }
    for (bad, title) in [
        (r#""*""#, "Statement[0].Principal 1:85 Data type mismatch"),
        ("{}", "Statement[0].Principal 1:85 Empty element"),
        (r#"{"RAM":"*"}"#, "Statement[0].Principal.RAM 1:92 Invalid principal"),
        (r#"{"RAM":"acs:ram::100:user/*"}"#, "Statement[0].Principal.RAM 1:92 Invalid principal"),
        (r#"{"RAM":["acs:ram::x:root"]}"#, "Statement[0].Principal.RAM[0] 1:93 Invalid principal"),
        (r#"{"RAM":"acs:ram::100:group/g"}"#, "Statement[0].Principal.RAM 1:92 Invalid principal"),
        (r#"{"AWS":"arn:aws:iam::1:root"}"#, "Statement[0].Principal.AWS 1:86 Invalid principal"),
        (r#"{"Service":"ecs"}"#, "Statement[0].Principal.Service 1:96 Invalid principal"),
        (r#"{"Federated":"acs:ram::100:user/a"}"#, "Statement[0].Principal.Federated 1:98 Invalid principal"),
    ] {
        assert_eq!(with(bad), [title], "{bad}");
    }
    assert_eq!(
        trust(r#"{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"}"#),
        ["Statement[0].Principal 1:29 Missing principal", "Statement[0].Resource 1:73 Invalid policy element"]
    );
}

#[test]
fn principals_match_callers() {
    let text = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"RAM":["acs:ram::100:root","acs:ram::200:user/Bob","acs:ram::200:role/R"]}}]}"#;
    let document = Document::parse(text, DocumentKind::Trust).unwrap();
    let statement = &document.statements()[0];
    assert_eq!(statement.principals[0], Principal::Account("100".into()));
    let matches = |arn: &str| Caller::from_arn(arn).is_some_and(|caller| statement.matches_principal(&caller));
    assert!(matches("acs:ram::100:user/anyone") && matches("acs:ram::100:role/any"));
    assert!(matches("acs:ram::200:user/bob") && matches("acs:ram::200:role/r"));
    assert!(!matches("acs:ram::200:user/R") && !matches("acs:ram::300:user/bob"));
    assert!(!matches("acs:ram::100:root"), "the account itself cannot assume roles");
}

#[test]
fn stored_documents_fail_closed() {
    let stored = |text: &str| Document::parse_stored(text).unwrap();
    // What is not understood does not allow; it still denies, as widely as it may mean.
    let document = stored(
        r#"{"Version":"1","Statement":[
            {"Effect":"Allow","Action":"a:b","Resource":"*","Condition":{"Null":{"a:b":"true"}}},
            {"Effect":"Deny","Action":"a:b","Resource":"*","Condition":{"Null":{"a:b":"true"}}},
            {"Effect":"Deny","Action":7,"Resource":"acs:a:*:*:x"},
            {"Effect":"deny","Action":"a:b","Resource":"*"},
            {"Effect":"Maybe","Action":"a:b","Resource":"*"},
            "x"]}"#,
    );
    let applicable: Vec<bool> = document.statements().iter().map(|s| s.is_applicable()).collect();
    assert_eq!(applicable, [false, true, true, true, false, false]);
    assert!(document.statements()[1].conditions.is_empty());
    assert!(document.statements()[2].matches_action("z:z") && !document.statements()[2].matches_resource("acs:b:::x"));
    assert_eq!(document.statements()[3].effect, Effect::Deny);
    assert_eq!(document.statements()[5].index, 5);
    assert!(document.statements()[0].defects[0].contains("`Null` is not supported"));
    assert_eq!(document.problems().len(), 6);
    // Of conditions that are written twice, neither is known to be meant.
    for condition in [
        r#""Condition":{"StringEquals":{"a:b":"x"},"StringEquals":{"a:c":"y"}}"#,
        r#""Condition":{"StringEquals":{"a:b":"x","a:b":"y"}}"#,
        r#""Condition":{"StringEquals":{"a:b":"x"}},"Condition":{}"#,
    ] {
        let text =
            format!(r#"{{"Version":"1","Statement":[{{"Effect":"Deny","Action":"a:b","Resource":"*",{condition}}}]}}"#);
        let document = stored(&text);
        assert_eq!(document.statements()[0].conditions, [], "{condition}");
        assert_eq!(document.statements()[0].defects.len(), 1, "{condition}");
    }
    // Not even JSON.
    assert!(Document::parse_stored("{").is_err());
    // JSON, but no policy: nothing to apply.
    for text in ["[]", "7", "\"x\"", "null", r#"{"version":1}"#, r#"{"Version":"1","Statement":7}"#] {
        assert_eq!(stored(text).statements(), &[], "{text}");
        assert!(!stored(text).problems().is_empty(), "{text}");
    }
    // A trust policy whose Deny names nobody one can read denies everybody.
    let trust = r#"{"Version":"1","Statement":[{"Effect":"Deny","Action":"sts:AssumeRole","Principal":"*"}]}"#;
    let trust = Document::parse_stored_as(trust, DocumentKind::Trust).unwrap();
    assert!(trust.statements()[0].matches_principal(&Caller::Service("ecs.aliyuncs.com")));
}
