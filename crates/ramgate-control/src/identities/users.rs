//! Users: made, changed, deleted.

use super::{Disposal, UserRef, recycle_bin};
use crate::logon;
use crate::node::Cx;
use crate::ram::lookup::USER_NAMES;
use crate::ram::quota;
use crate::state::{KeyUse, Row};
use crate::transact::Tx;
use ramgate_api::ApiError;
use ramgate_api::ram::errors;
use ramgate_model::{AccessKey, Attachment, LogonState, Membership, PrincipalRef, RecycledAccessKey, Tags, User};

/// A user to be.
pub(crate) struct NewUser {
    pub(crate) name: String,
    pub(crate) display_name: String,
    pub(crate) mobile_phone: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) comments: Option<String>,
    pub(crate) tags: Tags,
}

/// What is to change of a user; the rest stays.
pub(crate) struct UserChanges {
    pub(crate) name: Option<String>,
    pub(crate) display_name: Option<String>,
    pub(crate) mobile_phone: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) comments: Option<String>,
}

/// Makes a user.
///
/// # Errors
/// `EntityAlreadyExists.User`, `LimitExceeded.User`.
pub(crate) async fn create(cx: &Cx, new: NewUser) -> Result<User, ApiError> {
    let user = User {
        id: cx.ids().user(),
        name: new.name,
        display_name: new.display_name,
        mobile_phone: new.mobile_phone.unwrap_or_default(),
        email: new.email.unwrap_or_default(),
        comments: new.comments.unwrap_or_default(),
        tags: new.tags,
        created_at: cx.now(),
        updated_at: cx.now(),
    };
    cx.transact(|tx| add(tx, &user)).await?;
    Ok(user)
}

/// Adds a user, new or restored.
pub(super) fn add(tx: &mut Tx, user: &User) -> Result<(), ApiError> {
    let lower = user.name.to_ascii_lowercase();
    tx.claim::<User>(USER_NAMES, &lower, user.id.as_str(), || errors::USER_EXISTS.error())?;
    if tx.account().table::<User>().len() >= quota::USERS {
        return Err(errors::USER_LIMIT.error());
    }
    tx.unchanged::<User>()?;
    tx.create(user)
}

/// Changes a user.
///
/// # Errors
/// `EntityNotExist.User`, `EntityAlreadyExists.User`.
pub(crate) async fn update(cx: &Cx, who: UserRef<'_>, changes: &UserChanges) -> Result<User, ApiError> {
    cx.transact(|tx| {
        let account = tx.account().clone();
        let row = who.find(cx.logon_names(), &account)?;
        let mut user = row.value.clone();
        if let Some(new) = &changes.name {
            let (before, after) = (user.name.to_ascii_lowercase(), new.to_ascii_lowercase());
            if before != after {
                tx.claim::<User>(USER_NAMES, &after, user.id.as_str(), || errors::USER_EXISTS.error())?;
                tx.release::<User>(USER_NAMES, &before)?;
            }
            user.name.clone_from(new);
        }
        let set = |field: &mut String, new: &Option<String>| {
            if let Some(new) = new {
                field.clone_from(new);
            }
        };
        set(&mut user.display_name, &changes.display_name);
        set(&mut user.mobile_phone, &changes.mobile_phone);
        set(&mut user.email, &changes.email);
        set(&mut user.comments, &changes.comments);
        user.updated_at = cx.now();
        tx.update(row, &user)?;
        Ok(user)
    })
    .await
}

/// Deletes a user.
///
/// # Errors
/// `EntityNotExist.User`, `DeleteConflict.User.…`.
pub(crate) async fn delete(cx: &Cx, who: UserRef<'_>, disposal: Disposal) -> Result<(), ApiError> {
    cx.transact(|tx| {
        let account = tx.account().clone();
        let row = who.find(cx.logon_names(), &account)?;
        let principal = PrincipalRef::User { user_id: row.id.clone() }.key();
        conflicts(tx, row, disposal)?;
        tx.unchanged::<AccessKey>()?;
        tx.unchanged_below::<Attachment>(&principal)?;
        tx.unchanged_below::<Membership>(&principal)?;
        match disposal {
            Disposal::RecycleBin => {
                recycle_bin::take_user(tx, row, cx.now())?;
                tx.release::<User>(USER_NAMES, &row.name.to_ascii_lowercase())?;
                tx.delete(row)
            }
            Disposal::ForGood => erase(tx, row),
        }
    })
    .await
}

/// Removes a user without credentials, with what lies of it in the recycle bin.
pub(crate) fn erase(tx: &mut Tx, row: &Row<User>) -> Result<(), ApiError> {
    let account = tx.account().clone();
    let principal = PrincipalRef::User { user_id: row.id.clone() }.key();
    for key in account.table::<RecycledAccessKey>().indexed(&principal) {
        tx.clear::<KeyUse>(key.key.id.as_str())?;
        tx.delete(key)?;
    }
    tx.clear::<LogonState>(row.id.as_str())?;
    tx.release::<User>(USER_NAMES, &row.name.to_ascii_lowercase())?;
    tx.delete(row)
}

/// What is in the way of deleting a user, in the order in which it is told. What goes into the recycle bin with the user
/// is not in the way.
fn conflicts(tx: &mut Tx, user: &User, disposal: Disposal) -> Result<(), ApiError> {
    let account = tx.account().clone();
    let principal = PrincipalRef::User { user_id: user.id.clone() }.key();
    if account.table::<Membership>().indexed(&principal).next().is_some() {
        return Err(errors::USER_IN_GROUP.error());
    }
    if disposal == Disposal::ForGood {
        check_no_credentials(tx, user)?;
    }
    if account.table::<Attachment>().indexed(&principal).next().is_some() {
        return Err(errors::USER_HAS_POLICY.error());
    }
    Ok(())
}

/// Refuses a user that still has credentials of any kind, and holds that this stays so until the change is made.
///
/// # Errors
/// `DeleteConflict.User.AccessKey`, `DeleteConflict.User.LoginProfile`, `DeleteConflict.User.MFADevice`.
pub(crate) fn check_no_credentials(tx: &mut Tx, user: &User) -> Result<(), ApiError> {
    let principal = PrincipalRef::User { user_id: user.id.clone() }.key();
    if tx.account().table::<AccessKey>().indexed(&principal).next().is_some() {
        return Err(errors::USER_HAS_ACCESS_KEY.error());
    }
    tx.unchanged::<AccessKey>()?;
    logon::delete_conflict(tx, user)
}
