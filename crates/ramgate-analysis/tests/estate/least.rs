//! The smallest policy that allows what was used.

use crate::world::{ACCOUNT, ACTIONS, RESOURCES, attached, catalog, contexts, estate, parsed};
use proptest::prelude::*;
use ramgate_analysis::PrincipalId;
use ramgate_analysis::least::{LeastError, Options, Proposal, Subject, Used, Wildcards, least};
use ramgate_policy::{
    AttachedEntity, Compiled, Context, Document, DocumentKind, Outcome, PrincipalKind, PrincipalPolicies, Timestamp,
    validate,
};

fn alice() -> PrincipalId {
    PrincipalId::User("alice".into())
}

fn compiled(proposal: &Proposal) -> Compiled {
    let mut policies = PrincipalPolicies::new(PrincipalKind::User);
    for policy in &proposal.policies {
        assert!(policy.document.chars().count() <= 6144);
        policies.account.push(attached(
            &policy.policy_name,
            &parsed(&policy.document, DocumentKind::Identity),
            AttachedEntity::User,
        ));
    }
    Compiled::new(&policies, &catalog())
}

fn propose(present: Option<&PrincipalPolicies>, used: &[Used], wildcards: Wildcards) -> Result<Proposal, LeastError> {
    let id = alice();
    let options = Options { wildcards, ..Options::default() };
    least(Subject { id: &id, account_id: ACCOUNT, present }, &catalog(), used, &options)
}

fn with_arn(context: &Context) -> Context {
    Context { principal_arn: Some(alice().arn(ACCOUNT).into()), ..context.clone() }
}

/// Whether an action was used on "all resources". A policy cannot say that without matching single names as well.
fn is_wide(used: &[Used], action: &str) -> bool {
    used.iter().any(|record| record.action == action && record.resource.ends_with('*'))
}

fn used() -> impl Strategy<Value = Vec<Used>> {
    let one = (
        prop::sample::select(&ACTIONS[..]),
        prop::sample::select(&RESOURCES[..]),
        any::<prop::sample::Index>(),
        1u64..5,
    );
    let worlds = contexts();
    prop::collection::vec(one, 1..=6).prop_map(move |records| {
        let record = |(action, resource, at, count): (&str, &str, prop::sample::Index, u64)| Used {
            action: action.into(),
            resource: resource.into(),
            context: at.get(&worlds).clone(),
            count,
            last_used: Some(Timestamp::from_unix(count as i64)),
        };
        records.into_iter().map(record).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn what_was_used_is_allowed_and_nothing_else(used in used()) {
        let proposal = propose(None, &used, Wildcards::None).unwrap();
        prop_assert_eq!(proposal.proof.allowed, proposal.proof.records);
        prop_assert_eq!(proposal.proof.calls, used.iter().map(|record| record.count).sum::<u64>());
        let compiled = compiled(&proposal);
        for action in ACTIONS {
            for resource in RESOURCES {
                let was_used = used.iter().any(|record| record.action == action && record.resource == resource);
                let allowed = compiled.decide(action, resource, &Context::default()).is_allowed();
                let wide = is_wide(&used, action);
                prop_assert!(allowed == was_used || (wide && allowed), "{} {}\n{}", action, resource, proposal);
            }
        }
    }

    #[test]
    fn beside_present_policies_the_proposal_never_allows_more(estate in estate(false), used in used()) {
        let mut present = estate.principals[0].policies.clone();
        present.control.clear();
        let before = Compiled::new(&present, &catalog());
        let denied = |record: &Used| before.decide(&record.action, &record.resource, &with_arn(&record.context)).outcome == Outcome::ExplicitDeny;
        let proposal = match propose(Some(&present), &used, Wildcards::None) {
            Err(error) => {
                prop_assert_eq!(error, LeastError::AllDenied);
                prop_assert!(used.iter().all(denied));
                return Ok(());
            }
            Ok(proposal) => proposal,
        };
        let after = compiled(&proposal);
        let new = |action: &str, resource: &str| proposal.proof.not_allowed_today.iter().any(|record| record.action == action && record.resource == resource);
        for record in &used {
            let context = with_arn(&record.context);
            let allowed = before.decide(&record.action, &record.resource, &context).is_allowed();
            let still = after.decide(&record.action, &record.resource, &context).is_allowed();
            prop_assert!(still || !allowed, "{} lost\n{}\n{:#?}", record.action, proposal, present);
        }
        for context in contexts().iter().step_by(23) {
            for group in [None, Some("rg-1".into())] {
                let context = Context { resource_group_id: group, ..with_arn(context) };
                for action in ACTIONS.into_iter().filter(|action| !is_wide(&used, action)) {
                    for resource in RESOURCES {
                        let allowed = after.decide(action, resource, &context).is_allowed();
                        prop_assert!(
                            !allowed || new(action, resource) || before.decide(action, resource, &context).is_allowed(),
                            "{} {} {:?} gained\n{}\n{:#?}", action, resource, context, proposal, present
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn with_wildcards_it_still_allows_what_was_used(used in used(), wildcards in prop::sample::select(vec![Wildcards::ActionFamilies, Wildcards::ResourceKinds, Wildcards::Both])) {
        let proposal = propose(None, &used, wildcards).unwrap();
        let compiled = compiled(&proposal);
        for record in &used {
            prop_assert!(compiled.decide(&record.action, &record.resource, &record.context).is_allowed());
        }
    }
}

fn use_of(action: &str, resource: &str) -> Used {
    Used { action: action.into(), resource: resource.into(), count: 1, ..Used::default() }
}

fn present(texts: &[&str]) -> PrincipalPolicies {
    let mut policies = PrincipalPolicies::new(PrincipalKind::User);
    for (i, text) in texts.iter().enumerate() {
        policies.account.push(attached(&format!("p{i}"), &parsed(text, DocumentKind::Identity), AttachedEntity::User));
    }
    policies
}

#[test]
fn the_document_reads_as_people_write_them() {
    let used = [
        use_of("mse:GetGateway", RESOURCES[0]),
        use_of("mse:GetGateway", RESOURCES[1]),
        use_of("mse:DeleteGateway", RESOURCES[0]),
        use_of("mse:DeleteGateway", RESOURCES[1]),
        use_of("mse:ListGateway", RESOURCES[2]),
    ];
    let proposal = propose(None, &used, Wildcards::None).unwrap();
    let expected = r#"{
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": [
        "mse:DeleteGateway",
        "mse:GetGateway"
      ],
      "Resource": [
        "acs:mse:cn-hangzhou:100:instance/gw-1",
        "acs:mse:cn-hangzhou:100:instance/gw-2"
      ]
    },
    {
      "Effect": "Allow",
      "Action": "mse:ListGateway",
      "Resource": "acs:mse:*:*:*"
    }
  ]
}
"#;
    assert_eq!(proposal.policies[0].document, expected);
    let document = Document::parse(expected, DocumentKind::Identity).unwrap();
    assert_eq!(validate(&document, &catalog()), []);
    let kinds = propose(None, &used, Wildcards::ResourceKinds).unwrap();
    assert!(kinds.policies[0].document.contains("\"Resource\": \"acs:mse:cn-hangzhou:100:instance/*\""));
}

#[test]
fn conditions_stay_and_denies_that_matter_come_along() {
    let text = r#"{ "Version": "1", "Statement": [
        { "Effect": "Allow", "Action": "mse:*", "Resource": "*", "Condition": { "IpAddress": { "acs:SourceIp": "10.0.0.0/8" } } },
        { "Effect": "Deny", "Action": "mse:Get*", "Resource": "*", "Condition": { "Bool": { "acs:MFAPresent": "false" } } },
        { "Effect": "Deny", "Action": "log:*", "Resource": "*" },
        { "Effect": "Allow", "Action": "apig:*", "Resource": "*" } ] }"#;
    let policies = present(&[text]);
    let inside = Used {
        context: Context { source_ip: Some([10, 0, 0, 1].into()), ..Context::default() },
        ..use_of("mse:GetGateway", RESOURCES[0])
    };
    let proposal =
        propose(Some(&policies), &[inside.clone(), inside, use_of("log:Other", RESOURCES[4])], Wildcards::None)
            .unwrap();
    let document = &proposal.policies[0].document;
    assert!(document.contains(r#""IpAddress": { "acs:SourceIp": "10.0.0.0/8" }"#), "{document}");
    assert!(document.contains(r#""Bool": { "acs:MFAPresent": "false" }"#), "{document}");
    assert!(!document.contains("log:"), "{document}");
    let left_out = &proposal.proof.not_allowed_today[0];
    assert_eq!((left_out.outcome, left_out.proposed), (Outcome::ExplicitDeny, false));
    assert_eq!((proposal.proof.records, proposal.proof.allowed, proposal.proof.calls), (2, 1, 3));
    assert_eq!(proposal.dropped_actions, ["apig:GetApi", "mse:DeleteGateway", "mse:ListGateway"]);
    assert_eq!(proposal.statements[0].calls, 2);
    assert_eq!(proposal.statements[0].unused_actions, ["mse:DeleteGateway", "mse:ListGateway"]);
    assert_eq!(proposal.statements[3].calls, 0);
    assert_eq!(proposal.narrowed[0].present, ["*"]);
}

#[test]
fn values_that_the_log_lacks_are_taken_from_the_conditions_of_today() {
    let text = r#"{ "Version": "1", "Statement": [
        { "Effect": "Allow", "Action": "mse:*", "Resource": "*", "Condition": { "Bool": { "acs:MFAPresent": "true" } } } ] }"#;
    let proposal =
        propose(Some(&present(&[text])), &[use_of("mse:GetGateway", RESOURCES[0])], Wildcards::None).unwrap();
    assert!(proposal.policies[0].document.contains("acs:MFAPresent"));
    assert_eq!(proposal.proof.assumed[0].values["acs:MFAPresent"], ["true"]);
    assert!(proposal.proof.not_allowed_today.is_empty());
}

#[test]
fn what_does_not_fit_into_one_policy_goes_into_several() {
    let used: Vec<Used> =
        (0..500).map(|i| use_of(ACTIONS[i % 2 * 2], &format!("acs:mse:cn-hangzhou:100:instance/gw-{i:03}"))).collect();
    let proposal = propose(None, &used, Wildcards::None).unwrap();
    assert!(proposal.policies.len() > 4, "{}", proposal.policies.len());
    assert_eq!(proposal.policies[1].policy_name, "least-2");
    let compiled = compiled(&proposal);
    assert!(used.iter().all(|record| compiled.decide(&record.action, &record.resource, &record.context).is_allowed()));
    assert_eq!(proposal.remarks.len(), 1);
    let wide = propose(None, &used, Wildcards::Both).unwrap();
    assert_eq!(wide.policies.len(), 1);
}

#[test]
fn names_with_wildcards_of_their_own_are_remarked_on() {
    let remarks = |action, resource| propose(None, &[use_of(action, resource)], Wildcards::None).unwrap().remarks.len();
    assert_eq!(remarks("mse:DeleteGateway", RESOURCES[2]), 1);
    assert_eq!(remarks("mse:ListGateway", RESOURCES[2]), 0);
    assert_eq!(remarks("mse:GetGateway", RESOURCES[0]), 0);
}

#[test]
fn families_need_two_members_on_the_same_resources() {
    let used = [use_of("mse:GetGateway", RESOURCES[0]), use_of("mse:DeleteGateway", RESOURCES[0])];
    let document = propose(None, &used, Wildcards::ActionFamilies).unwrap().policies.remove(0).document;
    assert!(document.contains("mse:GetGateway") && !document.contains("Get*"));
}

#[test]
fn nothing_comes_of_nothing() {
    assert_eq!(propose(None, &[], Wildcards::None).unwrap_err(), LeastError::NothingUsed);
    let error = propose(None, &[use_of("mse:Get*", RESOURCES[0])], Wildcards::None).unwrap_err();
    assert_eq!(error.to_string(), format!("`mse:Get*` on `{}` is not an action on a resource name", RESOURCES[0]));
    let long = format!("acs:mse:cn-hangzhou:100:instance/{}", "x".repeat(7000));
    assert!(matches!(propose(None, &[use_of("mse:GetGateway", &long)], Wildcards::None), Err(LeastError::TooLong(_))));
}
