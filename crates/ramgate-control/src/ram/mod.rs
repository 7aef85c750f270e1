//! Handlers of RAM: users, groups, roles, access keys, policies with their versions and tags, and who has which policy.

mod access_keys;
mod account;
mod attachments;
mod diagnosis;
mod groups;
mod login_profiles;
pub(crate) mod lookup;
pub(crate) mod mfa;
pub(crate) mod paging;
mod policies;
mod policy_versions;
pub(crate) mod quota;
mod roles;
mod service_linked_roles;
mod settings;
pub(crate) mod tags;
pub(crate) mod trust;
mod users;
pub(crate) mod view;

pub(crate) use attachments::scope as attachment_scope;
pub(crate) use lookup::{GROUP_NAMES, ROLE_NAMES, USER_NAMES, find_role, find_user};
pub(crate) use policies::check_document;

use crate::dispatch::Dispatcher;

/// Binds the operations.
pub(crate) fn bind(dispatcher: Dispatcher) -> Dispatcher {
    dispatcher
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
        .on(groups::create)
        .on(groups::get)
        .on(groups::update)
        .on(groups::delete)
        .on(groups::list)
        .on(groups::add_user)
        .on(groups::remove_user)
        .on(groups::list_for_user)
        .on(groups::list_members)
        .on(account::set_alias)
        .on(account::get_alias)
        .on(account::clear_alias)
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
        .on(service_linked_roles::create)
        .on(service_linked_roles::delete)
        .on(service_linked_roles::get_template)
        .on(tags::tag)
        .on(tags::untag)
        .on(tags::list)
        .on(login_profiles::create)
        .on(login_profiles::get)
        .on(login_profiles::update)
        .on(login_profiles::delete)
        .on(login_profiles::change_password)
        .on(mfa::create)
        .on(mfa::list)
        .on(mfa::delete)
        .on(mfa::bind)
        .on(mfa::unbind)
        .on(mfa::user_info)
        .on(settings::set_password_policy)
        .on(settings::get_password_policy)
        .on(settings::set_security_preference)
        .on(settings::get_security_preference)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ramgate_api::ram::OPERATIONS;
    use std::collections::BTreeSet;

    #[test]
    fn every_declared_operation_is_bound() {
        let bound: BTreeSet<&str> = bind(Dispatcher::default()).operations().map(|(spec, _)| spec.name).collect();
        let declared: BTreeSet<&str> = OPERATIONS.iter().map(|spec| spec.name).collect();
        assert_eq!(bound, declared);
    }
}
