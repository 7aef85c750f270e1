//! Properties of decisions over generated policies and requests.
//!
//! The alphabets are small on purpose, so that patterns and names meet, nest and nearly meet all the time.

use proptest::prelude::*;
use ramgate_policy::plain::Plain;
use ramgate_policy::{
    Arn, Attached, Compiled, Context, Decision, Document, DocumentKind, Layer, Outcome, PrincipalKind,
    PrincipalPolicies,
};

use crate::naive::{self, NaiveContext, NaiveStatement};
use crate::support::{attached_stored, catalog};

/// Actions to ask for; the last few are in no catalog.
const ACTIONS: [&str; 15] = [
    "apig:GetGateway",
    "apig:DeleteGateway",
    "APIG:listzones",
    "apig:CreatePolicy",
    "mse:GetGateway",
    "mse:DeleteGateway",
    "mse:ListGatewayZone",
    "mse:TagResources",
    "ram:GetUser",
    "ram:GetRole",
    "ims:GetUser",
    "ecs:Unknown",
    "apig:Unknown",
    "nocolon",
    "a:b:c",
];

fn action() -> impl Strategy<Value = String> {
    prop::sample::select(ACTIONS.to_vec()).prop_map(str::to_owned)
}

fn action_pattern() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "*",
        "apig:*",
        "mse:*",
        "apig:Get*",
        "mse:*Gateway",
        "*:Get*",
        "*:*",
        "APIG:deletegateway",
        "apig:ListZones",
        "mse:*TagResources",
        "ram:Get????",
        "ims:*",
        "r*:*",
        "nosuch:*",
        "ecs:Un*",
        "apig:*Mcp*",
        "mse:ListGatewayZone",
        "*:?*:c",
    ])
    .prop_map(str::to_owned)
}

fn id() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "gw-1",
            "gw-12",
            "gw-2",
            "team1-gw-1",
            "team1-",
            "team12-x",
            "t",
            "",
            "*",
            "a/b",
            "x:y",
            "Ab",
            "é"
        ])
        .prop_map(str::to_owned),
        "[ab*?/]{0,4}",
    ]
}

fn kind() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["gateway/", "instance/", "role/", "user/", "ROLE/", "mfa/", "gate", "", "/"])
}

fn field(choices: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    prop::sample::select(choices)
}

fn resource() -> impl Strategy<Value = String> {
    let whole = (
        field(&["apig", "mse", "ram", "ims", "RAM", "Mse", "sts"]),
        field(&["cn-hangzhou", "cn-shanghai", "", "*", "CN-Hangzhou"]),
        field(&["100", "200", "", "system"]),
        kind(),
        id(),
    )
        .prop_map(|(service, region, account, kind, id)| format!("acs:{service}:{region}:{account}:{kind}{id}"));
    prop_oneof![9 => whole, 1 => field(&["*", "", "acs:mse:x", "mse:a:b:c:d", "acs:mse:::"]).prop_map(str::to_owned)]
}

fn resource_pattern() -> impl Strategy<Value = String> {
    let tail = prop_oneof![
        4 => id(),
        4 => id().prop_map(|id| format!("{id}*")),
        1 => id().prop_map(|id| format!("{id}**")),
        1 => id().prop_map(|id| format!("*{id}")),
        1 => (id(), id()).prop_map(|(a, b)| format!("{a}*{b}")),
    ];
    let whole = (
        field(&["apig", "mse", "ram", "ims", "*", "m*", "?am", "RAM"]),
        field(&["*", "*", "*", "cn-hangzhou", "CN-SHANGHAI", "cn-*", "", "**"]),
        field(&["*", "*", "*", "100", "200", "1??", "", "system"]),
        prop_oneof![4 => kind(), 1 => field(&["*", "gat*", "r?le/", "*/", "i", "R?LE/", "RO*", "US*/"])],
        tail,
    )
        .prop_map(|(service, region, account, kind, tail)| format!("acs:{service}:{region}:{account}:{kind}{tail}"));
    prop_oneof![1 => Just("*".to_owned()), 1 => field(&["acs:mse:*:*:*", "acs:*:*:*:*", "acs:apig:cn-hangzhou:*:*"]).prop_map(str::to_owned), 6 => whole]
        .prop_filter("a pattern has a relative id", |pattern| !pattern.ends_with(':'))
}

fn condition() -> impl Strategy<Value = (String, String, Vec<String>)> {
    let texts = || prop::collection::vec(prop::sample::select(vec!["a", "A", "b*", "?", "ab", "*", "é"]), 1..3);
    let own = |values: Vec<&'static str>| values.into_iter().map(str::to_owned).collect::<Vec<_>>();
    let string = (
        prop::sample::select(vec![
            "StringEquals",
            "StringNotEquals",
            "StringEqualsIgnoreCase",
            "StringNotEqualsIgnoreCase",
            "StringLike",
            "StringNotLike",
        ]),
        prop::sample::select(vec![
            "x:tag",
            "acs:SourceVpc",
            "apig:GatewayId",
            "acs:ResourceTag/t",
            "ACS:resourcetag/t",
        ]),
        texts(),
    )
        .prop_map(move |(o, k, v)| (o.to_owned(), k.to_owned(), own(v)));
    let principal = (
        prop::sample::select(vec!["StringEquals", "StringNotLike", "StringLike"]),
        prop::collection::vec(
            prop::sample::select(vec!["acs:ram::100:role/r*", "acs:ram::100:role/R1", "acs:ram:*:*:user/A"]),
            1..3,
        ),
    )
        .prop_map(move |(o, v)| (o.to_owned(), "acs:PrincipalARN".to_owned(), own(v)));
    let numeric = (
        prop::sample::select(vec![
            "NumericEquals",
            "NumericNotEquals",
            "NumericLessThan",
            "NumericLessThanEquals",
            "NumericGreaterThan",
            "NumericGreaterThanEquals",
        ]),
        prop::sample::select(vec!["x:Count", "y:unknown"]),
        prop::collection::vec(prop::sample::select(vec!["1", "2.5", "-1", "10"]), 1..3),
    )
        .prop_map(move |(o, k, v)| (o.to_owned(), k.to_owned(), own(v)));
    let date = (
        prop::sample::select(vec![
            "DateEquals",
            "DateNotEquals",
            "DateLessThan",
            "DateLessThanEquals",
            "DateGreaterThan",
            "DateGreaterThanEquals",
        ]),
        prop::collection::vec(
            prop::sample::select(vec!["2024-02-29T00:00:00Z", "2024-02-29T08:00:00+08:00", "1999-12-31T23:59:59Z"]),
            1..3,
        ),
    )
        .prop_map(move |(o, v)| (o.to_owned(), "acs:CurrentTime".to_owned(), own(v)));
    let bool_ = (prop::sample::select(vec!["acs:MFAPresent", "acs:SecureTransport"]), prop::bool::ANY)
        .prop_map(|(k, v)| ("Bool".to_owned(), k.to_owned(), vec![v.to_string()]));
    let ip = (
        prop::sample::select(vec!["IpAddress", "NotIpAddress"]),
        prop::collection::vec(
            prop::sample::select(vec!["10.0.0.0/8", "10.1.2.3", "192.168.1.77/24", "0.0.0.0/0"]),
            1..3,
        ),
    )
        .prop_map(move |(o, v)| (o.to_owned(), "acs:SourceIp".to_owned(), own(v)));
    prop_oneof![4 => string, 1 => principal, 2 => numeric, 1 => date, 1 => bool_, 1 => ip]
}

fn context() -> impl Strategy<Value = NaiveContext> {
    let one = |key: &'static str, values: Vec<&'static str>| {
        prop::option::of(prop::sample::select(values))
            .prop_map(move |value| (key, value.into_iter().map(str::to_owned).collect::<Vec<_>>()))
    };
    let many = |key: &'static str, values: Vec<&'static str>| {
        prop::collection::vec(prop::sample::select(values), 0..3)
            .prop_map(move |values| (key, values.into_iter().map(str::to_owned).collect::<Vec<_>>()))
    };
    (
        many("x:tag", vec!["a", "A", "bc", "z", "ab", "é"]),
        one("acs:SourceVpc", vec!["a", "b", "ab"]),
        many("apig:GatewayId", vec!["a", "bb", "é"]),
        one("acs:ResourceTag/t", vec!["a", "A"]),
        one("acs:PrincipalARN", vec!["acs:ram::100:role/r1", "acs:ram::100:user/a", "acs:ram::100:user/A"]),
        many("x:Count", vec!["1", "1.0", "2.5", "x", "99"]),
        many("y:unknown", vec!["1", "-1", ""]),
        one("acs:CurrentTime", vec!["2024-02-29T00:00:00Z", "2024-02-29T07:00:00+07:00", "2030-01-01T00:00:00Z"]),
        (one("acs:MFAPresent", vec!["true", "false"]), one("acs:SecureTransport", vec!["true", "false"])),
        one("acs:SourceIp", vec!["10.1.2.3", "192.168.1.5", "8.8.8.8"]),
    )
        .prop_map(|(a, b, c, d, e, f, g, h, (i, j), k)| {
            let values = [a, b, c, d, e, f, g, h, i, j, k];
            values.into_iter().map(|(key, values)| (key.to_owned(), values)).collect()
        })
}

fn statement() -> impl Strategy<Value = NaiveStatement> {
    (
        prop::bool::weighted(0.3),
        prop::bool::weighted(0.1),
        prop::collection::vec(action_pattern(), 1..4),
        prop::bool::weighted(0.1),
        prop::collection::vec(resource_pattern(), 1..4),
        prop_oneof![2 => Just(Vec::new()), 1 => prop::collection::vec(condition(), 1..3)],
    )
        .prop_map(|(deny, not_action, actions, not_resource, resources, conditions)| NaiveStatement {
            deny,
            not_action,
            actions,
            not_resource,
            resources,
            conditions,
        })
}

fn statements() -> impl Strategy<Value = Vec<NaiveStatement>> {
    prop::collection::vec(statement(), 0..12)
}

/// Action, resource, condition values.
type Request = (String, String, NaiveContext);

/// A request out of the blue, or one that a pattern of a statement was turned into.
#[derive(Debug, Clone)]
struct Asked {
    blue: Request,
    /// Statement and pattern to take the action and the resource from, and what stands for their stars.
    from: Option<(prop::sample::Index, prop::sample::Index, &'static str)>,
    upper: bool,
}

impl Asked {
    fn about(&self, statements: &[NaiveStatement]) -> Request {
        let mut request = self.blue.clone();
        let Some((statement, pattern, fill)) = self.from.filter(|_| !statements.is_empty()) else { return request };
        let instance = |patterns: &[String]| pattern.get(patterns).replace('*', fill).replace('?', "a");
        let statement = statement.get(statements);
        let resource = instance(&statement.resources);
        if resource.starts_with("acs:") {
            request.1 = resource;
        }
        // Mostly an action that the catalog knows and the statement covers, so that the index is asked.
        let covered = |action: &&&str| statement.covers_action(action);
        let covered: Vec<&&str> = ACTIONS.iter().filter(covered).collect();
        if !covered.is_empty() && pattern.index(4) > 0 {
            request.0 = (*pattern.get(&covered)).to_string();
        }
        if self.upper {
            request.1 = request.1.to_ascii_uppercase();
        }
        request
    }
}

fn asked() -> impl Strategy<Value = Asked> {
    let fill = prop::sample::select(vec!["", "1", "ole/x", "Ab", "a/b", "x:y", "é", "*"]);
    let from = prop::option::weighted(0.7, (any::<prop::sample::Index>(), any::<prop::sample::Index>(), fill));
    ((action(), resource(), context()), from, prop::bool::weighted(0.1)).prop_map(|(blue, from, upper)| Asked {
        blue,
        from,
        upper,
    })
}

/// A condition key and its values.
type KeyValues = (String, Vec<String>);

/// The policy text of a statement.
fn text(statement: &NaiveStatement) -> String {
    // Conditions are written one operator each; a repeated operator or key would be a duplicate member.
    let mut operators: Vec<(String, Vec<KeyValues>)> = Vec::new();
    for (operator, key, values) in &statement.conditions {
        match operators.iter_mut().find(|(known, _)| known == operator) {
            Some((_, keys)) => keys.push((key.clone(), values.clone())),
            None => operators.push((operator.clone(), vec![(key.clone(), values.clone())])),
        }
    }
    let json = |value: &dyn erased::Json| value.json();
    let conditions: Vec<String> = operators
        .iter()
        .map(|(operator, keys)| {
            let keys: Vec<String> =
                keys.iter().map(|(key, values)| format!("{}:{}", json(key), json(values))).collect();
            format!("{}:{{{}}}", json(operator), keys.join(","))
        })
        .collect();
    let condition =
        if conditions.is_empty() { String::new() } else { format!(",\"Condition\":{{{}}}", conditions.join(",")) };
    format!(
        r#"{{"Effect":"{}","{}":{},"{}":{}{condition}}}"#,
        if statement.deny { "Deny" } else { "Allow" },
        if statement.not_action { "NotAction" } else { "Action" },
        json(&statement.actions),
        if statement.not_resource { "NotResource" } else { "Resource" },
        json(&statement.resources),
    )
}

mod erased {
    pub(super) trait Json {
        fn json(&self) -> String;
    }
    impl<T: serde::Serialize> Json for T {
        fn json(&self) -> String {
            serde_json::to_string(self).unwrap()
        }
    }
}

/// Drops conditions that would repeat a key under one operator: the language has no way to write them.
fn writable(mut statements: Vec<NaiveStatement>) -> Vec<NaiveStatement> {
    for statement in &mut statements {
        let mut seen = std::collections::BTreeSet::new();
        statement.conditions.retain(|(operator, key, _)| seen.insert((operator.clone(), key.clone())));
    }
    statements
}

fn policy(name: &str, statements: &[NaiveStatement]) -> Attached {
    let statements: Vec<String> = statements.iter().map(text).collect();
    attached_stored(name, &format!(r#"{{"Version":"1","Statement":[{}]}}"#, statements.join(",")))
}

fn engine_context(values: &NaiveContext) -> Context {
    let mut context = Context::default();
    for (key, values) in values {
        context.set(key, values).unwrap();
    }
    context
}

fn user(policies: Vec<Attached>) -> PrincipalPolicies {
    PrincipalPolicies { account: policies, ..PrincipalPolicies::new(PrincipalKind::User) }
}

fn decide(policies: &PrincipalPolicies, request: &Request) -> Decision {
    let compiled = Compiled::new(policies, &catalog());
    compiled.decide(&request.0, &request.1, &engine_context(&request.2))
}

/// So many policy sets, or as many times more as `RAMGATE_SOAK` says (`make soak`).
fn soak(cases: u32) -> u32 {
    let factor = std::env::var("RAMGATE_SOAK").ok().and_then(|text| text.parse().ok()).unwrap_or(1);
    cases.saturating_mul(factor)
}

/// Counts decisions that all evaluators agreed on, and says so now and then where many are asked for.
fn agreed(n: usize) {
    use std::sync::atomic::{AtomicUsize, Ordering};
    const SAY: usize = 1_000_000;
    static AGREED: AtomicUsize = AtomicUsize::new(0);
    let before = AGREED.fetch_add(n, Ordering::Relaxed);
    if before / SAY != (before + n) / SAY {
        println!("index, plain and naive evaluator agreed on {} random requests", before + n);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: soak(300), ..ProptestConfig::default() })]

    #[test]
    fn index_plain_and_naive_evaluators_agree(
        statements in statements().prop_map(writable),
        cut in 0usize..12,
        requests in prop::collection::vec(asked(), 1..30),
    ) {
        let cut = cut.min(statements.len());
        let policies = user(vec![policy("a", &statements[..cut]), policy("b", &statements[cut..])]);
        let catalog = catalog();
        let compiled = Compiled::new(&policies, &catalog);
        let plain = Plain::new(&policies, &catalog);
        for asked in &requests {
            let (action, resource, values) = &asked.about(&statements);
            let context = engine_context(values);
            let decision = compiled.decide(action, resource, &context);
            prop_assert_eq!(decision, plain.decide(action, resource, &context), "{} {}", action, resource);
            prop_assert_eq!(decision, compiled.decide_plain(action, resource, &context));
            let (outcome, position) = naive::unit(&statements, action, resource, values);
            prop_assert_eq!(decision.outcome.to_string(), outcome, "{} {} {:?}", action, resource, values);
            let found = decision.statement.map(|at| at.policy as usize * cut + at.statement as usize);
            prop_assert_eq!(found, position, "{} {}", action, resource);
            if let (Some(id), Some(arn)) = (catalog.action_id(action), Arn::parse(resource)) {
                prop_assert_eq!(decision, compiled.decide_parts(id, &arn, &context));
            }
            let explanation = compiled.explain(action, resource, &context);
            prop_assert_eq!((explanation.outcome, explanation.layer), (decision.outcome, decision.layer));
            prop_assert_eq!(explanation.deciding.is_empty(), decision.statement.is_none());
            if let (Some(first), Some(position)) = (explanation.deciding.first(), position) {
                prop_assert_eq!(first.statement + if first.policy_name == "b" { cut } else { 0 }, position);
            }
        }
        agreed(requests.len());
    }

    #[test]
    fn layers_agree_with_the_rules(
        layers in prop::collection::vec(prop::collection::vec(statement(), 0..4).prop_map(writable), 5),
        has_session in prop::bool::ANY,
        has_control in prop::bool::ANY,
        group in prop::sample::select(vec!["rg-a", "rg-b", ""]),
        asked in asked(),
    ) {
        let [folder, member, session, account, in_group] = &layers[..] else { unreachable!() };
        let (action, resource, mut values) = asked.about(&layers.concat());
        if !group.is_empty() {
            values.insert("acs:ResourceGroupId".to_owned(), vec![group.to_owned()]);
        }
        let unit = |statements: &[NaiveStatement]| naive::unit(statements, &action, &resource, &values).0;
        // The rules once more, in order.
        let mut expected = None;
        if has_control {
            let levels = [unit(folder), unit(member)];
            if levels.contains(&"ExplicitDeny") {
                expected = Some(("ExplicitDeny", Layer::ControlPolicy));
            } else if levels.contains(&"ImplicitDeny") {
                expected = Some(("ImplicitDeny", Layer::ControlPolicy));
            }
        }
        if expected.is_none() && has_session && unit(session) != "Allow" {
            expected = Some((unit(session), Layer::SessionPolicy));
        }
        let expected = expected.unwrap_or_else(|| match unit(account) {
            "ImplicitDeny" if group == "rg-a" => (unit(in_group), Layer::ResourceGroupLevelIdentityBasedPolicy),
            "ImplicitDeny" => ("ImplicitDeny", Layer::ResourceGroupLevelIdentityBasedPolicy),
            outcome => (outcome, Layer::AccountLevelIdentityBasedPolicy),
        });
        let policies = PrincipalPolicies {
            kind: PrincipalKind::Role,
            account: vec![policy("account", account)],
            resource_groups: vec![("rg-a".to_owned(), vec![policy("group", in_group)])],
            session: has_session.then(|| policy("session", session)),
            control: if has_control { vec![vec![policy("folder", folder)], vec![policy("member", member)]] } else { Vec::new() },
        };
        let compiled = Compiled::new(&policies, &catalog());
        let context = engine_context(&values);
        let decision = compiled.decide(&action, &resource, &context);
        prop_assert_eq!((decision.outcome.to_string(), decision.layer), (expected.0.to_owned(), expected.1));
        prop_assert_eq!(decision, Plain::new(&policies, &catalog()).decide(&action, &resource, &context));
        let explanation = compiled.explain(&action, &resource, &context);
        prop_assert_eq!((explanation.outcome, explanation.layer), (decision.outcome, decision.layer));
        prop_assert_eq!(explanation.deciding.is_empty(), decision.statement.is_none());
    }

}

proptest! {
    #![proptest_config(ProptestConfig { cases: soak(150), ..ProptestConfig::default() })]

    #[test]
    fn two_spellings_are_one_request(
        statements in statements().prop_map(writable),
        first in asked(),
        second in asked(),
    ) {
        let policies = user(vec![policy("a", &statements)]);
        let compiled = Compiled::new(&policies, &catalog());
        let (first, second) = (first.about(&statements), second.about(&statements));
        let context = engine_context(&first.2);
        let spellings = [(first.0.as_str(), first.1.as_str()), (second.0.as_str(), second.1.as_str())];
        let both = compiled.decide_spellings(&spellings, &context);
        let each = spellings.map(|(action, resource)| compiled.decide(action, resource, &context).outcome);
        let expected = if each.contains(&Outcome::ExplicitDeny) {
            Outcome::ExplicitDeny
        } else if each.contains(&Outcome::Allow) {
            Outcome::Allow
        } else {
            Outcome::ImplicitDeny
        };
        prop_assert_eq!(both.outcome, expected);
        prop_assert_eq!(both, Plain::new(&policies, &catalog()).decide_spellings(&spellings, &context));
    }

    #[test]
    fn an_added_allow_never_lifts_a_deny_and_an_added_deny_never_grants(
        statements in statements().prop_map(writable),
        mut added in statement(),
        at in 0usize..12,
        request in asked(),
    ) {
        added.conditions.clear();
        let request = request.about(&statements);
        let before = decide(&user(vec![policy("a", &statements)]), &request).outcome;
        let mut more = statements.clone();
        more.insert(at.min(statements.len()), added.clone());
        let after = decide(&user(vec![policy("a", &more)]), &request).outcome;
        match (added.deny, before) {
            (false, Outcome::ExplicitDeny) => prop_assert_eq!(after, Outcome::ExplicitDeny),
            (false, Outcome::Allow) => prop_assert_eq!(after, Outcome::Allow),
            (true, Outcome::ImplicitDeny | Outcome::ExplicitDeny) => prop_assert!(!after.is_allowed()),
            _ => {}
        }
    }

    #[test]
    fn order_and_repetition_change_no_outcome(
        statements in statements().prop_map(writable),
        shuffled in any::<prop::sample::Index>(),
        request in asked(),
    ) {
        let request = request.about(&statements);
        let outcome = decide(&user(vec![policy("a", &statements)]), &request).outcome;
        let mut reversed = statements.clone();
        reversed.reverse();
        prop_assert_eq!(decide(&user(vec![policy("a", &reversed)]), &request).outcome, outcome);
        let mut doubled = statements.clone();
        doubled.extend(statements.clone());
        if !doubled.is_empty() {
            let turn = shuffled.index(doubled.len());
            doubled.rotate_left(turn);
        }
        prop_assert_eq!(decide(&user(vec![policy("a", &doubled)]), &request).outcome, outcome);
        let split: Vec<Attached> = statements.iter().map(|one| policy("p", std::slice::from_ref(one))).collect();
        prop_assert_eq!(decide(&user(split), &request).outcome, outcome);
    }

    #[test]
    fn parsing_never_panics_on_any_text(text in prop_oneof![
        any::<String>(),
        "[\\[\\]{}\",:a-zA-Z0-9\\\\ *?.-]{0,80}",
        r#"\{"Version":"1","Statement":\[\{("(Effect|Action|Resource|Condition|NotAction|Principal)":("Allow"|"Deny"|"\*"|\[\]|\{\}|"a:b"|1|null|\["x:\*"\]),?){0,5}\}\]\}"#,
    ]) {
        for kind in [DocumentKind::Identity, DocumentKind::Session, DocumentKind::Trust, DocumentKind::Control] {
            let written = Document::parse(&text, kind);
            let stored = Document::parse_stored_as(&text, kind);
            if let Ok(document) = &written {
                prop_assert_eq!(document.text(), text.as_str());
                prop_assert_eq!(stored.as_ref(), Ok(document));
            }
            if let Err(problems) = &written {
                prop_assert!(problems.len() > 0);
                for problem in problems {
                    prop_assert!(problem.line >= 1 && problem.column >= 1 && !problem.place.is_empty());
                }
            }
            // What is JSON to others is never refused once it is stored.
            prop_assert_eq!(stored.is_ok(), serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok());
        }
    }

    #[test]
    fn written_documents_survive_the_trip_through_the_parser(statements in statements().prop_map(writable)) {
        prop_assume!(!statements.is_empty());
        let texts: Vec<String> = statements.iter().map(text).collect();
        let document_text = format!(r#"{{"Version":"1","Statement":[{}]}}"#, texts.join(","));
        let document = Document::parse_stored(&document_text).unwrap();
        prop_assert_eq!(document.problems(), &[]);
        prop_assert_eq!(document.statements().len(), statements.len());
        for (parsed, written) in document.statements().iter().zip(&statements) {
            let actions: Vec<String> = parsed.actions.patterns.iter().map(ToString::to_string).collect();
            let resources: Vec<String> = parsed.resources.patterns.iter().map(ToString::to_string).collect();
            prop_assert_eq!(&actions, &written.actions);
            prop_assert_eq!(&resources, &written.resources);
            prop_assert_eq!((parsed.actions.negated, parsed.resources.negated), (written.not_action, written.not_resource));
            prop_assert_eq!(parsed.conditions.len(), written.conditions.len());
        }
    }
}
