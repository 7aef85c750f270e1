//! Random small policies against all requests of a small world: the answer must be what trying them all comes to.

use proptest::prelude::*;
use ramgate_analysis::diff::{Limits, Relation, diff};
use ramgate_policy::Context;
use serde_json::{Map, Value, json};

use crate::support::{Checker, catalog, check, compiled, policy, regions};

fn one_of(values: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::sample::select(values).prop_map(str::to_owned)
}

fn actions() -> impl Strategy<Value = Vec<String>> {
    let pattern = one_of(&[
        "*",
        "mse:*",
        "mse:Get*",
        "mse:getgateway",
        "mse:*Gateway*",
        "mse:Get?ateway",
        "*:Get*",
        "ap?g:*",
        "apig:*Http*",
        "mse:DeleteGateway",
        "apig:ListHttpApis",
        "ram:*",
        "sts:*",
        "mse:Unlisted",
        "*:*Gateway",
        "sts:GetCallerIdentity",
        "notaction",
    ]);
    prop::collection::vec(pattern, 1..3)
}

fn resources() -> impl Strategy<Value = Vec<String>> {
    let relative = prop_oneof![
        4 => one_of(&["gw/a", "gw/*", "gw/a*", "gw/ab*", "*", "gw/ab", "role/a", "Role/A*", "role/*", "g*", "roles/a"]),
        3 => "[gab/?*]{1,5}",
    ];
    let service = one_of(&["mse", "mse", "apig", "ram", "*", "RAM", "?am", "ims"]);
    let region = one_of(&["*", "*", "cn-a", "CN-*", "", "??-?"]);
    let account = one_of(&["*", "*", "1", "1*", "?"]);
    let whole = (service, region, account, relative)
        .prop_map(|(service, region, account, relative)| format!("acs:{service}:{region}:{account}:{relative}"));
    let pattern = prop_oneof![1 => Just("*".to_owned()), 1 => Just("acs:mse".to_owned()), 12 => whole];
    prop::collection::vec(pattern, 1..3)
}

/// The same operators for keys of every kind: common, of the catalog, of no catalog.
fn condition() -> impl Strategy<Value = (String, String, Vec<String>)> {
    let some = |operators: &'static [&'static str], keys: &'static [&'static str], values: &'static [&'static str]| {
        (one_of(operators), one_of(keys), prop::collection::vec(one_of(values), 1..3))
    };
    const STRING: &[&str] = &[
        "StringEquals",
        "StringNotEquals",
        "StringEqualsIgnoreCase",
        "StringNotEqualsIgnoreCase",
        "StringLike",
        "StringNotLike",
    ];
    const NUMERIC: &[&str] = &[
        "NumericEquals",
        "NumericNotEquals",
        "NumericLessThan",
        "NumericLessThanEquals",
        "NumericGreaterThan",
        "NumericGreaterThanEquals",
    ];
    const DATE: &[&str] = &[
        "DateEquals",
        "DateNotEquals",
        "DateLessThan",
        "DateLessThanEquals",
        "DateGreaterThan",
        "DateGreaterThanEquals",
    ];
    prop_oneof![
        4 => some(STRING, &["acs:SourceVpc", "apig:GatewayId", "acs:ResourceTag/t", "y:unknown"], &["a", "A", "a*", "?", "ab"]),
        2 => some(STRING, &["acs:PrincipalARN"], &["acs:ram::1:role/r*", "acs:ram::1:role/R1", "acs:ram:*:user/A", "*r1"]),
        3 => some(NUMERIC, &["x:Count", "y:number"], &["1", "2.5", "1.0", "-3"]),
        2 => some(DATE, &["acs:CurrentTime"], &["2026-01-01T00:00:00Z", "2026-01-01T08:00:00+08:00", "2026-01-01T00:00:01Z"]),
        1 => (Just("Bool".to_owned()), one_of(&["acs:MFAPresent", "y:flag"]), one_of(&["true", "FALSE"]).prop_map(|v| vec![v])),
        3 => some(&["IpAddress", "NotIpAddress"], &["acs:SourceIp", "y:ip"],
            &["10.0.0.0/8", "10.0.0.0/9", "10.128.0.0/9", "10.0.0.1", "2001:db8::/32", "fd00::/8", "::/0", "0.0.0.0/0"]),
        // An operator that does not fit the key, and one that does not exist.
        1 => some(&["StringLike", "StringEqualsIfExists"], &["acs:SourceIp", "x:Count"], &["1"]),
    ]
}

fn statement(conditions: std::ops::Range<usize>) -> impl Strategy<Value = Value> {
    let parts = (
        prop::bool::weighted(0.7),
        (prop::bool::weighted(0.15), actions()),
        (prop::bool::weighted(0.15), resources()),
        prop::collection::vec(condition(), conditions),
    );
    parts.prop_map(|(allow, (not_action, actions), (not_resource, resources), conditions)| {
        let mut statement = Map::new();
        statement.insert("Effect".into(), if allow { "Allow" } else { "Deny" }.into());
        statement.insert(if not_action { "NotAction" } else { "Action" }.into(), json!(actions));
        statement.insert(if not_resource { "NotResource" } else { "Resource" }.into(), json!(resources));
        let mut block: Map<String, Value> = Map::new();
        for (operator, key, values) in conditions {
            let keys = block.entry(operator).or_insert_with(|| json!({}));
            keys.as_object_mut().unwrap().insert(key, json!(values));
        }
        if !block.is_empty() {
            statement.insert("Condition".into(), Value::Object(block));
        }
        Value::Object(statement)
    })
}

/// A few statements.
pub(crate) fn list(conditions: std::ops::Range<usize>) -> impl Strategy<Value = Value> {
    prop::collection::vec(statement(conditions), 0..4).prop_map(|list| json!(list))
}

/// Two lists of statements, the second one often an edit of the first.
fn pair(conditions: std::ops::Range<usize>) -> impl Strategy<Value = (Value, Value)> {
    let list = || prop::collection::vec(statement(conditions.clone()), 0..4);
    (list(), list(), any::<(u8, u8)>()).prop_map(|(old, other, (how, which))| {
        let mut new = old.clone();
        let at = usize::from(which) % new.len().max(1);
        match how % 5 {
            0 => new = other,
            1 if !new.is_empty() => drop(new.remove(at)),
            2 => new.extend(other.into_iter().take(1)),
            3 if !new.is_empty() => new.splice(at..=at, other).for_each(drop),
            _ => new.reverse(),
        }
        (json!(old), json!(new))
    })
}

const ACTIONS: [&str; 13] = [
    "mse:GetGateway",
    "MSE:getgatewayoption",
    "mse:DeleteGateway",
    "mse:GetXateway",
    "mse:Unlisted",
    "mse:XGatewayX",
    "apig:GetHttpApi",
    "apig:ListHttpApis",
    "apxg:HttpX",
    "ram:GetUser",
    "sts:GetCallerIdentity",
    "sts:AssumeRole",
    "ecs:Other",
];

fn names() -> Vec<String> {
    let mut names = Vec::new();
    for (service, region, account) in [
        ("mse", "cn-a", "1"),
        ("mse", "cn-b", "2"),
        ("Apig", "", "1"),
        ("ram", "", "1"),
        ("ims", "cn-a", "12"),
        ("x", "us-a", ""),
    ] {
        for relative in [
            "gw/a", "gw/ab", "gw/abb", "gw/b", "role/a", "ROLE/A", "Role/aB", "roles/a", "g", "a", "*", "gw/*", "",
            "a/b:g",
        ] {
            names.push(format!("acs:{service}:{region}:{account}:{relative}"));
        }
    }
    names
}

/// Every key absent and with each of its values, beside a few mixtures.
fn contexts() -> Vec<Context> {
    let values: [(&str, &[&[&str]]); 12] = [
        ("acs:SourceVpc", &[&["a"], &["A"], &["ab"], &["b"], &["*"]]),
        ("apig:GatewayId", &[&["a"], &["A"], &["ab"], &["xyz"], &["a", "b"], &["A", "ab"], &["ab", "xyz", "a"]]),
        ("acs:ResourceTag/t", &[&["a"], &["A"], &["xyz"]]),
        ("y:unknown", &[&["a"], &["b"], &["a", "bcd"], &["A", "a", "ab"]]),
        (
            "acs:PrincipalARN",
            &[
                &["acs:ram::1:role/r1"],
                &["acs:ram::1:role/R1"],
                &["ACS:RAM:::ROLE/R"],
                &["acs:ram::1:user/A"],
                &["acs:ram::1:user/a"],
                &["r1"],
                &["R1"],
            ],
        ),
        ("x:Count", &[&["1"], &["2"], &["2.50"], &["-3"], &["7"], &["-9"]]),
        ("y:number", &[&["1"], &["2"], &["word"], &["1", "9"], &["1", "word"]]),
        (
            "acs:CurrentTime",
            &[
                &["2026-01-01T00:00:00Z"],
                &["2026-01-01T00:00:00.5Z"],
                &["2026-01-01T00:00:01Z"],
                &["2027-01-01T00:00:00Z"],
                &["2025-01-01T00:00:00Z"],
            ],
        ),
        ("acs:MFAPresent", &[&["true"], &["false"]]),
        ("y:flag", &[&["TRUE"], &["false"], &["true", "false"], &["maybe"]]),
        (
            "acs:SourceIp",
            &[
                &["10.0.0.1"],
                &["10.0.0.2"],
                &["10.200.0.1"],
                &["11.0.0.1"],
                &["2001:db8::1"],
                &["2002::1"],
                &["fd00::1"],
                &["::ffff:10.0.0.1"],
            ],
        ),
        ("y:ip", &[&["10.0.0.1"], &["10.200.0.1"], &["2001:db8::1"], &["10.0.0.1", "11.0.0.1"], &["nowhere"]]),
    ];
    let mut contexts = vec![Context::default()];
    for (key, values) in &values {
        for one in *values {
            let mut context = Context::default();
            context.set(key, *one).unwrap();
            contexts.push(context);
        }
    }
    // Keys together: the first mixture has all first values, and so on.
    for mixture in 0..24usize {
        let mut context = Context::default();
        for (number, (key, values)) in values.iter().enumerate() {
            let which = (mixture * (number + 3) + mixture / 3) % (values.len() + 1);
            if let Some(one) = values.get(which) {
                context.set(key, *one).unwrap();
            }
        }
        contexts.push(context);
    }
    contexts
}

/// Compares an answer with all requests of a world.
fn exhaust(old: Value, new: Value, names: &[String], contexts: &[Context]) {
    let catalog = catalog();
    let (old, new) = ([policy("old", old)], [policy("new", new)]);
    let answer = diff(&old, &new, &catalog, Limits::default());
    check(&answer, &old, &new, &catalog);
    assert!(answer.complete, "these questions are small: {answer:#?}");
    let (before, after) = (compiled(&old, &catalog), compiled(&new, &catalog));
    let checker = Checker::default();
    for context in contexts {
        for name in names {
            for action in ACTIONS {
                let (was, is) = (
                    before.decide(action, name, context).is_allowed(),
                    after.decide(action, name, context).is_allowed(),
                );
                let within = |gained: bool| {
                    regions(&answer).any(|(of, region)| of == gained && checker.holds(region, action, name, context))
                };
                assert_eq!(within(true), is && !was, "{action} on {name} in {context:?}\n{answer:#?}");
                assert_eq!(within(false), was && !is, "{action} on {name} in {context:?}\n{answer:#?}");
            }
        }
    }
    let expected = match (answer.gained.is_empty(), answer.lost.is_empty()) {
        (false, false) => Relation::Incomparable,
        (true, true) => Relation::Equivalent,
        (true, false) => Relation::Narrower,
        (false, true) => Relation::Wider,
    };
    assert_eq!(answer.relation, expected);
}

/// Enough for every build; `PROPTEST_CASES` asks for more.
fn cases(few: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok());
    ProptestConfig::with_cases(asked.unwrap_or(few))
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn answers_on_actions_and_resources_agree_with_trying_all_requests((old, new) in pair(0..1)) {
        exhaust(old, new, &names(), &[Context::default()]);
    }
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn answers_under_conditions_agree_with_trying_all_requests((old, new) in pair(0..3)) {
        let names = names();
        let some: Vec<String> = names.iter().step_by(9).cloned().collect();
        exhaust(old, new, &some, &contexts());
    }
}
