//! Policies from JSON, and a second reading of what regions say.

use std::sync::Arc;

use ramgate_analysis::diff::{Diff, Limits, Names, Region, Relation, Term, diff};
use ramgate_policy::{
    AccessLevel, ActionPattern, ActionSpec, Attached, AttachedEntity, Catalog, Compiled, Context, Document, KeySpec,
    KeyType, PolicyKind, PrincipalKind, PrincipalPolicies, ResourcePattern,
};
use serde_json::{Value, json};

/// A catalog of a few actions, some of which no test policy names.
pub(crate) fn catalog() -> Catalog {
    let mut builder = Catalog::builder();
    let gateway = "acs:mse:{region}:{account}:instance/{gatewayId}";
    for name in ["GetGateway", "GetGatewayOption", "DeleteGateway", "AddGatewayRoute", "ListGatewayRoute"] {
        builder.action(ActionSpec::new(format!("mse:{name}"), AccessLevel::Get).on(gateway));
    }
    builder.action(ActionSpec::new("mse:ListGatewayZone", AccessLevel::List));
    for name in ["GetHttpApi", "ListHttpApis", "DeleteHttpApi"] {
        builder.action(
            ActionSpec::new(format!("apig:{name}"), AccessLevel::Get)
                .on("acs:apig:{region}:{account}:httpapi/{httpApiId}"),
        );
    }
    for name in ["ram:GetUser", "ram:GetRole", "sts:AssumeRole", "sts:GetCallerIdentity"] {
        builder.action(ActionSpec::new(name, AccessLevel::Get));
    }
    builder.key(KeySpec::array("apig:GatewayId", KeyType::String));
    builder.key(KeySpec::new("x:Count", KeyType::Numeric));
    builder.build()
}

/// A policy of statements given as JSON.
pub(crate) fn policy(name: &str, statements: Value) -> Attached {
    let list = serde_json::to_string_pretty(&statements).unwrap();
    let text = format!("{{ \"Version\": \"1\", \"Statement\":\n{list}\n}}");
    let document = Document::parse_stored(&text).unwrap();
    stored(name, document)
}

pub(crate) fn stored(name: &str, document: Document) -> Attached {
    Attached {
        policy_name: name.into(),
        policy_type: PolicyKind::Custom,
        version: "v1".into(),
        entity: AttachedEntity::User,
        document: Arc::new(document),
    }
}

pub(crate) fn compiled(policies: &[Attached], catalog: &Catalog) -> Compiled {
    let account = policies.to_vec();
    Compiled::new(&PrincipalPolicies { account, ..PrincipalPolicies::new(PrincipalKind::User) }, catalog)
}

/// Compares two lists of statements, and checks everything that an answer must be whatever the question.
pub(crate) fn compare(old: Value, new: Value) -> Diff {
    compare_policies(&[policy("old", old)], &[policy("new", new)])
}

pub(crate) fn compare_policies(old: &[Attached], new: &[Attached]) -> Diff {
    let catalog = catalog();
    let answer = diff(old, new, &catalog, Limits::default());
    check(&answer, old, new, &catalog);
    let back = diff(new, old, &catalog, Limits::default());
    let turned = match answer.relation {
        Relation::Narrower => Relation::Wider,
        Relation::Wider => Relation::Narrower,
        other => other,
    };
    assert_eq!(back.relation, turned, "the other way round");
    assert_eq!(diff(old, new, &catalog, Limits::default()), answer, "the same question has the same answer");
    answer
}

/// Every example is decided as claimed, and lies in its region.
pub(crate) fn check(answer: &Diff, old: &[Attached], new: &[Attached], catalog: &Catalog) {
    let (old, new) = (compiled(old, catalog), compiled(new, catalog));
    for (gained, region) in regions(answer) {
        let mut context = Context::default();
        for (key, values) in &region.example.context {
            context.set(key, values).unwrap();
        }
        let (action, resource) = (&region.example.action, &region.example.resource);
        let before = old.decide(action, resource, &context);
        let after = new.decide(action, resource, &context);
        assert_eq!((before.is_allowed(), after.is_allowed()), (!gained, gained), "{region:#?}");
        assert_eq!((region.old.outcome, region.new.outcome), (before.outcome, after.outcome));
        assert!(Checker::default().holds(region, action, resource, &context), "{region:#?}");
        assert!(!region.actions.is_empty() && !region.resources.is_empty() && !region.conditions.is_empty());
    }
    assert!(answer.complete || matches!(answer.relation, Relation::Unknown | Relation::Incomparable));
}

/// All regions, with whether they are gained.
pub(crate) fn regions(answer: &Diff) -> impl Iterator<Item = (bool, &Region)> {
    let gained = answer.gained.iter().map(|region| (true, region));
    gained.chain(answer.lost.iter().map(|region| (false, region)))
}

/// Says whether a request lies in a region, by what the region says to people.
#[derive(Default)]
pub(crate) struct Checker {
    terms: std::cell::RefCell<Vec<(Term, Document)>>,
}

impl Checker {
    pub(crate) fn holds(&self, region: &Region, action: &str, resource: &str, context: &Context) -> bool {
        let names = |names: &Names, matches: &dyn Fn(&str) -> bool| {
            names.matching.iter().all(|pattern| matches(pattern))
                && !names.except.iter().any(|pattern| matches(pattern))
        };
        region.actions.iter().any(|of| names(of, &|pattern| ActionPattern::read(pattern).matches(action)))
            && !action.eq_ignore_ascii_case("sts:GetCallerIdentity")
            && region.resources.iter().any(|of| names(of, &|pattern| ResourcePattern::read(pattern).matches(resource)))
            && region.conditions.iter().any(|terms| terms.iter().all(|term| self.term(term, context)))
    }

    fn term(&self, term: &Term, context: &Context) -> bool {
        let mut terms = self.terms.borrow_mut();
        if !terms.iter().any(|(known, _)| known == term) {
            let text = json!({ "Version": "1", "Statement": [{ "Effect": "Allow", "Action": "*", "Resource": "*",
                "Condition": { term.operator.as_str(): { term.key.as_str(): term.values } } }] });
            terms.push((term.clone(), Document::parse_stored(&text.to_string()).unwrap()));
        }
        let (_, document) = terms.iter().find(|(known, _)| known == term).unwrap();
        document.statements()[0].conditions[0].holds(context) == term.holds
    }
}
