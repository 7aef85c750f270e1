//! Parts of requests about secrets.

use schemars::JsonSchema;
use serde::Deserialize;

/// Where a key management service keeps the secret.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct KmsConfig {
    /// The instance.
    pub kms_instance_id: Option<String>,
    /// The key.
    pub kms_key_id: Option<String>,
}
