//! Findings: every kind once where it belongs, and none where it does not.

use ramgate_policy::{
    AccessLevel, ActionSpec, Catalog, Document, DocumentKind, Finding, KeySpec, KeyType, Severity, validate,
};

use crate::support::testdata;

fn catalog() -> Catalog {
    let mut builder = Catalog::builder();
    builder.service("API Gateway", ["apig"]).service("Microservices Engine", ["mse", "microgw"]);
    builder.service("Resource Access Management", ["ram"]).service("Identity Management", ["ims"]);
    builder.service("Security Token Service", ["sts"]).service("Simple Log Service", ["log"]).service("ARMS", ["arms"]);
    let gateway = "acs:apig:{region}:{account}:gateway/{gatewayId}";
    builder
        .action(ActionSpec::new("apig:GetGateway", AccessLevel::Get).on(gateway))
        .action(ActionSpec::new("apig:DeleteGateway", AccessLevel::Delete).on(gateway))
        .action(ActionSpec::new("apig:ListGateways", AccessLevel::List).on("acs:apig:{region}:{account}:gateway/*"))
        .action(
            ActionSpec::new("apig:GetHttpApi", AccessLevel::Get).on("acs:apig:{region}:{account}:httpapi/{httpApiId}"),
        )
        .action(ActionSpec::new("apig:ListZones", AccessLevel::List))
        .action(ActionSpec::new("apig:CreatePolicy", AccessLevel::None))
        .action(
            ActionSpec::new("apig:GetMcpServer", AccessLevel::None)
                .on_extension("acs:apig:{region}:{account}:mcpserver/{id}"),
        )
        .action(ActionSpec::new("apig:GetSource", AccessLevel::Get).with_key("apig:GatewayId"))
        .action(ActionSpec::new("ram:CreatePolicyVersion", AccessLevel::Create).on("acs:ram:*:{account}:policy/{name}"))
        .action(ActionSpec::new("ram:GetUser", AccessLevel::Get).on("acs:ram:*:{account}:user/{name}"))
        .action(
            ActionSpec::new("mse:GetGateway", AccessLevel::Get).on("acs:mse:{region}:{account}:instance/{gatewayId}"),
        )
        .action(ActionSpec::new("mse:ListGatewayZone", AccessLevel::List));
    builder
        .key(KeySpec::array("apig:GatewayId", KeyType::String))
        .key(KeySpec::array("apig:NetworkType", KeyType::String));
    builder.build()
}

fn findings(text: &str, kind: DocumentKind) -> Vec<Finding> {
    validate(&Document::parse_stored_as(text, kind).unwrap(), &catalog())
}

/// Findings of a document with these statements as `severity place: title`, and their messages.
fn of(statements: &str) -> (Vec<String>, Vec<String>) {
    let text = format!(r#"{{"Version":"1","Statement":[{statements}]}}"#);
    let found = findings(&text, DocumentKind::Identity);
    let sites = found.iter().map(|f| format!("{:?} {}: {}", f.severity, f.place, f.title)).collect();
    (sites, found.into_iter().map(|f| f.message).collect())
}

/// Checks sites and a part of each message.
fn check(statements: &str, expected: &[(&str, &str)]) {
    let (sites, messages) = of(statements);
    let wanted: Vec<&str> = expected.iter().map(|(site, _)| *site).collect();
    assert_eq!(sites, wanted, "{statements}\n{messages:#?}");
    for (message, (_, part)) in messages.iter().zip(expected) {
        assert!(message.contains(part), "`{message}` lacks `{part}`");
    }
}

fn statement(effect: &str, action: &str, resource: &str) -> String {
    format!(r#"{{"Effect":"{effect}","Action":{action},"Resource":{resource}}}"#)
}

fn conditional(effect: &str, action: &str, condition: &str) -> String {
    format!(r#"{{"Effect":"{effect}","Action":{action},"Resource":"*","Condition":{condition}}}"#)
}

const GATEWAY_1: &str = r#""acs:apig:*:*:gateway/gw-1""#;

#[test]
fn a_sound_statement_has_no_findings() {
    check(&statement("Allow", r#"["apig:GetGateway","apig:DeleteGateway"]"#, GATEWAY_1), &[]);
    check(&statement("Allow", r#""apig:ListZones""#, r#""acs:apig:*:*:*""#), &[]);
    check(&statement("Allow", r#""*:Describe*""#, r#""*""#), &[]);
    check(&statement("Deny", r#""*""#, r#""*""#), &[]);
    check(
        &conditional(
            "Allow",
            r#""apig:GetGateway""#,
            r#"{"IpAddress":{"acs:SourceIp":"10.0.0.0/8"},"StringLike":{"acs:SourceVpc":"vpc-*"}}"#,
        ),
        &[],
    );
}

#[test]
fn unknown_names_are_reported_with_the_nearest() {
    check(
        &statement("Allow", r#""apgi:GetGateway""#, r#""*""#),
        &[("Warning Statement[0].Action: Unknown service", "did you mean `apig`")],
    );
    check(
        &statement("Allow", r#"["apig:GetGatway","apig:Frob*","log:Anything"]"#, r#""*""#),
        &[
            (
                "Warning Statement[0].Action[0]: Unknown action",
                "API Gateway has no action `GetGatway`; did you mean `apig:GetGateway`",
            ),
            ("Warning Statement[0].Action[1]: Unknown action", "`apig:Frob*` matches no known action of API Gateway"),
        ],
    );
    check(
        &statement("Allow", r#""apig:GetGateway""#, r#"["*","acs:nosuch:*:*:x"]"#),
        &[
            ("Warning Statement[0].Resource[1]: Unknown service", "`nosuch`"),
            ("Suggestion Statement[0].Resource[1]: Redundant resource", "covered by `*`"),
        ],
    );
}

#[test]
fn resources_that_the_action_does_not_support_are_reported() {
    check(
        &statement("Allow", r#""apig:GetHttpApi""#, GATEWAY_1),
        &[(
            "Warning Statement[0].Action: Ineffective resource",
            "checked on `acs:apig:{region}:{account}:httpapi/{httpApiId}`, so that the policy will be ineffective",
        )],
    );
    // List actions are checked on `gateway/*`, which no single gateway covers.
    check(
        &statement("Allow", r#""apig:ListGateways""#, GATEWAY_1),
        &[("Warning Statement[0].Action: Ineffective resource", "gateway/*")],
    );
    check(
        &statement("Allow", r#""apig:ListZones""#, GATEWAY_1),
        &[(
            "Warning Statement[0].Action: Ineffective resource",
            "`apig:ListZones` knows only all resources, so that a statement on single resources will be ineffective; use `*` or `acs:apig:*:*:*`",
        )],
    );
    check(
        &statement("Allow", r#""apig:*""#, GATEWAY_1),
        &[(
            "Suggestion Statement[0].Action: Partly ineffective resource",
            "of the 8 actions that this matches, 6 cannot be restricted",
        )],
    );
    check(
        &statement("Allow", r#""apig:GetMcpServer""#, r#""acs:apig:*:*:mcpserver/m-1""#),
        &[("Suggestion Statement[0].Action: Narrower than in the cloud", "takes effect only here")],
    );
    check(
        &statement("Allow", r#""apig:GetGateway""#, r#"["acs:apig:*:*:gateway/gw-1","acs:apig:*:*:httpapi/x"]"#),
        &[(
            "Warning Statement[0].Resource[1]: Ineffective resource",
            "no action of this statement is ever checked on `acs:apig:*:*:httpapi/x`",
        )],
    );
    check(
        &statement("Allow", r#""ram:GetUser""#, r#""acs:ram:cn-hangzhou:*:user/a""#),
        &[
            ("Warning Statement[0].Action: Ineffective resource", "does not support"),
            ("Warning Statement[0].Resource: Region of a global service", "carry no region"),
        ],
    );
}

#[test]
fn masked_ids_placeholders_and_repetitions_are_reported() {
    check(
        &statement("Allow", r#""mse:GetGateway""#, r#""acs:mse:*:*:instance/gw-8090caa2a3ab447a8bc5fdf3********""#),
        &[("Warning Statement[0].Resource: Masked id", "reads as a prefix")],
    );
    check(
        &statement(
            "Allow",
            r#""mse:GetGateway""#,
            r#"["acs:mse:*:*:instance/${acs:user}","acs:mse:*:*:instance/{{id}}"]"#,
        ),
        &[
            ("Suggestion Statement[0].Resource[0]: Policy variable", "not expanded"),
            ("Warning Statement[0].Resource[1]: Unfilled placeholder", "template"),
        ],
    );
    check(
        &statement("Allow", r#"["apig:GetGateway","APIG:getgateway","apig:Get*"]"#, GATEWAY_1),
        &[
            ("Suggestion Statement[0].Action[0]: Redundant action", "`apig:GetGateway` is covered by `apig:Get*`"),
            ("Suggestion Statement[0].Action[1]: Redundant action", ""),
            ("Suggestion Statement[0].Action[2]: Partly ineffective resource", ""),
        ],
    );
    check(
        &statement("Deny", r#""sts:GetCallerIdentity""#, r#""*""#),
        &[("Warning Statement[0].Action: Ineffective action", "cannot be denied")],
    );
}

#[test]
fn condition_keys_and_operators_are_checked_against_the_catalog() {
    check(&conditional("Allow", r#""apig:GetSource""#, r#"{"StringEquals":{"apig:GatewayId":"gw-1"}}"#), &[]);
    check(
        &conditional("Allow", r#""apig:GetSource""#, r#"{"NumericEquals":{"apig:GatewayId":"1"}}"#),
        &[(
            "Error Statement[0].Condition.NumericEquals.apig:GatewayId: Data type mismatch",
            "mismatched operators invalidate the statement",
        )],
    );
    check(
        &conditional("Allow", r#""apig:GetGateway""#, r#"{"StringEquals":{"apig:GatewayId":"gw-1"}}"#),
        &[(
            "Warning Statement[0].Condition.StringEquals.apig:GatewayId: Unsupported condition key",
            "no action of this statement ever has the key `apig:GatewayId`",
        )],
    );
    check(
        &conditional("Allow", r#""apig:Get*""#, r#"{"StringEquals":{"apig:GatewayId":"gw-1"}}"#),
        &[(
            "Suggestion Statement[0].Condition.StringEquals.apig:GatewayId: Condition key of some actions",
            "only `apig:GetSource` ever have the key",
        )],
    );
    check(
        &conditional(
            "Allow",
            r#""apig:GetGateway""#,
            r#"{"StringEquals":{"acs:SourceVcp":"x","apig:GatewayIds":"x"}}"#,
        ),
        &[
            (
                "Warning Statement[0].Condition.StringEquals.acs:SourceVcp: Unknown condition key",
                "never holds; did you mean `acs:SourceVpc`",
            ),
            (
                "Warning Statement[0].Condition.StringEquals.apig:GatewayIds: Unknown condition key",
                "did you mean `apig:GatewayId`",
            ),
        ],
    );
    check(
        &conditional("Allow", r#""apig:GetGateway""#, r#"{"Bool":{"acs:MFAPresent ":"true"}}"#),
        &[("Warning Statement[0].Condition.Bool.acs:MFAPresent : Unknown condition key", "space at its end")],
    );
}

#[test]
fn condition_values_that_do_not_do_what_they_seem_to_are_reported() {
    check(
        &conditional("Allow", r#""apig:GetGateway""#, r#"{"StringEquals":{"acs:SourceVpc":["vpc-1","vpc-*"]}}"#),
        &[(
            "Warning Statement[0].Condition.StringEquals.acs:SourceVpc[1]: Wildcard taken literally",
            "need `StringLike`",
        )],
    );
    check(
        &conditional(
            "Allow",
            r#""apig:GetGateway""#,
            r#"{"IpAddress":{"acs:SourceIp":["10.101.169.111/24","0.0.0.0/0"]}}"#,
        ),
        &[
            ("Suggestion Statement[0].Condition.IpAddress.acs:SourceIp[0]: Host bits in a block", "10.101.169.111/24"),
            (
                "SecurityWarning Statement[0].Condition.IpAddress.acs:SourceIp[1]: Unrestricted address block",
                "every address",
            ),
        ],
    );
    check(
        &conditional("Deny", r#""*""#, r#"{"Bool":{"acs:MFAPresent":"false"}}"#),
        &[(
            "SecurityWarning Statement[0].Condition.Bool.acs:MFAPresent: Second factor not enforced",
            "it also keeps a user without a second factor from binding one",
        )],
    );
    check(
        &conditional("Deny", r#""apig:*""#, r#"{"Bool":{"acs:MFAPresent":"false"}}"#),
        &[(
            "SecurityWarning Statement[0].Condition.Bool.acs:MFAPresent: Second factor not enforced",
            "reaches console sessions only",
        )],
    );
    check(
        &conditional("Allow", r#""apig:GetGateway""#, r#"{"StringNotEquals":{"acs:SourceVpc":"vpc-1"}}"#),
        &[(
            "Suggestion Statement[0].Condition.StringNotEquals.acs:SourceVpc: Negated operator in an Allow",
            "also holds for requests that have no key",
        )],
    );
}

#[test]
fn statements_that_can_never_apply_are_reported() {
    let never = |condition: &str, key: &str| {
        check(
            &conditional("Allow", r#""apig:GetGateway""#, condition),
            &[(&format!("Warning Statement[0].Condition.{key}: Statement never applies"), "exclude each other")],
        );
    };
    never(r#"{"StringEquals":{"acs:SourceVpc":"a"},"StringLike":{"acs:SourceVpc":"b*"}}"#, "StringLike.acs:SourceVpc");
    never(
        r#"{"DateGreaterThan":{"acs:CurrentTime":"2026-01-01T00:00:00Z"},"DateLessThan":{"acs:CurrentTime":"2025-01-01T00:00:00Z"}}"#,
        "DateLessThan.acs:CurrentTime",
    );
    never(
        r#"{"IpAddress":{"acs:SourceIp":"10.1.0.0/16"},"NotIpAddress":{"acs:SourceIp":"10.0.0.0/8"}}"#,
        "NotIpAddress.acs:SourceIp",
    );
    for possible in [
        r#"{"StringEquals":{"acs:SourceVpc":["a","bc"]},"StringLike":{"acs:SourceVpc":"b*"}}"#,
        r#"{"DateGreaterThan":{"acs:CurrentTime":"2025-01-01T00:00:00Z"},"DateLessThan":{"acs:CurrentTime":"2026-01-01T00:00:00Z"}}"#,
        r#"{"DateGreaterThanEquals":{"acs:CurrentTime":"2025-01-01T00:00:00Z"},"DateLessThanEquals":{"acs:CurrentTime":"2025-01-01T00:00:00Z"}}"#,
        r#"{"IpAddress":{"acs:SourceIp":"10.0.0.0/8"},"NotIpAddress":{"acs:SourceIp":"10.1.0.0/16"}}"#,
    ] {
        check(&conditional("Allow", r#""apig:GetGateway""#, possible), &[]);
    }
    // A key with several values may satisfy both.
    check(
        &conditional(
            "Allow",
            r#""apig:GetSource""#,
            r#"{"StringEquals":{"apig:GatewayId":"a"},"StringLike":{"apig:GatewayId":"b*"}}"#,
        ),
        &[],
    );
    let two = |a: &str, b: &str| format!("{a},{b}");
    check(
        &two(&statement("Deny", r#""apig:*""#, r#""*""#), &statement("Allow", r#""apig:GetGateway""#, GATEWAY_1)),
        &[("Warning Statement[1]: Statement never applies", "Statement[0] denies all that this statement allows")],
    );
    check(
        &two(
            &statement("Allow", r#""apig:GetGateway""#, r#""*""#),
            &statement("Allow", r#""apig:GetGateway""#, GATEWAY_1),
        ),
        &[("Suggestion Statement[1]: Redundant statement", "Statement[0] covers all")],
    );
    check(
        &two(
            &conditional("Deny", r#""apig:*""#, r#"{"IpAddress":{"acs:SourceIp":"10.0.0.0/8"}}"#),
            &statement("Allow", r#""apig:GetGateway""#, GATEWAY_1),
        ),
        &[],
    );
}

#[test]
fn grants_that_are_too_broad_are_reported() {
    check(
        &statement("Allow", r#""*""#, r#""*""#),
        &[("SecurityWarning Statement[0].Action: Broad grant", "every action on every resource")],
    );
    check(
        &statement("Allow", r#""*:*""#, r#""acs:*:*:*:*""#),
        &[("SecurityWarning Statement[0].Action: Broad grant", "every action on every resource")],
    );
    check(
        &statement("Allow", r#""apig:*""#, r#""*""#),
        &[("Suggestion Statement[0].Action: Broad grant", "every action of `apig`")],
    );
    check(
        &statement("Allow", r#""ram:*""#, r#""*""#),
        &[("SecurityWarning Statement[0].Action: Privilege escalation", "every permission")],
    );
    check(
        &statement("Allow", r#""ram:CreatePolicyVersion""#, r#""*""#),
        &[("SecurityWarning Statement[0].Action: Privilege escalation", "lets its holder change any custom policy")],
    );
    check(&statement("Allow", r#""ram:CreatePolicyVersion""#, r#""acs:ram:*:*:policy/mine""#), &[]);
    check(
        r#"{"Effect":"Allow","NotAction":"ram:*","Resource":"*"}"#,
        &[("SecurityWarning Statement[0].NotAction: Broad grant", "come later")],
    );
    check(
        r#"{"Effect":"Allow","Action":"apig:GetGateway","NotResource":"acs:apig:*:*:gateway/gw-1"}"#,
        &[("SecurityWarning Statement[0].NotResource: Broad grant", "come later")],
    );
}

#[test]
fn trust_policies_have_findings_of_their_own() {
    let text = r#"{"Version":"1","Statement":[
        {"Effect":"Allow","Action":["sts:AssumeRole","ecs:X"],"Principal":{"RAM":"acs:ram::100:root","Federated":"acs:ram::100:oidc-provider/p"}}]}"#;
    let sites: Vec<String> = findings(text, DocumentKind::Trust)
        .iter()
        .map(|f| format!("{:?} {}: {}", f.severity, f.place, f.title))
        .collect();
    assert_eq!(
        sites,
        [
            "Warning Statement[0].Action[1]: Unknown service",
            "Warning Statement[0].Action[1]: Ineffective action",
            "SecurityWarning Statement[0].Principal: Broad trust",
            "Suggestion Statement[0].Principal: Broad trust",
        ]
    );
}

#[test]
fn problems_of_stored_documents_are_errors() {
    let found = findings(
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"apig:GetGateway"}]}"#,
        DocumentKind::Identity,
    );
    assert_eq!(
        (found[0].severity, found[0].title, found[0].line, found[0].column),
        (Severity::Error, "Missing resource", 1, 29)
    );
    assert_eq!(
        found[0].to_string(),
        "Statement[0] (line 1, column 29): Missing resource: add a Resource or NotResource element to the policy statement"
    );
}

#[test]
fn the_documented_gateway_policies_are_found_to_hold_masked_ids() {
    for name in ["mse-read-only-gateway.json", "mse-read-write-gateway.json"] {
        let case: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(testdata("policies").join(name)).unwrap()).unwrap();
        let text = case["policies"][0]["document"].to_string();
        let found = findings(&text, DocumentKind::Identity);
        assert!(found.iter().any(|f| f.title == "Masked id" && f.place == "Statement[0].Resource"), "{found:#?}");
        assert!(found.iter().all(|f| f.severity != Severity::Error), "{found:#?}");
    }
}

#[test]
fn checking_the_largest_document_takes_no_time_to_speak_of() {
    let mut builder = Catalog::builder();
    for i in 0..500 {
        let on = format!("acs:s{}:{{region}}:{{account}}:kind{i}/{{id}}", i % 5);
        builder.action(ActionSpec::new(format!("s{}:Action{i}", i % 5), AccessLevel::None).on(on));
    }
    let catalog = builder.build();
    let list = |entry: &str, n: usize| vec![entry; n].join(",");
    let bodies = [
        format!(
            r#"{{"Effect":"Allow","Action":[{}],"Resource":[{}]}}"#,
            list(r#""*:*""#, 700),
            list(r#""acs:*:::a*a""#, 100)
        ),
        format!(
            r#"{{"Effect":"Allow","Action":[{}],"Resource":[{}]}}"#,
            list(r#""*:*""#, 100),
            list(r#""acs:*:::a*a""#, 320)
        ),
        vec![r#"{"Effect":"Allow","Action":"a:*","Resource":"*"}"#; 110].join(","),
    ];
    let started = std::time::Instant::now();
    for body in bodies {
        let text = format!(r#"{{"Version":"1","Statement":[{body}]}}"#);
        assert!(text.len() > 5000 && text.len() <= 6144, "{}", text.len());
        let document = Document::parse(&text, DocumentKind::Identity).unwrap();
        assert!(!validate(&document, &catalog).is_empty());
    }
    // Some hundred milliseconds in an optimised build.
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}
