//! AddServiceSource.

use super::{IngressOptions, SecurityGroupOpening};
use crate::mse::{INSTANCE, MSE, checks, errors, naming};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Connects a gateway to a place where services are found.
    ///
    /// Source: MSE API reference 2019-05-31, AddServiceSource.
    AddServiceSource {
        product: MSE,
        bind: RPC,
        access: Write,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: AddServiceSourceRequest,
        response: i64,
        errors: [errors::NOT_FOUND, errors::ILLEGAL_REQUEST],
        required: ["Source"],
    }
}

/// What [`AddServiceSource`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct AddServiceSourceRequest {
    /// Cluster id, endpoint or namespace of the source.
    pub address: Option<String>,
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// Groups to read.
    pub group_list: Vec<String>,
    /// Which Ingress objects become routes.
    pub ingress_options_request: Option<IngressOptions>,
    /// The name.
    pub name: Option<String>,
    /// Roots to read.
    pub path_list: Vec<String>,
    /// `K8s`, `MSE` (or `NACOS`), `MSE_ZK`, `EDAS` or `SAE`.
    pub source: String,
    /// Ports to open. Kept, not acted on.
    pub to_authorize_security_groups: Vec<SecurityGroupOpening>,
    /// As `Source`.
    #[serde(rename = "Type")]
    pub kind: Option<String>,
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
}

impl Validate for AddServiceSourceRequest {
    fn validate(&self, checker: &mut Checker) {
        naming::check(checker, self);
        checker.one_of("Source", Some(&self.source), checks::SOURCES);
    }
}
