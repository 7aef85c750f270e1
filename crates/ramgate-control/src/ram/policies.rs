//! Policies. Custom ones are the account's; system policies are part of the program, to be read and attached only.

use super::paging::Wanted;
use super::view::AnyPolicy;
use super::{lookup, quota, tags, view};
use crate::dispatch::Authorized;
use crate::node::Cx;
use crate::state::AccountState;
use crate::system_policies;
use ramgate_api::ram::{
    self as api, CreatePolicy, CreatePolicyResponse, DeletePolicy, GetPolicy, GetPolicyResponse, ListPolicies,
    ListPoliciesResponse, PolicyList, UpdatePolicyDescription, UpdatePolicyDescriptionResponse, errors,
};
use ramgate_api::{ApiError, Empty, codes};
use ramgate_model::{Attachment, Policy, PolicyKind, PolicyVersion, PrincipalRef, Resource};
use ramgate_policy::{Document, DocumentKind};

/// The policy that type and name mean.
pub(super) fn any<'a>(account: &'a AccountState, kind: PolicyKind, name: &str) -> Result<AnyPolicy<'a>, ApiError> {
    match kind {
        PolicyKind::System => Ok(AnyPolicy::System(lookup::system_policy(name)?)),
        PolicyKind::Custom => Ok(AnyPolicy::Custom(lookup::custom_policy(account, name)?)),
    }
}

/// Refuses a document that the policy language refuses, with every problem and its place.
pub(crate) fn check_document(text: &str) -> Result<(), ApiError> {
    let read = Document::parse(text, DocumentKind::Identity);
    read.map(drop).map_err(|problems| {
        errors::MALFORMED_POLICY_DOCUMENT.with(format!("The policy document is malformed: {problems}."))
    })
}

pub(super) async fn create(cx: Cx, call: Authorized<CreatePolicy>) -> Result<CreatePolicyResponse, ApiError> {
    let request = call.request;
    check_document(&request.policy_document)?;
    let now = cx.now();
    let policy = Policy {
        name: request.policy_name,
        description: request.description.unwrap_or_default(),
        versions: vec![PolicyVersion { number: 1, document: request.policy_document, created_at: now }],
        default_version: 1,
        next_version: 2,
        tags: tags::of_request(&request.tag)?,
        created_at: now,
        updated_at: now,
    };
    cx.transact(|tx| {
        let policies = tx.account().table::<Policy>();
        if policies.get(&policy.id()).is_some() {
            return Err(errors::POLICY_EXISTS.error());
        }
        if policies.len() >= quota::POLICIES {
            return Err(errors::POLICY_LIMIT.error());
        }
        tx.unchanged::<Policy>()?;
        tx.create(&policy)
    })
    .await?;
    Ok(CreatePolicyResponse { policy: AnyPolicy::Custom(&policy).policy(&cx.account()) })
}

pub(super) async fn get(cx: Cx, call: Authorized<GetPolicy>) -> Result<GetPolicyResponse, ApiError> {
    let account = cx.account();
    let policy = any(&account, lookup::policy_kind(&call.request.policy_type)?, &call.request.policy_name)?;
    let default_policy_version = policy.versions().into_iter().find(|version| version.is_default_version);
    let default_policy_version =
        default_policy_version.ok_or_else(|| codes::INTERNAL_ERROR.error().log("a policy without default version"))?;
    let mut policy = policy.policy(&account);
    policy.policy_document.clone_from(&default_policy_version.policy_document);
    Ok(GetPolicyResponse { default_policy_version, policy })
}

pub(super) async fn delete(cx: Cx, call: Authorized<DeletePolicy>) -> Result<Empty, ApiError> {
    let cascading = call.request.cascading_delete.unwrap_or(false);
    cx.transact(|tx| {
        let account = tx.account().clone();
        let row = lookup::custom_policy(&account, &call.request.policy_name)?;
        // Users are named before groups, and groups before roles.
        if let Some(holder) = view::attachments(&account, PolicyKind::Custom, &row.name).map(|a| &a.principal).min() {
            return Err(match holder {
                PrincipalRef::User { .. } => errors::POLICY_ON_USER.error(),
                PrincipalRef::Group { .. } => errors::POLICY_ON_GROUP.error(),
                PrincipalRef::Role { .. } => errors::POLICY_ON_ROLE.error(),
            });
        }
        if row.versions.len() > 1 && !cascading {
            return Err(errors::POLICY_HAS_VERSION.error());
        }
        tx.unchanged::<Attachment>()?;
        tx.delete(row)
    })
    .await?;
    Ok(Empty)
}

pub(super) async fn list(cx: Cx, call: Authorized<ListPolicies>) -> Result<ListPoliciesResponse, ApiError> {
    let request = &call.request;
    let kind = request.policy_type.as_deref().map(lookup::policy_kind).transpose()?;
    let account = cx.account();
    let custom = account.table::<Policy>().iter().filter(|policy| tags::has_all(&policy.tags, &request.tag));
    let custom = custom.map(|policy| AnyPolicy::Custom(policy));
    // System policies have no tags.
    let system = system_policies::all().iter().filter(|_| request.tag.is_empty()).map(AnyPolicy::System);
    let policies = custom.chain(system).filter(|policy| kind.is_none_or(|kind| policy.kind() == kind)).collect();
    let wanted =
        Wanted { list: "policies", parameter: "Marker", marker: request.marker.as_deref(), size: request.max_items };
    let page =
        wanted.cut(policies, |policy| format!("{}/{}", policy.kind().as_str(), policy.name().to_ascii_lowercase()))?;
    let shown: Vec<api::Policy> = page.items.into_iter().map(|policy| policy.policy(&account)).collect();
    Ok(ListPoliciesResponse {
        is_truncated: page.next.is_some(),
        marker: page.next,
        policies: PolicyList { policy: shown },
    })
}

pub(super) async fn update_description(
    cx: Cx,
    call: Authorized<UpdatePolicyDescription>,
) -> Result<UpdatePolicyDescriptionResponse, ApiError> {
    let request = &call.request;
    let policy = cx.transact(|tx| {
        let account = tx.account().clone();
        let row = lookup::custom_policy(&account, &request.policy_name)?;
        let description = request.new_description.clone();
        let policy = Policy { description, updated_at: cx.now(), ..row.value.clone() };
        tx.update(row, &policy)?;
        Ok(AnyPolicy::Custom(&policy).policy(&account))
    });
    Ok(UpdatePolicyDescriptionResponse { policy: policy.await? })
}
