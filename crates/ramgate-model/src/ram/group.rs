//! Groups of users, and who is in them.

use crate::{GroupId, Resource, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// A group of users: what is attached to it counts for each of its members. Groups do not nest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// The id; never reused.
    pub id: GroupId,
    /// 1–64 of letters, digits, `.`, `-`, `_`; unique without regard to case.
    pub name: String,
    /// Up to 24 characters; may be empty.
    pub display_name: String,
    /// Up to 128 characters.
    pub comments: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl Resource for Group {
    const KIND: &'static str = "group";

    fn id(&self) -> String {
        self.id.0.clone()
    }
}

/// A user in a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// The group.
    pub group_id: GroupId,
    /// The user.
    pub user_id: UserId,
    /// Since when.
    pub joined_at: Timestamp,
}

impl Resource for Membership {
    const KIND: &'static str = "membership";

    /// `user/<user>/<group>`: a user's memberships lie together.
    fn id(&self) -> String {
        format!("user/{}/{}", self.user_id, self.group_id)
    }
}
