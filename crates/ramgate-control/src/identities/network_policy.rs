//! From which networks access keys may be used: read from requests, and held against every signed call.
//!
//! A policy of a key counts before that of the account. Calls here never come out of a private network of the cloud, so
//! statements on those (`VPCWhiteList`) are kept and admit nothing. Source: IMS API reference 2019-08-15,
//! SetAccessKeyPolicy.

use super::access_keys::Whose;
use crate::caller::{Caller, Credential, Identity};
use crate::node::Cx;
use crate::state::State;
use ipnet::IpNet;
use ramgate_api::ApiError;
use ramgate_api::ims::errors;
use ramgate_api::ram::errors as ram;
use ramgate_model::{AccessKey, Account, NetworkPolicy};
use serde::Deserialize;
use std::net::IpAddr;

/// Statements of a policy.
pub(crate) const STATEMENTS: usize = 8;
/// Networks in a policy.
pub(crate) const NETWORKS: usize = 50;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Document {
    version: Option<String>,
    status: String,
    statements: Vec<Statement>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Statement {
    r#type: String,
    value: Option<String>,
    #[serde(rename = "IPList")]
    ip_list: Vec<String>,
}

fn invalid(reason: impl std::fmt::Display) -> ApiError {
    errors::NETWORK_POLICY_INVALID.with(format!("The parameter `AccessKeyPolicy` is not valid: {reason}."))
}

/// Reads a policy.
///
/// # Errors
/// `InvalidParameter.AccessKeyPolicy`, which says where and why.
pub(crate) fn parse(text: &str) -> Result<NetworkPolicy, ApiError> {
    let document: Document = serde_json::from_str(text).map_err(invalid)?;
    if document.version.is_some_and(|version| version != "1") {
        return Err(invalid("the version must be `1`"));
    }
    let active = match document.status.as_str() {
        "Active" => true,
        "Inactive" => false,
        other => return Err(invalid(format_args!("the status is `{other}`; it must be `Active` or `Inactive`"))),
    };
    if document.statements.len() > STATEMENTS {
        return Err(invalid(format_args!("it has more than {STATEMENTS} statements")));
    }
    if document.statements.iter().map(|statement| statement.ip_list.len()).sum::<usize>() > NETWORKS {
        return Err(invalid(format_args!("it has more than {NETWORKS} networks")));
    }
    if active && document.statements.is_empty() {
        return Err(invalid("without a statement an active policy would shut every call out"));
    }
    let mut networks = Vec::new();
    for (i, statement) in document.statements.iter().enumerate() {
        let named = statement.value.as_deref().is_some_and(|value| !value.is_empty());
        if statement.ip_list.is_empty() {
            return Err(invalid(format_args!("Statements[{i}] names no network")));
        }
        let listed: Vec<IpNet> =
            statement.ip_list.iter().map(|text| network(text)).collect::<Result<_, _>>().map_err(|text| {
                invalid(format_args!("`{text}` in Statements[{i}].IPList is neither an address nor a network"))
            })?;
        match (statement.r#type.as_str(), named) {
            ("ClassicWhiteList", false) => networks.extend(listed),
            ("ClassicWhiteList", true) => {
                return Err(invalid(format_args!("Statements[{i}].Value must be empty on public networks")));
            }
            ("VPCWhiteList", true) => {}
            ("VPCWhiteList", false) => {
                return Err(invalid(format_args!("Statements[{i}].Value must be a VPC's id or `AllowAllVPC`")));
            }
            (other, _) => {
                return Err(invalid(format_args!(
                    "Statements[{i}].Type is `{other}`; it must be `ClassicWhiteList` or `VPCWhiteList`"
                )));
            }
        }
    }
    Ok(NetworkPolicy { document: text.to_owned(), active, networks })
}

/// An address is a network of one.
fn network(text: &str) -> Result<IpNet, String> {
    let address = || text.parse::<IpAddr>().map(|address| IpNet::from(address.to_canonical()));
    text.parse::<IpNet>().or_else(|_| address()).map_err(|_| text.chars().take(64).collect())
}

/// Sets the policy of one key. Answers the key's id.
///
/// # Errors
/// As [`parse`], `EntityNotExist.User`, `EntityNotExist.User.AccessKey`.
pub(crate) async fn set(cx: &Cx, whose: Whose<'_>, id: &str, text: &str) -> Result<String, ApiError> {
    let policy = parse(text)?;
    cx.transact(|tx| {
        let account = tx.account().clone();
        let row = whose.find(cx, &account)?.key(&account, id)?;
        tx.update(row, &AccessKey { network_policy: Some(policy.clone()), ..row.value.clone() })?;
        Ok(row.id.to_string())
    })
    .await
}

/// The id of a key and its policy as it was set.
///
/// # Errors
/// `EntityNotExist.User`, `EntityNotExist.User.AccessKey`, `EntityNotExist.AccessKeyPolicy`.
pub(crate) fn get(cx: &Cx, whose: Whose<'_>, id: &str) -> Result<(String, String), ApiError> {
    let account = cx.account();
    let key = whose.find(cx, &account)?.key(&account, id)?;
    let policy = key.network_policy.as_ref().ok_or_else(|| ram::ACCESS_KEY_POLICY_NOT_FOUND.error())?;
    Ok((key.id.to_string(), policy.document.clone()))
}

/// Sets the policy of the account.
///
/// # Errors
/// As [`parse`].
pub(crate) async fn set_for_account(cx: &Cx, text: &str) -> Result<(), ApiError> {
    let policy = parse(text)?;
    super::account::change(cx, |account| {
        account.network_policy = Some(policy.clone());
        Ok(())
    })
    .await
}

/// The policy of the account as it was set.
///
/// # Errors
/// `EntityNotExist.AccessKeyPolicy`.
pub(crate) fn get_for_account(cx: &Cx) -> Result<String, ApiError> {
    let account = cx.account();
    let policy = account.get::<Account>(cx.account_id().as_str()).and_then(|account| account.network_policy.as_ref());
    policy.map(|policy| policy.document.clone()).ok_or_else(|| ram::ACCESS_KEY_POLICY_NOT_FOUND.error())
}

/// Refuses a call whose access key may not be used from where it came. Called once the signature holds: who cannot sign
/// learns nothing of a key's networks. Temporary credentials and console sessions have no such policy.
///
/// # Errors
/// `Forbidden.AccessKeyPolicy`.
pub(crate) fn check(state: &State, caller: &Caller, source_ip: IpAddr) -> Result<(), ApiError> {
    let (Credential::AccessKey(id), Identity::Root | Identity::User(_)) = (&caller.credential, &caller.identity) else {
        return Ok(());
    };
    let Some(account) = state.account(&caller.account_id) else { return Ok(()) };
    let of_key = account.get::<AccessKey>(id).and_then(|key| key.network_policy.as_ref());
    let of_account = || account.get::<Account>(caller.account_id.as_str())?.network_policy.as_ref();
    match of_key.filter(|policy| policy.active).or_else(of_account) {
        Some(policy) if !policy.admits(source_ip) => Err(errors::NETWORK_POLICY_FORBIDS.error()),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statement(kind: &str, value: &str, networks: &str) -> String {
        format!(r#"{{"Status":"Active","Statements":[{{"Type":"{kind}","Value":"{value}","IPList":{networks}}}]}}"#)
    }

    #[test]
    fn addresses_and_networks_of_both_families_are_read() {
        let policy =
            parse(&statement("ClassicWhiteList", "", r#"["10.0.0.1", "2001:db8::/32", "192.0.2.0/24"]"#)).unwrap();
        assert!(policy.active);
        let texts: Vec<String> = policy.networks.iter().map(IpNet::to_string).collect();
        assert_eq!(texts, ["10.0.0.1/32", "2001:db8::/32", "192.0.2.0/24"]);
    }

    #[test]
    fn private_networks_of_the_cloud_are_kept_and_admit_nothing() {
        let policy = parse(&statement("VPCWhiteList", "AllowAllVPC", r#"["0.0.0.0/0"]"#)).unwrap();
        assert!(!policy.admits("127.0.0.1".parse().unwrap()));
    }

    #[test]
    fn a_policy_that_is_not_one_is_refused_with_the_reason() {
        let many = format!("[{}]", vec![r#""10.0.0.1""#; 51].join(","));
        let statements = [r#"{"Type":"ClassicWhiteList","IPList":["::/0"]}"#; 9].join(",");
        for (text, reason) in [
            ("", "EOF"),
            (r#"{"Status":"On","Statements":[]}"#, "`On`"),
            (r#"{"Status":"Active","Statements":[]}"#, "shut every call out"),
            (r#"{"Status":"Inactive","Statements":[],"Version":"2"}"#, "version"),
            (r#"{"Status":"Inactive","Statements":[],"Effect":"Allow"}"#, "unknown field `Effect`"),
            (&statement("ClassicWhiteList", "", r#"["10.0.0.1/33"]"#), "`10.0.0.1/33` in Statements[0].IPList"),
            (&statement("ClassicWhiteList", "", "[]"), "no network"),
            (&statement("ClassicWhiteList", "vpc-1", r#"["::/0"]"#), "must be empty"),
            (&statement("VPCWhiteList", "", r#"["::/0"]"#), "AllowAllVPC"),
            (&statement("Blacklist", "", r#"["::/0"]"#), "`Blacklist`"),
            (&statement("ClassicWhiteList", "", &many), "more than 50"),
            (&format!(r#"{{"Status":"Active","Statements":[{statements}]}}"#), "more than 8"),
        ] {
            let error = parse(text).unwrap_err();
            assert_eq!(error.code, "InvalidParameter.AccessKeyPolicy", "{text}");
            assert!(error.message.contains(reason), "{text}: {}", error.message);
        }
    }
}
