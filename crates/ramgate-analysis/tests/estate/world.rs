//! A world so small that every request in it can be decided: a few actions, names, condition values, and random policies
//! over them.

use proptest::prelude::*;
use ramgate_analysis::{Estate, EstatePrincipal, PrincipalId};
use ramgate_policy::{
    AccessLevel, ActionSpec, Attached, AttachedEntity, Catalog, CatalogBuilder, Context, Document, DocumentKind,
    KeySpec, KeyType, PolicyKind, PrincipalKind, PrincipalPolicies,
};
use serde_json::{Map, Value, json};
use std::sync::Arc;

pub(crate) const ACCOUNT: &str = "100";
pub(crate) const ACTIONS: [&str; 5] =
    ["mse:GetGateway", "mse:ListGateway", "mse:DeleteGateway", "apig:GetApi", "log:Other"];
pub(crate) const RESOURCES: [&str; 5] = [
    "acs:mse:cn-hangzhou:100:instance/gw-1",
    "acs:mse:cn-hangzhou:100:instance/gw-2",
    "acs:mse:cn-hangzhou:100:*",
    "acs:apig:cn-beijing:100:api/a/b",
    "acs:log:cn-beijing:100:project/p",
];

pub(crate) fn catalog() -> Catalog {
    builder().build()
}

/// A catalog in which `mse` is called `microgw` as well.
pub(crate) fn two_codes() -> Catalog {
    builder().service("MSE", ["mse", "microgw"]).build()
}

fn builder() -> CatalogBuilder {
    let mut builder = Catalog::builder();
    builder.action(ActionSpec::new("mse:GetGateway", AccessLevel::Get).on("acs:mse:{region}:{account}:instance/{id}"));
    builder.action(ActionSpec::new("mse:ListGateway", AccessLevel::List));
    builder.action(
        ActionSpec::new("mse:DeleteGateway", AccessLevel::Delete).on("acs:mse:{region}:{account}:instance/{id}"),
    );
    builder.action(ActionSpec::new("apig:GetApi", AccessLevel::Get).on("acs:apig:{region}:{account}:api/{id}"));
    builder.key(KeySpec::array("apig:GatewayId", KeyType::String));
    builder.key(KeySpec::new("mse:Size", KeyType::Numeric));
    builder
}

/// Every combination of these condition values is a context of the world. The time and the transport are always there.
pub(crate) fn contexts() -> Vec<Context> {
    let axes: [(&str, &[&[&str]]); 7] = [
        ("acs:CurrentTime", &[&["2026-01-01T00:00:00Z"], &["2026-06-01T00:00:00Z"]]),
        ("acs:SecureTransport", &[&["true"], &["false"]]),
        ("acs:SourceIp", &[&[], &["10.1.2.3"], &["203.0.113.9"]]),
        ("acs:MFAPresent", &[&[], &["true"], &["false"]]),
        ("acs:ResourceTag/team", &[&[], &["dev"], &["Dev"], &["ops"]]),
        ("apig:GatewayId", &[&[], &["gw-1"], &["gw-1", "gw-2"]]),
        ("mse:Size", &[&[], &["5"], &["7.5"]]),
    ];
    axes.iter().fold(vec![Context::default()], |contexts, (key, choices)| {
        let with = |context: Context| {
            choices.iter().map(move |values| {
                let mut context = context.clone();
                context.set(key, *values).unwrap();
                context
            })
        };
        contexts.into_iter().flat_map(with).collect()
    })
}

fn one_or_two(choices: &'static [&'static str]) -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::vec(prop::sample::select(choices), 1..=2)
}

fn condition() -> impl Strategy<Value = (&'static str, &'static str, Vec<&'static str>)> {
    type One = (&'static [&'static str], &'static [&'static str], &'static [&'static str]);
    let kinds: [One; 8] = [
        (
            &["DateLessThan", "DateGreaterThanEquals", "DateNotEquals"],
            &["acs:CurrentTime"],
            &["2026-03-01T00:00:00Z", "2026-06-01T00:00:00Z"],
        ),
        (&["Bool"], &["acs:SecureTransport", "acs:MFAPresent"], &["true", "false"]),
        (&["IpAddress", "NotIpAddress"], &["acs:SourceIp"], &["10.0.0.0/8", "10.1.2.3", "203.0.113.0/24", "::/0"]),
        (
            &["StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotLike"],
            &["acs:ResourceTag/team"],
            &["dev", "ops", "d*"],
        ),
        (&["StringLike", "StringNotEquals", "StringEquals"], &["apig:GatewayId"], &["gw-1", "gw-2", "gw-?", "*2"]),
        (
            &["NumericLessThan", "NumericEquals", "NumericNotEquals", "NumericGreaterThanEquals"],
            &["mse:Size"],
            &["5", "6", "7.5"],
        ),
        (
            &["StringLike", "StringNotEquals"],
            &["acs:PrincipalARN"],
            &["acs:ram:*:*:user/a*", "acs:ram::100:role/Operator"],
        ),
        (&["NumericLessThan", "StringEquals"], &["acs:MFAPresent"], &["5"]),
    ];
    prop::sample::select(kinds.to_vec()).prop_flat_map(|(operators, keys, values)| {
        (prop::sample::select(operators), prop::sample::select(keys), one_or_two(values))
    })
}

/// One statement as JSON. `plain` leaves out conditions and negated elements.
fn statement(plain: bool) -> impl Strategy<Value = Value> {
    const ACTION: &[&str] = &[
        "mse:GetGateway",
        "mse:*",
        "mse:*Gateway",
        "microgw:*",
        "mse:Get*",
        "mse:Delete*",
        "*",
        "apig:GetApi",
        "*:Get*",
        "log:*",
    ];
    const RESOURCE: &[&str] = &[
        "*",
        "acs:mse:*:*:instance/gw-1",
        "acs:mse:*:*:instance/gw-?",
        "acs:mse:*:*:*",
        "acs:*:cn-beijing:*:*",
        "acs:apig:*:100:api/*",
        "acs:mse:cn-hangzhou:*:instance/*",
    ];
    let conditions = prop::collection::vec(condition(), 0..=if plain { 0 } else { 2 });
    let negated = if plain { Just(false).boxed() } else { prop::bool::weighted(0.15).boxed() };
    (prop::bool::weighted(0.3), negated.clone(), one_or_two(ACTION), negated, one_or_two(RESOURCE), conditions)
        .prop_map(|(deny, not_action, actions, not_resource, resources, conditions)| {
            let mut statement = Map::new();
            statement.insert("Effect".into(), json!(if deny { "Deny" } else { "Allow" }));
            statement.insert(if not_action { "NotAction" } else { "Action" }.into(), json!(actions));
            statement.insert(if not_resource { "NotResource" } else { "Resource" }.into(), json!(resources));
            let mut block: Map<String, Value> = Map::new();
            for (operator, key, values) in conditions {
                let inner = block.entry(operator).or_insert_with(|| json!({}));
                inner
                    .as_object_mut()
                    .unwrap()
                    .insert(key.into(), if operator == "Bool" { json!(values[0]) } else { json!(values) });
            }
            if !block.is_empty() {
                statement.insert("Condition".into(), Value::Object(block));
            }
            Value::Object(statement)
        })
}

pub(crate) fn document_of(statements: &[Value]) -> Arc<Document> {
    let text = json!({ "Version": "1", "Statement": statements }).to_string();
    Arc::new(Document::parse_stored(&text).unwrap())
}

pub(crate) fn attached(name: &str, document: &Arc<Document>, entity: AttachedEntity) -> Attached {
    Attached {
        policy_name: name.into(),
        policy_type: PolicyKind::Custom,
        version: "v1".into(),
        entity,
        document: Arc::clone(document),
    }
}

/// Some documents of up to three statements.
pub(crate) fn documents(plain: bool) -> impl Strategy<Value = Vec<Arc<Document>>> {
    let document = prop::collection::vec(statement(plain), 1..=3).prop_map(|statements| document_of(&statements));
    prop::collection::vec(document, 3..=5)
}

/// Users `alice` and `bob` and a role `Operator` with some of the documents, some through a group, some in a resource
/// group, some below a control policy.
pub(crate) fn estate(plain: bool) -> impl Strategy<Value = Estate> {
    (documents(plain), any::<[u8; 3]>(), any::<[u8; 3]>()).prop_map(|(documents, held, extra)| {
        let ids =
            [PrincipalId::User("alice".into()), PrincipalId::User("bob".into()), PrincipalId::Role("Operator".into())];
        let principals = ids.into_iter().zip(held).zip(extra).map(|((id, held), extra)| {
            let role = matches!(id, PrincipalId::Role(_));
            let kind = if role { PrincipalKind::Role } else { PrincipalKind::User };
            let mut policies = PrincipalPolicies::new(kind);
            for (i, document) in documents.iter().enumerate().filter(|(i, _)| held & (1 << i) != 0) {
                let entity = match role {
                    true => AttachedEntity::Role,
                    false if i % 2 == 1 => AttachedEntity::Group("team".into()),
                    false => AttachedEntity::User,
                };
                policies.account.push(attached(&format!("policy-{i}"), document, entity));
            }
            let one = |at: u8, entity| {
                let at = usize::from(at) % documents.len();
                attached(&format!("policy-{at}"), &documents[at], entity)
            };
            if extra & 1 != 0 {
                let group = one(extra >> 2, AttachedEntity::User);
                policies.resource_groups.push(("rg-1".into(), vec![group]));
            }
            if extra & 2 != 0 && extra & 4 != 0 {
                let control = one(extra >> 3, AttachedEntity::ResourceDirectoryTarget("r".into()));
                policies.control.push(vec![control]);
            }
            EstatePrincipal { id, policies, trust: None }
        });
        Estate { account_id: ACCOUNT.into(), principals: principals.collect(), ..Estate::default() }
    })
}

/// A written document.
pub(crate) fn parsed(text: &str, kind: DocumentKind) -> Arc<Document> {
    Arc::new(Document::parse(text, kind).unwrap())
}
