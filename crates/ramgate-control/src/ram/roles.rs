//! Roles. What a role may do is attached to it like to a user; who may assume it stands in its trust policy.

use super::lookup::ROLE_NAMES;
use super::paging::Wanted;
use super::{lookup, quota, tags, trust, view};
use crate::dispatch::Authorized;
use crate::node::Cx;
use ramgate_api::ram::{
    CreateRole, CreateRoleResponse, DeleteRole, GetRole, GetRoleResponse, ListRoles, ListRolesResponse, RoleList,
    UpdateRole, UpdateRoleResponse, errors,
};
use ramgate_api::{ApiError, Empty};
use ramgate_model::{Attachment, PrincipalRef, Role};

/// The longest session where a request does not say, in seconds.
pub(super) const DEFAULT_SESSION: u32 = 3600;

/// A length of sessions as requests give it, checked before.
fn seconds(given: i64) -> u32 {
    u32::try_from(given).unwrap_or(DEFAULT_SESSION)
}

pub(super) async fn create(cx: Cx, call: Authorized<CreateRole>) -> Result<CreateRoleResponse, ApiError> {
    let request = call.request;
    let trust_policy = trust::parse(&request.assume_role_policy_document)?;
    let role = Role {
        id: cx.ids().role(),
        name: request.role_name,
        description: request.description.unwrap_or_default(),
        trust_policy: request.assume_role_policy_document,
        max_session_duration: request.max_session_duration.map_or(DEFAULT_SESSION, seconds),
        allow_console_login: request.allow_console_login.unwrap_or(true),
        service_name: None,
        tags: tags::of_request(&request.tag)?,
        created_at: cx.now(),
        updated_at: cx.now(),
    };
    let lower = role.name.to_ascii_lowercase();
    cx.transact(|tx| {
        tx.claim::<Role>(ROLE_NAMES, &lower, role.id.as_str(), || errors::ROLE_EXISTS.error())?;
        if tx.account().table::<Role>().len() >= quota::ROLES {
            return Err(errors::ROLE_LIMIT.error());
        }
        trust::require_principals(tx, cx.account_id(), &trust_policy)?;
        tx.unchanged::<Role>()?;
        tx.create(&role)
    })
    .await?;
    Ok(CreateRoleResponse { role: view::new_role(&role, cx.account_id()) })
}

pub(super) async fn get(cx: Cx, call: Authorized<GetRole>) -> Result<GetRoleResponse, ApiError> {
    let account = cx.account();
    let role = lookup::role(&account, &call.request.role_name)?;
    Ok(GetRoleResponse { role: view::role(role, cx.account_id()) })
}

pub(super) async fn update(cx: Cx, call: Authorized<UpdateRole>) -> Result<UpdateRoleResponse, ApiError> {
    let request = call.request;
    let trust_policy = request.new_assume_role_policy_document.as_deref().map(trust::parse).transpose()?;
    let changed = cx.transact(|tx| {
        let row = lookup::role(tx.account(), &request.role_name)?.clone();
        let mut role = row.value.clone();
        if let (Some(text), Some(document)) = (&request.new_assume_role_policy_document, &trust_policy) {
            if role.service_name.is_some() {
                return Err(errors::SERVICE_LINKED_ROLE_FIXED.error());
            }
            trust::require_principals(tx, cx.account_id(), document)?;
            role.trust_policy.clone_from(text);
        }
        if let Some(description) = &request.new_description {
            role.description.clone_from(description);
        }
        if let Some(longest) = request.new_max_session_duration {
            role.max_session_duration = seconds(longest);
        }
        if let Some(allowed) = request.new_allow_console_login {
            role.allow_console_login = allowed;
        }
        role.updated_at = cx.now();
        tx.update(&row, &role)?;
        Ok(role)
    });
    Ok(UpdateRoleResponse { role: view::changed_role(&changed.await?, cx.account_id()) })
}

pub(super) async fn delete(cx: Cx, call: Authorized<DeleteRole>) -> Result<Empty, ApiError> {
    cx.transact(|tx| {
        let account = tx.account().clone();
        let row = lookup::role(&account, &call.request.role_name)?;
        if row.service_name.is_some() {
            return Err(errors::SERVICE_LINKED_ROLE_FIXED.error());
        }
        let principal = PrincipalRef::Role { role_id: row.id.clone() }.key();
        if account.table::<Attachment>().indexed(&principal).next().is_some() {
            return Err(errors::ROLE_HAS_POLICY.error());
        }
        tx.unchanged_below::<Attachment>(&principal)?;
        tx.release::<Role>(ROLE_NAMES, &row.name.to_ascii_lowercase())?;
        tx.delete(row)
    })
    .await?;
    Ok(Empty)
}

pub(super) async fn list(cx: Cx, call: Authorized<ListRoles>) -> Result<ListRolesResponse, ApiError> {
    let request = &call.request;
    let wanted =
        Wanted { list: "roles", parameter: "Marker", marker: request.marker.as_deref(), size: request.max_items };
    let account = cx.account();
    let roles = account.table::<Role>().iter().filter(|role| tags::has_all(&role.tags, &request.tag));
    let page = wanted.cut(roles.collect(), |role| format!("{:020}/{}", role.created_at, role.id))?;
    Ok(ListRolesResponse {
        is_truncated: page.next.is_some(),
        marker: page.next,
        roles: RoleList { role: page.items.into_iter().map(|role| view::listed_role(role, cx.account_id())).collect() },
    })
}
