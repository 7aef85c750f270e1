//! Types that several of these operations share.

use schemars::JsonSchema;
use serde::Serialize;

/// A group.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Group {
    /// A remark, up to 128 characters.
    pub comments: String,
    /// When it was made, UTC, `YYYY-MM-DDThh:mm:ssZ`.
    pub create_date: String,
    /// The id, never reused.
    pub group_id: String,
    /// The name.
    pub group_name: String,
    /// When it was last changed, UTC.
    pub update_date: String,
}

/// Groups, nested once as the API writes lists.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct GroupList {
    /// The groups.
    pub group: Vec<Group>,
}

/// A group that a user is in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct JoinedGroup {
    /// A remark, up to 128 characters.
    pub comments: String,
    /// The id.
    pub group_id: String,
    /// The name.
    pub group_name: String,
    /// Since when the user has been in it, UTC.
    pub join_date: String,
}

/// The groups of a user.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct JoinedGroupList {
    /// The groups.
    pub group: Vec<JoinedGroup>,
}

/// A member of a group.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Member {
    /// The name shown.
    pub display_name: String,
    /// Since when the user has been in the group, UTC.
    pub join_date: String,
    /// The logon name.
    pub user_name: String,
}

/// The members of a group.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct MemberList {
    /// The users.
    pub user: Vec<Member>,
}
