//! A decision allocates nothing, whichever way it takes. In a binary of its own, because it counts allocations.

use std::sync::Arc;

use ramgate_policy::{
    AccessLevel, ActionSpec, Arn, Attached, AttachedEntity, Caller, Catalog, Compiled, Context, Document, DocumentKind,
    PolicyKind, PrincipalKind, PrincipalPolicies,
};

fn attached(text: &str) -> Attached {
    Attached {
        policy_name: "p".into(),
        policy_type: PolicyKind::Custom,
        version: "v1".into(),
        entity: AttachedEntity::Role,
        document: Arc::new(Document::parse_stored(text).expect("JSON")),
    }
}

fn policies() -> PrincipalPolicies {
    let conditions = [
        r#"{"StringEquals":{"x:a":["a","é"]},"StringNotEqualsIgnoreCase":{"x:b":["Ä","b"]},"StringLike":{"acs:PrincipalARN":"acs:ram:*:*:role/R*"}}"#,
        r#"{"NumericLessThan":{"x:n":["1","2.5"]},"DateGreaterThan":{"acs:CurrentTime":"2020-01-01T00:00:00+08:00"}}"#,
        r#"{"IpAddress":{"acs:SourceIp":["10.0.0.0/8","2001:db8::/32"]},"Bool":{"acs:SecureTransport":"true"}}"#,
        r#"{"DateLessThan":{"x:d":"2020-01-01T00:00:00Z"},"Bool":{"x:t":"true"},"NotIpAddress":{"x:i":"10.0.0.1"}}"#,
        r#"{"Null":{"x:a":"true"}}"#,
    ];
    let resources = [
        "*",
        "acs:mse:*:*:*",
        "acs:mse:cn-*:*:instance/gw-1",
        "acs:mse:*:100:instance/team*",
        "acs:mse:*:*:instance/a*b?c*",
        "acs:m*:*:*:instance/gw-1",
        "acs:ram:*:*:role/R*",
        "acs:mse:*:*:inst*",
        "acs:mse:*:*:bare",
    ];
    let mut statements = Vec::new();
    for resource in resources {
        for (i, condition) in conditions.iter().enumerate() {
            let effect = if i == 1 { "Deny" } else { "Allow" };
            statements.push(format!(
                r#"{{"Effect":"{effect}","Action":["mse:Get*","*:Some*","ram:GetRole"],"Resource":"{resource}","Condition":{condition}}}"#
            ));
        }
        statements.push(format!(r#"{{"Effect":"Allow","NotAction":"mse:Delete*","NotResource":"{resource}"}}"#));
    }
    statements.push(r#"{"Effect":"Deny","Action":"mse:Delete*","Resource":"acs:mse:*:*:instance/gw-1"}"#.to_owned());
    statements.push(r#"{"Effect":"Allow","Action":"mse:List*","Resource":"*"}"#.to_owned());
    let document = format!(r#"{{"Version":"1","Statement":[{}]}}"#, statements.join(","));
    let all = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":["*"],"Resource":"*"}]}"#;
    PrincipalPolicies {
        kind: PrincipalKind::Role,
        account: vec![attached(&document)],
        resource_groups: vec![("rg-a".into(), vec![attached(&document)])],
        session: Some(attached(all)),
        control: vec![vec![attached(all)], vec![attached(&document), attached(all)]],
    }
}

fn catalog() -> Catalog {
    let mut builder = Catalog::builder();
    for name in ["mse:GetGateway", "mse:DeleteGateway", "mse:ListGateway", "ram:GetRole", "sts:AssumeRole"] {
        builder.action(ActionSpec::new(name, AccessLevel::None));
    }
    builder.build()
}

#[test]
fn a_decision_allocates_nothing() {
    let (policies, catalog) = (policies(), catalog());
    let compiled = Compiled::new(&policies, &catalog);
    let plain = ramgate_policy::plain::Plain::new(&policies, &catalog);
    let root = Compiled::new(&PrincipalPolicies::new(PrincipalKind::Root { account_id: "100".into() }), &catalog);
    let mut full = Context::default();
    for (key, value) in [
        ("x:a", "é"),
        ("x:b", "ö"),
        ("x:n", "9.75"),
        ("x:d", "2019-12-31T23:59:59.5Z"),
        ("x:t", "TRUE"),
        ("x:i", "::ffff:10.0.0.2"),
        ("acs:PrincipalARN", "acs:ram::100:role/r1"),
        ("acs:SourceIp", "10.1.2.3"),
        ("acs:SecureTransport", "true"),
        ("acs:CurrentTime", "2026-01-01T00:00:00Z"),
        ("acs:ResourceGroupId", "rg-a"),
    ] {
        full.set(key, [value]).expect("a value of the key's type");
    }
    let trust = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"RAM":"acs:ram::100:root"},"Condition":{"StringEquals":{"sts:ExternalId":"x"}}}]}"#;
    let trust = Document::parse(trust, DocumentKind::Trust).expect("a trust policy");
    let caller = Caller::User { account: "100", name: "a" };
    let long = format!("acs:ram::100:role/{}", "R".repeat(500));
    let actions = [
        "mse:GetGateway",
        "MSE:getgateway",
        "mse:DeleteGateway",
        "mse:ListGateway",
        "ram:GetRole",
        "ecs:Unknown",
        "sts:GetCallerIdentity",
        "none",
    ];
    let resources = [
        "*",
        "acs:mse:cn-hangzhou:100:*",
        "acs:mse:cn-hangzhou:100:instance/gw-1",
        "acs:mse:cn-hangzhou:100:instance/team-1",
        "acs:mse:cn-hangzhou:100:instance/axbyc",
        "acs:ram:*:100:role/Rx",
        "acs:mse::100:bare",
        "acs:x:y",
        "",
        &long,
    ];
    let (mut outcomes, mut decisions) = (std::collections::BTreeMap::new(), 0);
    for context in [&Context::default(), &full] {
        for action in actions {
            for resource in resources {
                let counted = allocation_counter::measure(|| {
                    let decision = compiled.decide(action, resource, context);
                    let again =
                        compiled.decide_spellings(&[(action, resource), ("ims:X", "acs:ims::100:user/a")], context);
                    let plain = plain.decide(action, resource, context);
                    std::hint::black_box((decision, again, plain, root.decide(action, resource, context)));
                    std::hint::black_box(compiled.decide_all(action, &[resource, "*"], context));
                    std::hint::black_box(compiled.decide_assume_role(resource, &trust, &caller, context));
                    if let (Some(id), Some(arn)) = (catalog.action_id(action), Arn::parse(resource))
                        && arn.relative.len() < 100
                    {
                        std::hint::black_box(compiled.decide_parts(id, &arn, context));
                    }
                });
                assert_eq!(counted.count_total, 0, "{action} on {resource}");
                *outcomes.entry(compiled.decide(action, resource, context).outcome.to_string()).or_insert(0) += 1;
                decisions += 1;
            }
        }
    }
    // The questions must have been worth asking.
    assert_eq!(decisions, 160);
    assert_eq!(outcomes.len(), 3, "{outcomes:?}");
}

#[test]
fn the_counter_counts() {
    let counted = allocation_counter::measure(|| {
        std::hint::black_box(vec![1u8; 100]);
    });
    assert_eq!(counted.count_total, 1);
}
