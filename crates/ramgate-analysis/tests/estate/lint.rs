//! What is dangerous, useless or said twice.

use crate::world::{ACCOUNT, ACTIONS, RESOURCES, attached, catalog, contexts, document_of, estate, parsed};
use proptest::prelude::*;
use ramgate_analysis::lint::{Code, Finding, Options, Report, lint};
use ramgate_analysis::{Estate, EstateGroup, EstatePrincipal, PrincipalId};
use ramgate_policy::{
    AccessLevel, ActionSpec, Attached, AttachedEntity, Caller, Catalog, Compiled, Context, DocumentKind, PrincipalKind,
    PrincipalPolicies, Severity, Timestamp,
};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

fn codes(report: &Report) -> Vec<Code> {
    report.findings.iter().map(|finding| finding.code).collect()
}

fn of(report: &Report, code: Code) -> Vec<&Finding> {
    report.findings.iter().filter(|finding| finding.code == code).collect()
}

/// The policy and the statement of a finding.
fn place(finding: &Finding) -> (String, usize) {
    let place = finding.place.as_ref().unwrap();
    let number = place.place.trim_start_matches("Statement[").split(']').next().unwrap();
    (place.policy_name.clone(), number.parse().unwrap())
}

/// The policies without some statements. A policy without statements denies nothing and allows nothing.
fn without(policies: &PrincipalPolicies, removed: &BTreeSet<(String, usize)>) -> PrincipalPolicies {
    let cut = |attached: &mut Attached| {
        let value: Value = serde_json::from_str(attached.document.text()).unwrap();
        let statements = value["Statement"].as_array().unwrap().iter().enumerate();
        let name = attached.policy_name.to_string();
        let kept = statements.filter(|(number, _)| !removed.contains(&(name.clone(), *number)));
        let kept: Vec<Value> = kept.map(|(_, statement)| statement.clone()).collect();
        attached.document = document_of(&kept);
    };
    let mut policies = policies.clone();
    policies.account.iter_mut().for_each(cut);
    policies.resource_groups.iter_mut().flat_map(|(_, list)| list).for_each(cut);
    policies.control.iter_mut().flatten().for_each(cut);
    policies
}

/// Compares every decision of the world with and without some statements.
fn same_decisions(
    estate: &Estate,
    removed: &BTreeSet<(String, usize)>,
    outcome_counts: bool,
) -> Result<(), TestCaseError> {
    for principal in &estate.principals {
        let before = Compiled::new(&principal.policies, &catalog());
        let after = Compiled::new(&without(&principal.policies, removed), &catalog());
        for (at, context) in contexts().into_iter().enumerate().step_by(29) {
            let group = (at % 2 == 0).then(|| "rg-1".into());
            let principal_arn = Some(principal.id.arn(ACCOUNT).into());
            let context = Context { resource_group_id: group, principal_arn, ..context };
            for action in ACTIONS {
                for resource in RESOURCES {
                    let (a, b) = (
                        before.decide(action, resource, &context).outcome,
                        after.decide(action, resource, &context).outcome,
                    );
                    let same = if outcome_counts { a == b } else { a.is_allowed() == b.is_allowed() };
                    prop_assert!(same, "{action} {resource} {a} {b} without {removed:?}\n{:#?}", principal.policies);
                }
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn without_shadowed_statements_every_decision_stays(estate in estate(false), plain in estate(true)) {
        for estate in [estate, plain] {
            let report = lint(&estate, &catalog(), &Options::default());
            let shadowed: BTreeSet<(String, usize)> = of(&report, Code::ShadowedStatement).into_iter().map(place).collect();
            if !shadowed.is_empty() {
                same_decisions(&estate, &shadowed, true)?;
                let first: BTreeSet<_> = shadowed.iter().take(1).cloned().collect();
                same_decisions(&estate, &first, true)?;
            }
        }
    }

    #[test]
    fn without_denies_that_never_bite_nothing_more_is_allowed(estate in estate(false)) {
        let report = lint(&estate, &catalog(), &Options::default());
        let idle: BTreeSet<(String, usize)> = of(&report, Code::DenyNeverBites).into_iter().map(place).collect();
        if !idle.is_empty() {
            same_decisions(&estate, &idle, false)?;
        }
    }

    #[test]
    fn conditions_that_never_hold_hold_in_no_context(estate in estate(false)) {
        let report = lint(&estate, &catalog(), &Options::default());
        let never: BTreeSet<(String, usize)> = of(&report, Code::ConditionsNeverHold).into_iter().map(place).collect();
        if !never.is_empty() {
            same_decisions(&estate, &never, true)?;
        }
    }
}

fn identity_catalog() -> Catalog {
    let mut builder = catalog().to_builder();
    for (name, resources) in [
        ("AttachPolicyToUser", &["user/{UserName}", "policy/{PolicyName}"][..]),
        ("AttachPolicyToGroup", &["group/{GroupName}", "policy/{PolicyName}"]),
        ("AttachPolicyToRole", &["role/{RoleName}", "policy/{PolicyName}"]),
        ("CreatePolicyVersion", &["policy/{PolicyName}"]),
        ("CreateAccessKey", &["user/{UserName}"]),
        ("AddUserToGroup", &["user/{UserName}", "group/{GroupName}"]),
        ("UpdateRole", &["role/{RoleName}"]),
        ("CreateUser", &["user/*"]),
        ("ListUsers", &["user/*"]),
        ("CreatePolicy", &["policy/*"]),
        ("PassRole", &["role/{RoleName}"]),
    ] {
        let action = ActionSpec::new(format!("ram:{name}"), AccessLevel::None);
        let action =
            resources.iter().fold(action, |action, resource| action.on(format!("acs:ram::{{account}}:{resource}")));
        builder.action(action);
    }
    builder.action(ActionSpec::new("sts:AssumeRole", AccessLevel::None).on("acs:ram::{account}:role/{RoleName}"));
    builder.build()
}

/// Statements about identities, most of them narrow.
fn identity_statement() -> impl Strategy<Value = Value> {
    let actions = [
        "ram:AttachPolicyToUser",
        "ram:AttachPolicyToGroup",
        "ram:AttachPolicyToRole",
        "ram:CreatePolicyVersion",
        "ram:CreateAccessKey",
        "ram:AddUserToGroup",
        "ram:UpdateRole",
        "ram:CreateUser",
        "ram:CreatePolicy",
        "ram:PassRole",
        "sts:AssumeRole",
        "ram:*",
        "ram:Create*",
        "mse:*",
        "ram:DetachPolicyFromUser",
    ];
    let resources = [
        "acs:ram:*:100:user/alice",
        "acs:ram:*:100:user/bob",
        "acs:ram:*:100:group/*",
        "acs:ram:*:100:policy/*",
        "acs:ram:*:system:policy/*",
        "acs:ram:*:100:role/operator",
        "acs:ram:*:*:user/*",
        "*",
        "acs:ram:*:100:policy/team-*",
    ];
    let conditions = [
        json!({}),
        json!({}),
        json!({ "IpAddress": { "acs:SourceIp": "10.0.0.0/8" } }),
        json!({ "DateLessThan": { "acs:CurrentTime": "2026-06-01T00:00:00Z" } }),
        json!({ "StringEquals": { "acs:ResourceTag/team": "dev" } }),
    ];
    let list = |of: Vec<&'static str>| prop::collection::vec(prop::sample::select(of), 1..=2);
    (prop::bool::weighted(0.15), list(actions.to_vec()), list(resources.to_vec()), prop::sample::select(conditions.to_vec())).prop_map(
        |(deny, actions, resources, condition)| {
            json!({ "Effect": if deny { "Deny" } else { "Allow" }, "Action": actions, "Resource": resources, "Condition": condition })
        },
    )
}

fn identity_estate() -> impl Strategy<Value = Estate> {
    let policy = prop::collection::vec(identity_statement(), 1..=3);
    let trusts = ["acs:ram::100:root", "acs:ram::100:user/alice", "acs:ram::100:user/nobody"];
    (prop::collection::vec(policy, 4..=4), prop::sample::select(trusts.to_vec()), any::<bool>()).prop_map(|(policies, trusted, more)| {
        let documents: Vec<_> = policies.iter().map(|statements| document_of(statements)).collect();
        let mut held = PrincipalPolicies::new(PrincipalKind::User);
        held.account.push(attached("team-0", &documents[0], AttachedEntity::User));
        let alice = EstatePrincipal { id: PrincipalId::User("alice".into()), policies: held.clone(), trust: None };
        let grouped = Attached { entity: AttachedEntity::Group("g".into()), ..attached("team-1", &documents[1], AttachedEntity::User) };
        held.account = vec![grouped.clone()];
        let bob = EstatePrincipal { id: PrincipalId::User("bob".into()), policies: held.clone(), trust: None };
        let mut of_role = PrincipalPolicies::new(PrincipalKind::Role);
        of_role.account.push(attached("team-2", &documents[2], AttachedEntity::Role));
        let trust = json!({ "Version": "1", "Statement": [{ "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "RAM": [trusted, "acs:ram::100:role/operator"], "Service": ["ecs.aliyuncs.com"] } }] });
        let operator = EstatePrincipal { id: PrincipalId::Role("Operator".into()), policies: of_role, trust: Some(parsed(&trust.to_string(), DocumentKind::Trust)) };
        let mut principals = vec![alice, bob, operator];
        if more {
            let everything = json!({ "Effect": "Allow", "Action": "*", "Resource": "*" });
            held.account = vec![attached("all", &document_of(&[everything]), AttachedEntity::User)];
            principals.push(EstatePrincipal { id: PrincipalId::User("root-like".into()), policies: held, trust: None });
        }
        let rich = attached("team-3", &documents[3], AttachedEntity::User);
        let group = |name: &str, policies, members: &[&str]| EstateGroup { name: name.into(), policies, members: members.iter().map(|name| (*name).to_owned()).collect() };
        let groups = vec![group("g", vec![grouped], &["bob"]), group("rich", vec![rich], &[])];
        Estate { account_id: ACCOUNT.into(), principals, groups, ..Estate::default() }
    })
}

fn context_of(caller: &PrincipalId, values: &BTreeMap<String, Vec<String>>) -> Context {
    let mut context = Context { principal_arn: Some(caller.arn(ACCOUNT).into()), ..Context::default() };
    values.iter().for_each(|(key, values)| context.set(key, values).unwrap());
    context
}

/// Checks that the engine allows each step of each escalation, and refuses what is gained.
fn escalations_are_real(estate: &Estate) -> usize {
    let catalog = identity_catalog();
    let report = lint(estate, &catalog, &Options::default());
    let policies = |id: &PrincipalId| &estate.principals.iter().find(|one| one.id == *id).unwrap().policies;
    let mut count = 0;
    for finding in report.findings.iter().filter(|finding| !finding.steps.is_empty()) {
        count += 1;
        for step in &finding.steps {
            let compiled = Compiled::new(policies(&step.caller), &catalog);
            let context = context_of(&step.caller, &step.context);
            for resource in &step.resources {
                let allowed = if step.does.contains("whose trust policy") {
                    let role = estate.principals.iter().find(|one| one.id.arn(ACCOUNT) == *resource).unwrap();
                    let arn = step.caller.arn(ACCOUNT);
                    let caller = Caller::from_arn(&arn).unwrap();
                    compiled.decide_assume_role(resource, role.trust.as_ref().unwrap(), &caller, &context).is_allowed()
                } else {
                    compiled.decide(&step.action, resource, &context).is_allowed()
                };
                assert!(allowed, "{step}\n{finding}\n{estate:#?}");
            }
        }
        if let Some((_, gain)) = finding.message.split_once("it gains `") {
            let (action, resource) = gain.split_once("` on `").unwrap();
            let resource = resource.trim_end_matches('`');
            let principal = finding.principal.as_ref().unwrap();
            let compiled = Compiled::new(policies(principal), &catalog);
            for context in contexts().into_iter().step_by(17) {
                let context = Context { principal_arn: Some(principal.arn(ACCOUNT).into()), ..context };
                assert!(!compiled.decide(action, resource, &context).is_allowed(), "{finding}");
            }
        }
    }
    count
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn every_step_of_an_escalation_is_allowed_and_what_is_gained_is_new(estate in identity_estate()) {
        escalations_are_real(&estate);
    }
}

fn user(name: &str, statements: &[Value]) -> EstatePrincipal {
    let mut policies = PrincipalPolicies::new(PrincipalKind::User);
    policies.account.push(attached(&format!("of-{name}"), &document_of(statements), AttachedEntity::User));
    EstatePrincipal { id: PrincipalId::User(name.into()), policies, trust: None }
}

fn role(name: &str, statements: &[Value], principal: Value) -> EstatePrincipal {
    let trust = json!({ "Version": "1", "Statement": [{ "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal }] });
    let mut policies = PrincipalPolicies::new(PrincipalKind::Role);
    policies.account.push(attached(&format!("of-{name}"), &document_of(statements), AttachedEntity::Role));
    EstatePrincipal {
        id: PrincipalId::Role(name.into()),
        policies,
        trust: Some(parsed(&trust.to_string(), DocumentKind::Trust)),
    }
}

fn allow(actions: &[&str], resources: &[&str]) -> Value {
    json!({ "Effect": "Allow", "Action": actions, "Resource": resources })
}

fn deny(actions: &[&str], resources: &[&str], condition: Value) -> Value {
    json!({ "Effect": "Deny", "Action": actions, "Resource": resources, "Condition": condition })
}

fn estate_of(principals: Vec<EstatePrincipal>) -> Estate {
    Estate { account_id: ACCOUNT.into(), principals, ..Estate::default() }
}

fn checked(estate: &Estate) -> Report {
    assert_eq!(
        escalations_are_real(estate),
        lint(estate, &identity_catalog(), &Options::default()).findings.iter().filter(|f| !f.steps.is_empty()).count()
    );
    lint(estate, &identity_catalog(), &Options::default())
}

/// The escalations of one principal: code, and the actions of the steps.
fn escalations(report: &Report, name: &str) -> Vec<(Code, Vec<String>)> {
    let of = report
        .findings
        .iter()
        .filter(|f| !f.steps.is_empty() && f.principal.as_ref().is_some_and(|p| p.name() == name));
    of.map(|finding| (finding.code, finding.steps.iter().map(|step| step.action.clone()).collect())).collect()
}

fn one(code: Code, actions: &[&str]) -> Vec<(Code, Vec<String>)> {
    vec![(code, actions.iter().map(|action| (*action).to_owned()).collect())]
}

#[test]
fn direct_ways_to_more_are_found_with_their_requests() {
    let mut estate = estate_of(vec![
        user("attacher", &[allow(&["ram:AttachPolicyToUser"], &["*"])]),
        user(
            "custom",
            &[
                allow(&["ram:AttachPolicyToUser"], &["acs:ram:*:100:user/custom", "acs:ram:*:100:policy/dev-*"]),
                allow(&["ram:CreatePolicy"], &["acs:ram:*:100:policy/*"]),
            ],
        ),
        user("rewriter", &[allow(&["ram:CreatePolicyVersion"], &["acs:ram:*:100:policy/of-rewriter"])]),
        user("setter", &[allow(&["ram:SetDefaultPolicyVersion"], &["acs:ram:*:100:policy/*"])]),
        user("joiner", &[allow(&["ram:AddUserToGroup"], &["acs:ram:*:100:user/joiner", "acs:ram:*:100:group/ops"])]),
        user(
            "maker",
            &[
                allow(&["ram:CreateUser"], &["*"]),
                allow(
                    &["ram:AttachPolicyToUser", "ram:CreateAccessKey"],
                    &["acs:ram:*:100:user/bot-*", "acs:ram:*:system:policy/*"],
                ),
            ],
        ),
        user("detacher", &[allow(&["mse:*"], &["*"]), allow(&["ram:DetachPolicyFromUser"], &["*"])]),
        user("reader", &[allow(&["mse:Get*"], &["*"])]),
    ]);
    let guard = attached("guard", &document_of(&[deny(&["mse:Delete*"], &["*"], json!({}))]), AttachedEntity::User);
    estate.principals[6].policies.account.push(guard);
    let ops = attached("ops", &document_of(&[allow(&["mse:*"], &["*"])]), AttachedEntity::Group("ops".into()));
    estate.groups.push(EstateGroup { name: "ops".into(), policies: vec![ops], members: Vec::new() });
    let report = checked(&estate);
    assert_eq!(escalations(&report, "attacher"), one(Code::EscalationAttach, &["ram:AttachPolicyToUser"]));
    assert_eq!(
        escalations(&report, "custom"),
        one(Code::EscalationAttach, &["ram:CreatePolicy", "ram:AttachPolicyToUser"])
    );
    assert_eq!(escalations(&report, "rewriter"), one(Code::EscalationRewrite, &["ram:CreatePolicyVersion"]));
    assert_eq!(escalations(&report, "setter"), one(Code::EscalationVersion, &["ram:SetDefaultPolicyVersion"]));
    assert_eq!(escalations(&report, "joiner"), one(Code::EscalationGroup, &["ram:AddUserToGroup"]));
    assert_eq!(
        escalations(&report, "maker"),
        one(Code::EscalationNewIdentity, &["ram:CreateUser", "ram:AttachPolicyToUser", "ram:CreateAccessKey"])
    );
    assert_eq!(escalations(&report, "detacher"), one(Code::EscalationAttach, &["ram:DetachPolicyFromUser"]));
    assert_eq!(escalations(&report, "reader"), []);
}

#[test]
fn ways_through_others_are_found_and_go_on_from_there() {
    let assume = |role: &str| allow(&["sts:AssumeRole"], &[&format!("acs:ram:*:100:role/{role}")]);
    let estate = estate_of(vec![
        user("boss", &[allow(&["*"], &["*"])]),
        user("clerk", &[allow(&["ram:CreateAccessKey"], &["acs:ram:*:100:user/*"])]),
        user("self", &[allow(&["ram:CreateAccessKey"], &["acs:ram:*:100:user/self"])]),
        user("driver", &[assume("first")]),
        role(
            "first",
            &[assume("second"), allow(&["sts:AssumeRole"], &["acs:ram:*:100:role/nowhere"])],
            json!({ "RAM": "acs:ram::100:user/driver" }),
        ),
        role("second", &[allow(&["mse:DeleteGateway"], &["*"])], json!({ "RAM": "acs:ram::100:role/first" })),
        user("outsider", &[assume("first")]),
        user("locksmith", &[allow(&["ram:UpdateRole", "sts:AssumeRole"], &["acs:ram:*:100:role/second"])]),
        user("passer", &[allow(&["ram:PassRole"], &["*"])]),
        role("machine", &[allow(&["mse:DeleteGateway"], &["*"])], json!({ "Service": "ecs.aliyuncs.com" })),
    ]);
    let report = checked(&estate);
    assert_eq!(escalations(&report, "clerk"), one(Code::EscalationCredentials, &["ram:CreateAccessKey"]));
    let clerk = of(&report, Code::EscalationCredentials)[0];
    assert_eq!(clerk.steps[0].resources, ["acs:ram::100:user/boss"]);
    assert_eq!(escalations(&report, "self"), []);
    assert_eq!(escalations(&report, "first"), one(Code::EscalationRole, &["sts:AssumeRole"]));
    assert_eq!(escalations(&report, "driver"), one(Code::EscalationChain, &["sts:AssumeRole", "sts:AssumeRole"]));
    assert_eq!(escalations(&report, "outsider"), []);
    assert_eq!(escalations(&report, "locksmith"), one(Code::EscalationRole, &["ram:UpdateRole", "sts:AssumeRole"]));
    assert_eq!(escalations(&report, "passer"), one(Code::EscalationPassRole, &["ram:PassRole"]));
    assert_eq!(escalations(&report, "boss"), []);
}

#[test]
fn a_chain_leads_through_those_who_have_no_more() {
    let assume = |role: &str| allow(&["sts:AssumeRole"], &[&format!("acs:ram:*:100:role/{role}")]);
    let estate = estate_of(vec![
        user("driver", &[assume("*")]),
        role("first", &[assume("*")], json!({ "RAM": "acs:ram::100:user/driver" })),
        role("second", &[allow(&["mse:DeleteGateway"], &["*"])], json!({ "RAM": "acs:ram::100:role/first" })),
    ]);
    let report = checked(&estate);
    assert_eq!(escalations(&report, "driver"), one(Code::EscalationChain, &["sts:AssumeRole", "sts:AssumeRole"]));
    let chain = of(&report, Code::EscalationChain)[0];
    assert_eq!(
        chain.to_string().lines().collect::<Vec<_>>(),
        [
            "security warning[EscalationChain] user `driver`",
            "  it acts as the role `second`; it gains `mse:DeleteGateway` on `acs:mse:cn-hangzhou:100:instance/example`",
            "  1. user `driver` calls sts:AssumeRole on acs:ram::100:role/first: assumes the role, whose trust policy names the caller",
            "  2. role `first` calls sts:AssumeRole on acs:ram::100:role/second: assumes the role, whose trust policy names the caller",
            "  → limit the resources to roles that have no more than the principal, and their trust to who needs them",
        ]
    );
}

#[test]
fn an_escalation_under_conditions_says_under_which() {
    let mut statement = allow(&["ram:AttachPolicyToUser"], &["*"]);
    statement["Condition"] = json!({ "IpAddress": { "acs:SourceIp": "10.0.0.0/8" }, "DateLessThan": { "acs:CurrentTime": "2026-06-01T00:00:00Z" } });
    let report = checked(&estate_of(vec![user("inside", &[statement.clone()])]));
    let context = &of(&report, Code::EscalationAttach)[0].steps[0].context;
    assert_eq!(context["acs:SourceIp"], ["10.0.0.1"]);
    assert!(context.contains_key("acs:CurrentTime"));
    let guard = deny(&["ram:*"], &["*"], json!({ "IpAddress": { "acs:SourceIp": "10.0.0.0/8" } }));
    let report = checked(&estate_of(vec![user("inside", &[statement, guard])]));
    assert_eq!(escalations(&report, "inside"), []);
}

#[test]
fn breadth_pitfalls_and_repetitions_of_documents_are_found() {
    let estate = estate_of(vec![user(
        "alice",
        &[
            allow(&["*"], &["*"]),
            json!({ "Effect": "Allow", "NotAction": "mse:*", "Resource": "*" }),
            json!({ "Effect": "Allow", "Action": "mse:Get*", "NotResource": "acs:mse:*:*:instance/gw-1" }),
            allow(
                &["log:Get*", "log:GetX", "log:List"],
                &["acs:log:*:*:project/*", "acs:log:*:100:project/p", "acs:log:*:*:project/*"],
            ),
            deny(&["ram:*"], &["*"], json!({ "Bool": { "acs:MFAPresent": "false" } })),
            deny(&["sts:GetCallerIdentity"], &["*"], json!({})),
            deny(
                &["mse:*"],
                &["*"],
                json!({ "IpAddress": { "acs:SourceIp": "10.1.0.0/16" }, "NotIpAddress": { "acs:SourceIp": "10.0.0.0/8" } }),
            ),
        ],
    )]);
    let report = lint(&estate, &identity_catalog(), &Options::default());
    let at = |code| {
        of(&report, code).iter().map(|finding| finding.place.as_ref().unwrap().place.clone()).collect::<Vec<_>>()
    };
    assert_eq!(at(Code::AllowsEverything), ["Statement[0]"]);
    assert_eq!(at(Code::AllowsNotAction), ["Statement[1].NotAction"]);
    assert!(of(&report, Code::AllowsNotAction)[0].message.contains("among them `ram:AddUserToGroup`"));
    assert_eq!(at(Code::AllowsNotResource), ["Statement[2].NotResource"]);
    assert_eq!(
        at(Code::RedundantPattern),
        ["Statement[3].Action[1]", "Statement[3].Resource[1]", "Statement[3].Resource[2]"]
    );
    assert_eq!(at(Code::MfaDenyMissesAccessKeys), ["Statement[4].Condition"]);
    assert_eq!(at(Code::MfaLockout), ["Statement[4]"]);
    assert_eq!(at(Code::DenyOfExemptAction), ["Statement[5].Action[0]"]);
    assert_eq!(at(Code::ConditionsNeverHold), ["Statement[6].Condition"]);
    assert_eq!(at(Code::ShadowedStatement), ["Statement[1]", "Statement[2]", "Statement[3]"]);
    assert!(report.findings.windows(2).all(|pair| pair[0].severity <= pair[1].severity));
}

#[test]
fn a_statement_is_shadowed_only_where_everyone_who_has_it_has_the_cover() {
    let narrow =
        attached("narrow", &document_of(&[allow(&["mse:GetGateway", "apig:GetApi"], &["*"])]), AttachedEntity::User);
    let half = |service: &str| {
        attached(service, &document_of(&[allow(&[&format!("{service}:Get*")], &["*"])]), AttachedEntity::User)
    };
    let holder = |name: &str, policies: &[&Attached]| {
        let mut user = user(name, &[allow(&["log:X"], &["*"])]);
        user.policies.account = policies.iter().map(|policy| (*policy).clone()).collect();
        user
    };
    let (mse, apig) = (half("mse"), half("apig"));
    let both = estate_of(vec![holder("a", &[&narrow, &mse, &apig]), holder("b", &[&apig, &narrow, &mse])]);
    let report = lint(&both, &identity_catalog(), &Options::default());
    let shadowed = of(&report, Code::ShadowedStatement);
    assert_eq!(shadowed.len(), 1);
    assert_eq!(
        shadowed[0].message,
        "all that the statement allows is also allowed by Statement[0] of `mse`, Statement[0] of `apig`"
    );
    assert_eq!(shadowed[0].place.as_ref().unwrap().holders, 2);
    let one = estate_of(vec![holder("a", &[&narrow, &mse, &apig]), holder("b", &[&narrow, &mse])]);
    assert_eq!(
        of(&lint(&one, &identity_catalog(), &Options::default()), Code::ShadowedStatement),
        Vec::<&Finding>::new()
    );
}

#[test]
fn of_statements_that_say_the_same_one_stays() {
    let same = allow(&["mse:Get*"], &["*"]);
    let report =
        lint(&estate_of(vec![user("alice", &[same.clone(), same.clone(), same])]), &catalog(), &Options::default());
    assert_eq!(of(&report, Code::ShadowedStatement).len(), 2);
}

#[test]
fn trust_in_whole_accounts_others_and_providers_is_found() {
    let everything = || allow(&["*"], &["*"]);
    let little = || allow(&["mse:Get*"], &["*"]);
    let estate = estate_of(vec![
        role("a", &[little()], json!({ "RAM": "acs:ram::100:root" })),
        role("b", &[everything()], json!({ "RAM": "acs:ram::100:root" })),
        role("c", &[little()], json!({ "RAM": ["acs:ram::200:root", "acs:ram::200:user/x"] })),
        role("d", &[little()], json!({ "Federated": "acs:ram::100:oidc-provider/idp" })),
        role("e", &[little()], json!({ "Service": "ecs.aliyuncs.com" })),
    ]);
    let report = lint(&estate, &catalog(), &Options::default());
    let found: Vec<(Severity, Code, &str)> = report
        .findings
        .iter()
        .filter(|finding| finding.code >= Code::TrustsWholeAccount && finding.code <= Code::TrustsFederationFreely)
        .map(|finding| (finding.severity, finding.code, finding.principal.as_ref().unwrap().name()))
        .collect();
    use Severity::{SecurityWarning, Suggestion};
    assert_eq!(
        found,
        [
            (SecurityWarning, Code::TrustsWholeAccount, "b"),
            (SecurityWarning, Code::TrustsForeignAccount, "c"),
            (SecurityWarning, Code::TrustsFederationFreely, "d"),
            (Suggestion, Code::TrustsWholeAccount, "a"),
            (Suggestion, Code::TrustsForeignAccount, "c"),
        ]
    );
}

#[test]
fn grants_that_nobody_used_are_found_when_the_use_of_all_holders_is_known() {
    let shared = attached(
        "shared",
        &document_of(&[allow(&["mse:Get*"], &["*"]), allow(&["mse:Delete*"], &["*"])]),
        AttachedEntity::User,
    );
    let mut principals = vec![user("a", &[]), user("b", &[])];
    principals.iter_mut().for_each(|principal| principal.policies.account = vec![shared.clone()]);
    let estate = estate_of(principals);
    let used = |names: &[&str]| {
        let of = BTreeMap::from([("mse:GetGateway".to_owned(), Timestamp::from_unix(1_000))]);
        Some(names.iter().map(|name| (PrincipalId::User((*name).into()), of.clone())).collect())
    };
    let unused = |usage, since| {
        let report = lint(&estate, &catalog(), &Options { usage, since });
        of(&report, Code::UnusedGrant).into_iter().map(|finding| place(finding).1).collect::<Vec<_>>()
    };
    assert_eq!(unused(used(&["a", "b"]), None), [1]);
    assert_eq!(unused(used(&["a"]), None), [0usize; 0]);
    assert_eq!(unused(used(&["a", "b"]), Some(Timestamp::from_unix(2_000))), [0, 1]);
    assert_eq!(unused(None, None), [0usize; 0]);
}

#[test]
fn a_deny_of_what_nobody_is_allowed_never_bites() {
    let idle = deny(&["log:*"], &["*"], json!({}));
    let report =
        lint(&estate_of(vec![user("a", &[allow(&["mse:*"], &["*"]), idle.clone()])]), &catalog(), &Options::default());
    assert_eq!(codes(&report), [Code::DenyNeverBites]);
    let report =
        lint(&estate_of(vec![user("a", &[allow(&["*:List*"], &["*"]), idle])]), &catalog(), &Options::default());
    assert_eq!(codes(&report), []);
}

#[test]
fn the_report_counts_what_it_has_found() {
    let estate = estate_of(vec![user("alice", &[allow(&["mse:Get*", "mse:GetGateway"], &["*"])])]);
    let report = lint(&estate, &catalog(), &Options::default());
    assert_eq!(
        report.to_string().lines().collect::<Vec<_>>(),
        [
            "suggestion[RedundantPattern] of-alice (Custom) Statement[0].Action[1], line 1",
            "  `mse:GetGateway` is covered by `mse:Get*` of the same list",
            "  → leave it out",
            "1 principal, 1 policy: 0 security warnings, 0 warnings, 1 suggestion",
        ]
    );
}
