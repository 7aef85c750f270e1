//! Handlers of RAM: users, access keys, policies with their versions and tags, and who has which policy.
//!
//! What is not built yet is bound all the same, so that it is authorised, audited and listed.

mod access_keys;
mod attachments;
mod diagnosis;
mod lookup;
pub(crate) mod paging;
mod policies;
mod policy_versions;
pub(crate) mod quota;
mod roles;
mod tags;
mod trust;
mod users;
mod view;

pub(crate) use attachments::scope as attachment_scope;
pub(crate) use lookup::{GROUP_NAMES, ROLE_NAMES, USER_NAMES, find_role, find_user};
pub(crate) use policies::{check_document, check_trust_policy};
pub(crate) use users::check_user_is_free;

use crate::dispatch::Dispatcher;
use ramgate_api::ram::*;

/// Binds the operations.
pub(crate) fn bind(dispatcher: Dispatcher) -> Dispatcher {
    let dispatcher = dispatcher
        .on(users::create)
        .on(users::get)
        .on(users::update)
        .on(users::delete)
        .on(users::list)
        .on(access_keys::create)
        .on(access_keys::update)
        .on(access_keys::delete)
        .on(access_keys::list)
        .on(access_keys::last_used)
        .on(policies::create)
        .on(policies::get)
        .on(policies::delete)
        .on(policies::list)
        .on(policies::update_description)
        .on(policy_versions::create)
        .on(policy_versions::get)
        .on(policy_versions::delete)
        .on(policy_versions::list)
        .on(policy_versions::set_default)
        .on(attachments::attach_to_user)
        .on(attachments::detach_from_user)
        .on(attachments::list_for_user)
        .on(attachments::attach_to_group)
        .on(attachments::detach_from_group)
        .on(attachments::list_for_group)
        .on(attachments::attach_to_role)
        .on(attachments::detach_from_role)
        .on(attachments::list_for_role)
        .on(attachments::list_entities)
        .on(diagnosis::decode)
        .on(roles::create)
        .on(roles::get)
        .on(roles::update)
        .on(roles::delete)
        .on(roles::list)
        .on(tags::tag)
        .on(tags::untag)
        .on(tags::list);
    not_yet(dispatcher)
}

/// Operations without a handler.
fn not_yet(dispatcher: Dispatcher) -> Dispatcher {
    dispatcher
        .not_yet::<CreateLoginProfile>()
        .not_yet::<GetLoginProfile>()
        .not_yet::<UpdateLoginProfile>()
        .not_yet::<DeleteLoginProfile>()
        .not_yet::<ChangePassword>()
        .not_yet::<CreateVirtualMFADevice>()
        .not_yet::<ListVirtualMFADevices>()
        .not_yet::<DeleteVirtualMFADevice>()
        .not_yet::<BindMFADevice>()
        .not_yet::<UnbindMFADevice>()
        .not_yet::<GetUserMFAInfo>()
        .not_yet::<CreateGroup>()
        .not_yet::<GetGroup>()
        .not_yet::<UpdateGroup>()
        .not_yet::<DeleteGroup>()
        .not_yet::<ListGroups>()
        .not_yet::<AddUserToGroup>()
        .not_yet::<RemoveUserFromGroup>()
        .not_yet::<ListGroupsForUser>()
        .not_yet::<ListUsersForGroup>()
        .not_yet::<CreateServiceLinkedRole>()
        .not_yet::<DeleteServiceLinkedRole>()
        .not_yet::<GetServiceLinkedRoleTemplate>()
        .not_yet::<SetAccountAlias>()
        .not_yet::<GetAccountAlias>()
        .not_yet::<ClearAccountAlias>()
        .not_yet::<SetPasswordPolicy>()
        .not_yet::<GetPasswordPolicy>()
        .not_yet::<SetSecurityPreference>()
        .not_yet::<GetSecurityPreference>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_declared_operation_is_bound() {
        let bound: BTreeSet<&str> = bind(Dispatcher::default()).operations().map(|(spec, _)| spec.name).collect();
        let declared: BTreeSet<&str> = OPERATIONS.iter().map(|spec| spec.name).collect();
        assert_eq!(bound, declared);
    }
}
