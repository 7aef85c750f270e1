//! What the ways to a session have in common: the role, the limits, the answer.

use crate::authorize;
use crate::clock::iso8601;
use crate::node::Cx;
use crate::sessions::{self, Issued};
use crate::state::Row;
use ramgate_api::sts::{AssumedRoleUser, Credentials, errors};
use ramgate_api::{ApiError, Secret, codes};
use ramgate_model::{AccountId, Arn, Role};
use ramgate_policy::{Caller, Context, Document, DocumentKind};
use std::sync::Arc;

/// How long a session lasts where a request does not say, in seconds.
const USUAL: i64 = 3600;

/// The role of this resource name, and its account.
///
/// # Errors
/// `InvalidParameter.RoleArn`, `EntityNotExist.Role`.
pub(super) fn role(cx: &Cx, arn: &str) -> Result<(AccountId, Arc<Row<Role>>), ApiError> {
    let arn: Arn = arn.parse().map_err(|_| errors::ROLE_ARN.error())?;
    sessions::role_of_arn(&cx.state, &arn).ok_or_else(|| errors::ROLE_NOT_FOUND.error())
}

/// The role of this resource name where it trusts an identity provider, given with what it says; and its account. What is
/// not there trusts nobody: which roles there are is not for everyone to learn.
///
/// # Errors
/// `AuthenticationFail.NoPermission`.
pub(super) fn trusting_role(
    cx: &Cx,
    arn: &str,
    provider: &str,
    facts: &[(&str, &[String])],
) -> Result<(AccountId, Arc<Row<Role>>), ApiError> {
    let untrusted = || errors::AUTHENTICATION_FAILED.error();
    let (account_id, role) = self::role(cx, arn).map_err(|_| untrusted())?;
    let mut context = Context {
        current_time: Some(ramgate_policy::Timestamp::from_unix(cx.now().div_euclid(1000))),
        secure_transport: Some(cx.connection.secure),
        source_ip: Some(cx.connection.source_ip),
        user_agent: Some(cx.connection.user_agent.as_str().into()).filter(|_| !cx.connection.user_agent.is_empty()),
        ..Context::default()
    };
    for (key, values) in facts {
        context.set(key, values.iter()).map_err(|error| codes::INTERNAL_ERROR.error().log(error))?;
    }
    let trust = authorize::trust_policy(Some(&role));
    let (catalog, caller) = (ramgate_api::policy_catalog(), Caller::Federated(provider));
    let decision = ramgate_policy::decide_trust(&trust, catalog, "sts:AssumeRole", &caller, &context);
    if !decision.is_allowed() {
        return Err(untrusted());
    }
    Ok((account_id, role))
}

/// How long the session is to last.
///
/// # Errors
/// `InvalidParameter.DurationSeconds` where the role does not allow it.
pub(super) fn seconds(asked: Option<i64>, role: &Role) -> Result<u32, ApiError> {
    let asked = u32::try_from(asked.unwrap_or(USUAL)).map_err(|_| errors::DURATION_SECONDS.error())?;
    if asked < 900 || asked > role.max_session_duration {
        return Err(errors::DURATION_SECONDS.error());
    }
    Ok(asked)
}

/// The session policy, read by the rules for policies that are written. Empty is as good as absent.
///
/// # Errors
/// `InvalidParameter.PolicyGrammar` with every problem and its place.
pub(super) fn policy(text: Option<String>) -> Result<Option<String>, ApiError> {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(None) };
    match Document::parse(&text, DocumentKind::Session) {
        Ok(_) => Ok(Some(text)),
        Err(problems) => {
            let message = format!("{} {problems}.", errors::POLICY_GRAMMAR.message);
            Err(errors::POLICY_GRAMMAR.with(message))
        }
    }
}

/// Whom the credentials are of.
pub(super) fn user(account_id: &AccountId, role: &Role, name: &str) -> AssumedRoleUser {
    AssumedRoleUser {
        arn: format!("acs:ram::{account_id}:assumed-role/{}/{name}", role.name.to_ascii_lowercase()),
        assumed_role_id: format!("{}:{name}", role.id),
    }
}

/// The credentials as they are answered.
pub(super) fn credentials(issued: Issued) -> Credentials {
    Credentials {
        access_key_id: issued.access_key_id,
        access_key_secret: Secret::new(issued.secret),
        expiration: iso8601(issued.expires_at),
        security_token: Secret::new(issued.token),
    }
}
