//! What is dangerous, useless or said twice in an estate.
//!
//! ```text
//!  estate ──┬─ documents   broad grants, redundant patterns, conditions that never hold, pitfalls around MFA
//!           ├─ shadowed    statements without which every decision stays as it is
//!           ├─ deny        Denies that meet nothing their holders are allowed
//!           ├─ trust       roles that more can assume than was perhaps meant
//!           ├─ usage       grants that nobody used (needs usage data)
//!           └─ escalation  principals that can give themselves more, each step a request that the engine allows
//! ```
//!
//! A finding is made only where it is certain; what is not plain to see is not reported. Findings on one document, apart
//! from its holders, are those of [`ramgate_policy::validate`]; they are not repeated here.

mod deny;
mod documents;
mod escalation;
mod holdings;
mod shadowed;
mod text;
mod trust;
mod usage;

use crate::estate::{Estate, EstateIndex, PrincipalId};
use ramgate_policy::{Catalog, PolicyKind, Severity, Timestamp};
use serde::Serialize;
use std::collections::BTreeMap;

/// What a principal has used, and when last.
pub type Usage = BTreeMap<PrincipalId, BTreeMap<String, Timestamp>>;

/// What to look at.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Actions that each principal used. Principals without an entry are not judged by their use.
    pub usage: Option<Usage>,
    /// Uses before this time do not count.
    pub since: Option<Timestamp>,
}

/// Everything that was found, the worse first.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Report {
    /// Users and roles that were looked at.
    pub principals: usize,
    /// Policies that were looked at, equal ones counted once.
    pub policies: usize,
    /// The findings.
    pub findings: Vec<Finding>,
}

/// One thing worth knowing.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// What it is; codes stay the same.
    pub code: Code,
    /// Whom it is about, when it is about one principal.
    pub principal: Option<PrincipalId>,
    /// Which statement it is about.
    pub place: Option<Place>,
    /// What was found, lower case, without a full stop.
    pub message: String,
    /// What to do about it, in the same form.
    pub suggestion: String,
    /// For escalations, the requests that lead there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
}

/// A statement of a policy, or of the trust policy of a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Place {
    /// Name of the policy; for a trust policy the name of the role.
    pub policy_name: String,
    /// Who maintains it; `None` for a trust policy.
    pub policy_type: Option<PolicyKind>,
    /// Where in the document, for example `Statement[2].Action[0]`.
    pub place: String,
    /// Line on which the statement starts, from 1.
    pub line: usize,
    /// Column at which the statement starts, from 1.
    pub column: usize,
    /// Principals that the policy counts for.
    pub holders: usize,
}

/// A request of an escalation.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Step {
    /// Who makes the request.
    pub caller: PrincipalId,
    /// The action.
    pub action: String,
    /// The resources; each must be allowed.
    pub resources: Vec<String>,
    /// Condition values with which it is allowed.
    pub context: BTreeMap<String, Vec<String>>,
    /// What the step does.
    pub does: String,
}

/// Kinds of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Code {
    /// A principal can attach a policy to itself or its group, or free itself of one.
    EscalationAttach,
    /// A principal can rewrite a policy that counts for it.
    EscalationRewrite,
    /// A principal can bring another version of a policy that counts for it into force.
    EscalationVersion,
    /// A principal can join a group that has more.
    EscalationGroup,
    /// A principal can make itself credentials of a user that has more.
    EscalationCredentials,
    /// A principal can become a role that has more.
    EscalationRole,
    /// A principal can make a new identity that has more.
    EscalationNewIdentity,
    /// A principal can become another one that can escalate.
    EscalationChain,
    /// A principal can hand a role that has more to a service.
    EscalationPassRole,
    /// A policy of the account allows every action on every resource.
    AllowsEverything,
    /// An Allow with `NotAction`.
    AllowsNotAction,
    /// An Allow with `NotResource`.
    AllowsNotResource,
    /// A trust policy names a whole account.
    TrustsWholeAccount,
    /// A trust policy names another account.
    TrustsForeignAccount,
    /// A trust policy takes whomever an identity provider vouches for.
    TrustsFederationFreely,
    /// A Deny without the second factor does not stop access keys.
    MfaDenyMissesAccessKeys,
    /// A Deny without the second factor stops users from getting one.
    MfaLockout,
    /// A Deny of an action that needs no permission.
    DenyOfExemptAction,
    /// Conditions that exclude each other.
    ConditionsNeverHold,
    /// A statement that changes no decision.
    ShadowedStatement,
    /// A pattern that another one of the same list covers.
    RedundantPattern,
    /// A Deny that meets nothing that is allowed.
    DenyNeverBites,
    /// A grant that nobody used.
    UnusedGrant,
}

/// Looks for what is dangerous, useless or said twice.
pub fn lint(estate: &Estate, catalog: &Catalog, options: &Options) -> Report {
    // Groups stand behind the principals, so that one preparation serves all questions.
    let index = EstateIndex::new(&escalation::with_groups(estate), catalog);
    let holdings = holdings::Holdings::new(estate, &index);
    let mut findings = Vec::new();
    documents::check(&holdings, &index, &mut findings);
    shadowed::check(&holdings, &index, &mut findings);
    deny::check(&holdings, &index, &mut findings);
    trust::check(estate, &mut findings);
    usage::check(&holdings, &index, options, &mut findings);
    escalation::check(estate, &index, &mut findings);
    findings.sort_by_cached_key(|finding| {
        let place = finding.place.as_ref().map(|at| (at.policy_name.clone(), at.line, at.column, at.place.clone()));
        (finding.severity, finding.code, finding.principal.clone(), place)
    });
    Report { principals: estate.principals.len(), policies: holdings.policies.len(), findings }
}
