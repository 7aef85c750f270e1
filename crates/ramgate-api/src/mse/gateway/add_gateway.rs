//! AddGateway.

use super::ZoneInfo;
use crate::mse::Tag;
use crate::mse::{MSE, checks, errors};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Makes a pay-as-you-go gateway. Answers at once; the status goes from 0 (creating) to 2 (running).
    ///
    /// Source: MSE API reference 2019-05-31, AddGateway.
    AddGateway {
        product: MSE,
        bind: RPC,
        access: Write,
        resource: ALL,
        conditions: [],
        request: AddGatewayRequest,
        response: AddGatewayResponse,
        errors: [errors::ILLEGAL_REQUEST],
        required: ["Region", "Vpc"],
    }
}

/// What [`AddGateway`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct AddGatewayRequest {
    /// `POSTPAY` or `PREPAY`. Informational.
    pub charge_type: Option<String>,
    /// `pubnet`, `privatenet` or `privatepubnet`.
    pub clb_network_type: Option<String>,
    /// Whether hardware speeds up TLS.
    pub enable_hardware_acceleration: Option<bool>,
    /// Whether access logs are collected.
    pub enable_sls: Option<bool>,
    /// Whether requests are traced.
    pub enable_xtrace: Option<bool>,
    /// Whether the security group is of the enterprise kind.
    pub enterprise_security_group: Option<bool>,
    /// The size of the load balancer on the internet, in the older form.
    pub internet_slb_spec: Option<String>,
    /// Which networks the entry serves.
    pub managed_entry_network_type: Option<String>,
    /// The edition: `mse_pro`, `mse_premium` or `mse_serverless`.
    #[serde(rename = "MserVersion", alias = "MseVersion")]
    pub mse_version: Option<String>,
    /// 1–64 characters; made up where absent.
    pub name: Option<String>,
    /// `pubnet`, `privatenet` or `privatepubnet`.
    pub nlb_network_type: Option<String>,
    /// The region.
    pub region: String,
    /// How many nodes, 1–30. Informational.
    pub replica: Option<i32>,
    /// Extension parameters, JSON text.
    pub request_pars: Option<String>,
    /// The resource group.
    pub resource_group_id: Option<String>,
    /// The size of the load balancer.
    pub slb_spec: Option<String>,
    /// The specification's name, such as `MSE_GTW_2_4_200_c`. Informational.
    pub spec: Option<String>,
    /// Tags, at most 20.
    pub tag: Vec<Tag>,
    /// The switch's id.
    pub v_switch_id: Option<String>,
    /// A second switch.
    pub v_switch_id2: Option<String>,
    /// The virtual network's id. Informational.
    pub vpc: String,
    /// How many of the requests are traced, 1–100 percent.
    pub xtrace_ratio: Option<String>,
    /// Zones with a switch in each. Informational.
    pub zone_info: Vec<ZoneInfo>,
}

impl Validate for AddGatewayRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.one_of("ChargeType", self.charge_type.as_deref(), &["PREPAY", "POSTPAY"]);
        checker.one_of("MserVersion", self.mse_version.as_deref(), &["mse_pro", "mse_premium", "mse_serverless"]);
        checks::name(checker, self.name.as_deref());
        checker.range("Replica", self.replica.map(i64::from), 1, 30);
        checks::tags(checker, &self.tag);
        let switch = self.v_switch_id.as_deref().is_some_and(|id| !id.is_empty());
        checker.needed("ZoneInfo", switch || !self.zone_info.is_empty());
    }
}

/// What [`AddGateway`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct AddGatewayResponse {
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: String,
}
