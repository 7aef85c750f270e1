//! What was deleted and may still come back.

use super::{AccessKey, KeyOwner, LoginProfile, User};
use crate::{Resource, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// A user in the recycle bin. Its name is free meanwhile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecycledUser {
    /// As it was.
    pub user: User,
    /// What let it log on to the console; it comes back switched off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub login_profile: Option<LoginProfile>,
    /// When it came in.
    pub recycled_at: Timestamp,
}

impl Resource for RecycledUser {
    const KIND: &'static str = "recycled-user";

    /// The user's.
    fn id(&self) -> String {
        self.user.id.0.clone()
    }
}

/// An access key of a user in the recycle bin. It is no access key there: whoever signs with it is unknown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecycledAccessKey {
    /// As it was. Its secret is sealed to where it lay, so that it opens again only there.
    pub key: AccessKey,
    /// When it came in.
    pub recycled_at: Timestamp,
    /// Whether it came in together with its user, and so comes back with it.
    pub with_user: bool,
}

impl RecycledAccessKey {
    /// Whose it is; the account's own keys do not come in here.
    pub fn user_id(&self) -> Option<&UserId> {
        match &self.key.owner {
            KeyOwner::User { user_id } => Some(user_id),
            KeyOwner::Root => None,
        }
    }
}

impl Resource for RecycledAccessKey {
    const KIND: &'static str = "recycled-access-key";

    /// The key's.
    fn id(&self) -> String {
        self.key.id.0.clone()
    }
}
