//! Who has which policy.

use super::{lookup, policies, quota, view};
use crate::clock::iso8601;
use crate::dispatch::Authorized;
use crate::node::Cx;
use ramgate_api::ram::{
    AttachPolicyToUser, AttachedGroups, AttachedPolicyList, AttachedRoles, AttachedUser, AttachedUsers,
    DetachPolicyFromUser, ListEntitiesForPolicy, ListEntitiesForPolicyResponse, ListPoliciesForUser,
    ListPoliciesForUserResponse, errors,
};
use ramgate_api::{ApiError, Empty, codes};
use ramgate_model::{AccountId, Attachment, PolicyKind, PrincipalRef, Resource, User};
use std::collections::BTreeMap;

/// The resource group that a grant is limited to; empty for the whole account, which requests leave out or name by the
/// account's id.
fn scope(account_id: &AccountId, resource_group_id: Option<&str>) -> Result<String, ApiError> {
    let group = resource_group_id.filter(|group| *group != account_id.as_str()).unwrap_or_default();
    let well_formed = group.len() <= 64 && group.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if !well_formed {
        return Err(codes::INVALID_PARAMETER.with("The parameter `ResourceGroupId` is not the id of a resource group."));
    }
    Ok(group.to_owned())
}

pub(super) async fn attach_to_user(cx: Cx, call: Authorized<AttachPolicyToUser>) -> Result<Empty, ApiError> {
    let request = &call.request;
    let kind = lookup::policy_kind(&request.policy_type)?;
    let resource_group_id = scope(cx.account_id(), request.resource_group_id.as_deref())?;
    cx.transact(|tx| {
        let account = tx.account().clone();
        let user = lookup::user(&account, &request.user_name)?;
        let policy_name = match kind {
            PolicyKind::System => lookup::system_policy(&request.policy_name)?.name.to_owned(),
            PolicyKind::Custom => {
                let policy = lookup::custom_policy(&account, &request.policy_name)?;
                tx.require(policy)?;
                policy.name.clone()
            }
        };
        let attachment = Attachment {
            principal: PrincipalRef::User { user_id: user.id.clone() },
            policy_kind: kind,
            policy_name,
            resource_group_id: resource_group_id.clone(),
            attached_at: cx.now(),
        };
        if account.get::<Attachment>(&attachment.id()).is_some() {
            return Err(errors::USER_POLICY_EXISTS.error());
        }
        let principal = attachment.principal.key();
        let same_kind = account.table::<Attachment>().indexed(&principal).filter(|a| a.policy_kind == kind);
        let most = match kind {
            PolicyKind::System => quota::SYSTEM_POLICIES_OF_USER,
            PolicyKind::Custom => quota::CUSTOM_POLICIES_OF_USER,
        };
        if same_kind.count() >= most {
            return Err(errors::USER_POLICY_LIMIT.error());
        }
        tx.require(user)?;
        tx.unchanged_below::<Attachment>(&principal)?;
        tx.create(&attachment)
    })
    .await?;
    Ok(Empty)
}

pub(super) async fn detach_from_user(cx: Cx, call: Authorized<DetachPolicyFromUser>) -> Result<Empty, ApiError> {
    let request = &call.request;
    let policy_kind = lookup::policy_kind(&request.policy_type)?;
    let resource_group_id = scope(cx.account_id(), request.resource_group_id.as_deref())?;
    cx.transact(|tx| {
        let account = tx.account().clone();
        let user = lookup::user(&account, &request.user_name)?;
        // The policy itself is not looked up: a system policy that is no more can still be taken away.
        let wanted = Attachment {
            principal: PrincipalRef::User { user_id: user.id.clone() },
            policy_kind,
            policy_name: request.policy_name.clone(),
            resource_group_id: resource_group_id.clone(),
            attached_at: 0,
        };
        let found = account.get::<Attachment>(&wanted.id());
        tx.delete(found.ok_or_else(|| errors::USER_POLICY_NOT_FOUND.error())?)
    })
    .await?;
    Ok(Empty)
}

/// Those of the whole account only; what is limited to resource groups is another service's to list.
pub(super) async fn list_for_user(
    cx: Cx,
    call: Authorized<ListPoliciesForUser>,
) -> Result<ListPoliciesForUserResponse, ApiError> {
    let account = cx.account();
    let user = lookup::user(&account, &call.request.user_name)?;
    let principal = PrincipalRef::User { user_id: user.id.clone() }.key();
    let attachments = account.table::<Attachment>().indexed(&principal).filter(|a| a.resource_group_id.is_empty());
    let policy = attachments
        .filter_map(|attachment| {
            let policy = policies::any(&account, attachment.policy_kind, &attachment.policy_name).ok()?;
            Some(policy.attached(attachment))
        })
        .collect();
    Ok(ListPoliciesForUserResponse { policies: AttachedPolicyList { policy } })
}

pub(super) async fn list_entities(
    cx: Cx,
    call: Authorized<ListEntitiesForPolicy>,
) -> Result<ListEntitiesForPolicyResponse, ApiError> {
    let account = cx.account();
    let policy = policies::any(&account, lookup::policy_kind(&call.request.policy_type)?, &call.request.policy_name)?;
    // A user that has it in several scopes is one entity, since the first of them.
    let mut since: BTreeMap<&str, i64> = BTreeMap::new();
    for attachment in view::attachments(&account, policy.kind(), &policy.name()) {
        let PrincipalRef::User { user_id } = &attachment.principal;
        let at = since.entry(user_id.as_str()).or_insert(attachment.attached_at);
        *at = attachment.attached_at.min(*at);
    }
    let shown = |(user_id, at): (&str, i64)| {
        let user = account.get::<User>(user_id)?;
        Some(AttachedUser {
            attach_date: iso8601(at),
            display_name: user.display_name.clone(),
            user_id: user.id.to_string(),
            user_name: user.name.clone(),
        })
    };
    let mut user: Vec<AttachedUser> = since.into_iter().filter_map(shown).collect();
    user.sort_by(|a, b| a.user_name.cmp(&b.user_name));
    Ok(ListEntitiesForPolicyResponse {
        groups: AttachedGroups::default(),
        roles: AttachedRoles::default(),
        users: AttachedUsers { user },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_account_is_meant_without_a_resource_group_and_by_the_accounts_id() {
        let account = AccountId::from("1000000000000001");
        for whole in [None, Some(""), Some("1000000000000001")] {
            assert_eq!(scope(&account, whole).unwrap(), "", "{whole:?}");
        }
        assert_eq!(scope(&account, Some("rg-1")).unwrap(), "rg-1");
        for bad in ["rg/1", "a b", "\n", &"r".repeat(65)] {
            assert_eq!(scope(&account, Some(bad)).unwrap_err().code, "InvalidParameter", "{bad:?}");
        }
    }
}
