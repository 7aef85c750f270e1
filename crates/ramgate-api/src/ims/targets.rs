//! Targets that one request field alone does not name: users by principal name, by id, or by a key of theirs.

use super::access_key::{
    CreateAccessKeyRequest, DeleteAccessKeyRequest, GetAccessKeyLastUsedRequest, ListAccessKeysRequest,
    UpdateAccessKeyRequest,
};
use super::group::{AddUserToGroupRequest, ListGroupsForUserRequest, RemoveUserFromGroupRequest};
use super::network_policy::{GetAccessKeyPolicyRequest, SetAccessKeyPolicyRequest};
use super::passkey::{DeletePasskeyRequest, ListPasskeysRequest, UpdatePasskeyRequest};
use super::service_credential::{
    CreateServiceCredentialRequest, DeleteServiceCredentialRequest, GetServiceCredentialRequest,
    ListServiceCredentialsRequest, UpdateServiceCredentialRequest,
};
use super::tag::{ListTagResourcesRequest, TagResourcesRequest, UntagResourcesRequest};
use super::user::{DeleteUserRequest, GetUserRequest, UpdateUserRequest};
use crate::ram::USER;
use crate::{Target, TargetId};
use std::borrow::Cow;

/// The user whom a principal name (`<name>@<domain>`) or an id names; the caller where neither is given. Where both are
/// given, both are targets: the handler refuses the request.
pub(super) fn user<'a>(principal_name: Option<&'a str>, user_id: Option<&'a str>) -> Vec<Target<'a>> {
    let numbered = user_id.map(|id| of(TargetId::UserId(Cow::Borrowed(id))));
    let targets: Vec<Target<'a>> = principal_name.map(of_principal_name).into_iter().chain(numbered).collect();
    if targets.is_empty() { vec![of(TargetId::Caller)] } else { targets }
}

fn of(id: TargetId<'_>) -> Target<'_> {
    Target { resource_type: Some(&USER), id }
}

/// A principal name is reduced to the name that resource names hold.
fn of_principal_name(principal_name: &str) -> Target<'_> {
    let name = principal_name.rsplit_once('@').map_or(principal_name, |(name, _)| name);
    of(TargetId::Id(Cow::Borrowed(name)))
}

/// A request that may name a user.
pub(super) trait MayNameUser {
    /// `<name>@<domain>`.
    fn principal_name(&self) -> Option<&str>;
    /// The id.
    fn user_id(&self) -> Option<&str> {
        None
    }
}

macro_rules! may_name_user {
    ($($request:ty $(, $user_id:ident)?;)+) => {$(
        impl MayNameUser for $request {
            fn principal_name(&self) -> Option<&str> {
                self.user_principal_name.as_deref()
            }

            $(fn user_id(&self) -> Option<&str> {
                self.$user_id.as_deref()
            })?
        }
    )+};
}

may_name_user! {
    UpdateUserRequest, user_id;
    DeleteUserRequest, user_id;
    GetUserRequest, user_id;
    CreateAccessKeyRequest;
    UpdateAccessKeyRequest;
    DeleteAccessKeyRequest;
    ListAccessKeysRequest;
    GetAccessKeyLastUsedRequest;
    SetAccessKeyPolicyRequest;
    GetAccessKeyPolicyRequest;
    CreateServiceCredentialRequest;
    GetServiceCredentialRequest;
    UpdateServiceCredentialRequest;
    DeleteServiceCredentialRequest;
    ListPasskeysRequest;
    UpdatePasskeyRequest;
    DeletePasskeyRequest;
}

/// The user named; the caller where none is.
pub(super) fn named<R: MayNameUser>(request: &R) -> Vec<Target<'_>> {
    user(request.principal_name(), request.user_id())
}

/// As [`named`], or the owner of a key.
pub(super) fn user_or_key_owner(request: &GetUserRequest) -> Vec<Target<'_>> {
    let Some(key) = request.user_access_key_id.as_deref() else { return named(request) };
    let owner = of(TargetId::KeyOwner(Cow::Borrowed(key)));
    let named = [request.user_principal_name.as_deref().map(of_principal_name)];
    let numbered = request.user_id.as_deref().map(|id| of(TargetId::UserId(Cow::Borrowed(id))));
    named.into_iter().flatten().chain(numbered).chain([owner]).collect()
}

/// Credentials of one user, or of all.
pub(super) fn service_credentials(request: &ListServiceCredentialsRequest) -> Vec<Target<'_>> {
    match request.all_users {
        Some(true) => vec![of(TargetId::Any)],
        _ => user(request.user_principal_name.as_deref(), None),
    }
}

/// A request that names a user by principal name and cannot leave it out.
pub(super) trait NamesUser {
    /// `<name>@<domain>`.
    fn principal_name(&self) -> &str;
}

/// A request about the tags of users.
pub(super) trait NamesTagged {
    /// Their ids.
    fn ids(&self) -> &[String];
    /// Their principal names.
    fn principal_names(&self) -> &[String];
}

macro_rules! names_user {
    ($($request:ty),+ $(,)?) => {$(
        impl NamesUser for $request {
            fn principal_name(&self) -> &str {
                &self.user_principal_name
            }
        }
    )+};
}

macro_rules! names_tagged {
    ($($request:ty),+ $(,)?) => {$(
        impl NamesTagged for $request {
            fn ids(&self) -> &[String] {
                &self.resource_id
            }

            fn principal_names(&self) -> &[String] {
                &self.resource_principal_name
            }
        }
    )+};
}

names_user!(AddUserToGroupRequest, RemoveUserFromGroupRequest, ListGroupsForUserRequest);
names_tagged!(TagResourcesRequest, UntagResourcesRequest, ListTagResourcesRequest);

/// The user named.
pub(super) fn by_principal_name<R: NamesUser>(request: &R) -> Vec<Target<'_>> {
    vec![of_principal_name(request.principal_name())]
}

/// Each named user; all users where none is named.
pub(super) fn tagged<R: NamesTagged>(request: &R) -> Vec<Target<'_>> {
    let ids = request.ids().iter().map(|id| of(TargetId::UserId(Cow::Borrowed(id.as_str()))));
    let names = request.principal_names().iter().map(|name| of_principal_name(name));
    let targets: Vec<Target<'_>> = ids.chain(names).collect();
    if targets.is_empty() { vec![of(TargetId::Any)] } else { targets }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(targets: Vec<Target<'_>>) -> Vec<TargetId<'_>> {
        targets.into_iter().map(|target| target.id).collect()
    }

    #[test]
    fn a_user_named_in_several_ways_is_several_targets() {
        let request = GetUserRequest {
            user_access_key_id: Some("testid".into()),
            user_id: Some("2".into()),
            user_principal_name: Some("alice@a.example".into()),
        };
        let expected =
            [TargetId::Id("alice".into()), TargetId::UserId("2".into()), TargetId::KeyOwner("testid".into())];
        assert_eq!(ids(user_or_key_owner(&request)), expected);
        assert_eq!(ids(user_or_key_owner(&GetUserRequest::default())), [TargetId::Caller]);
    }

    #[test]
    fn a_name_ends_at_its_last_at_sign() {
        let request = ListGroupsForUserRequest { user_principal_name: "a@b@c.example".into() };
        assert_eq!(ids(by_principal_name(&request)), [TargetId::Id("a@b".into())]);
    }

    #[test]
    fn the_credentials_of_all_users_are_a_matter_of_all_users() {
        let request = ListServiceCredentialsRequest { all_users: Some(true), ..Default::default() };
        assert_eq!(ids(service_credentials(&request)), [TargetId::Any]);
    }
}
