//! ImportServices.

use super::{ImportedService, ImportedTls};
use crate::mse::{INSTANCE, MSE, checks, errors, naming};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Makes services with fixed addresses or DNS names, or imports them from a source. What exists already is
    /// passed over.
    ///
    /// Source: MSE API reference 2019-05-31, ImportServices.
    ImportServices {
        product: MSE,
        bind: RPC,
        access: Write,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: ImportServicesRequest,
        response: bool,
        errors: [errors::NOT_FOUND, errors::ILLEGAL_REQUEST],
        required: ["SourceType"],
    }
}

/// What [`ImportServices`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ImportServicesRequest {
    /// The alias of the function.
    pub fc_alias: Option<String>,
    /// The service of the function.
    pub fc_service_name: Option<String>,
    /// The version of the function.
    pub fc_version: Option<String>,
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// The services.
    pub service_list: Vec<ImportedService>,
    /// The source's number.
    pub source_id: Option<i64>,
    /// `VIP`, `DNS`, `K8s`, `MSE`, `MSE_ZK`, `EDAS`, `SAE` or `FC`.
    pub source_type: String,
    /// How the gateway speaks TLS to it.
    pub tls_setting: Option<ImportedTls>,
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
}

impl Validate for ImportServicesRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.one_of(
            "SourceType",
            Some(&self.source_type),
            &["MSE", "NACOS", "K8s", "VIP", "DNS", "FC", "EDAS", "MSE_ZK", "SAE"],
        );
        naming::check(checker, self);
        checks::imported(checker, &self.source_type, &self.service_list);
    }
}
