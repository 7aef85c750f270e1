//! Everyone who may do this, by which statement, and under which conditions.
//!
//! ```text
//!  action, resource ── scan ──► statements that match, once per distinct document
//!                                   │ per principal: one byte for each of its policies
//!                                   ├─ nothing allows, or an unconditional Deny ──► not listed
//!                                   ├─ an unconditional Allow and no Deny at all ─► always
//!                                   └─ conditions decide ──► cells of the keys ───► always, under conditions or never
//! ```
//!
//! A principal under conditions comes with an example, condition values with which the engine allows the request, and with
//! a counter-example where there is one. Condition keys are taken as independent of each other; the time and the transport
//! of a request are taken as always present, every other key may be absent.

mod cells;
mod decide;
mod solve;
mod strings;
mod text;
mod values;

pub(crate) use decide::{Asked, Verdict};
pub(crate) use solve::conditions_can_hold;
pub(crate) use text::Values;

use crate::estate::{Estate, EstateIndex, PrincipalId};
use ramgate_policy::{Catalog, Context, Matched};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The longest action or resource name that is looked at, in bytes.
pub const MAX_NAME: usize = 2048;

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct Question {
    /// The action, for example `apig:DeleteGateway`.
    pub action: String,
    /// The resource name. `acs:<service>:<region>:<account>:*` stands for all resources.
    pub resource: String,
    /// What is known of the request. `acs:PrincipalARN` follows from who asks.
    pub context: Context,
    /// Whether keys that the context does not hold are absent from the request. Otherwise they are open.
    pub closed: bool,
}

/// Why a question has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QuestionError {
    /// An action is `<service>:<name>`.
    #[error("`{0}` is not an action, which looks like `apig:GetHttpApi`")]
    Action(String),
    /// Questions are about one action.
    #[error("`{0}` is a pattern; ask about one action")]
    ActionPattern(String),
    /// A resource name has five fields.
    #[error("`{0}` is not a resource name, which looks like `acs:<service>:<region>:<account>:<relative id>`")]
    Resource(String),
    /// A name is too long.
    #[error("the {what} has {bytes} bytes, at most {MAX_NAME} are looked at")]
    TooLong {
        /// `action` or `resource`
        what: &'static str,
        /// Its length.
        bytes: usize,
    },
}

/// Who may do it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Answer {
    /// The action asked about.
    pub action: String,
    /// The resource asked about.
    pub resource: String,
    /// Principals that were looked at, without the account itself.
    pub principals: usize,
    /// The account itself: it may do everything in its own account but assume roles.
    pub root: Option<String>,
    /// Principals that may do it whatever the condition values are.
    pub always: Vec<Holder>,
    /// Principals that may do it with some condition values.
    pub under_conditions: Vec<Holder>,
}

/// A principal that may do it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Holder {
    /// Who it is.
    pub principal: PrincipalId,
    /// Its resource name.
    pub arn: Arc<str>,
    /// The statements that allow it; for one who always may, those without open conditions where there are any.
    pub grants: Vec<Path>,
    /// The statements that refuse it under conditions.
    pub blocks: Vec<Path>,
    /// Condition values with which it is allowed, confirmed by the engine; keys that are not named do not matter or are
    /// absent. `None` for one who always may.
    pub example: Option<BTreeMap<String, Vec<String>>>,
    /// Condition values with which it is refused, confirmed by the engine.
    pub counter_example: Option<BTreeMap<String, Vec<String>>>,
    /// Whether the conditions were looked through to the end. If not, it may be always or never as well.
    pub settled: bool,
    /// For roles, whom the trust policy lets assume it.
    pub trusted: Vec<String>,
}

/// A statement, how it came to count for the principal, and what it depends on.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Path {
    /// The statement with its policy and attachment.
    #[serde(flatten)]
    pub statement: Matched,
    /// Conditions that what is known of the request leaves open; each must hold.
    pub conditions: Vec<Wanted>,
}

/// A condition that is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Wanted {
    /// The operator.
    pub operator: String,
    /// The key.
    pub key: String,
    /// The values of which one must match; with a negated operator none.
    pub values: Vec<String>,
}

/// Finds everyone in an estate who may do something. For several questions make an [`EstateIndex`] once and [`ask`] it.
pub fn who_can(estate: &Estate, catalog: &Catalog, question: &Question) -> Result<Answer, QuestionError> {
    ask(&EstateIndex::new(estate, catalog), question)
}

/// Finds everyone in a prepared estate who may do something.
pub fn ask(index: &EstateIndex, question: &Question) -> Result<Answer, QuestionError> {
    check(question)?;
    let mut asked = Asked::new(index, question);
    let mut answer = Answer {
        action: question.action.clone(),
        resource: question.resource.clone(),
        principals: index.len(),
        root: asked.root(),
        always: Vec::new(),
        under_conditions: Vec::new(),
    };
    for member in 0..index.len() {
        match asked.verdict(member) {
            Verdict::Never => {}
            Verdict::Always => answer.always.extend(asked.holder(member, None)),
            Verdict::Conditional(solved) => answer.under_conditions.extend(asked.holder(member, Some(&solved))),
        }
    }
    Ok(answer)
}

fn check(question: &Question) -> Result<(), QuestionError> {
    let (action, resource) = (&question.action, &question.resource);
    for (what, text) in [("action", action), ("resource", resource)] {
        if text.len() > MAX_NAME {
            return Err(QuestionError::TooLong { what, bytes: text.len() });
        }
    }
    if action.contains(['*', '?']) {
        return Err(QuestionError::ActionPattern(action.clone()));
    }
    if action.split_once(':').is_none_or(|(service, name)| service.is_empty() || name.is_empty()) {
        return Err(QuestionError::Action(action.clone()));
    }
    if ramgate_policy::Arn::parse(resource).is_none() {
        return Err(QuestionError::Resource(resource.clone()));
    }
    Ok(())
}
