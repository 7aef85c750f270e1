//! GetServiceLinkedRoleTemplate.

use crate::ram::RAM;
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Returns what the role of a service would look like.
    ///
    /// Source: RAM API reference 2015-05-01, GetServiceLinkedRoleTemplate.
    GetServiceLinkedRoleTemplate {
        product: RAM,
        bind: RPC,
        access: Get,
        resource: ALL,
        conditions: [],
        request: GetServiceLinkedRoleTemplateRequest,
        response: Unbuilt,
        errors: [],
        required: ["ServiceName"],
    }
}

/// What [`GetServiceLinkedRoleTemplate`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetServiceLinkedRoleTemplateRequest {
    /// The service's name, such as `audit.log.aliyuncs.com`.
    pub service_name: String,
}

impl Validate for GetServiceLinkedRoleTemplateRequest {}
