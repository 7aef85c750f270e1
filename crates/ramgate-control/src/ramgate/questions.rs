//! Questions about permissions: what would be decided, who may do something, what is wrong, what is enough.
//!
//! The analysis is pure and may take its time; it runs beside the threads that serve calls.

use super::beside;
use super::estate::{estate, with_self_service};
use super::usage;
use crate::authorize::InForce;
use crate::dispatch::Authorized;
use crate::node::Cx;
use crate::ram::{find_role, find_user};
use crate::state::AccountState;
use crate::system_policies;
use ramgate_analysis::simulate::{self, Change, PolicyName, Request};
use ramgate_analysis::who_can::{self, Question};
use ramgate_analysis::{PrincipalId, diff, least, lint};
use ramgate_api::ramgate::{
    ContextValues, DiffPolicies, DiffPoliciesResponse, LintPolicies, LintPoliciesResponse, PolicySource,
    SimulatePolicies, SimulatePoliciesResponse, SuggestPolicy, SuggestPolicyResponse, WhoCan, WhoCanResponse, errors,
};
use ramgate_api::{ApiError, codes, policy_catalog};
use ramgate_model::{Arn, Policy, PrincipalRef};
use ramgate_policy::{
    Attached, AttachedEntity, Context, Document, DocumentKind, PolicyKind, PrincipalKind, PrincipalPolicies, Timestamp,
};
use serde::Serialize;
use serde_json::Value;
use std::sync::Arc;

/// A day, in milliseconds.
const DAY: i64 = 24 * 3600 * 1000;

fn json(value: &impl Serialize) -> Result<Value, ApiError> {
    serde_json::to_value(value).map_err(|error| codes::INTERNAL_ERROR.error().log(error))
}

pub(super) async fn simulate(cx: Cx, call: Authorized<SimulatePolicies>) -> Result<SimulatePoliciesResponse, ApiError> {
    beside(move || {
        let request = &call.request;
        let account = cx.account();
        let added = policies(&account, "AddPolicies", &request.add_policies)?;
        let mut context = context(&request.context)?;
        let present = match &request.principal_arn {
            Some(arn) => {
                let principal = principal(&cx, &account, arn)?;
                if context.principal_arn.is_none() {
                    context.principal_arn = Some(principal.1.arn(cx.account_id().as_str()).into());
                }
                Some(with_self_service(&mut InForce::new(&account), cx.account_id(), &account, &principal.0))
            }
            None => None,
        };
        let actions = request.actions.iter().map(String::as_str);
        let requests = Request::each(actions, request.resources.iter().map(String::as_str), context);
        let refused = |error: simulate::SimulateError| errors::QUESTION.with(format!("{error}."));
        let remove: Vec<PolicyName> = request.remove_policies.iter().map(removed).collect();
        let catalog = policy_catalog();
        let results = match present {
            // Only the given policies count, so there is no before and after.
            None => {
                let policies = PrincipalPolicies { account: added, ..PrincipalPolicies::new(PrincipalKind::User) };
                let done = simulate::simulate(&policies, catalog, &requests).map_err(refused)?;
                done.results.iter().map(json).collect::<Result<_, _>>()?
            }
            Some(policies) if added.is_empty() && remove.is_empty() => {
                let done = simulate::simulate(&policies, catalog, &requests).map_err(refused)?;
                done.results.iter().map(json).collect::<Result<_, _>>()?
            }
            Some(policies) => {
                let change = Change { add: added, remove };
                let done = simulate::what_if(&policies, &change, catalog, &requests).map_err(refused)?;
                done.results.iter().map(json).collect::<Result<_, _>>()?
            }
        };
        Ok(SimulatePoliciesResponse { results })
    })
    .await
}

pub(super) async fn who_can(cx: Cx, call: Authorized<WhoCan>) -> Result<WhoCanResponse, ApiError> {
    beside(move || {
        let request = &call.request;
        let question = Question {
            action: request.action.clone(),
            resource: request.resource.clone(),
            context: context(&request.context)?,
            closed: request.closed_context.unwrap_or(false),
        };
        let answer = who_can::ask(&cx.node.prepared.of(cx.account_id(), &cx.account()), &question);
        let answer = answer.map_err(|error| errors::QUESTION.with(format!("{error}.")))?;
        Ok(WhoCanResponse { answer: json(&answer)? })
    })
    .await
}

pub(super) async fn diff(cx: Cx, call: Authorized<DiffPolicies>) -> Result<DiffPoliciesResponse, ApiError> {
    beside(move || {
        let account = cx.account();
        let old = policies(&account, "Old", &call.request.old)?;
        let new = policies(&account, "New", &call.request.new)?;
        let diff = diff::diff(&old, &new, policy_catalog(), diff::Limits::default());
        Ok(DiffPoliciesResponse { diff: json(&diff)? })
    })
    .await
}

pub(super) async fn lint(cx: Cx, call: Authorized<LintPolicies>) -> Result<LintPoliciesResponse, ApiError> {
    let from = call.request.unused_days.map(|days| cx.now().saturating_sub(days * DAY));
    let usage = match from {
        Some(from) => Some(usage::of_everyone(&cx, from).await?),
        None => None,
    };
    beside(move || {
        let since = from.map(|from| Timestamp::from_unix(from.div_euclid(1000)));
        let estate = estate(cx.account_id(), &cx.account(), |in_force, principal| in_force.of(principal));
        let report = lint::lint(&estate, policy_catalog(), &lint::Options { usage, since });
        Ok(LintPoliciesResponse { report: json(&report)? })
    })
    .await
}

pub(super) async fn suggest(cx: Cx, call: Authorized<SuggestPolicy>) -> Result<SuggestPolicyResponse, ApiError> {
    let account = cx.account();
    let (principal, name) = principal(&cx, &account, &call.request.principal_arn)?;
    let from = cx.now().saturating_sub(call.request.days.unwrap_or(90) * DAY);
    let used = usage::of(&cx, &name, from).await?;
    beside(move || {
        let request = &call.request;
        let options = least::Options {
            wildcards: match request.wildcards.as_deref() {
                Some("ActionFamilies") => least::Wildcards::ActionFamilies,
                Some("ResourceKinds") => least::Wildcards::ResourceKinds,
                Some("Both") => least::Wildcards::Both,
                _ => least::Wildcards::None,
            },
            policy_name: request.policy_name.clone().unwrap_or_else(|| "least".to_owned()),
        };
        let present = InForce::new(&account).of(&principal);
        let subject = least::Subject { id: &name, account_id: cx.account_id().as_str(), present: Some(&present) };
        let proposal = least::least(subject, policy_catalog(), &used, &options).map_err(|error| match error {
            least::LeastError::NothingUsed | least::LeastError::AllDenied => {
                errors::NOTHING_TO_SUGGEST.with(format!("{error}."))
            }
            error => errors::QUESTION.with(format!("{error}.")),
        })?;
        Ok(SuggestPolicyResponse { proposal: json(&proposal)? })
    })
    .await
}

/// The user or role of this resource name.
fn principal(cx: &Cx, account: &AccountState, arn: &str) -> Result<(PrincipalRef, PrincipalId), ApiError> {
    let not_found = || errors::PRINCIPAL_NOT_FOUND.with(format!("There is no user or role `{arn}`."));
    let parsed: Arn = arn.parse().map_err(|_| {
        let expected = "which looks like `acs:ram::<account>:user/<name>` or `acs:ram::<account>:role/<name>`";
        errors::QUESTION.with(format!("`{arn}` is not the resource name of a principal, {expected}."))
    })?;
    if parsed.service != "ram" || parsed.account != cx.account_id().as_str() {
        return Err(not_found());
    }
    match parsed.relative_id.split_once('/') {
        Some(("user", name)) => {
            let user = find_user(account, name).ok_or_else(not_found)?;
            Ok((PrincipalRef::User { user_id: user.id.clone() }, PrincipalId::User(user.name.clone())))
        }
        Some(("role", name)) => {
            let role = find_role(account, name).ok_or_else(not_found)?;
            Ok((PrincipalRef::Role { role_id: role.id.clone() }, PrincipalId::Role(role.name.clone())))
        }
        _ => Err(not_found()),
    }
}

/// Condition values as the engine wants them.
fn context(values: &ContextValues) -> Result<Context, ApiError> {
    let mut context = Context::default();
    for (key, values) in values {
        context.set(key, values.as_slice()).map_err(|error| errors::QUESTION.with(format!("{error}.")))?;
    }
    Ok(context)
}

fn removed(source: &PolicySource) -> PolicyName {
    PolicyName {
        policy_type: match source.policy_type.as_deref() {
            Some("System") => Some(PolicyKind::System),
            Some("Custom") => Some(PolicyKind::Custom),
            _ => None,
        },
        policy_name: source.policy_name.clone().unwrap_or_default(),
    }
}

/// The policies that a request names or holds.
pub(super) fn policies(
    account: &AccountState,
    parameter: &str,
    sources: &[PolicySource],
) -> Result<Vec<Attached>, ApiError> {
    sources.iter().enumerate().map(|(n, source)| policy(account, &format!("{parameter}.{}", n + 1), source)).collect()
}

fn policy(account: &AccountState, parameter: &str, source: &PolicySource) -> Result<Attached, ApiError> {
    let named = |name: &str, kind: PolicyKind, version: String, document: Arc<Document>| Attached {
        policy_name: name.into(),
        policy_type: kind,
        version: version.into(),
        entity: AttachedEntity::User,
        document,
    };
    let name = source.policy_name.as_deref().unwrap_or(parameter);
    if let Some(text) = &source.policy_document {
        let document = Document::parse(text, DocumentKind::Identity)
            .map_err(|problems| errors::DOCUMENT.with(format!("`{parameter}` is malformed: {problems}.")))?;
        return Ok(named(name, PolicyKind::Custom, String::new(), Arc::new(document)));
    }
    let not_found = || errors::POLICY_NOT_FOUND.with(format!("`{parameter}`: there is no policy `{name}`."));
    if source.policy_type.as_deref() == Some("System") {
        let policy = system_policies::find(name).ok_or_else(not_found)?;
        return Ok(named(policy.name, PolicyKind::System, policy.version.to_owned(), policy.document.clone()));
    }
    let policy = account.get::<Policy>(&name.to_ascii_lowercase()).ok_or_else(not_found)?;
    let version = match &source.version_id {
        None => policy.default(),
        Some(id) => id.strip_prefix('v').and_then(|number| number.parse().ok()).and_then(|n| policy.version(n)),
    };
    let version = version.ok_or_else(|| {
        let id = source.version_id.as_deref().unwrap_or_default();
        errors::POLICY_NOT_FOUND.with(format!("`{parameter}`: the policy `{name}` has no version `{id}`."))
    })?;
    let document = Document::parse_stored(&version.document)
        .map_err(|problems| errors::DOCUMENT.with(format!("`{parameter}` is malformed: {problems}.")))?;
    Ok(named(&policy.name, PolicyKind::Custom, format!("v{}", version.number), Arc::new(document)))
}
