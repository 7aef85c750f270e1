//! The keys that security tokens are sealed with.

use crate::{Resource, Timestamp};
use serde::{Deserialize, Serialize};

/// A key of an account that security tokens of its role sessions are sealed with. Keys take turns; an old one is kept until
/// the last session that it sealed has ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenKey {
    /// 16 hexadecimal digits; tokens name it.
    pub id: String,
    /// The key, sealed: 32 bytes in Base64.
    pub sealed_key: String,
    /// When it was made.
    pub created_at: Timestamp,
}

impl Resource for TokenKey {
    const KIND: &'static str = "token-key";

    fn id(&self) -> String {
        self.id.clone()
    }
}
