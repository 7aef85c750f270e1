//! What happens to these requests, and what would happen with other policies.
//!
//! [`simulate`] decides a batch with full explanations; [`what_if`] decides it twice, with the policies as they are and
//! with some added or taken away, and marks what changes. Sizes are bounded so that a server can take questions from
//! anyone who may ask them.

mod text;

use crate::estate::{borrowed, spellings};
use ramgate_policy::{Arn, Attached, Catalog, Compiled, Context, Explanation, Outcome, PolicyKind, PrincipalPolicies};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Requests of one batch at most.
pub const MAX_REQUESTS: usize = 1_000;
/// Policies that count for the principal at most, those that are added included.
pub const MAX_POLICIES: usize = 1_000;
/// The longest action or resource name, in bytes.
pub const MAX_NAME: usize = 2_048;

/// One request.
#[derive(Debug, Clone)]
pub struct Request {
    /// The action, `<service>:<name>`.
    pub action: String,
    /// The resource name. `acs:<service>:<region>:<account>:*` stands for all resources.
    pub resource: String,
    /// The condition values.
    pub context: Arc<Context>,
}

impl Request {
    /// Every action on every resource, with the same condition values.
    pub fn each<'a>(
        actions: impl IntoIterator<Item = &'a str>,
        resources: impl IntoIterator<Item = &'a str> + Clone,
        context: Context,
    ) -> Vec<Request> {
        let context = Arc::new(context);
        let one = |action: &str, resource: &str| Request {
            action: action.to_owned(),
            resource: resource.to_owned(),
            context: Arc::clone(&context),
        };
        let on_each = |action: &'a str| resources.clone().into_iter().map(move |resource| (action, resource));
        actions.into_iter().flat_map(on_each).map(|(action, resource)| one(action, resource)).collect()
    }
}

/// Which policy is taken away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PolicyName {
    /// Who maintains it; `None` for either.
    pub policy_type: Option<PolicyKind>,
    /// Its name; names of policies ignore case.
    pub policy_name: String,
}

/// Policies that are added and taken away, at account scope.
#[derive(Debug, Clone, Default)]
pub struct Change {
    /// Added.
    pub add: Vec<Attached>,
    /// Taken away wherever it is attached to the principal, also through groups and in resource groups.
    pub remove: Vec<PolicyName>,
}

/// Why a batch was not decided.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SimulateError {
    /// Nothing is asked.
    #[error("no request is given")]
    NoRequests,
    /// Too many requests.
    #[error("{given} requests are too many, at most {MAX_REQUESTS} are decided at once")]
    TooManyRequests {
        /// How many were given.
        given: usize,
    },
    /// Too many policies.
    #[error("{given} policies are too many, at most {MAX_POLICIES} are looked at")]
    TooManyPolicies {
        /// How many there are.
        given: usize,
    },
    /// A name is too long.
    #[error("the {what} of request {request} has {bytes} bytes, at most {MAX_NAME} are looked at")]
    TooLong {
        /// Which request, from 0.
        request: usize,
        /// `action` or `resource`
        what: &'static str,
        /// Its length.
        bytes: usize,
    },
    /// An action is `<service>:<name>`.
    #[error("`{action}` in request {request} is not an action, which looks like `apig:GetHttpApi`")]
    NotAnAction {
        /// Which request, from 0.
        request: usize,
        /// What was given.
        action: String,
    },
    /// A resource name has five fields.
    #[error(
        "`{resource}` in request {request} is not a resource name, which looks like `acs:<service>:<region>:<account>:<relative id>`"
    )]
    NotAResource {
        /// Which request, from 0.
        request: usize,
        /// What was given.
        resource: String,
    },
    /// A policy that is to be taken away is not there.
    #[error("the policy `{0}` is not attached, so it cannot be taken away")]
    NotAttached(String),
}

/// A batch, decided.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Simulation {
    /// One for each request, in order.
    pub results: Vec<Explanation>,
}

impl Simulation {
    /// Whether every request is allowed.
    pub fn is_allowed(&self) -> bool {
        self.results.iter().all(|result| result.outcome.is_allowed())
    }
}

/// A batch, decided before and after a change.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct WhatIf {
    /// One for each request, in order.
    pub results: Vec<Compared>,
    /// Requests that would come to be allowed.
    pub gained: usize,
    /// Requests that would come to be refused.
    pub lost: usize,
}

/// One request, decided before and after a change.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Compared {
    /// What changes.
    pub effect: Difference,
    /// With the policies as they are.
    pub before: Explanation,
    /// With the change.
    pub after: Explanation,
}

/// What a change does to one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Difference {
    /// Refused before, allowed after.
    Gained,
    /// Allowed before, refused after.
    Lost,
    /// Refused before and after, but once explicitly and once because nothing allows it.
    RefusedOtherwise,
    /// The same outcome, by other statements.
    DecidedOtherwise,
    /// The same in all respects.
    Same,
}

/// Decides each request and says why.
pub fn simulate(
    policies: &PrincipalPolicies,
    catalog: &Catalog,
    requests: &[Request],
) -> Result<Simulation, SimulateError> {
    check(policies, requests)?;
    Ok(Simulation { results: explain(policies, catalog, requests) })
}

/// Decides each request with the policies as they are and with a change.
pub fn what_if(
    policies: &PrincipalPolicies,
    change: &Change,
    catalog: &Catalog,
    requests: &[Request],
) -> Result<WhatIf, SimulateError> {
    let changed = changed(policies, change)?;
    check(policies, requests)?;
    check(&changed, requests)?;
    let before = explain(policies, catalog, requests);
    let after = explain(&changed, catalog, requests);
    let compare = |(before, after)| Compared { effect: difference(&before, &after), before, after };
    let results: Vec<Compared> = before.into_iter().zip(after).map(compare).collect();
    let count = |wanted| results.iter().filter(|compared| compared.effect == wanted).count();
    Ok(WhatIf { gained: count(Difference::Gained), lost: count(Difference::Lost), results })
}

/// The policies after a change.
pub fn changed(policies: &PrincipalPolicies, change: &Change) -> Result<PrincipalPolicies, SimulateError> {
    let mut changed = policies.clone();
    let same = |attached: &Attached, name: &PolicyName| {
        attached.policy_name.eq_ignore_ascii_case(&name.policy_name)
            && name.policy_type.is_none_or(|policy_type| policy_type == attached.policy_type)
    };
    for name in &change.remove {
        let mut found = false;
        let mut keep = |attached: &Attached| {
            let remove = same(attached, name);
            found |= remove;
            !remove
        };
        changed.account.retain(&mut keep);
        changed.resource_groups.iter_mut().for_each(|(_, list)| list.retain(&mut keep));
        if !found {
            return Err(SimulateError::NotAttached(name.policy_name.clone()));
        }
    }
    changed.account.extend(change.add.iter().cloned());
    Ok(changed)
}

fn check(policies: &PrincipalPolicies, requests: &[Request]) -> Result<(), SimulateError> {
    if requests.is_empty() {
        return Err(SimulateError::NoRequests);
    }
    if requests.len() > MAX_REQUESTS {
        return Err(SimulateError::TooManyRequests { given: requests.len() });
    }
    let groups = policies.resource_groups.iter().map(|(_, list)| list.len());
    let lists = policies.control.iter().map(Vec::len).chain(groups);
    let given = lists.sum::<usize>() + policies.account.len() + usize::from(policies.session.is_some());
    if given > MAX_POLICIES {
        return Err(SimulateError::TooManyPolicies { given });
    }
    for (request, asked) in requests.iter().enumerate() {
        let (action, resource) = (&asked.action, &asked.resource);
        for (what, text) in [("action", action), ("resource", resource)] {
            if text.len() > MAX_NAME {
                return Err(SimulateError::TooLong { request, what, bytes: text.len() });
            }
        }
        if action.split_once(':').is_none_or(|(service, name)| service.is_empty() || name.is_empty()) {
            return Err(SimulateError::NotAnAction { request, action: action.clone() });
        }
        if Arn::parse(resource).is_none() {
            return Err(SimulateError::NotAResource { request, resource: resource.clone() });
        }
    }
    Ok(())
}

fn explain(policies: &PrincipalPolicies, catalog: &Catalog, requests: &[Request]) -> Vec<Explanation> {
    let compiled = Compiled::new(policies, catalog);
    let one = |request: &Request| {
        let spellings = spellings(catalog, &request.action, &request.resource);
        compiled.explain_spellings(&borrowed(&spellings), &request.context)
    };
    requests.iter().map(one).collect()
}

fn difference(before: &Explanation, after: &Explanation) -> Difference {
    match (before.outcome, after.outcome) {
        (Outcome::Allow, Outcome::Allow) if before.deciding != after.deciding => Difference::DecidedOtherwise,
        (Outcome::ExplicitDeny, Outcome::ExplicitDeny) if before.deciding != after.deciding => {
            Difference::DecidedOtherwise
        }
        (before, after) if before == after => Difference::Same,
        (_, Outcome::Allow) => Difference::Gained,
        (Outcome::Allow, _) => Difference::Lost,
        _ => Difference::RefusedOtherwise,
    }
}
