//! UpdateBlackWhiteList.

use crate::mse::{INSTANCE, MSE, errors, naming};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Changes a list of addresses.
    ///
    /// Source: MSE API reference 2019-05-31, UpdateBlackWhiteList.
    UpdateBlackWhiteList {
        product: MSE,
        bind: RPC,
        access: Write,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: UpdateBlackWhiteListRequest,
        response: Unbuilt,
        errors: [errors::NOT_FOUND],
        required: ["Id"],
    }
}

/// What [`UpdateBlackWhiteList`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct UpdateBlackWhiteListRequest {
    /// Addresses or networks, one a line or joined by commas.
    pub content: Option<String>,
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// The number.
    pub id: i64,
    /// Whether the list says who may, rather than who may not.
    pub is_white: Option<bool>,
    /// The name.
    pub name: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// Domains or routes by number, such as `[123]`; empty for `GATEWAY`.
    pub resource_id_json_list: Vec<i64>,
    /// `GATEWAY`, `DOMAIN` or `ROUTE`.
    pub resource_type: Option<String>,
    /// `on` or `off`.
    pub status: Option<String>,
    /// `IP`.
    #[serde(rename = "Type")]
    pub kind: Option<String>,
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
}

impl Validate for UpdateBlackWhiteListRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.one_of("ResourceType", self.resource_type.as_deref(), &["GATEWAY", "DOMAIN", "ROUTE"]);
        naming::check(checker, self);
    }
}
