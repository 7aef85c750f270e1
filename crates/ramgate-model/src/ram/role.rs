//! Roles: identities without credentials of their own, assumed by those whom their trust policy names.

use crate::{Resource, RoleId, Tags, Timestamp};
use serde::{Deserialize, Serialize};

/// A RAM role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// The id; never reused, so sessions of a removed role do not live on in a new one of the same name.
    pub id: RoleId,
    /// 1–64 of letters, digits, `.`, `-`; unique without regard to case. Resource names hold it in lower case.
    pub name: String,
    /// Up to 1,024 characters.
    pub description: String,
    /// The trust policy, byte for byte as given.
    pub trust_policy: String,
    /// The longest session, in seconds: 3,600–43,200.
    pub max_session_duration: u32,
    /// Whether sessions may use the console.
    pub allow_console_login: bool,
    /// The service that a service-linked role belongs to.
    pub service_name: Option<String>,
    /// Tags.
    pub tags: Tags,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl Role {
    /// `acs:ram::<account>:role/<name in lower case>`.
    pub fn arn(&self, account_id: &crate::AccountId) -> String {
        format!("acs:ram::{account_id}:role/{}", self.name.to_ascii_lowercase())
    }
}

impl Resource for Role {
    const KIND: &'static str = "role";

    fn id(&self) -> String {
        self.id.0.clone()
    }
}
