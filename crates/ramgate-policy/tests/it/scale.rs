//! Many statements: the index still answers what the plain evaluator answers, and hostile shapes stay cheap.

use std::fmt::Write as _;
use std::time::Instant;

use ramgate_policy::plain::Plain;
use ramgate_policy::{
    AccessLevel, ActionSpec, Catalog, Compiled, Context, Document, Outcome, PrincipalKind, PrincipalPolicies,
};

use crate::support::attached_stored;

/// A small generator of numbers that tests can repeat.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }

    fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }
}

/// Four hundred actions of five services, so that bitsets have several words.
fn wide_catalog() -> Catalog {
    let mut builder = Catalog::builder();
    for service in ["apig", "mse", "log", "ram", "arms"] {
        for verb in ["Get", "List", "Create", "Delete"] {
            for i in 0..20 {
                builder.action(ActionSpec::new(format!("{service}:{verb}Thing{i}"), AccessLevel::None));
            }
        }
    }
    builder.build()
}

fn action(numbers: &mut Numbers, pattern: bool) -> String {
    let service = numbers.pick(&["apig", "mse", "log", "ram", "arms"]);
    let verb = numbers.pick(&["Get", "List", "Create", "Delete"]);
    match numbers.below(if pattern { 5 } else { 1 }) {
        0 => format!("{service}:{verb}Thing{}", numbers.below(20)),
        1 => format!("{service}:{verb}*"),
        2 => format!("{service}:*"),
        3 => format!("*:{verb}*"),
        _ => format!("{service}:*Thing1?"),
    }
}

fn resource(numbers: &mut Numbers, pattern: bool) -> String {
    let service = numbers.pick(&["apig", "mse", "log", "ram"]);
    let any = |numbers: &mut Numbers, values: &[&str]| {
        if pattern && numbers.below(10) < 7 { "*".to_owned() } else { numbers.pick(values).to_owned() }
    };
    let region = any(numbers, &["cn-hangzhou", "cn-shanghai"]);
    let account = any(numbers, &["100", "200"]);
    let kind = numbers.pick(&["gateway", "instance", "role", "project"]);
    let id = format!("team{:02}-{}", numbers.below(40), numbers.below(300));
    let tail = match numbers.below(if pattern { 8 } else { 1 }) {
        // Prefixes of every length, so that a kind has many lengths in use.
        1..=3 => format!("{}*", &id[..numbers.below(id.len()) + 1]),
        4 => format!("{}*{}", &id[..3], numbers.below(10)),
        5 => return format!("acs:{service}:{region}:{account}:*"),
        _ => id,
    };
    format!("acs:{service}:{region}:{account}:{kind}/{tail}")
}

fn policies(numbers: &mut Numbers, count: usize) -> PrincipalPolicies {
    let mut attached = Vec::new();
    for policy in 0..count.div_ceil(10) {
        let mut text = r#"{"Version":"1","Statement":["#.to_owned();
        for i in 0..10.min(count - policy * 10) {
            let effect = if numbers.below(10) == 0 { "Deny" } else { "Allow" };
            let actions: Vec<String> = (0..numbers.below(3) + 1).map(|_| action(numbers, true)).collect();
            let resources: Vec<String> = (0..numbers.below(3) + 1).map(|_| resource(numbers, true)).collect();
            let condition = match numbers.below(10) {
                0 => r#","Condition":{"IpAddress":{"acs:SourceIp":"10.0.0.0/8"}}"#,
                1 => r#","Condition":{"StringEquals":{"acs:SourceVpc":"vpc-1"}}"#,
                _ => "",
            };
            let comma = if i > 0 { "," } else { "" };
            write!(text, r#"{comma}{{"Effect":"{effect}","Action":{actions:?},"Resource":{resources:?}{condition}}}"#)
                .unwrap();
        }
        text.push_str("]}");
        attached.push(attached_stored(&format!("p{policy}"), &text));
    }
    PrincipalPolicies { account: attached, ..PrincipalPolicies::new(PrincipalKind::User) }
}

#[test]
fn index_and_plain_evaluator_agree_on_many_statements() {
    let catalog = wide_catalog();
    let mut outcomes = [0; 3];
    for count in [1, 7, 60, 700] {
        let mut numbers = Numbers(count as u64);
        let policies = policies(&mut numbers, count);
        let compiled = Compiled::new(&policies, &catalog);
        let plain = Plain::new(&policies, &catalog);
        let mut context = Context::default();
        for round in 0..1500 {
            let mut asked = (action(&mut numbers, false), resource(&mut numbers, false));
            // Half of the time something that a statement names.
            if round % 2 == 0 {
                let policy = &policies.account[numbers.below(policies.account.len())];
                let statements = policy.document.statements();
                let statement = &statements[numbers.below(statements.len())];
                let named = &statement.resources.patterns[numbers.below(statement.resources.patterns.len())];
                let instance = named.to_string().replace(":*:*:", ":cn-hangzhou:100:").replace('*', "7");
                asked.1 = instance;
            }
            context.source_ip = Some([if numbers.below(2) == 0 { 10 } else { 11 }, 0, 0, 1].into());
            let decision = compiled.decide(&asked.0, &asked.1, &context);
            assert_eq!(decision, plain.decide(&asked.0, &asked.1, &context), "{asked:?}");
            outcomes[match decision.outcome {
                Outcome::Allow => 0,
                Outcome::ExplicitDeny => 1,
                Outcome::ImplicitDeny => 2,
            }] += 1;
        }
    }
    assert!(outcomes.iter().all(|n| *n > 300), "{outcomes:?}");
}

#[test]
fn names_that_differ_in_case_only_are_told_apart() {
    // Every spelling of one id: a hash that ignored case would put them all into one place.
    let spellings: Vec<String> = (0..1u32 << 11)
        .map(|bits| {
            "teamgatewayx"
                .char_indices()
                .map(|(i, c)| if bits >> i & 1 == 1 { c.to_ascii_uppercase() } else { c })
                .collect()
        })
        .collect();
    let resources: Vec<String> = spellings.iter().step_by(2).map(|id| format!("acs:mse:*:*:instance/{id}")).collect();
    let text =
        format!(r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":"mse:*","Resource":{resources:?}}}]}}"#);
    let policies =
        PrincipalPolicies { account: vec![attached_stored("p", &text)], ..PrincipalPolicies::new(PrincipalKind::User) };
    let compiled = Compiled::new(&policies, &wide_catalog());
    for (i, id) in spellings.iter().enumerate() {
        let decision =
            compiled.decide("mse:GetThing1", &format!("acs:mse:cn-hangzhou:100:instance/{id}"), &Context::default());
        assert_eq!(decision.is_allowed(), i % 2 == 0, "{id}");
    }
}

#[test]
fn wildcard_bombs_do_not_explode() {
    let stars = "*a".repeat(60);
    let actions = format!("mse:{}", "*G".repeat(60));
    let text = format!(
        r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":"{actions}b","Resource":"acs:mse:*:*:instance/{stars}b",
        "Condition":{{"StringLike":{{"acs:UserAgent":"{stars}b"}}}}}},
        {{"Effect":"Allow","Action":"*:*","Resource":"acs:*:*:*:{stars}b"}}]}}"#
    );
    let policies =
        PrincipalPolicies { account: vec![attached_stored("p", &text)], ..PrincipalPolicies::new(PrincipalKind::User) };
    let compiled = Compiled::new(&policies, &wide_catalog());
    let resource = format!("acs:mse:cn-hangzhou:100:instance/{}", "a".repeat(8000));
    let action = format!("mse:{}", "G".repeat(8000));
    let context = Context { user_agent: Some("a".repeat(8000).into()), ..Context::default() };
    let started = Instant::now();
    for action in ["mse:GetThing1", &action] {
        for _ in 0..20 {
            assert_eq!(compiled.decide(action, &resource, &context).outcome, Outcome::ImplicitDeny);
        }
    }
    // A backtracking matcher takes longer than anyone can wait; this leaves a slow machine ample room.
    assert!(started.elapsed().as_secs() < 10, "{:?}", started.elapsed());
}

#[test]
fn documents_at_their_limits_are_read_and_compiled() {
    // Deep nesting, also where the grammar has no place for it.
    for open in ["[", "{\"a\":", "{\"Statement\":[", "[{\"Condition\":"] {
        let text = open.repeat(100_000);
        assert!(Document::parse_stored(&text).is_err());
    }
    let nested = format!(
        r#"{{"Version":"1","Statement":[{{"Effect":"Deny","Action":"mse:*","Resource":"*","Condition":{}{}}}]}}"#,
        "[".repeat(50_000),
        "]".repeat(50_000)
    );
    let policies = PrincipalPolicies {
        account: vec![attached_stored("p", &nested)],
        ..PrincipalPolicies::new(PrincipalKind::User)
    };
    let decision = Compiled::new(&policies, &wide_catalog()).decide("mse:GetThing1", "*", &Context::default());
    assert_eq!(decision.outcome, Outcome::ExplicitDeny, "a condition that cannot be read does not narrow a Deny");
    // Thousands of distinct services and kinds.
    let resources: Vec<String> = (0..3000).map(|i| format!("acs:svc{i}:*:*:kind{i}/id{i}")).collect();
    let text = format!(r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":"*","Resource":{resources:?}}}]}}"#);
    let policies =
        PrincipalPolicies { account: vec![attached_stored("p", &text)], ..PrincipalPolicies::new(PrincipalKind::User) };
    let compiled = Compiled::new(&policies, &wide_catalog());
    let allowed = |resource: &str| compiled.decide("mse:GetThing1", resource, &Context::default()).is_allowed();
    assert!(allowed("acs:svc2999:r:1:kind2999/id2999") && !allowed("acs:svc2999:r:1:kind2998/id2999"));
    // More than the index has numbers for: the plain evaluator takes over.
    let resources: Vec<String> = (0..30_000).map(|i| format!("acs:svc{i}:*:*:kind/id")).collect();
    let text = format!(r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":"*","Resource":{resources:?}}}]}}"#);
    let policies =
        PrincipalPolicies { account: vec![attached_stored("p", &text)], ..PrincipalPolicies::new(PrincipalKind::User) };
    let compiled = Compiled::new(&policies, &wide_catalog());
    let decide = |resource: &str| compiled.decide("mse:GetThing1", resource, &Context::default()).is_allowed();
    assert!(decide("acs:svc29999:r:1:kind/id") && !decide("acs:svc30000:r:1:kind/id"));
}

#[test]
fn decisions_are_the_same_from_many_threads() {
    let catalog = wide_catalog();
    let mut numbers = Numbers(11);
    let policies = policies(&mut numbers, 200);
    let compiled = std::sync::Arc::new(Compiled::new(&policies, &catalog));
    let asked: Vec<(String, String)> =
        (0..300).map(|_| (action(&mut numbers, false), resource(&mut numbers, false))).collect();
    let expected: Vec<_> = asked.iter().map(|(a, r)| compiled.decide(a, r, &Context::default())).collect();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for ((action, resource), expected) in asked.iter().zip(&expected) {
                    assert_eq!(compiled.decide(action, resource, &Context::default()), *expected);
                }
            });
        }
    });
}
