//! SearchContactGroup.

use crate::arms::ARMS;
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lists the groups of people who are told of alerts.
    ///
    /// Source: MSE user guide, RAM policies. No request format is published; this one follows
    /// `SearchAlertContactGroup` of the same product.
    SearchContactGroup {
        product: ARMS,
        bind: RPC,
        access: List,
        resource: ALL,
        conditions: [],
        request: SearchContactGroupRequest,
        response: Unbuilt,
        errors: [],
    }
}

/// What [`SearchContactGroup`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct SearchContactGroupRequest {
    /// The region.
    pub region_id: Option<String>,
    /// Ids of contact groups, joined by commas.
    pub contact_group_ids: Option<String>,
    /// Part of the name of a contact group.
    pub contact_group_name: Option<String>,
    /// Part of the name of a contact in it.
    pub contact_name: Option<String>,
    /// The id of a contact in it.
    pub contact_id: Option<i64>,
    /// Whether contacts are answered as well.
    pub is_detail: Option<bool>,
}

impl Validate for SearchContactGroupRequest {}
