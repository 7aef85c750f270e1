//! GetSecurityPreference.

use super::SecurityPreference;
use crate::ims::IMS;
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Returns what users may do on their own and how they log on.
    ///
    /// Source: IMS API reference 2019-08-15, GetSecurityPreference.
    GetSecurityPreference {
        product: IMS,
        bind: RPC,
        access: Get,
        resource: ALL,
        conditions: [],
        request: GetSecurityPreferenceRequest,
        response: GetSecurityPreferenceResponse,
        errors: [],
    }
}

/// Nothing is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetSecurityPreferenceRequest {}

impl Validate for GetSecurityPreferenceRequest {}

/// What [`GetSecurityPreference`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct GetSecurityPreferenceResponse {
    /// The settings in force.
    pub security_preference: SecurityPreference,
}
