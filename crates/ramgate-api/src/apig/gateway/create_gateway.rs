//! CreateGateway.

use super::{LogConfig, NetworkAccessConfig, Tag, ZoneConfig};
use crate::apig::{APIG, GATEWAY, NETWORK_TYPE, checks, errors};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Makes a gateway with its entry points and a default environment. Answers at once; the gateway is then
    /// `Creating`, and `Running` once it takes traffic.
    ///
    /// Source: APIG API reference 2024-03-27, CreateGateway.
    CreateGateway {
        product: APIG,
        bind: (POST "/v1/gateways"),
        access: Create,
        resource: (GATEWAY, *),
        conditions: [NETWORK_TYPE],
        request: CreateGatewayRequest,
        response: CreateGatewayResponse,
        errors: [errors::GATEWAY_NAME_DUPLICATE],
        required: ["name", "networkAccessConfig"],
    }
}

/// What [`CreateGateway`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct CreateGatewayRequest {
    /// `POSTPAY` or `PREPAY`. Informational.
    pub charge_type: Option<String>,
    /// `Professional`, `Serverless` or `MultiTenantServerless`.
    pub gateway_edition: Option<String>,
    /// `ENTERPRISE` or `STANDARD`.
    pub gateway_mode: Option<String>,
    /// `API` or `AI`.
    pub gateway_type: Option<String>,
    /// Where access logs go.
    pub log_config: Option<LogConfig>,
    /// 1–64 characters.
    pub name: String,
    /// Which networks it serves.
    pub network_access_config: NetworkAccessConfig,
    /// The resource group.
    pub resource_group_id: Option<String>,
    /// The specification's name, such as `apigw.small.x1`. Informational.
    pub spec: Option<String>,
    /// Tags, at most 20.
    pub tag: Vec<Tag>,
    /// The virtual network's id. Informational.
    pub vpc_id: Option<String>,
    /// Its zones. Informational.
    pub zone_config: Option<ZoneConfig>,
}

impl Validate for CreateGatewayRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.one_of("chargeType", self.charge_type.as_deref(), &["POSTPAY", "PREPAY"]);
        checker.one_of(
            "gatewayEdition",
            self.gateway_edition.as_deref(),
            &["Professional", "Serverless", "MultiTenantServerless"],
        );
        checker.one_of("gatewayMode", self.gateway_mode.as_deref(), &["ENTERPRISE", "STANDARD"]);
        checker.one_of("gatewayType", self.gateway_type.as_deref(), &["API", "AI"]);
        checker.length("name", Some(&self.name), 1, 64);
        checker.needed("networkAccessConfig.type", !self.network_access_config.kind.is_empty());
        checker.one_of(
            "networkAccessConfig.type",
            Some(&self.network_access_config.kind),
            &["Internet", "Intranet", "InternetAndIntranet"],
        );
        if let Some(zones) = &self.zone_config {
            checker.one_of("zoneConfig.selectOption", zones.select_option.as_deref(), &["Auto", "Manual"]);
        }
        checks::tags(checker, &self.tag);
    }
}

/// What [`CreateGateway`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CreateGatewayResponse {
    /// The gateway's id.
    pub gateway_id: String,
}
