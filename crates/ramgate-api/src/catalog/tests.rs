//! The declarations against what the products publish, and against themselves.

use super::*;
use crate::{AccessLevel, Binding, Resource, decode};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};

#[derive(Deserialize)]
struct Published {
    apig: Vec<PublishedApig>,
    mse: Vec<PublishedMse>,
    policies: Vec<PublishedPolicy>,
    ram_operations: Vec<String>,
}

#[derive(Deserialize)]
struct PublishedApig {
    action: String,
    access: String,
    resource_type: String,
    arn: String,
    condition_keys: Vec<String>,
}

#[derive(Deserialize)]
struct PublishedMse {
    action: String,
    read_only: bool,
    arn: String,
}

#[derive(Deserialize)]
struct PublishedPolicy {
    name: String,
    statements: Vec<PublishedStatement>,
}

#[derive(Deserialize)]
struct PublishedStatement {
    #[serde(rename = "Resource")]
    resource: String,
    #[serde(rename = "Action")]
    actions: Vec<String>,
}

fn published() -> Published {
    let text = include_str!("../../../../testdata/catalog/published-actions.json");
    serde_json::from_str(text).expect("testdata/catalog/published-actions.json")
}

fn spec(action: &str) -> &'static OpSpec {
    operations().find(|spec| spec.full_action() == action).unwrap_or_else(|| panic!("{action} is not declared"))
}

/// The resource names as the product publishes them: `*` for those without resource-level permission.
fn published_arn(spec: &OpSpec) -> String {
    match spec.resource {
        Resource::All | Resource::AllOr(_) => "*".to_owned(),
        _ => written::resources(spec).iter().map(|r| r.arn.as_str()).collect::<Vec<_>>().join(" "),
    }
}

/// Where a declaration knowingly says more than the published table.
const MORE_KEYS: &[(&str, &str)] = &[
    // The key is published without any action. Creation is the one call that carries a network type.
    ("apig:CreateGateway", "apig:NetworkType"),
];

#[test]
fn every_published_apig_action_is_declared_as_published() {
    let published = published().apig;
    assert_eq!(published.len(), 106);
    for row in &published {
        let spec = spec(&row.action);
        assert_eq!(spec.access.as_str(), row.access, "access level of {}", row.action);
        assert_eq!(spec.published_resource_type(), row.resource_type, "resource type of {}", row.action);
        assert_eq!(published_arn(spec), row.arn, "resource of {}", row.action);
        let more = MORE_KEYS.iter().filter(|(action, _)| *action == row.action).map(|(_, key)| (*key).to_owned());
        let expected: Vec<String> = row.condition_keys.iter().cloned().chain(more).collect();
        let declared: Vec<&str> = spec.conditions.iter().map(|key| key.name).collect();
        assert_eq!(declared, expected, "condition keys of {}", row.action);
    }
}

#[test]
fn apig_declares_nothing_beyond_the_published_actions_but_tags() {
    let published: BTreeSet<String> = published().apig.into_iter().map(|row| row.action).collect();
    let more: BTreeSet<String> =
        crate::apig::OPERATIONS.iter().map(|spec| spec.full_action()).filter(|a| !published.contains(a)).collect();
    let expected = ["apig:ListTagResources", "apig:TagResources", "apig:UntagResources"];
    assert_eq!(more, expected.map(str::to_owned).into());
}

#[test]
fn all_44_actions_on_all_resources_take_a_narrower_resource_here() {
    let unrestricted = published().apig.into_iter().filter(|row| row.arn == "*");
    let narrow: Vec<String> = unrestricted
        .filter(|row| written::resources(spec(&row.action)).iter().all(|r| r.extension && r.resource_type.is_some()))
        .map(|row| row.action)
        .collect();
    assert_eq!(narrow.len(), 44);
}

/// Actions of the MSE table whose published column does not fit what they do. They keep the published level.
const MSE_SLIPS: &[(&str, bool)] = &[("mse:SelectGatewaySlb", false), ("mse:UpdateSSLCert", true)];
/// It lists registries and takes a gateway if it is given one: checked on the gateway then, and on everything
/// otherwise.
const GATEWAY_OPTIONAL: &[&str] = &["mse:GetMseSource"];

#[test]
fn every_published_mse_action_is_declared_as_published() {
    let published = published().mse;
    assert_eq!(published.len(), 53);
    for row in &published {
        let spec = spec(&row.action);
        let access = if row.read_only { AccessLevel::Read } else { AccessLevel::Write };
        assert_eq!(spec.access, access, "access level of {}", row.action);
        let all = row.arn == "acs:mse:{region}:{account}:*";
        let arns: Vec<String> = written::resources(spec).into_iter().map(|r| r.arn).collect();
        assert_eq!(arns, [row.arn.as_str()], "resource of {}", row.action);
        assert_eq!(spec.published_resource_type() == "All Resource", all, "resource type of {}", row.action);
        assert!(spec.conditions.is_empty(), "condition keys of {}", row.action);
    }
    for (action, read_only) in MSE_SLIPS {
        let row = published.iter().find(|row| row.action == *action).unwrap();
        assert_eq!(row.read_only, *read_only, "{action} is no slip any more; take it from the list");
    }
    for action in GATEWAY_OPTIONAL {
        let request = crate::mse::GetMseSourceRequest::default();
        let targets = <crate::mse::GetMseSource as crate::Operation>::targets(&request);
        assert!(targets.iter().all(|target| target.resource_type.is_none()), "{action}");
    }
}

#[test]
fn the_policy_catalog_knows_every_action_of_the_example_policies() {
    let catalog = policy_catalog();
    for policy in published().policies {
        for action in policy.statements.iter().flat_map(|s| &s.actions) {
            let known = match action.split_once('*') {
                None => catalog.action(action).is_some(),
                Some(_) => catalog.actions().iter().any(|a| ramgate_policy::glob(action, &a.name, true)),
            };
            assert!(known, "{action} of the policy `{}`", policy.name);
        }
    }
}

#[test]
fn actions_that_the_example_policies_allow_on_everything_are_checked_on_everything() {
    for policy in published().policies {
        for statement in policy.statements.iter().filter(|s| !s.resource.contains("instance/")) {
            for action in statement.actions.iter().filter(|a| !a.contains('*')) {
                let arns: Vec<String> = written::resources(spec(action)).into_iter().map(|r| r.arn).collect();
                assert!(arns.iter().all(|arn| arn.ends_with(":*")), "{action} is checked on {arns:?}");
            }
        }
    }
}

#[test]
fn every_ram_operation_is_declared() {
    let declared: BTreeSet<&str> = crate::ram::OPERATIONS.iter().map(|spec| spec.name).collect();
    let published = published().ram_operations;
    assert_eq!(published.len(), 69);
    assert_eq!(declared, published.iter().map(String::as_str).collect());
}

#[test]
fn every_action_is_declared_once_and_no_named_action_has_an_operation() {
    let mut seen = HashMap::new();
    for spec in operations().filter(|spec| !matches!(spec.resource, Resource::Exempt)) {
        let Some(other) = seen.insert(spec.full_action(), spec) else { continue };
        // IMS is another face of RAM: the same operation under the same permission, whichever is called.
        let faces = (other.product.name, spec.product.name) == ("Ram", "Ims") && other.name == spec.name;
        assert!(faces, "{} is the action of {} and of {}", spec.full_action(), other.name, spec.name);
    }
    for product in products() {
        for named in product.named_actions {
            let action = format!("{}:{}", product.ram_code, named.name);
            assert!(!seen.contains_key(&action), "{action} is served; take it from the named actions");
        }
    }
}

/// A path with its placeholders made equal.
fn shape(path: &str) -> String {
    let part = |part: &str| if part.starts_with('{') { "{}".to_owned() } else { part.to_owned() };
    path.trim_end_matches('/').split('/').map(part).collect::<Vec<_>>().join("/")
}

#[test]
fn an_action_of_two_apis_takes_the_resources_of_both() {
    let templates = |action: &str| -> Vec<String> {
        let action = policy_catalog().action(action).unwrap();
        action.resources.iter().map(|resource| resource.template.clone()).collect()
    };
    assert_eq!(templates("ram:GetUser"), ["acs:ram::{account}:user/{UserName}"]);
    let kinds = ["policy/{PolicyName}", "role/{RoleName}", "user/{UserName}"];
    let mut expected = kinds.map(|kind| format!("acs:ram::{{account}}:{kind}"));
    let mut tagged = templates("ram:TagResources");
    tagged.sort();
    expected.sort();
    assert_eq!(tagged, expected);
}

#[test]
fn no_two_operations_are_called_in_the_same_way() {
    let mut seen = HashMap::new();
    for spec in operations() {
        let key = match spec.binding {
            Binding::Rpc => format!("{} {}", spec.product.version, spec.name),
            Binding::Roa(method, path) => format!("{} {} {}", spec.product.version, method.as_str(), shape(path)),
        };
        if let Some(other) = seen.insert(key.clone(), spec.name) {
            panic!("{key} calls {other} and {}", spec.name);
        }
    }
    let versions: BTreeSet<&str> = products().map(|product| product.version).collect();
    assert_eq!(versions.len(), products().count(), "the version tells which product a request is for");
}

/// The properties of a request's schema, by wire name.
fn properties(spec: &OpSpec) -> BTreeMap<String, serde_json::Value> {
    let mut generator = schemars::SchemaGenerator::default();
    let (request, _) = (spec.schemas)(&mut generator);
    let definitions = generator.take_definitions(true);
    let resolved = match request.get("$ref").and_then(|r| r.as_str()).and_then(|r| r.rsplit('/').next()) {
        Some(name) => definitions[name].clone(),
        None => request.to_value(),
    };
    let properties = resolved.get("properties").and_then(|p| p.as_object()).cloned().unwrap_or_default();
    properties.into_iter().collect()
}

#[test]
fn placeholders_required_parameters_and_query_parameters_are_fields_of_the_request() {
    for spec in operations() {
        let fields = properties(spec);
        let named = spec.binding.placeholders().chain(spec.required.iter().copied()).chain(spec.query.iter().copied());
        for name in named {
            assert!(fields.contains_key(name), "{} has no field `{name}`", spec.name);
        }
    }
}

#[test]
fn the_field_that_a_declaration_checks_is_a_field_of_the_request() {
    // `ChangePassword` is about the caller and names nobody.
    for spec in operations().filter(|spec| spec.name != "ChangePassword") {
        let fields: BTreeSet<String> = properties(spec).keys().map(|name| plain(name)).collect();
        for field in written::resources(spec).iter().filter_map(|r| r.field) {
            assert!(fields.contains(&plain(field)), "{} has no field `{field}`", spec.name);
        }
    }
}

fn plain(name: &str) -> String {
    name.replace('_', "").to_ascii_lowercase()
}

#[test]
fn field_names_of_a_request_differ_even_without_regard_to_letter_case() {
    for spec in operations() {
        let fields: Vec<String> = properties(spec).keys().map(|name| name.to_ascii_lowercase()).collect();
        let unique: BTreeSet<&String> = fields.iter().collect();
        assert_eq!(unique.len(), fields.len(), "{}", spec.name);
    }
}

/// Decodes `{}` into the request of an operation and counts its targets.
pub(crate) fn targets_of_nothing<O: crate::Operation>() -> usize {
    let request: O::Request =
        decode(serde_json::json!({})).unwrap_or_else(|e| panic!("{} cannot be made of nothing: {e}", O::NAME));
    let mut checker = crate::Checker::new(O::PRODUCT);
    crate::Validate::validate(&request, &mut checker);
    let _ = checker.finish();
    O::targets(&request).len()
}

#[test]
fn every_call_has_a_target_even_an_empty_one() {
    for spec in operations() {
        let targets = (spec.targets_of_nothing)();
        match spec.resource {
            Resource::Exempt => assert_eq!(targets, 0, "{}", spec.name),
            _ => assert!(targets > 0, "{} touches nothing, so that anybody may call it", spec.name),
        }
    }
}

#[test]
fn resource_types_are_written_as_their_patterns() {
    for spec in operations() {
        for resource in written::resources(spec).iter().filter(|r| r.resource_type.is_some()) {
            let (head, relative) = resource.arn.rsplit_once(':').unwrap();
            assert!(head.ends_with(":{account}"), "{}: {}", spec.name, resource.arn);
            assert!(relative.split_once('/').is_some_and(|(kind, id)| !kind.is_empty() && !id.is_empty()));
        }
    }
}

#[test]
fn every_declaration_is_documented_with_its_source() {
    for spec in operations() {
        let summary = spec.summary();
        assert!(summary.ends_with('.') && !summary.contains('\n'), "{}: {summary}", spec.name);
        // Our own API has no source but its declarations.
        let own = spec.product == &crate::ramgate::RAMGATE;
        assert!(own || spec.doc.contains("Source: "), "{} names no source", spec.name);
    }
}

#[test]
fn codes_of_one_product_have_one_status_each() {
    for (product, operations) in PRODUCTS {
        let mut statuses = HashMap::new();
        for error in operations.iter().flat_map(|spec| spec.errors) {
            let status = *statuses.entry(error.code).or_insert(error.status);
            assert_eq!(status, error.status, "{} of {}", error.code, product.name);
        }
    }
}
