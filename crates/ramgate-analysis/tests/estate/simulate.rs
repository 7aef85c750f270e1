//! Batches of requests, and what would become of them.

use crate::world::{ACTIONS, RESOURCES, attached, catalog, contexts, documents, parsed};
use proptest::prelude::*;
use ramgate_analysis::simulate::{
    Change, Difference, MAX_REQUESTS, PolicyName, Request, SimulateError, simulate, what_if,
};
use ramgate_policy::{AttachedEntity, Compiled, Context, DocumentKind, PolicyKind, PrincipalKind, PrincipalPolicies};

fn policies(texts: &[(&str, &str)]) -> PrincipalPolicies {
    let mut policies = PrincipalPolicies::new(PrincipalKind::User);
    for (name, text) in texts {
        policies.account.push(attached(name, &parsed(text, DocumentKind::Identity), AttachedEntity::User));
    }
    policies
}

const READ: &str =
    r#"{ "Version": "1", "Statement": [ { "Effect": "Allow", "Action": "mse:Get*", "Resource": "*" } ] }"#;
const GUARD: &str = r#"{ "Version": "1", "Statement": [ { "Effect": "Deny", "Action": "mse:*", "Resource": "acs:mse:*:*:instance/gw-2" } ] }"#;

fn named(name: &str) -> PolicyName {
    PolicyName { policy_type: None, policy_name: name.into() }
}

#[test]
fn a_change_is_answered_with_both_decisions() {
    let policies = policies(&[("read", READ), ("guard", GUARD)]);
    let write = READ.replace("Get*", "Delete*");
    let add = vec![attached("write", &parsed(&write, DocumentKind::Identity), AttachedEntity::User)];
    let change = Change { add, remove: vec![named("GUARD")] };
    let requests = Request::each(
        ["mse:GetGateway", "mse:DeleteGateway", "log:Other"],
        [RESOURCES[0], RESOURCES[1]],
        Context::default(),
    );
    let answer = what_if(&policies, &change, &catalog(), &requests).unwrap();
    let effects: Vec<Difference> = answer.results.iter().map(|compared| compared.effect).collect();
    use Difference::{Gained, Same};
    assert_eq!(effects, [Same, Gained, Gained, Gained, Same, Same]);
    assert_eq!((answer.gained, answer.lost), (3, 0));
    let back = Change {
        add: change.remove.iter().map(|_| policies.account[1].clone()).collect(),
        remove: vec![named("read")],
    };
    let answer = what_if(&policies, &back, &catalog(), &requests[..2]).unwrap();
    let lines: Vec<String> = answer.to_string().lines().map(str::to_owned).collect();
    assert_eq!(
        lines,
        [
            "- mse:GetGateway on acs:mse:cn-hangzhou:100:instance/gw-1  Allow by read[0] → ImplicitDeny",
            "~ mse:GetGateway on acs:mse:cn-hangzhou:100:instance/gw-2  ExplicitDeny by guard[0] → ExplicitDeny by guard[0]",
            "0 of 2 requests gained, 1 lost",
        ]
    );
}

#[test]
fn sizes_and_names_are_checked_first() {
    let policies = policies(&[("read", READ)]);
    let ask = |requests: &[Request]| simulate(&policies, &catalog(), requests).unwrap_err();
    assert_eq!(ask(&[]), SimulateError::NoRequests);
    let many: Vec<&str> = vec!["mse:GetGateway"; MAX_REQUESTS + 1];
    let requests = Request::each(many, [RESOURCES[0]], Context::default());
    assert_eq!(ask(&requests), SimulateError::TooManyRequests { given: MAX_REQUESTS + 1 });
    let one = |action: &str, resource: &str| ask(&Request::each([action], [resource], Context::default()));
    assert_eq!(one("Get", RESOURCES[0]), SimulateError::NotAnAction { request: 0, action: "Get".into() });
    assert_eq!(one("mse:Get", "*"), SimulateError::NotAResource { request: 0, resource: "*".into() });
    let long = "x".repeat(2049);
    assert_eq!(one("mse:Get", &long), SimulateError::TooLong { request: 0, what: "resource", bytes: 2049 });
    let attached = vec![policies.account[0].clone(); 1001];
    let change = Change { add: attached, remove: Vec::new() };
    let requests = Request::each(["mse:GetGateway"], [RESOURCES[0]], Context::default());
    let error = what_if(&policies, &change, &catalog(), &requests).unwrap_err();
    assert_eq!(error, SimulateError::TooManyPolicies { given: 1002 });
    let system = PolicyName { policy_type: Some(PolicyKind::System), ..named("read") };
    let change = Change { add: Vec::new(), remove: vec![system] };
    let error = what_if(&policies, &change, &catalog(), &requests).unwrap_err();
    assert_eq!(error, SimulateError::NotAttached("read".into()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn both_sides_are_what_the_engine_decides(documents in documents(false), at in 0usize..1000) {
        let worlds = contexts();
        let context = worlds[at % worlds.len()].clone();
        let held = |names: &[usize]| {
            let mut policies = PrincipalPolicies::new(PrincipalKind::User);
            for name in names {
                policies.account.push(attached(&format!("p{name}"), &documents[*name], AttachedEntity::User));
            }
            policies
        };
        let change = Change { add: held(&[2]).account, remove: vec![named("p0")] };
        let requests = Request::each(ACTIONS, RESOURCES, context.clone());
        let answer = what_if(&held(&[0, 1]), &change, &catalog(), &requests).unwrap();
        let (before, after) = (Compiled::new(&held(&[0, 1]), &catalog()), Compiled::new(&held(&[1, 2]), &catalog()));
        for (compared, request) in answer.results.iter().zip(&requests) {
            let decide = |compiled: &Compiled| compiled.decide(&request.action, &request.resource, &context).outcome;
            prop_assert_eq!((compared.before.outcome, compared.after.outcome), (decide(&before), decide(&after)));
            prop_assert_eq!(compared.effect == Difference::Gained, !decide(&before).is_allowed() && decide(&after).is_allowed());
            prop_assert_eq!(compared.effect == Difference::Lost, decide(&before).is_allowed() && !decide(&after).is_allowed());
        }
    }
}
