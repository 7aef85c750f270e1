//! What exists: services, actions, the resources each action takes, condition keys. Pure data.
//!
//! The validator reads a catalog to say what a policy will never do; the compiler numbers the actions by it. Actions
//! outside the catalog are decided all the same, only not as fast. The catalog of Ramgate is built by `ramgate-api`.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::key::{self, KeySpec, KeyType, normalise, normalised};

/// Access level of an action as published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AccessLevel {
    /// Makes a resource.
    Create,
    /// Lists resources.
    List,
    /// Reads a resource.
    Get,
    /// Changes a resource.
    Update,
    /// Removes a resource.
    Delete,
    /// No level is published.
    None,
}

/// A service, under one or several RAM codes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ServiceSpec {
    /// RAM codes that belong together, the usual one first, for example `mse` and `microgw`.
    pub codes: Vec<String>,
    /// Name of the product.
    pub title: String,
}

/// A resource that an action can be restricted to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ResourceSpec {
    /// Template such as `acs:apig:{region}:{account}:httpapi/{httpApiId}` or `acs:apig:{region}:{account}:httpapi/*`.
    pub template: String,
    /// Whether only Ramgate checks the action on this resource, while the cloud checks it on all resources.
    pub extension: bool,
}

/// An action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ActionSpec {
    /// `<ram-code>:<name>` in published spelling, for example `apig:GetHttpApi`.
    pub name: String,
    /// Access level as published.
    pub access: AccessLevel,
    /// The resources the action can be restricted to. Empty: the action knows only "all resources".
    pub resources: Vec<ResourceSpec>,
    /// Condition keys the action evaluates besides the common ones, in published spelling.
    pub condition_keys: Vec<String>,
}

impl ActionSpec {
    /// An action that knows only "all resources".
    pub fn new(name: impl Into<String>, access: AccessLevel) -> Self {
        ActionSpec { name: name.into(), access, resources: Vec::new(), condition_keys: Vec::new() }
    }

    /// Adds a resource that the action can be restricted to.
    pub fn on(mut self, template: impl Into<String>) -> Self {
        self.resources.push(ResourceSpec { template: template.into(), extension: false });
        self
    }

    /// Adds a resource that only Ramgate checks the action on.
    pub fn on_extension(mut self, template: impl Into<String>) -> Self {
        self.resources.push(ResourceSpec { template: template.into(), extension: true });
        self
    }

    /// Adds a condition key.
    pub fn with_key(mut self, key: impl Into<String>) -> Self {
        self.condition_keys.push(key.into());
        self
    }

    /// Whether the cloud, too, checks the action on single resources.
    pub fn is_resource_level(&self) -> bool {
        self.resources.iter().any(|resource| !resource.extension)
    }

    /// The RAM code.
    pub fn service(&self) -> &str {
        self.name.split_once(':').map_or("", |(service, _)| service)
    }
}

/// Number of an action in one catalog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActionId(pub(crate) u32);

/// What exists. Cloning is cheap.
#[derive(Debug, Clone)]
pub struct Catalog {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    services: Vec<ServiceSpec>,
    /// Sorted by lower-case name, so that an action pattern with a trailing star is a range.
    actions: Vec<ActionSpec>,
    /// Lower-case names, in the order of `actions`.
    names: Vec<String>,
    ids: crate::index::ActionTable,
    /// Sorted by normalised name.
    keys: Vec<(String, KeySpec)>,
}

impl Catalog {
    /// An empty catalog to fill. It knows the common condition keys.
    pub fn builder() -> CatalogBuilder {
        CatalogBuilder { services: Vec::new(), actions: Vec::new(), keys: Vec::new() }
    }

    /// The condition keys that every service knows (`acs:…`).
    ///
    /// Source: RAM documentation, "Policy elements", common condition keys. Those ending in `/` are followed by a tag
    /// name.
    pub fn common_keys() -> Vec<KeySpec> {
        key::common_keys()
    }

    /// A builder that holds what this catalog holds.
    pub fn to_builder(&self) -> CatalogBuilder {
        CatalogBuilder {
            services: self.inner.services.clone(),
            actions: self.inner.actions.clone(),
            keys: self.keys().cloned().collect(),
        }
    }

    /// All services.
    pub fn services(&self) -> &[ServiceSpec] {
        &self.inner.services
    }

    /// The service with this RAM code, ignoring case.
    pub fn service(&self, code: &str) -> Option<&ServiceSpec> {
        let has = |service: &&ServiceSpec| service.codes.iter().any(|known| known.eq_ignore_ascii_case(code));
        self.inner.services.iter().find(has)
    }

    /// All actions, sorted by lower-case name; the position of an action is its number.
    pub fn actions(&self) -> &[ActionSpec] {
        &self.inner.actions
    }

    /// Number of the action of this name, ignoring case.
    pub fn action_id(&self, name: &str) -> Option<ActionId> {
        self.inner.ids.find(name).map(ActionId)
    }

    /// The action of this name, ignoring case.
    pub fn action(&self, name: &str) -> Option<&ActionSpec> {
        self.action_id(name).and_then(|id| self.action_by_id(id))
    }

    /// The action of this number.
    pub fn action_by_id(&self, id: ActionId) -> Option<&ActionSpec> {
        self.inner.actions.get(id.0 as usize)
    }

    /// Lower-case action names in the order of their numbers.
    pub(crate) fn names(&self) -> &[String] {
        &self.inner.names
    }

    /// The condition key of this name, be it a common key or one of a service. Keys with a tag name are found through
    /// their prefix. Allocates nothing.
    pub fn key(&self, name: &str) -> Option<&KeySpec> {
        let find = |name: &str| {
            let order = |(known, _): &(String, KeySpec)| known.bytes().cmp(normalised(name));
            self.inner.keys.binary_search_by(order).ok().and_then(|at| self.inner.keys.get(at)).map(|(_, spec)| spec)
        };
        find(name).or_else(|| {
            let head = name.find('/').and_then(|slash| name.get(..=slash))?;
            if head.len() == name.len() { None } else { find(head) }
        })
    }

    /// All condition keys, sorted by name.
    pub fn keys(&self) -> impl Iterator<Item = &KeySpec> {
        self.inner.keys.iter().map(|(_, spec)| spec)
    }

    /// Type of a condition key, when the catalog knows the key.
    pub fn key_type(&self, name: &str) -> Option<KeyType> {
        self.key(name).map(|spec| spec.key_type)
    }
}

/// Keys of trust policies and of role handling; part of the language rather than of one product.
const LANGUAGE_KEYS: [&str; 8] = [
    "ram:ServiceName",
    "sts:ExternalId",
    "sts:RoleSessionName",
    "sts:SourceIdentity",
    "saml:recipient",
    "oidc:iss",
    "oidc:aud",
    "oidc:sub",
];

/// Collects the parts of a [`Catalog`].
#[derive(Debug, Clone)]
pub struct CatalogBuilder {
    services: Vec<ServiceSpec>,
    actions: Vec<ActionSpec>,
    keys: Vec<KeySpec>,
}

impl CatalogBuilder {
    /// Adds a service under all its RAM codes.
    pub fn service<C: Into<String>>(
        &mut self,
        title: impl Into<String>,
        codes: impl IntoIterator<Item = C>,
    ) -> &mut Self {
        let codes = codes.into_iter().map(Into::into).collect();
        self.services.push(ServiceSpec { codes, title: title.into() });
        self
    }

    /// Adds an action. A second action of the same name, ignoring case, replaces the first.
    pub fn action(&mut self, action: ActionSpec) -> &mut Self {
        self.actions.push(action);
        self
    }

    /// Adds a condition key. The common keys are there already and keep their type.
    pub fn key(&mut self, key: KeySpec) -> &mut Self {
        self.keys.push(key);
        self
    }

    /// The catalog.
    pub fn build(&self) -> Catalog {
        let mut by_name: HashMap<String, ActionSpec> = HashMap::new();
        for action in &self.actions {
            by_name.insert(action.name.to_ascii_lowercase(), action.clone());
        }
        let mut named: Vec<(String, ActionSpec)> = by_name.into_iter().collect();
        named.sort_by(|a, b| a.0.cmp(&b.0));
        let (names, actions): (Vec<String>, Vec<ActionSpec>) = named.into_iter().unzip();
        let mut services = self.services.clone();
        for action in &actions {
            let code = action.service();
            if !services.iter().any(|service| service.codes.iter().any(|known| known.eq_ignore_ascii_case(code))) {
                services.push(ServiceSpec { codes: vec![code.to_owned()], title: code.to_owned() });
            }
        }
        let mut keys = BTreeMap::new();
        for name in LANGUAGE_KEYS {
            keys.insert(normalise(name), KeySpec::new(name, KeyType::String));
        }
        for key in self.keys.iter().cloned().chain(Catalog::common_keys()) {
            keys.insert(normalise(&key.name), key);
        }
        let ids = crate::index::ActionTable::new(&names);
        Catalog { inner: Arc::new(Inner { services, actions, names, ids, keys: keys.into_iter().collect() }) }
    }
}

impl Default for Catalog {
    fn default() -> Self {
        Catalog::builder().build()
    }
}
