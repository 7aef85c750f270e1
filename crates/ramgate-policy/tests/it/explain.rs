//! Explanations say which statement decided, which nearly did, and which could not.

use ramgate_policy::{
    AttachedEntity, Caller, Compiled, Context, Document, DocumentKind, Effect, Explanation, Layer, Miss, Outcome,
    PrincipalKind, PrincipalPolicies,
};

use crate::support::{attached, attached_stored, catalog};

const GATEWAY: &str = "acs:mse:cn-hangzhou:100:instance/gw-1";

fn statement(effect: &str, action: &str, resource: &str, condition: &str) -> String {
    let condition = if condition.is_empty() { String::new() } else { format!(r#","Condition":{condition}"#) };
    format!(r#"{{"Effect":"{effect}","Action":"{action}","Resource":"{resource}"{condition}}}"#)
}

fn document(statements: &[String]) -> String {
    format!("{{\"Version\":\"1\",\n\"Statement\":[\n{}\n]}}", statements.join(",\n"))
}

fn user(policies: Vec<ramgate_policy::Attached>) -> PrincipalPolicies {
    PrincipalPolicies { account: policies, ..PrincipalPolicies::new(PrincipalKind::User) }
}

fn explain(policies: &PrincipalPolicies, action: &str, resource: &str, context: &Context) -> Explanation {
    Compiled::new(policies, &catalog()).explain(action, resource, context)
}

#[test]
fn an_allow_names_all_statements_that_allow_and_the_denies_that_nearly_denied() {
    let deny = statement("Deny", "*", "*", r#"{"Bool":{"acs:MFAPresent":"false"}}"#);
    let policies = user(vec![
        attached(
            "read",
            &document(&[
                statement("Allow", "mse:Get*", "*", ""),
                statement("Allow", "mse:*", "acs:mse:*:*:instance/gw-1", ""),
            ]),
        ),
        attached("guard", &document(&[deny])),
    ]);
    let explanation = explain(&policies, "mse:GetGateway", GATEWAY, &Context::default());
    assert_eq!(explanation.outcome, Outcome::Allow);
    let deciding: Vec<_> = explanation.deciding.iter().map(|m| (m.policy_name.as_str(), m.statement, m.line)).collect();
    assert_eq!(deciding, [("read", 0, 3), ("read", 1, 4)]);
    assert_eq!(
        explanation.text,
        format!(
            "`mse:GetGateway` on `{GATEWAY}` is allowed by Statement[0] of the policy `read` (Custom, attached to the user) and one more statement"
        )
    );
    let [near] = &explanation.near_misses[..] else { panic!("{:?}", explanation.near_misses) };
    assert_eq!(near.statement.effect, Effect::Deny);
    assert_eq!(
        near.text,
        "Statement[0] of the policy `guard` (Custom, attached to the user) does not Deny it: `Bool` wants `false` in `acs:MFAPresent`, the request has no such key"
    );
}

#[test]
fn an_explicit_deny_names_the_statements_that_deny() {
    let mut deny = attached("guard", &document(&[statement("Deny", "mse:Delete*", "*", "")]));
    deny.entity = AttachedEntity::Group("dev".into());
    let policies = user(vec![attached("all", &document(&[statement("Allow", "*", "*", "")])), deny]);
    let explanation = explain(&policies, "mse:DeleteGateway", GATEWAY, &Context::default());
    assert_eq!(explanation.outcome, Outcome::ExplicitDeny);
    assert_eq!(explanation.deciding.len(), 1);
    assert_eq!(explanation.deciding[0].attached_entity, AttachedEntity::Group("dev".into()));
    assert_eq!(
        explanation.text,
        format!(
            "`mse:DeleteGateway` on `{GATEWAY}` is denied by Statement[0] of the policy `guard` (Custom, attached to the group `dev`)"
        )
    );
    assert!(explanation.near_misses.is_empty());
}

#[test]
fn an_implicit_deny_names_the_closest_statements_first() {
    let policies = user(vec![attached(
        "p",
        &document(&[
            statement("Allow", "mse:*", "acs:mse:*:*:instance/gw-2", ""),
            statement(
                "Allow",
                "mse:GetGateway",
                "*",
                r#"{"IpAddress":{"acs:SourceIp":["10.0.0.0/8","192.168.0.0/16"]}}"#,
            ),
            statement("Allow", "ecs:*", "*", ""),
        ]),
    )]);
    let mut context = Context::default();
    context.set("acs:SourceIp", ["8.8.8.8"]).unwrap();
    let explanation = explain(&policies, "mse:GetGateway", GATEWAY, &context);
    assert_eq!(explanation.outcome, Outcome::ImplicitDeny);
    assert!(explanation.deciding.is_empty());
    let misses: Vec<_> = explanation.near_misses.iter().map(|near| near.statement.statement).collect();
    assert_eq!(misses, [1, 0]);
    let Miss::Condition { operator, key, wanted, got } = &explanation.near_misses[0].miss else { panic!() };
    assert_eq!((operator.as_str(), key.as_str()), ("IpAddress", "acs:SourceIp"));
    assert_eq!((wanted.len(), got.as_slice()), (2, &["8.8.8.8".to_owned()][..]));
    assert_eq!(
        explanation.text,
        format!(
            "`mse:GetGateway` on `{GATEWAY}` is not allowed: no attached policy allows it; Statement[1] of the policy `p` \
             (Custom, attached to the user) does not Allow it: `IpAddress` wants `10.0.0.0/8`, `192.168.0.0/16` in \
             `acs:SourceIp`, the request has `8.8.8.8`"
        )
    );
    let Miss::Resource { negated: false, patterns } = &explanation.near_misses[1].miss else { panic!() };
    assert_eq!(patterns, &["acs:mse:*:*:instance/gw-2"]);
}

#[test]
fn statements_that_are_not_understood_are_named_with_their_reasons() {
    let text = document(&[
        statement("Allow", "apig:Get*", "*", r#"{"NumericEquals":{"apig:GatewayId":"1"}}"#),
        statement("Deny", "apig:GetSource", "*", r#"{"Null":{"acs:SourceVpc":"true"}}"#),
        statement("Allow", "mse:*", "*", r#"{"Null":{"acs:SourceVpc":"true"}}"#),
    ]);
    let policies = user(vec![attached_stored("old", &text)]);
    let explanation = explain(&policies, "apig:GetSource", "acs:apig:cn-hangzhou:100:*", &Context::default());
    assert_eq!(explanation.outcome, Outcome::ExplicitDeny);
    let texts: Vec<_> = explanation.not_applicable.iter().map(|n| (n.statement.statement, n.text.as_str())).collect();
    assert_eq!(
        texts,
        [
            (
                0,
                "Statement[0] of the policy `old` (Custom, attached to the user) is not understood, so its Allow does not apply"
            ),
            (
                1,
                "Statement[1] of the policy `old` (Custom, attached to the user) is not understood, so its Deny applies"
            ),
        ]
    );
    assert_eq!(
        explanation.not_applicable[0].reasons,
        ["the operator `NumericEquals` does not fit the condition key `apig:GatewayId`, which is of type String"]
    );
    assert_eq!(
        explanation.not_applicable[1].reasons,
        ["Statement[1].Condition.Null: the condition operator `Null` is not supported"]
    );
}

#[test]
fn each_layer_is_named() {
    let all = || attached("all", &document(&[statement("Allow", "*", "*", "")]));
    let get = || attached("get", &document(&[statement("Allow", "mse:Get*", "*", "")]));
    let mut policies =
        PrincipalPolicies { account: vec![all()], session: Some(get()), ..PrincipalPolicies::new(PrincipalKind::Role) };
    let explanation = explain(&policies, "mse:DeleteGateway", GATEWAY, &Context::default());
    assert_eq!(explanation.layer, Layer::SessionPolicy);
    assert_eq!(
        explanation.text,
        format!("`mse:DeleteGateway` on `{GATEWAY}` is not allowed: the session policy does not allow it")
    );
    policies.control = vec![vec![all()], vec![get()]];
    let explanation = explain(&policies, "mse:DeleteGateway", GATEWAY, &Context::default());
    assert_eq!(explanation.layer, Layer::ControlPolicy);
    assert!(explanation.text.ends_with("no control policy at one of the levels allows it"));
    let root = PrincipalPolicies::new(PrincipalKind::Root { account_id: "100".into() });
    let explain_root = |action, resource| explain(&root, action, resource, &Context::default()).text;
    assert!(
        explain_root("mse:DeleteGateway", GATEWAY)
            .ends_with("is allowed: the account may do everything in its own account")
    );
    assert!(
        explain_root("mse:DeleteGateway", "acs:mse:r:200:x")
            .ends_with("is not allowed: the resource belongs to another account")
    );
    assert_eq!(explain_root("sts:AssumeRole", "acs:ram::100:role/r"), "roles may not be assumed by root accounts");
    let none = explain(&user(Vec::new()), "sts:GetCallerIdentity", "*", &Context::default());
    assert_eq!(none.text, "`sts:GetCallerIdentity` needs no permission");
}

#[test]
fn a_refused_role_says_whom_it_trusts() {
    let policies = user(vec![attached("p", &document(&[statement("Allow", "sts:AssumeRole", "*", "")]))]);
    let trust = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"RAM":"acs:ram::100:user/b"}}]}"#;
    let trust = Document::parse(trust, DocumentKind::Trust).unwrap();
    let compiled = Compiled::new(&policies, &catalog());
    let caller = Caller::User { account: "100", name: "a" };
    let explanation = compiled.explain_assume_role("acs:ram::100:role/r", &trust, &caller, &Context::default());
    assert_eq!(
        explanation.text,
        "`sts:AssumeRole` on `acs:ram::100:role/r` is not allowed: the trust policy of the role does not allow it to this \
         caller; Statement[0] of the trust policy trusts `acs:ram::100:user/b`"
    );
    let friend = Caller::User { account: "100", name: "B" };
    let explanation = compiled.explain_assume_role("acs:ram::100:role/r", &trust, &friend, &Context::default());
    assert_eq!((explanation.outcome, explanation.deciding.len()), (Outcome::Allow, 2));
}

#[test]
fn explanations_are_json_with_the_names_of_diagnostic_messages() {
    let policies =
        user(vec![attached("p", &document(&[statement("Allow", "mse:Get*", "acs:mse:*:*:instance/gw-2", "")]))]);
    let json = serde_json::to_value(explain(&policies, "mse:GetGateway", GATEWAY, &Context::default())).unwrap();
    assert_eq!(json["Outcome"], "ImplicitDeny");
    assert_eq!(json["Layer"], "AccountLevelIdentityBasedPolicy");
    assert_eq!(json["NearMisses"][0]["Statement"]["PolicyName"], "p");
    assert_eq!(json["NearMisses"][0]["Miss"]["Kind"], "Resource");
    assert_eq!(json["NearMisses"][0]["Miss"]["Patterns"][0], "acs:mse:*:*:instance/gw-2");
    assert_eq!(json["NearMisses"][0]["Statement"]["Place"], "Statement[0]");
}
