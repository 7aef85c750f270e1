//! Stored objects in the shapes of IMS.

use crate::clock::iso8601;
use crate::identities::{LogonNames, recycle_bin};
use crate::logon;
use crate::ram::view::shown;
use crate::state::AccountState;
use ramgate_api::ims::{self as api, UserTag, UserTagList};
use ramgate_model::{AccessKey, Group, RecycledAccessKey, RecycledUser, User};

/// The only state there is: nothing here disables a user as a whole.
pub(super) const ACTIVE: &str = "active";

pub(super) fn user(names: LogonNames<'_>, account: &AccountState, user: &User) -> api::User {
    let tag = |(key, value): (&String, &String)| UserTag { tag_key: key.clone(), tag_value: value.clone() };
    let tags: Vec<UserTag> = user.tags.iter().map(tag).collect();
    api::User {
        comments: shown(&user.comments),
        create_date: iso8601(user.created_at),
        display_name: user.display_name.clone(),
        email: shown(&user.email),
        last_login_date: logon::state_of(account, user).last_logon_at.map(iso8601),
        mobile_phone: shown(&user.mobile_phone),
        provision_type: "Manual".to_owned(),
        status: None,
        tags: (!tags.is_empty()).then_some(UserTagList { tag: tags }),
        update_date: iso8601(user.updated_at),
        user_id: user.id.to_string(),
        user_name: None,
        user_principal_name: names.logon_name(account, &user.name),
    }
}

pub(super) fn basic_info(names: LogonNames<'_>, account: &AccountState, user: &User) -> api::UserBasicInfo {
    api::UserBasicInfo {
        display_name: user.display_name.clone(),
        status: ACTIVE.to_owned(),
        user_id: user.id.to_string(),
        user_principal_name: names.logon_name(account, &user.name),
    }
}

pub(super) fn group(group: &Group) -> api::Group {
    api::Group {
        comments: group.comments.clone(),
        create_date: iso8601(group.created_at),
        display_name: group.display_name.clone(),
        group_id: group.id.to_string(),
        group_name: group.name.clone(),
        update_date: iso8601(group.updated_at),
    }
}

pub(super) fn access_key(key: &AccessKey) -> api::AccessKey {
    api::AccessKey {
        access_key_id: key.id.to_string(),
        create_date: iso8601(key.created_at),
        status: key.status.as_str().to_owned(),
        update_date: iso8601(key.updated_at.unwrap_or(key.created_at)),
    }
}

pub(super) fn recycled_user(names: LogonNames<'_>, account: &AccountState, row: &RecycledUser) -> api::RecycledUser {
    api::RecycledUser {
        create_date: iso8601(row.user.created_at),
        delete_date: iso8601(recycle_bin::delete_date(row.recycled_at)),
        display_name: row.user.display_name.clone(),
        recycle_date: iso8601(row.recycled_at),
        user_id: row.user.id.to_string(),
        user_principal_name: names.logon_name(account, &row.user.name),
    }
}

pub(super) fn recycled_key(row: &RecycledAccessKey) -> api::RecycledAccessKey {
    api::RecycledAccessKey {
        access_key_id: row.key.id.to_string(),
        create_date: iso8601(row.key.created_at),
        delete_date: iso8601(recycle_bin::delete_date(row.recycled_at)),
        recycle_date: iso8601(row.recycled_at),
    }
}
