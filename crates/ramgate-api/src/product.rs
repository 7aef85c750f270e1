//! Products: the services whose API is spoken here, and the resource types and condition keys they define.

use crate::{ApiError, ErrorCode};

/// A product: one API version of one service.
#[derive(Debug, PartialEq, Eq)]
pub struct Product {
    /// The name as troubleshooting links write it, such as `Ram`.
    pub name: &'static str,
    /// The code in RAM actions and resource names, such as `apig`.
    pub ram_code: &'static str,
    /// Further codes that policies may use for the same actions, such as `yundun-cert` for `cas`.
    pub ram_code_aliases: &'static [&'static str],
    /// The API version; it also tells which product a request is for.
    pub version: &'static str,
    /// RPC or ROA.
    pub style: Style,
    /// What successful answers look like.
    pub envelope: Envelope,
    /// Whether resource names carry the region. Those of global services leave it empty.
    pub regional: bool,
    /// Actions that policies mention and no operation serves, so that the simulator and the validator know them.
    pub named_actions: &'static [NamedAction],
    /// The code for a required parameter that is absent; `{Name}` in its message stands for the parameter.
    pub missing_parameter: &'static ErrorCode,
    /// The code for a parameter out of its limits, where there is none of its own.
    pub invalid_parameter: &'static ErrorCode,
}

impl Product {
    /// The error for a required parameter that is absent. `name` is its wire name.
    pub fn missing(&self, name: &str) -> ApiError {
        self.missing_parameter.naming(name)
    }
}

impl Product {
    /// A resource name of this product under its code, then under each alias, in the order of
    /// [`OpSpec::full_actions`](crate::OpSpec::full_actions). Names of another service stay as they are.
    pub fn spellings(&self, resource: &str) -> Vec<String> {
        let own = format!("acs:{}:", self.ram_code);
        let aliased = |alias: &&str| match resource.strip_prefix(&own) {
            Some(rest) => format!("acs:{alias}:{rest}"),
            None => resource.to_owned(),
        };
        [resource.to_owned()].into_iter().chain(self.ram_code_aliases.iter().map(aliased)).collect()
    }
}

/// An action that no operation serves.
#[derive(Debug, PartialEq, Eq)]
pub struct NamedAction {
    /// The action without its code.
    pub name: &'static str,
    /// The type of resource it is checked on; `None` means all resources.
    pub resource_type: Option<&'static ResourceType>,
    /// What it would do.
    pub doc: &'static str,
}

/// How operations are called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// By action name, parameters in query and form.
    Rpc,
    /// By method and path, parameters in path, query and a JSON body.
    Roa,
}

/// What a successful answer looks like around the response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Envelope {
    /// The fields of the response beside `RequestId`.
    Flat,
    /// `requestId`, `code`, `message` and the response under `data`.
    Data,
    /// MSE's: `RequestId`, `HttpStatusCode`, `Success`, `Code`, `Message`, `ErrorCode` and the response under `Data`.
    Mse,
    /// MSE's fields and those of the response beside them.
    MseFlat,
}

/// A type of resource that permissions can name.
#[derive(Debug, PartialEq, Eq)]
pub struct ResourceType {
    /// The name used here, such as `HttpApi`.
    pub name: &'static str,
    /// The name in the product's published table, oddities included.
    pub published_as: &'static str,
    /// The first part of the relative id, such as `httpapi` of `httpapi/{httpApiId}`.
    pub kind: &'static str,
    /// The resource name as a template, such as `acs:apig:{region}:{account}:httpapi/{httpApiId}`.
    pub pattern: &'static str,
    /// A request that names none of this type means the caller (RAM users).
    pub caller_when_absent: bool,
}

/// A condition key that a product defines.
#[derive(Debug, PartialEq, Eq)]
pub struct ConditionKey {
    /// The key, such as `apig:GatewayId`.
    pub name: &'static str,
    /// The type of its values.
    pub key_type: KeyType,
    /// Whether a request may hold several values.
    pub array: bool,
    /// What it means.
    pub doc: &'static str,
}

/// Types of condition values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum KeyType {
    String,
    Numeric,
    Date,
    Bool,
    Ip,
}
