//! Everyone who may do something.

use crate::world::{ACCOUNT, ACTIONS, RESOURCES, attached, catalog, contexts, estate, parsed, two_codes};
use proptest::prelude::*;
use ramgate_analysis::who_can::{Answer, Holder, Question, QuestionError, who_can};
use ramgate_analysis::{Estate, EstatePrincipal, PrincipalId};
use ramgate_policy::{
    AttachedEntity, Caller, Catalog, Compiled, Context, DocumentKind, PrincipalKind, PrincipalPolicies,
};
use std::collections::BTreeMap;

fn question(action: &str, resource: &str) -> Question {
    Question { action: action.into(), resource: resource.into(), ..Question::default() }
}

fn with_values(base: &Context, values: &BTreeMap<String, Vec<String>>) -> Context {
    let mut context = base.clone();
    values.iter().for_each(|(key, values)| context.set(key, values).unwrap());
    context
}

fn of<'a>(list: &'a [Holder], id: &PrincipalId) -> Option<&'a Holder> {
    list.iter().find(|holder| holder.principal == *id)
}

/// Compares an answer with what each principal's own compilation says in every context of the world.
fn agrees(estate: &Estate, catalog: &Catalog, question: &Question, worlds: &[Context]) {
    let answer = who_can(estate, catalog, question).unwrap();
    for principal in &estate.principals {
        let compiled = Compiled::new(&principal.policies, catalog);
        let arn = principal.id.arn(ACCOUNT);
        let spelled =
            (question.action.replace("mse:", "microgw:"), question.resource.replace("acs:mse:", "acs:microgw:"));
        let mut spellings = vec![(question.action.as_str(), question.resource.as_str())];
        if catalog.service("microgw").is_some() && question.action.starts_with("mse:") {
            spellings.push((&spelled.0, &spelled.1));
        }
        let allowed = |context: &Context| {
            let context = Context { principal_arn: Some(arn.as_str().into()), ..context.clone() };
            compiled.decide_spellings(&spellings, &context).is_allowed()
        };
        let groups = [None, Some("rg-1".into()), Some("rg-2".into())];
        let mut worlds = worlds
            .iter()
            .flat_map(|context| groups.clone().map(|group| Context { resource_group_id: group, ..context.clone() }));
        let who = format!("{} {question:?}\n{estate:#?}", principal.id);
        match (of(&answer.always, &principal.id), of(&answer.under_conditions, &principal.id)) {
            (Some(holder), None) => {
                assert!(!holder.grants.is_empty() && holder.settled);
                assert!(worlds.all(|context| allowed(&context)), "not always: {who}");
            }
            (None, Some(holder)) => {
                assert!(holder.settled, "not settled: {who}");
                let example = holder.example.as_ref().unwrap_or_else(|| panic!("no example: {who}"));
                assert!(allowed(&with_values(&question.context, example)), "refused with {example:?}: {who}");
                let counter = holder.counter_example.as_ref().unwrap_or_else(|| panic!("no counter-example: {who}"));
                assert!(!allowed(&with_values(&question.context, counter)), "allowed with {counter:?}: {who}");
            }
            (None, None) => assert!(!worlds.any(|context| allowed(&context)), "not never: {who}"),
            (Some(_), Some(_)) => panic!("listed twice: {who}"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn answers_agree_with_deciding_every_principal_in_every_context(
        estate in estate(false),
        action in prop::sample::select(&ACTIONS[..]),
        resource in prop::sample::select(&RESOURCES[..]),
    ) {
        let worlds: Vec<Context> = contexts().into_iter().step_by(5).collect();
        agrees(&estate, &catalog(), &question(action, resource), &worlds);
    }

    #[test]
    fn a_service_of_two_codes_is_asked_under_both(
        estate in estate(false),
        action in prop::sample::select(&ACTIONS[..]),
        resource in prop::sample::select(&RESOURCES[..]),
    ) {
        let worlds: Vec<Context> = contexts().into_iter().step_by(23).collect();
        agrees(&estate, &two_codes(), &question(action, resource), &worlds);
    }

    #[test]
    fn with_a_closed_context_the_answer_is_the_decision(
        estate in estate(false),
        action in prop::sample::select(&ACTIONS[..]),
        resource in prop::sample::select(&RESOURCES[..]),
        at in 0usize..1000,
    ) {
        let worlds = contexts();
        let context = worlds[at % worlds.len()].clone();
        let question = Question { context: context.clone(), closed: true, ..question(action, resource) };
        let answer = who_can(&estate, &catalog(), &question).unwrap();
        prop_assert!(answer.under_conditions.is_empty());
        for principal in &estate.principals {
            let context = Context { principal_arn: Some(principal.id.arn(ACCOUNT).into()), ..context.clone() };
            let decision = Compiled::new(&principal.policies, &catalog()).decide(action, resource, &context);
            prop_assert_eq!(of(&answer.always, &principal.id).is_some(), decision.is_allowed());
        }
    }
}

#[test]
fn a_grant_under_another_code_of_the_service_counts() {
    let text = r#"{ "Version": "1", "Statement": [
        { "Effect": "Allow", "Action": "microgw:Get*", "Resource": "acs:microgw:*:*:instance/gw-1" } ] }"#;
    let estate = estate_of(vec![user("alice", &[text])]);
    let answer = who_can(&estate, &two_codes(), &question("mse:GetGateway", GATEWAY)).unwrap();
    assert_eq!(names(&answer.always), ["alice"]);
    assert!(who_can(&estate, &catalog(), &question("mse:GetGateway", GATEWAY)).unwrap().always.is_empty());
}

fn user(name: &str, texts: &[&str]) -> EstatePrincipal {
    let mut policies = PrincipalPolicies::new(PrincipalKind::User);
    for (i, text) in texts.iter().enumerate() {
        let document = parsed(text, DocumentKind::Identity);
        policies.account.push(attached(&format!("p{i}"), &document, AttachedEntity::User));
    }
    EstatePrincipal { id: PrincipalId::User(name.into()), policies, trust: None }
}

fn estate_of(principals: Vec<EstatePrincipal>) -> Estate {
    Estate { account_id: ACCOUNT.into(), principals, ..Estate::default() }
}

fn names(list: &[Holder]) -> Vec<&str> {
    list.iter().map(|holder| holder.principal.name()).collect()
}

fn answer(estate: &Estate, question: &Question) -> Answer {
    who_can(estate, &catalog(), question).unwrap()
}

const GATEWAY: &str = "acs:mse:cn-hangzhou:100:instance/gw-1";

#[test]
fn conditions_that_cover_everything_are_no_conditions() {
    let both = r#"{ "Version": "1", "Statement": [
        { "Effect": "Allow", "Action": "mse:*", "Resource": "*", "Condition": { "Bool": { "acs:SecureTransport": "true" } } },
        { "Effect": "Allow", "Action": "mse:*", "Resource": "*", "Condition": { "Bool": { "acs:SecureTransport": "false" } } } ] }"#;
    let mfa = both.replace("SecureTransport", "MFAPresent");
    let never = r#"{ "Version": "1", "Statement": [
        { "Effect": "Allow", "Action": "mse:*", "Resource": "*", "Condition": { "IpAddress": { "acs:SourceIp": "10.1.0.0/16" } } },
        { "Effect": "Deny", "Action": "*", "Resource": "*", "Condition": { "IpAddress": { "acs:SourceIp": "10.0.0.0/8" } } } ] }"#;
    let estate = estate_of(vec![user("both", &[both]), user("mfa", &[&mfa]), user("never", &[never])]);
    let answer = answer(&estate, &question("mse:DeleteGateway", GATEWAY));
    assert_eq!(names(&answer.always), ["both"]);
    assert_eq!(names(&answer.under_conditions), ["mfa"]);
    let mfa = &answer.under_conditions[0];
    assert_eq!(mfa.counter_example, Some(BTreeMap::new()));
    assert_eq!(mfa.example.as_ref().unwrap()["acs:MFAPresent"].len(), 1);
    assert_eq!(answer.root.as_deref(), Some("acs:ram::100:root"));
}

#[test]
fn paths_name_group_policy_statement_and_line_and_what_must_hold() {
    let text = "{ \"Version\": \"1\", \"Statement\": [\n { \"Effect\": \"Deny\", \"Action\": \"mse:*\", \"Resource\": \"*\",\n \"Condition\": { \"DateGreaterThan\": { \"acs:CurrentTime\": \"2027-01-01T00:00:00Z\" } } },\n { \"Effect\": \"Allow\", \"Action\": \"mse:Get*\", \"Resource\": \"*\" } ] }";
    let mut alice = user("alice", &[text]);
    alice.policies.account[0].entity = AttachedEntity::Group("ops".into());
    let answer = answer(&estate_of(vec![alice]), &question("mse:GetGateway", GATEWAY));
    insta(
        &answer.to_string(),
        &[
            "mse:GetGateway on acs:mse:cn-hangzhou:100:instance/gw-1: 1 of 1 principals",
            "",
            "always",
            "  acs:ram::100:root",
            "    the account itself",
            "",
            "under conditions",
            "  user `alice`",
            "    group `ops` → p0 (Custom) → Statement[1], line 4",
            "    unless group `ops` → p0 (Custom) → Statement[0], line 2 if acs:CurrentTime DateGreaterThan `2027-01-01T00:00:00Z`",
            "    allowed with acs:CurrentTime=2026-12-31T23:59:59Z",
            "    refused with acs:CurrentTime=2027-01-01T00:00:01Z",
        ],
    );
}

fn insta(text: &str, expected: &[&str]) {
    assert_eq!(text.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn assuming_a_role_takes_the_permission_and_the_trust() {
    let may =
        r#"{ "Version": "1", "Statement": [ { "Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*" } ] }"#;
    let trust = r#"{ "Version": "1", "Statement": [
        { "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "RAM": ["acs:ram::100:user/alice", "acs:ram::100:user/carol"] } },
        { "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "RAM": "acs:ram::100:user/dave" },
          "Condition": { "StringEquals": { "sts:ExternalId": "x" } } } ] }"#;
    let role = EstatePrincipal {
        id: PrincipalId::Role("Operator".into()),
        policies: PrincipalPolicies::new(PrincipalKind::Role),
        trust: Some(parsed(trust, DocumentKind::Trust)),
    };
    let users = [("alice", &[may][..]), ("bob", &[may]), ("carol", &[]), ("dave", &[may])];
    let mut principals: Vec<EstatePrincipal> = users.into_iter().map(|(name, texts)| user(name, texts)).collect();
    principals.push(role);
    let estate = estate_of(principals);
    let asked = question("sts:AssumeRole", "acs:ram:*:100:role/operator");
    let found = answer(&estate, &asked);
    assert_eq!((names(&found.always), names(&found.under_conditions)), (vec!["alice"], vec!["dave"]));
    assert_eq!(found.under_conditions[0].example.as_ref().unwrap()["sts:ExternalId"], ["x"]);
    assert_eq!(found.root, None);
    for principal in &estate.principals[..4] {
        let arn = principal.id.arn(ACCOUNT);
        let compiled = Compiled::new(&principal.policies, &catalog());
        let trust = estate.principals[4].trust.as_ref().unwrap();
        let decision =
            compiled.decide_assume_role(&asked.resource, trust, &Caller::from_arn(&arn).unwrap(), &Context::default());
        assert_eq!(decision.is_allowed(), names(&found.always).contains(&principal.id.name()));
    }
    let nobody = answer(&estate, &question("sts:AssumeRole", "acs:ram::100:role/other"));
    assert!(nobody.always.is_empty() && nobody.under_conditions.is_empty());
}

#[test]
fn what_is_known_settles_conditions() {
    let text = r#"{ "Version": "1", "Statement": [
        { "Effect": "Allow", "Action": "mse:*", "Resource": "*", "Condition": { "IpAddress": { "acs:SourceIp": "10.0.0.0/8" }, "Bool": { "acs:MFAPresent": "true" } } } ] }"#;
    let estate = estate_of(vec![user("alice", &[text])]);
    let ask = |ip: Option<&str>, closed| {
        let mut context = Context::default();
        context.set("acs:SourceIp", ip).unwrap();
        let answer = answer(&estate, &Question { context, closed, ..question("mse:GetGateway", GATEWAY) });
        (
            answer.always.len(),
            answer.under_conditions.iter().map(|holder| holder.grants[0].conditions.len()).sum::<usize>(),
        )
    };
    assert_eq!(ask(None, false), (0, 2));
    assert_eq!(ask(Some("10.0.0.1"), false), (0, 1));
    assert_eq!(ask(Some("11.0.0.1"), false), (0, 0));
    assert_eq!(ask(Some("10.0.0.1"), true), (0, 0));
}

#[test]
fn a_maze_of_conditions_is_answered_in_bounded_time() {
    // Every Deny leaves one combination less; refusing the last takes trying them all.
    let statements: Vec<String> = (0..40)
        .map(|i| format!(r#"{{ "Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {{ "StringEquals": {{ "acs:ResourceTag/a{}": "x", "acs:ResourceTag/a{}": "y" }}, "StringNotEquals": {{ "acs:ResourceTag/a{}": ["x", "z{i}"] }} }} }}"#, i, (i * 7 + 3) % 40, (i * 11 + 5) % 40))
        .collect();
    let text = format!(
        r#"{{ "Version": "1", "Statement": [ {{ "Effect": "Allow", "Action": "*", "Resource": "*" }}, {} ] }}"#,
        statements.join(", ")
    );
    let document = std::sync::Arc::new(ramgate_policy::Document::parse_stored(&text).unwrap());
    let mut alice = user("alice", &[]);
    alice.policies.account.push(attached("many", &document, AttachedEntity::User));
    let started = std::time::Instant::now();
    let found = answer(&estate_of(vec![alice]), &question("mse:GetGateway", GATEWAY));
    assert_eq!(names(&found.under_conditions), ["alice"]);
    assert!(started.elapsed().as_secs() < 20);
}

#[test]
fn questions_that_make_no_sense_are_refused() {
    let ask = |action: &str, resource: &str| {
        who_can(&Estate::default(), &catalog(), &question(action, resource)).unwrap_err()
    };
    assert_eq!(ask("GetGateway", GATEWAY), QuestionError::Action("GetGateway".into()));
    assert_eq!(ask("mse:Get*", GATEWAY), QuestionError::ActionPattern("mse:Get*".into()));
    assert_eq!(ask("mse:GetGateway", "gw-1"), QuestionError::Resource("gw-1".into()));
    assert_eq!(ask("mse:GetGateway", &"x".repeat(3000)), QuestionError::TooLong { what: "resource", bytes: 3000 });
}
