//! The domain of logon names, and reports on the whole account.

use crate::clock::iso8601;
use crate::dispatch::{Authorized, Dispatcher};
use crate::identities::{account, credential_report, network_policy, security_practice};
use crate::node::Cx;
use crate::ram::quota;
use crate::state::{AccountState, Tabled};
use ramgate_api::ApiError;
use ramgate_api::ims::{
    GenerateCredentialReport, GenerateCredentialReportResponse, GetAccountSecurityPracticeReport,
    GetAccountSecurityPracticeReportResponse, GetAccountSummary, GetAccountSummaryResponse, GetCredentialReport,
    GetCredentialReportResponse, GetDefaultDomain, GetDefaultDomainResponse, SetDefaultDomain,
    SetDefaultDomainResponse, SummaryMap,
};
use ramgate_model::{Group, MfaDevice, Policy, Role, User};

/// Binds the operations.
pub(super) fn bind(dispatcher: Dispatcher) -> Dispatcher {
    dispatcher
        .on(set_default_domain)
        .on(get_default_domain)
        .on(get_account_summary)
        .on(generate_credential_report)
        .on(get_credential_report)
        .on(get_security_practice_report)
}

async fn set_default_domain(cx: Cx, call: Authorized<SetDefaultDomain>) -> Result<SetDefaultDomainResponse, ApiError> {
    let default_domain_name = account::set_default_domain(&cx, &call.request.default_domain_name).await?;
    Ok(SetDefaultDomainResponse { default_domain_name })
}

async fn get_default_domain(cx: Cx, _: Authorized<GetDefaultDomain>) -> Result<GetDefaultDomainResponse, ApiError> {
    Ok(GetDefaultDomainResponse { default_domain_name: cx.logon_names().default_domain(&cx.account()) })
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn count<R: Tabled>(account: &AccountState) -> u32 {
    number(account.table::<R>().len())
}

async fn get_account_summary(cx: Cx, _: Authorized<GetAccountSummary>) -> Result<GetAccountSummaryResponse, ApiError> {
    let account = cx.account();
    let devices_in_use = account.table::<MfaDevice>().iter().filter(|device| device.bound.is_some()).count();
    let summary_map = SummaryMap {
        access_keys_per_user_quota: number(quota::ACCESS_KEYS),
        account_access_keys_per_account_quota: number(quota::ACCESS_KEYS),
        attached_policies_per_group_quota: number(quota::CUSTOM_POLICIES_OF_GROUP),
        attached_policies_per_role_quota: number(quota::CUSTOM_POLICIES_OF_ROLE),
        attached_policies_per_user_quota: number(quota::CUSTOM_POLICIES_OF_USER),
        attached_system_policies_per_group_quota: number(quota::SYSTEM_POLICIES_OF_PRINCIPAL),
        attached_system_policies_per_role_quota: number(quota::SYSTEM_POLICIES_OF_PRINCIPAL),
        attached_system_policies_per_user_quota: number(quota::SYSTEM_POLICIES_OF_PRINCIPAL),
        authorized_client_per_user_quota: 0,
        conditions_per_ak_policy_quota: number(network_policy::STATEMENTS),
        groups: count::<Group>(&account),
        groups_per_user_quota: number(quota::GROUPS_OF_USER),
        groups_quota: number(quota::GROUPS),
        ip_items_per_ak_policy_quota: number(network_policy::NETWORKS),
        mfa_devices: count::<MfaDevice>(&account),
        mfa_devices_in_use: number(devices_in_use),
        policies: count::<Policy>(&account),
        policies_quota: number(quota::POLICIES),
        policy_size_quota: number(quota::POLICY_SIZE),
        roles: count::<Role>(&account),
        roles_quota: number(quota::ROLES),
        service_credentials_per_user_per_service_quota: 0,
        users: count::<User>(&account),
        users_quota: number(quota::USERS),
        versions_per_policy_quota: number(quota::POLICY_VERSIONS),
        virtual_mfa_devices_quota: number(quota::MFA_DEVICES),
    };
    Ok(GetAccountSummaryResponse { summary_map })
}

async fn generate_credential_report(
    cx: Cx,
    _: Authorized<GenerateCredentialReport>,
) -> Result<GenerateCredentialReportResponse, ApiError> {
    credential_report::generate(&cx).await?;
    Ok(GenerateCredentialReportResponse { state: "COMPLETED".to_owned() })
}

async fn get_credential_report(
    cx: Cx,
    call: Authorized<GetCredentialReport>,
) -> Result<GetCredentialReportResponse, ApiError> {
    let most = call.request.max_items.and_then(|n| usize::try_from(n).ok()).unwrap_or(3501);
    let page = credential_report::page(&cx, call.request.next_token.as_deref(), most)?;
    Ok(GetCredentialReportResponse {
        content: page.content,
        generated_time: iso8601(page.generated_at),
        is_truncated: page.next.is_some().to_string(),
        next_token: page.next,
    })
}

async fn get_security_practice_report(
    cx: Cx,
    _: Authorized<GetAccountSecurityPracticeReport>,
) -> Result<GetAccountSecurityPracticeReportResponse, ApiError> {
    let account_security_practice_info = security_practice::report(&cx);
    Ok(GetAccountSecurityPracticeReportResponse { account_security_practice_info })
}
