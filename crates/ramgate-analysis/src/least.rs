//! The smallest readable policy that allows what was used.
//!
//! ```text
//!  used ── deduplicate ──► (conditions, action, resource) ── group ──► statements ── split ──► documents
//!              │ present policies: conditions are kept, Denies come along                         │
//!              └────────────────────────── proof: the engine decides every record with ◄──────────┘
//! ```
//!
//! Without wildcards the proposal allows what was used and nothing else: an action on a resource, under the conditions of
//! the statement that allows it today, minus what is denied today. Records that a Deny refuses today are left out; records
//! that nothing allows today are proposed, and said to be new. What the present policies allow beyond the proposal is
//! listed statement by statement.

mod gather;
mod group;
mod review;
mod text;
mod write;

use crate::estate::{Estate, EstateIndex, EstatePrincipal, PrincipalId, borrowed, spellings};
use ramgate_policy::{
    Arn, Attached, AttachedEntity, Catalog, Compiled, Context, Document, DocumentKind, Matched, Outcome, PolicyKind,
    PrincipalPolicies, Timestamp,
};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Records that are looked at at most, after equal ones have been counted together.
pub const MAX_RECORDS: usize = 100_000;

/// Something that was done: an action on a resource, and how often.
#[derive(Debug, Clone, Default)]
pub struct Used {
    /// The action, `<service>:<name>`.
    pub action: String,
    /// The resource name that the decision was about. A call on several resources is several records.
    pub resource: String,
    /// The condition values of the call, as far as they are known.
    pub context: Context,
    /// How often.
    pub count: u64,
    /// When last.
    pub last_used: Option<Timestamp>,
}

/// What may be said with wildcards, and so allows more than was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub enum Wildcards {
    /// Nothing.
    #[default]
    None,
    /// Two or more used actions of one verb become `<service>:<Verb>*`.
    ActionFamilies,
    /// The id of a resource becomes `*`: `gateway/gw-1` to `gateway/*`.
    ResourceKinds,
    /// Both.
    Both,
}

impl Wildcards {
    fn actions(self) -> bool {
        matches!(self, Self::ActionFamilies | Self::Both)
    }

    fn resources(self) -> bool {
        matches!(self, Self::ResourceKinds | Self::Both)
    }
}

/// How to propose.
#[derive(Debug, Clone)]
pub struct Options {
    /// What may be said with wildcards.
    pub wildcards: Wildcards,
    /// Name of the proposed policy; further ones are `<name>-2`, `<name>-3`, …
    pub policy_name: String,
}

impl Default for Options {
    fn default() -> Self {
        Options { wildcards: Wildcards::None, policy_name: "least".to_owned() }
    }
}

/// Why nothing is proposed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LeastError {
    /// No policy allows nothing: a statement needs an action.
    #[error("nothing was used, so there is nothing to propose")]
    NothingUsed,
    /// Every record is refused by a Deny of the present policies.
    #[error("the present policies deny everything that was used")]
    AllDenied,
    /// Too many records.
    #[error("{0} different records are too many, at most {MAX_RECORDS} are looked at")]
    TooMany(usize),
    /// A record is not about an action on a resource.
    #[error("`{action}` on `{resource}` is not an action on a resource name")]
    Record {
        /// The action.
        action: String,
        /// The resource.
        resource: String,
    },
    /// One entry alone is larger than a policy may be.
    #[error("`{0}` alone makes a document of more than {max} characters", max = DocumentKind::Identity.max_characters())]
    TooLong(String),
    /// The proposal does not hold what it promises. It is never returned unproven.
    #[error("the proposal does not allow `{action}` on `{resource}`")]
    Unproven {
        /// The action.
        action: String,
        /// The resource.
        resource: String,
    },
}

/// What is proposed, and what speaks for it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Proposal {
    /// The policies; all are to be attached.
    pub policies: Vec<Proposed>,
    /// What the engine says to the records.
    pub proof: Proof,
    /// The statements of the present policies, and what of them was used.
    pub statements: Vec<StatementUse>,
    /// Actions of the catalog that the present policies allow on some resource and the proposal on none.
    pub dropped_actions: Vec<String>,
    /// Actions that the proposal keeps, but on other resource patterns.
    pub narrowed: Vec<Narrowed>,
    /// What else to know.
    pub remarks: Vec<String>,
}

/// A proposed policy.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Proposed {
    /// Its name.
    pub policy_name: String,
    /// Length of the document in characters, at most 6,144.
    pub characters: usize,
    /// The document.
    pub document: String,
}

/// The engine's decisions on the records.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Proof {
    /// Different records.
    pub records: usize,
    /// Calls they stand for.
    pub calls: u64,
    /// Records that the proposal allows: all but those left out.
    pub allowed: usize,
    /// Records that the present policies do not allow.
    pub not_allowed_today: Vec<NotAllowed>,
    /// Records that the present policies allow only with condition values that the record does not have. They are proven
    /// with these values.
    pub assumed: Vec<Assumed>,
}

/// A record that lacks condition values.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Assumed {
    /// The action.
    pub action: String,
    /// The resource.
    pub resource: String,
    /// Values with which it is allowed today.
    pub values: BTreeMap<String, Vec<String>>,
}

/// A record that the present policies do not allow.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct NotAllowed {
    /// The action.
    pub action: String,
    /// The resource.
    pub resource: String,
    /// How often it was done.
    pub count: u64,
    /// What the present policies say.
    pub outcome: Outcome,
    /// Whether the proposal allows it all the same: what is denied today is left out.
    pub proposed: bool,
}

/// A statement of the present policies.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct StatementUse {
    /// The statement.
    #[serde(flatten)]
    pub statement: Matched,
    /// Calls that it speaks of, its conditions included.
    pub calls: u64,
    /// When last.
    pub last_used: Option<String>,
    /// Used actions, each with the resources it was used on.
    pub used: Vec<UsedAction>,
    /// Actions of the catalog that the statement names and that were not used.
    pub unused_actions: Vec<String>,
}

/// An action that was used.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct UsedAction {
    /// The action.
    pub action: String,
    /// The resources.
    pub resources: Vec<String>,
}

/// An action that stays, but on other resources.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Narrowed {
    /// The action.
    pub action: String,
    /// Patterns of the present policies.
    pub present: Vec<String>,
    /// Patterns of the proposal.
    pub proposed: Vec<String>,
}

/// Whose policy it is to be, and what it has now.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The principal.
    pub id: &'a PrincipalId,
    /// Its account.
    pub account_id: &'a str,
    /// Its present policies, if they are known.
    pub present: Option<&'a PrincipalPolicies>,
}

/// Proposes the smallest policies that allow what was used, and proves it.
pub fn least(
    subject: Subject<'_>,
    catalog: &Catalog,
    used: &[Used],
    options: &Options,
) -> Result<Proposal, LeastError> {
    let arn: Arc<str> = subject.id.arn(subject.account_id).into();
    let mut records = gather::records(used, &arn)?;
    let index = subject.present.map(|present| {
        let policies = present.clone();
        let principal = EstatePrincipal { id: subject.id.clone(), policies, trust: None };
        let account_id = subject.account_id.to_owned();
        EstateIndex::new(&Estate { account_id, principals: vec![principal], ..Estate::default() }, catalog)
    });
    let today = subject.present.zip(index.as_ref());
    let gathered = gather::gather(&mut records, today, catalog);
    if gathered.grants.is_empty() {
        return Err(LeastError::AllDenied);
    }
    let statements = group::statements(&gathered, index.as_ref(), catalog, options.wildcards);
    let documents = write::documents(&statements)?;
    let kind = subject.present.map_or_else(|| kind_of(subject.id), |present| present.kind.clone());
    let mut proposed = PrincipalPolicies::new(kind);
    let mut policies = Vec::new();
    for (at, text) in documents.into_iter().enumerate() {
        let policy_name = match at {
            0 => options.policy_name.clone(),
            at => format!("{}-{}", options.policy_name, at + 1),
        };
        // The document is refused where the API would refuse it.
        let document = Document::parse(&text, DocumentKind::Identity)
            .map_err(|_| LeastError::TooLong(statements.first().map_or(String::new(), |first| first.to_string())))?;
        proposed.account.push(Attached {
            policy_name: policy_name.as_str().into(),
            policy_type: PolicyKind::Custom,
            version: "v1".into(),
            entity: entity_of(subject.id),
            document: Arc::new(document),
        });
        policies.push(Proposed { policy_name, characters: text.chars().count(), document: text });
    }
    let proof = prove(&records, &gathered, &Compiled::new(&proposed, catalog), catalog)?;
    let review = review::review(subject.present.zip(index.as_ref()), &records, &statements, catalog);
    let remarks = gathered.remarks(&policies);
    Ok(Proposal {
        policies,
        proof,
        statements: review.statements,
        dropped_actions: review.dropped,
        narrowed: review.narrowed,
        remarks,
    })
}

/// Asks the engine about every record.
fn prove(
    records: &[gather::Record],
    gathered: &gather::Gathered,
    compiled: &Compiled,
    catalog: &Catalog,
) -> Result<Proof, LeastError> {
    let mut allowed = 0;
    for (record, left_out) in records.iter().zip(&gathered.left_out) {
        if *left_out {
            continue;
        }
        let spellings = spellings(catalog, &record.action, &record.resource);
        if !compiled.decide_spellings(&borrowed(&spellings), &record.context).is_allowed() {
            let (action, resource) = (record.action.clone(), record.resource.clone());
            return Err(LeastError::Unproven { action, resource });
        }
        allowed += 1;
    }
    Ok(Proof {
        records: records.len(),
        calls: records.iter().map(|record| record.count).sum(),
        allowed,
        not_allowed_today: gathered.not_allowed.clone(),
        assumed: gathered.assumed.clone(),
    })
}

fn kind_of(id: &PrincipalId) -> ramgate_policy::PrincipalKind {
    match id {
        PrincipalId::User(_) => ramgate_policy::PrincipalKind::User,
        PrincipalId::Role(_) => ramgate_policy::PrincipalKind::Role,
    }
}

fn entity_of(id: &PrincipalId) -> AttachedEntity {
    match id {
        PrincipalId::User(_) => AttachedEntity::User,
        PrincipalId::Role(_) => AttachedEntity::Role,
    }
}

/// Whether a record is about an action on a resource name.
fn is_request(action: &str, resource: &str) -> bool {
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '*' | '?');
    action.split_once(':').is_some_and(|(service, name)| !service.is_empty() && !name.is_empty())
        && action.chars().all(plain)
        && Arn::parse(resource).is_some_and(|arn| !arn.service.is_empty() && !arn.relative.is_empty())
}
