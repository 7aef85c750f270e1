//! Versions of policies. A version never changes; which one is in force does.

use super::{lookup, policies, quota, view};
use crate::dispatch::Authorized;
use crate::node::Cx;
use ramgate_api::ram::{
    CreatePolicyVersion, CreatePolicyVersionResponse, DeletePolicyVersion, GetPolicyVersion, GetPolicyVersionResponse,
    ListPolicyVersions, ListPolicyVersionsResponse, PolicyVersionList, SetDefaultPolicyVersion, errors,
};
use ramgate_api::{ApiError, Empty};
use ramgate_model::{Policy, PolicyVersion};

/// The value of `RotateStrategy` that makes room for a new version.
const ROTATE: &str = "DeleteOldestNonDefaultVersionWhenLimitExceeded";

/// The number of a version id. Ids are well formed here; a number that no version has is none.
fn number(version_id: &str) -> Result<u32, ApiError> {
    let number = version_id.strip_prefix('v').and_then(|digits| digits.parse().ok());
    number.ok_or_else(|| errors::POLICY_VERSION_NOT_FOUND.error())
}

pub(super) async fn create(
    cx: Cx,
    call: Authorized<CreatePolicyVersion>,
) -> Result<CreatePolicyVersionResponse, ApiError> {
    let request = &call.request;
    policies::check_document(&request.policy_document)?;
    let rotate = request.rotate_strategy.as_deref() == Some(ROTATE);
    let policy_version = cx.transact(|tx| {
        let row = lookup::custom_policy(tx.account(), &request.policy_name)?.clone();
        let mut policy = row.value.clone();
        if policy.versions.len() >= quota::POLICY_VERSIONS {
            // The one in force stays, even where the new one is about to take its place.
            let oldest = policy.versions.iter().position(|v| v.number != policy.default_version);
            match oldest {
                Some(oldest) if rotate => drop(policy.versions.remove(oldest)),
                _ => return Err(errors::POLICY_VERSION_LIMIT.error()),
            }
        }
        let version = PolicyVersion {
            number: policy.next_version,
            document: request.policy_document.clone(),
            created_at: cx.now(),
        };
        policy.next_version += 1;
        if request.set_as_default == Some(true) {
            policy.default_version = version.number;
        }
        policy.versions.push(version.clone());
        policy.updated_at = cx.now();
        tx.update(&row, &policy)?;
        Ok(view::version(&policy, &version))
    });
    Ok(CreatePolicyVersionResponse { policy_version: policy_version.await? })
}

pub(super) async fn get(cx: Cx, call: Authorized<GetPolicyVersion>) -> Result<GetPolicyVersionResponse, ApiError> {
    let request = &call.request;
    let account = cx.account();
    let policy = policies::any(&account, lookup::policy_kind(&request.policy_type)?, &request.policy_name)?;
    let found = policy.versions().into_iter().find(|version| version.version_id == request.version_id);
    Ok(GetPolicyVersionResponse { policy_version: found.ok_or_else(|| errors::POLICY_VERSION_NOT_FOUND.error())? })
}

pub(super) async fn delete(cx: Cx, call: Authorized<DeletePolicyVersion>) -> Result<Empty, ApiError> {
    change(&cx, &call.request.policy_name, &call.request.version_id, |policy, number| {
        if policy.default_version == number {
            return Err(errors::POLICY_VERSION_IS_DEFAULT.error());
        }
        policy.versions.retain(|version| version.number != number);
        Ok(())
    })
    .await
}

pub(super) async fn set_default(cx: Cx, call: Authorized<SetDefaultPolicyVersion>) -> Result<Empty, ApiError> {
    change(&cx, &call.request.policy_name, &call.request.version_id, |policy, number| {
        policy.default_version = number;
        Ok(())
    })
    .await
}

/// Changes a custom policy with regard to one of its versions.
async fn change(
    cx: &Cx,
    policy_name: &str,
    version_id: &str,
    change: impl Fn(&mut Policy, u32) -> Result<(), ApiError>,
) -> Result<Empty, ApiError> {
    cx.transact(|tx| {
        let row = lookup::custom_policy(tx.account(), policy_name)?.clone();
        let number = number(version_id)?;
        let mut policy = row.value.clone();
        policy.version(number).ok_or_else(|| errors::POLICY_VERSION_NOT_FOUND.error())?;
        change(&mut policy, number)?;
        policy.updated_at = cx.now();
        tx.update(&row, &policy)
    })
    .await?;
    Ok(Empty)
}

pub(super) async fn list(cx: Cx, call: Authorized<ListPolicyVersions>) -> Result<ListPolicyVersionsResponse, ApiError> {
    let request = &call.request;
    let account = cx.account();
    let policy = policies::any(&account, lookup::policy_kind(&request.policy_type)?, &request.policy_name)?;
    Ok(ListPolicyVersionsResponse { policy_versions: PolicyVersionList { policy_version: policy.versions() } })
}
