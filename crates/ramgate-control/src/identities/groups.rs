//! Groups and who is in them.

use super::UserRef;
use crate::node::Cx;
use crate::ram::lookup::{self, GROUP_NAMES};
use crate::ram::quota;
use crate::state::{AccountState, Row};
use ramgate_api::ApiError;
use ramgate_api::ram::errors;
use ramgate_model::{Attachment, Group, Membership, PrincipalRef, Resource, Timestamp, User};
use std::sync::Arc;

/// A group to be.
pub(crate) struct NewGroup {
    pub(crate) name: String,
    pub(crate) display_name: Option<String>,
    pub(crate) comments: Option<String>,
}

/// What is to change of a group; the rest stays.
pub(crate) struct GroupChanges {
    pub(crate) name: Option<String>,
    pub(crate) display_name: Option<String>,
    pub(crate) comments: Option<String>,
}

fn key_of(group: &Group) -> String {
    PrincipalRef::Group { group_id: group.id.clone() }.key()
}

/// Makes a group.
///
/// # Errors
/// `EntityAlreadyExists.Group`, `LimitExceeded.Group`.
pub(crate) async fn create(cx: &Cx, new: NewGroup) -> Result<Group, ApiError> {
    let group = Group {
        id: cx.ids().group(),
        name: new.name,
        display_name: new.display_name.unwrap_or_default(),
        comments: new.comments.unwrap_or_default(),
        created_at: cx.now(),
        updated_at: cx.now(),
    };
    let lower = group.name.to_ascii_lowercase();
    cx.transact(|tx| {
        tx.claim::<Group>(GROUP_NAMES, &lower, group.id.as_str(), || errors::GROUP_EXISTS.error())?;
        if tx.account().table::<Group>().len() >= quota::GROUPS {
            return Err(errors::GROUP_LIMIT.error());
        }
        tx.unchanged::<Group>()?;
        tx.create(&group)
    })
    .await?;
    Ok(group)
}

/// Changes a group.
///
/// # Errors
/// `EntityNotExist.Group`, `EntityAlreadyExists.Group`.
pub(crate) async fn update(cx: &Cx, name: &str, changes: &GroupChanges) -> Result<Group, ApiError> {
    cx.transact(|tx| {
        let account = tx.account().clone();
        let row = lookup::group(&account, name)?;
        let mut group = row.value.clone();
        if let Some(new) = &changes.name {
            let (before, after) = (group.name.to_ascii_lowercase(), new.to_ascii_lowercase());
            if before != after {
                tx.claim::<Group>(GROUP_NAMES, &after, group.id.as_str(), || errors::GROUP_EXISTS.error())?;
                tx.release::<Group>(GROUP_NAMES, &before)?;
            }
            group.name.clone_from(new);
        }
        if let Some(new) = &changes.display_name {
            group.display_name.clone_from(new);
        }
        if let Some(new) = &changes.comments {
            group.comments.clone_from(new);
        }
        group.updated_at = cx.now();
        tx.update(row, &group)?;
        Ok(group)
    })
    .await
}

/// Deletes a group.
///
/// # Errors
/// `EntityNotExist.Group`, `DeleteConflict.Group.User`, `DeleteConflict.Group.Policy`.
pub(crate) async fn delete(cx: &Cx, name: &str) -> Result<(), ApiError> {
    cx.transact(|tx| {
        let account = tx.account().clone();
        let row = lookup::group(&account, name)?;
        let group = key_of(row);
        if account.table::<Membership>().indexed(&group).next().is_some() {
            return Err(errors::GROUP_HAS_USER.error());
        }
        if account.table::<Attachment>().indexed(&group).next().is_some() {
            return Err(errors::GROUP_HAS_POLICY.error());
        }
        // Memberships lie below their users.
        tx.unchanged::<Membership>()?;
        tx.unchanged_below::<Attachment>(&group)?;
        tx.release::<Group>(GROUP_NAMES, &row.name.to_ascii_lowercase())?;
        tx.delete(row)
    })
    .await
}

/// Adds a user to a group.
///
/// # Errors
/// `EntityNotExist.User`, `EntityNotExist.Group`, `EntityAlreadyExists.User.Group`, `LimitExceeded.User.Group`.
pub(crate) async fn add_user(cx: &Cx, who: UserRef<'_>, group_name: &str) -> Result<(), ApiError> {
    cx.transact(|tx| {
        let account = tx.account().clone();
        let user = who.find(cx.logon_names(), &account)?;
        let group = lookup::group(&account, group_name)?;
        let membership = Membership { group_id: group.id.clone(), user_id: user.id.clone(), joined_at: cx.now() };
        if account.get::<Membership>(&membership.id()).is_some() {
            return Err(errors::USER_IS_IN_GROUP.error());
        }
        let principal = PrincipalRef::User { user_id: user.id.clone() }.key();
        if account.table::<Membership>().indexed(&principal).count() >= quota::GROUPS_OF_USER {
            return Err(errors::USER_GROUP_LIMIT.error());
        }
        tx.require(user)?;
        tx.require(group)?;
        tx.unchanged_below::<Membership>(&principal)?;
        tx.create(&membership)
    })
    .await
}

/// Takes a user out of a group.
///
/// # Errors
/// `EntityNotExist.User`, `EntityNotExist.Group`, `EntityNotExist.User.Group`.
pub(crate) async fn remove_user(cx: &Cx, who: UserRef<'_>, group_name: &str) -> Result<(), ApiError> {
    cx.transact(|tx| {
        let account = tx.account().clone();
        let user = who.find(cx.logon_names(), &account)?;
        let group = lookup::group(&account, group_name)?;
        let membership = Membership { group_id: group.id.clone(), user_id: user.id.clone(), joined_at: 0 };
        let found = account.get::<Membership>(&membership.id());
        tx.delete(found.ok_or_else(|| errors::USER_GROUP_NOT_FOUND.error())?)
    })
    .await
}

/// The groups in the order of their making, each with its place in it.
pub(crate) fn all(account: &AccountState) -> Vec<(String, Arc<Row<Group>>)> {
    let place = |group: &Group| format!("{:020}/{}", group.created_at, group.id);
    account.table::<Group>().iter().map(|group| (place(group), group.clone())).collect()
}

/// A group that a user is in.
pub(crate) struct Joined {
    pub(crate) group: Arc<Row<Group>>,
    pub(crate) joined_at: Timestamp,
}

/// The groups that a user is in, by name.
///
/// # Errors
/// `EntityNotExist.User`.
pub(crate) fn of_user(cx: &Cx, account: &AccountState, who: UserRef<'_>) -> Result<Vec<Joined>, ApiError> {
    let user = who.find(cx.logon_names(), account)?;
    let principal = PrincipalRef::User { user_id: user.id.clone() }.key();
    let memberships = account.table::<Membership>().indexed(&principal);
    let joined = |m: &Arc<Row<Membership>>| {
        Some(Joined { group: account.get::<Group>(m.group_id.as_str())?.clone(), joined_at: m.joined_at })
    };
    let mut groups: Vec<Joined> = memberships.filter_map(joined).collect();
    groups.sort_by_key(|joined| joined.group.name.to_ascii_lowercase());
    Ok(groups)
}

/// A member of a group.
pub(crate) struct Member {
    /// Its place in lists, which it keeps: by the time of joining.
    pub(crate) place: String,
    pub(crate) user: Arc<Row<User>>,
    pub(crate) joined_at: Timestamp,
}

/// The members of a group.
///
/// # Errors
/// `EntityNotExist.Group`.
pub(crate) fn members(account: &AccountState, group_name: &str) -> Result<Vec<Member>, ApiError> {
    let group = lookup::group(account, group_name)?;
    let memberships = account.table::<Membership>().indexed(&key_of(group));
    let member = |m: &Arc<Row<Membership>>| {
        let user = account.get::<User>(m.user_id.as_str())?.clone();
        Some(Member { place: format!("{:020}/{}", m.joined_at, user.id), user, joined_at: m.joined_at })
    };
    Ok(memberships.filter_map(member).collect())
}
