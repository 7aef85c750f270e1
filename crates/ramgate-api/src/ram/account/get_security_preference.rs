//! GetSecurityPreference.

use super::SecurityPreference;
use crate::ram::RAM;
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Returns what users may do on their own.
    ///
    /// Source: RAM API reference 2015-05-01, GetSecurityPreference.
    GetSecurityPreference {
        product: RAM,
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
