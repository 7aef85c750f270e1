//! The catalog as the policy engine takes it.

use super::PRODUCTS;
use crate::{AccessLevel, KeyType, NamedAction, OpSpec, Product, Resource, ResourceType};
use ramgate_policy::{AccessLevel as Level, ActionSpec, Catalog, KeySpec};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Every action that a policy can name here, with the resources and condition keys it takes. Built once.
pub fn policy_catalog() -> &'static Catalog {
    static CATALOG: LazyLock<Catalog> = LazyLock::new(build);
    &CATALOG
}

fn build() -> Catalog {
    let mut builder = Catalog::builder();
    let mut actions: BTreeMap<String, ActionSpec> = BTreeMap::new();
    for (product, operations) in PRODUCTS {
        builder.service(product.name, [product.ram_code].iter().chain(product.ram_code_aliases).copied());
        for spec in *operations {
            if !matches!(spec.resource, Resource::Exempt) {
                merge(&mut actions, action(spec));
            }
            for key in spec.conditions {
                let key_type = match key.key_type {
                    KeyType::String => ramgate_policy::KeyType::String,
                    KeyType::Numeric => ramgate_policy::KeyType::Numeric,
                    KeyType::Date => ramgate_policy::KeyType::Date,
                    KeyType::Bool => ramgate_policy::KeyType::Bool,
                    KeyType::Ip => ramgate_policy::KeyType::Ip,
                };
                builder.key(KeySpec { name: key.name.to_owned(), key_type, array: key.array });
            }
        }
        for named in product.named_actions {
            merge(&mut actions, named_action(product, named));
        }
    }
    for action in actions.into_values() {
        builder.action(action);
    }
    builder.build()
}

/// Adds an action. Where two APIs have an operation of the same action, it takes what either takes.
fn merge(actions: &mut BTreeMap<String, ActionSpec>, action: ActionSpec) {
    let Some(known) = actions.get_mut(&action.name) else {
        actions.insert(action.name.clone(), action);
        return;
    };
    for resource in action.resources {
        if !known.resources.contains(&resource) {
            known.resources.push(resource);
        }
    }
    for key in action.condition_keys {
        if !known.condition_keys.contains(&key) {
            known.condition_keys.push(key);
        }
    }
}

fn action(spec: &OpSpec) -> ActionSpec {
    let action = ActionSpec::new(spec.full_action(), level(spec.access, spec.action));
    let action = spec.conditions.iter().fold(action, |action, key| action.with_key(key.name));
    restrict(action, spec.resource, false)
}

fn named_action(product: &Product, named: &NamedAction) -> ActionSpec {
    let name = format!("{}:{}", product.ram_code, named.name);
    let action = ActionSpec::new(name, level(AccessLevel::None, named.name));
    named.resource_type.iter().fold(action, |action, resource_type| action.on(resource_type.pattern))
}

fn restrict(action: ActionSpec, resource: Resource, extension: bool) -> ActionSpec {
    let add = |action: ActionSpec, template: String| {
        if extension { action.on_extension(template) } else { action.on(template) }
    };
    match resource {
        Resource::Exempt | Resource::All => action,
        Resource::Any(resource_type) => add(action, any_of(resource_type)),
        Resource::One(resource_type, _) | Resource::Each(resource_type, _) => {
            add(action, resource_type.pattern.to_owned())
        }
        Resource::OneOf(resource_types, _) => {
            resource_types.iter().fold(action, |action, resource_type| add(action, resource_type.pattern.to_owned()))
        }
        Resource::Several(resources) => {
            resources.iter().fold(action, |action, resource| restrict(action, *resource, extension))
        }
        Resource::AllOr(resource) => restrict(action, *resource, true),
    }
}

/// The pattern with `*` for the id.
pub(super) fn any_of(resource_type: &ResourceType) -> String {
    match resource_type.pattern.rsplit_once('/') {
        Some((head, _)) => format!("{head}/*"),
        None => resource_type.pattern.to_owned(),
    }
}

/// MSE publishes only whether an action reads. The name tells the rest.
fn level(access: AccessLevel, name: &str) -> Level {
    match access {
        AccessLevel::Create => Level::Create,
        AccessLevel::List => Level::List,
        AccessLevel::Get => Level::Get,
        AccessLevel::Update => Level::Update,
        AccessLevel::Delete => Level::Delete,
        AccessLevel::None => Level::None,
        AccessLevel::Read if name.contains("List") => Level::List,
        AccessLevel::Read => Level::Get,
        AccessLevel::Write if ["Add", "Create", "Import"].iter().any(|verb| name.starts_with(verb)) => Level::Create,
        AccessLevel::Write if name.starts_with("Delete") => Level::Delete,
        AccessLevel::Write => Level::Update,
    }
}
