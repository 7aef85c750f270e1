//! AddBlackWhiteList.

use crate::mse::{INSTANCE, MSE, errors, naming};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Makes a list of addresses that may, or may not, reach a gateway, domain or route.
    ///
    /// Source: MSE API reference 2019-05-31, AddBlackWhiteList.
    AddBlackWhiteList {
        product: MSE,
        bind: RPC,
        access: Write,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: AddBlackWhiteListRequest,
        response: Unbuilt,
        errors: [errors::NOT_FOUND],
        required: ["ResourceType", "Content"],
    }
}

/// What [`AddBlackWhiteList`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct AddBlackWhiteListRequest {
    /// Addresses or networks, one a line or joined by commas.
    pub content: String,
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// Whether the list says who may, rather than who may not.
    pub is_white: Option<bool>,
    /// The name.
    pub name: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// Domains or routes by number, such as `[123]`; empty for `GATEWAY`.
    pub resource_id_json_list: Vec<i64>,
    /// `GATEWAY`, `DOMAIN` or `ROUTE`.
    pub resource_type: String,
    /// `on` or `off`.
    pub status: Option<String>,
    /// `IP`.
    #[serde(rename = "Type")]
    pub kind: Option<String>,
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
}

impl Validate for AddBlackWhiteListRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.one_of("ResourceType", Some(&self.resource_type), &["GATEWAY", "DOMAIN", "ROUTE"]);
        checker.one_of("Status", self.status.as_deref(), &["on", "off"]);
        naming::check(checker, self);
    }
}
