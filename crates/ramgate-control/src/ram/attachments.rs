//! Who has which policy: one way to attach, detach and list for users, groups and roles.

use super::{lookup, policies, quota, view};
use crate::clock::iso8601;
use crate::dispatch::Authorized;
use crate::node::Cx;
use crate::state::AccountState;
use crate::transact::Tx;
use ramgate_api::ram::{
    AttachPolicyToGroup, AttachPolicyToRole, AttachPolicyToUser, AttachedGroup, AttachedGroups, AttachedPolicyList,
    AttachedRole, AttachedRoles, AttachedUser, AttachedUsers, DetachPolicyFromGroup, DetachPolicyFromRole,
    DetachPolicyFromUser, ListEntitiesForPolicy, ListEntitiesForPolicyResponse, ListPoliciesForGroup,
    ListPoliciesForGroupResponse, ListPoliciesForRole, ListPoliciesForRoleResponse, ListPoliciesForUser,
    ListPoliciesForUserResponse, errors,
};
use ramgate_api::{ApiError, Empty, ErrorCode, codes};
use ramgate_model::{AccountId, Attachment, Group, PolicyKind, PrincipalRef, Resource, Role, User};
use std::collections::BTreeMap;

/// Who a request names to have a policy.
#[derive(Clone, Copy)]
enum Holder<'a> {
    User(&'a str),
    Group(&'a str),
    Role(&'a str),
}

/// What a request says about a policy.
struct Grant<'a> {
    holder: Holder<'a>,
    policy_type: &'a str,
    policy_name: &'a str,
    resource_group_id: Option<&'a str>,
}

impl Holder<'_> {
    /// The principal of this name.
    fn find(self, account: &AccountState) -> Result<PrincipalRef, ApiError> {
        Ok(match self {
            Self::User(name) => PrincipalRef::User { user_id: lookup::user(account, name)?.id.clone() },
            Self::Group(name) => PrincipalRef::Group { group_id: lookup::group(account, name)?.id.clone() },
            Self::Role(name) => PrincipalRef::Role { role_id: lookup::role(account, name)?.id.clone() },
        })
    }

    /// As [`Holder::find`], and holds that it stays.
    fn require(self, tx: &mut Tx) -> Result<PrincipalRef, ApiError> {
        let account = tx.account().clone();
        match self {
            Self::User(name) => tx.require(lookup::user(&account, name)?)?,
            Self::Group(name) => tx.require(lookup::group(&account, name)?)?,
            Self::Role(name) => {
                let role = lookup::role(&account, name)?;
                if role.service_name.is_some() {
                    return Err(errors::SERVICE_LINKED_ROLE_FIXED.error());
                }
                tx.require(role)?;
            }
        }
        self.find(&account)
    }

    fn exists(self) -> &'static ErrorCode {
        match self {
            Self::User(_) => &errors::USER_POLICY_EXISTS,
            Self::Group(_) => &errors::GROUP_POLICY_EXISTS,
            Self::Role(_) => &errors::ROLE_POLICY_EXISTS,
        }
    }

    fn not_found(self) -> &'static ErrorCode {
        match self {
            Self::User(_) => &errors::USER_POLICY_NOT_FOUND,
            Self::Group(_) => &errors::GROUP_POLICY_NOT_FOUND,
            Self::Role(_) => &errors::ROLE_POLICY_NOT_FOUND,
        }
    }

    fn too_many(self) -> &'static ErrorCode {
        match self {
            Self::User(_) => &errors::USER_POLICY_LIMIT,
            Self::Group(_) => &errors::GROUP_POLICY_LIMIT,
            Self::Role(_) => &errors::ROLE_POLICY_LIMIT,
        }
    }

    /// The most policies of a kind, over all scopes.
    fn most(self, kind: PolicyKind) -> usize {
        match (kind, self) {
            (PolicyKind::System, _) => quota::SYSTEM_POLICIES_OF_PRINCIPAL,
            (PolicyKind::Custom, Self::User(_)) => quota::CUSTOM_POLICIES_OF_USER,
            (PolicyKind::Custom, Self::Group(_)) => quota::CUSTOM_POLICIES_OF_GROUP,
            (PolicyKind::Custom, Self::Role(_)) => quota::CUSTOM_POLICIES_OF_ROLE,
        }
    }
}

/// The resource group that a grant is limited to; empty for the whole account, which requests leave out or name by the
/// account's id.
pub(crate) fn scope(account_id: &AccountId, resource_group_id: Option<&str>) -> Result<String, ApiError> {
    let group = resource_group_id.filter(|group| *group != account_id.as_str()).unwrap_or_default();
    let well_formed = group.len() <= 64 && group.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if !well_formed {
        return Err(codes::INVALID_PARAMETER.with("The parameter `ResourceGroupId` is not the id of a resource group."));
    }
    Ok(group.to_owned())
}

async fn attach(cx: Cx, grant: Grant<'_>) -> Result<Empty, ApiError> {
    let kind = lookup::policy_kind(grant.policy_type)?;
    let resource_group_id = scope(cx.account_id(), grant.resource_group_id)?;
    cx.transact(|tx| {
        let account = tx.account().clone();
        let principal = grant.holder.require(tx)?;
        let policy_name = match kind {
            PolicyKind::System => lookup::system_policy(grant.policy_name)?.name.to_owned(),
            PolicyKind::Custom => {
                let policy = lookup::custom_policy(&account, grant.policy_name)?;
                tx.require(policy)?;
                policy.name.clone()
            }
        };
        let attachment = Attachment {
            principal,
            policy_kind: kind,
            policy_name,
            resource_group_id: resource_group_id.clone(),
            attached_at: cx.now(),
        };
        if account.get::<Attachment>(&attachment.id()).is_some() {
            return Err(grant.holder.exists().error());
        }
        let principal = attachment.principal.key();
        let same_kind = account.table::<Attachment>().indexed(&principal).filter(|a| a.policy_kind == kind);
        if same_kind.count() >= grant.holder.most(kind) {
            return Err(grant.holder.too_many().error());
        }
        tx.unchanged_below::<Attachment>(&principal)?;
        tx.create(&attachment)
    })
    .await?;
    Ok(Empty)
}

async fn detach(cx: Cx, grant: Grant<'_>) -> Result<Empty, ApiError> {
    let policy_kind = lookup::policy_kind(grant.policy_type)?;
    let resource_group_id = scope(cx.account_id(), grant.resource_group_id)?;
    cx.transact(|tx| {
        let account = tx.account().clone();
        // The policy itself is not looked up: a system policy that is no more can still be taken away.
        let wanted = Attachment {
            principal: grant.holder.require(tx)?,
            policy_kind,
            policy_name: grant.policy_name.to_owned(),
            resource_group_id: resource_group_id.clone(),
            attached_at: 0,
        };
        let found = account.get::<Attachment>(&wanted.id());
        tx.delete(found.ok_or_else(|| grant.holder.not_found().error())?)
    })
    .await?;
    Ok(Empty)
}

/// Those of the whole account only; what is limited to resource groups is another service's to list.
fn list(cx: &Cx, holder: Holder<'_>) -> Result<AttachedPolicyList, ApiError> {
    let account = cx.account();
    let principal = holder.find(&account)?.key();
    let attachments = account.table::<Attachment>().indexed(&principal).filter(|a| a.resource_group_id.is_empty());
    let policy = attachments
        .filter_map(|attachment| {
            let policy = policies::any(&account, attachment.policy_kind, &attachment.policy_name).ok()?;
            Some(policy.attached(attachment))
        })
        .collect();
    Ok(AttachedPolicyList { policy })
}

/// The handlers of one kind of holder.
macro_rules! handlers {
    ($holder:ident by $name:ident: $attach:ident $Attach:ident, $detach:ident $Detach:ident, $list:ident $List:ident -> $Listed:ident) => {
        pub(super) async fn $attach(cx: Cx, call: Authorized<$Attach>) -> Result<Empty, ApiError> {
            let request = &call.request;
            let grant = Grant {
                holder: Holder::$holder(&request.$name),
                policy_type: &request.policy_type,
                policy_name: &request.policy_name,
                resource_group_id: request.resource_group_id.as_deref(),
            };
            attach(cx, grant).await
        }

        pub(super) async fn $detach(cx: Cx, call: Authorized<$Detach>) -> Result<Empty, ApiError> {
            let request = &call.request;
            let grant = Grant {
                holder: Holder::$holder(&request.$name),
                policy_type: &request.policy_type,
                policy_name: &request.policy_name,
                resource_group_id: request.resource_group_id.as_deref(),
            };
            detach(cx, grant).await
        }

        pub(super) async fn $list(cx: Cx, call: Authorized<$List>) -> Result<$Listed, ApiError> {
            Ok($Listed { policies: list(&cx, Holder::$holder(&call.request.$name))? })
        }
    };
}

handlers!(User by user_name: attach_to_user AttachPolicyToUser, detach_from_user DetachPolicyFromUser,
    list_for_user ListPoliciesForUser -> ListPoliciesForUserResponse);
handlers!(Group by group_name: attach_to_group AttachPolicyToGroup, detach_from_group DetachPolicyFromGroup,
    list_for_group ListPoliciesForGroup -> ListPoliciesForGroupResponse);
handlers!(Role by role_name: attach_to_role AttachPolicyToRole, detach_from_role DetachPolicyFromRole,
    list_for_role ListPoliciesForRole -> ListPoliciesForRoleResponse);

pub(super) async fn list_entities(
    cx: Cx,
    call: Authorized<ListEntitiesForPolicy>,
) -> Result<ListEntitiesForPolicyResponse, ApiError> {
    let account = cx.account();
    let policy = policies::any(&account, lookup::policy_kind(&call.request.policy_type)?, &call.request.policy_name)?;
    // Who has it in several scopes is one entity, since the first of them.
    let mut since: BTreeMap<&PrincipalRef, i64> = BTreeMap::new();
    for attachment in view::attachments(&account, policy.kind(), &policy.name()) {
        let at = since.entry(&attachment.principal).or_insert(attachment.attached_at);
        *at = attachment.attached_at.min(*at);
    }
    let mut groups = AttachedGroups::default();
    let mut roles = AttachedRoles::default();
    let mut users = AttachedUsers::default();
    for (principal, at) in since {
        let attach_date = iso8601(at);
        match principal {
            PrincipalRef::User { user_id } => users.user.extend(account.get::<User>(user_id.as_str()).map(|user| {
                let (display_name, user_id) = (user.display_name.clone(), user.id.to_string());
                AttachedUser { attach_date, display_name, user_id, user_name: user.name.clone() }
            })),
            PrincipalRef::Group { group_id } => {
                groups.group.extend(account.get::<Group>(group_id.as_str()).map(|group| AttachedGroup {
                    attach_date,
                    comments: group.comments.clone(),
                    group_name: group.name.clone(),
                }));
            }
            PrincipalRef::Role { role_id } => {
                roles.role.extend(account.get::<Role>(role_id.as_str()).map(|role| AttachedRole {
                    arn: role.arn(cx.account_id()),
                    attach_date,
                    description: role.description.clone(),
                    role_id: role.id.to_string(),
                    role_name: role.name.clone(),
                }));
            }
        }
    }
    users.user.sort_by(|a, b| a.user_name.cmp(&b.user_name));
    groups.group.sort_by(|a, b| a.group_name.cmp(&b.group_name));
    roles.role.sort_by(|a, b| a.role_name.cmp(&b.role_name));
    Ok(ListEntitiesForPolicyResponse { groups, roles, users })
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
