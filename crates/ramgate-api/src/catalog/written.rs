//! The catalog as `api/catalog.json` holds it.

use super::PRODUCTS;
use super::policy::any_of;
use crate::{Binding, NamedAction, OpSpec, Product, Resource, ResourceType, Style};
use serde::Serialize;

/// All products.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Catalog {
    /// One for each API.
    pub products: Vec<CatalogProduct>,
}

/// A product with its operations.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CatalogProduct {
    /// The name as troubleshooting links write it.
    pub name: &'static str,
    /// The code in actions and resource names.
    pub ram_code: &'static str,
    /// Further codes for the same.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub ram_code_aliases: &'static [&'static str],
    /// The API version.
    pub version: &'static str,
    /// `RPC` or `ROA`.
    pub style: &'static str,
    /// Its operations.
    pub operations: Vec<CatalogEntry>,
    /// Actions that policies may name and no operation serves.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub named_actions: Vec<NamedEntry>,
}

/// An operation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CatalogEntry {
    /// The name on the wire.
    pub operation: &'static str,
    /// The action that policies name, such as `apig:GetHttpApi`. Absent where none is needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// The access level as published.
    pub access: &'static str,
    /// The type of resource as published.
    pub published_resource_type: &'static str,
    /// The resource names it is checked on; all must be allowed. Empty where no permission is needed.
    pub resources: Vec<ResourceEntry>,
    /// Condition keys beside the common ones.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub condition_keys: Vec<&'static str>,
    /// `RPC`, or method and path.
    pub binding: String,
    /// Parameters that must be given, placeholders of the path included.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub required: Vec<&'static str>,
    /// Error codes beside the common ones.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<&'static str>,
    /// What it does.
    pub doc: String,
    /// `wired`, or `not yet`: authorised, and then answered with 501.
    pub state: &'static str,
}

impl CatalogEntry {
    /// The entry of one operation; `wired` tells whether it has a handler.
    pub fn of(spec: &'static OpSpec, wired: bool) -> Self {
        let exempt = matches!(spec.resource, Resource::Exempt);
        Self {
            operation: spec.name,
            action: (!exempt).then(|| spec.full_action()),
            access: spec.access.as_str(),
            published_resource_type: spec.published_resource_type(),
            resources: resources(spec),
            condition_keys: spec.conditions.iter().map(|key| key.name).collect(),
            binding: match spec.binding {
                Binding::Rpc => "RPC".to_owned(),
                Binding::Roa(method, path) => format!("{} {path}", method.as_str()),
            },
            required: spec.binding.placeholders().chain(spec.required.iter().copied()).collect(),
            errors: spec.errors.iter().map(|error| error.code).collect(),
            doc: spec.summary(),
            state: if wired { "wired" } else { "not yet" },
        }
    }
}

/// A resource that an operation is checked on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ResourceEntry {
    /// The type; absent for all resources.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_type: Option<&'static str>,
    /// The resource name as a template.
    pub arn: String,
    /// The request's field that decides, in Rust spelling; absent where none does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<&'static str>,
    /// True where the published table says "all resources", so that a narrower grant works only here.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub extension: bool,
    /// True where the request tells which of the types marked so is meant, and only that one is checked.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub alternative: bool,
}

/// An action that no operation serves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NamedEntry {
    /// Such as `mse:CreateCustomPlugin`.
    pub action: String,
    /// The resource name as a template.
    pub arn: String,
    /// What it would do.
    pub doc: &'static str,
}

/// The catalog; `wired` tells which operations have a handler.
pub fn catalog(wired: impl Fn(&OpSpec) -> bool) -> Catalog {
    let product = |(product, operations): &(&'static Product, &'static [&'static OpSpec])| CatalogProduct {
        name: product.name,
        ram_code: product.ram_code,
        ram_code_aliases: product.ram_code_aliases,
        version: product.version,
        style: match product.style {
            Style::Rpc => "RPC",
            Style::Roa => "ROA",
        },
        operations: operations.iter().map(|spec| CatalogEntry::of(spec, wired(spec))).collect(),
        named_actions: product.named_actions.iter().map(|named| named_entry(product, named)).collect(),
    };
    Catalog { products: PRODUCTS.iter().map(product).collect() }
}

fn named_entry(product: &Product, named: &NamedAction) -> NamedEntry {
    NamedEntry {
        action: format!("{}:{}", product.ram_code, named.name),
        arn: named.resource_type.map_or_else(|| all_of(product), |resource_type| resource_type.pattern.to_owned()),
        doc: named.doc,
    }
}

/// What "all resources" is checked on.
pub(super) fn all_of(product: &Product) -> String {
    let region = if product.regional { "{region}" } else { "" };
    format!("acs:{}:{region}:{{account}}:*", product.ram_code)
}

/// The resources of an operation as templates.
pub(super) fn resources(spec: &OpSpec) -> Vec<ResourceEntry> {
    let mut all = Vec::new();
    collect(spec.product, spec.resource, false, &mut all);
    all
}

fn collect(product: &Product, resource: Resource, extension: bool, all: &mut Vec<ResourceEntry>) {
    let of = |resource_type: &'static ResourceType, arn: String, field: Option<&'static str>| ResourceEntry {
        resource_type: Some(resource_type.name),
        arn,
        field,
        extension,
        alternative: false,
    };
    match resource {
        Resource::Exempt => {}
        Resource::All => {
            all.push(ResourceEntry {
                resource_type: None,
                arn: all_of(product),
                field: None,
                extension,
                alternative: false,
            });
        }
        Resource::Any(resource_type) => all.push(of(resource_type, any_of(resource_type), None)),
        Resource::One(resource_type, field) | Resource::Each(resource_type, field) => {
            all.push(of(resource_type, resource_type.pattern.to_owned(), Some(field)));
        }
        Resource::OneOf(resource_types, field) => all.extend(resource_types.iter().map(|resource_type| {
            let entry = of(resource_type, resource_type.pattern.to_owned(), Some(field));
            ResourceEntry { alternative: true, ..entry }
        })),
        Resource::Several(resources) => {
            resources.iter().for_each(|resource| collect(product, *resource, extension, all));
        }
        Resource::AllOr(resource) => collect(product, *resource, true, all),
    }
}
