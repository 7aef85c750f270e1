//! AddAuthResource.

use super::AuthResourceHeader;
use crate::mse::{INSTANCE, MSE, errors, naming};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Adds a path that is checked, or left unchecked.
    ///
    /// Source: MSE API reference 2019-05-31, AddAuthResource.
    AddAuthResource {
        product: MSE,
        bind: RPC,
        access: Write,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: AddAuthResourceRequest,
        response: Unbuilt,
        errors: [errors::NOT_FOUND],
        required: ["AuthId", "Path"],
    }
}

/// What [`AddAuthResource`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct AddAuthResourceRequest {
    /// The way of authentication.
    pub auth_id: i64,
    /// Conditions on headers; every one must hold.
    pub auth_resource_header_list: Vec<AuthResourceHeader>,
    /// The domain by number; 0 is the domain `*`.
    pub domain_id: Option<i64>,
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// Whether letter case does not matter.
    pub ignore_case: Option<bool>,
    /// `EQUAL`, `PRE`, or `ERGULAR` for a regular expression, which is how it is really spelt.
    pub match_type: Option<String>,
    /// The path.
    pub path: String,
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
}

impl Validate for AddAuthResourceRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.one_of("MatchType", self.match_type.as_deref(), &["EQUAL", "PRE", "ERGULAR", "REGULAR"]);
        naming::check(checker, self);
    }
}
