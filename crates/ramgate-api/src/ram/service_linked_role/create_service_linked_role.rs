//! CreateServiceLinkedRole.

use crate::ram::{RAM, SERVICE_NAME, errors};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Makes the role that a service acts under.
    ///
    /// Source: RAM API reference 2015-05-01, CreateServiceLinkedRole.
    CreateServiceLinkedRole {
        product: RAM,
        bind: RPC,
        access: Create,
        resource: ALL,
        conditions: [SERVICE_NAME],
        request: CreateServiceLinkedRoleRequest,
        response: Unbuilt,
        errors: [errors::ROLE_EXISTS],
        required: ["ServiceName"],
    }
}

/// What [`CreateServiceLinkedRole`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct CreateServiceLinkedRoleRequest {
    /// 1–64 characters added to the role's name.
    pub custom_suffix: Option<String>,
    /// A description, up to 1,024 characters.
    pub description: Option<String>,
    /// The service's name, such as `audit.log.aliyuncs.com`.
    pub service_name: String,
}

impl Validate for CreateServiceLinkedRoleRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.length("CustomSuffix", self.custom_suffix.as_deref(), 1, 64);
    }
}
