//! Zones.

use schemars::JsonSchema;
use serde::Serialize;

/// A zone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Zone {
    /// Whether hardware speeds up TLS, `true` or `false` as text.
    pub support_qat: String,
    /// The zone, such as `cn-hangzhou-e`.
    pub zone_id: String,
}
