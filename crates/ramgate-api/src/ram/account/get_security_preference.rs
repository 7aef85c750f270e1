//! GetSecurityPreference.

use crate::ram::RAM;
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

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
        response: Unbuilt,
        errors: [],
    }
}

/// Nothing is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetSecurityPreferenceRequest {}

impl Validate for GetSecurityPreferenceRequest {}
