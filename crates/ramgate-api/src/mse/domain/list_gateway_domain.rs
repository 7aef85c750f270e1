//! ListGatewayDomain.

use super::DomainSummary;
use crate::mse::{INSTANCE, MSE, errors, naming};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lists the domains of a gateway.
    ///
    /// Source: MSE API reference 2019-05-31, ListGatewayDomain.
    ListGatewayDomain {
        product: MSE,
        bind: RPC,
        access: Read,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: ListGatewayDomainRequest,
        response: Vec<DomainSummary>,
        errors: [errors::NOT_FOUND],
    }
}

/// What [`ListGatewayDomain`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListGatewayDomainRequest {
    /// Part of the domain's name.
    pub domain_name: Option<String>,
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// `Op` or `Ingress`.
    #[serde(rename = "Type")]
    pub kind: Option<String>,
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
}

impl Validate for ListGatewayDomainRequest {
    fn validate(&self, checker: &mut Checker) {
        naming::check(checker, self);
    }
}
