//! ChangeResourceGroup.

use crate::apig::{APIG, GATEWAY, errors, targets};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Moves a resource to another resource group.
    ///
    /// Source: APIG API reference 2024-03-27, ChangeResourceGroup.
    ChangeResourceGroup {
        product: APIG,
        bind: (POST "/move-resource-group"),
        access: None,
        resource: (ALL or (GATEWAY, resource_id by targets::moved)),
        conditions: [],
        request: ChangeResourceGroupRequest,
        response: Unbuilt,
        errors: [errors::GATEWAY_NOT_FOUND],
        required: ["ResourceId", "ResourceGroupId"],
        query: ["ResourceGroupId", "ResourceId", "ResourceType", "Service"],
    }
}

/// What [`ChangeResourceGroup`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct ChangeResourceGroupRequest {
    /// The resource group to move to.
    #[serde(rename = "ResourceGroupId")]
    pub resource_group_id: String,
    /// The id of the resource.
    #[serde(rename = "ResourceId")]
    pub resource_id: String,
    /// `Gateway`; letter case does not matter.
    #[serde(rename = "ResourceType")]
    pub resource_type: Option<String>,
    /// `APIG`.
    #[serde(rename = "Service")]
    pub service: Option<String>,
}

impl Validate for ChangeResourceGroupRequest {}
