//! Corpus files: policies of one principal, requests, and what each request must come to.
//!
//! One format for everything that checks decisions: the tests of this crate, the API's simulator, and
//! `ramgate policy simulate`. A file is JSON:
//!
//! ```json
//! {
//!   "title": "a Deny of a group beats an Allow of the user",
//!   "source": "RAM documentation, policy evaluation process",
//!   "principal": "user",
//!   "policies": [
//!     { "name": "all", "document": { "Version": "1", "Statement": [
//!         { "Effect": "Allow", "Action": "mse:*", "Resource": "*" } ] } },
//!     { "name": "no-delete", "attached": { "group": "dev" }, "document": { "Version": "1", "Statement": [
//!         { "Effect": "Deny", "Action": "mse:Delete*", "Resource": "*" } ] } }
//!   ],
//!   "context": { "acs:SourceIp": "10.0.0.1" },
//!   "requests": [
//!     { "action": "mse:DeleteGateway", "resource": "acs:mse:cn-hangzhou:100:instance/gw-1",
//!       "expect": "ExplicitDeny", "layer": "AccountLevelIdentityBasedPolicy", "statement": "no-delete[0]" }
//!   ]
//! }
//! ```
//!
//! | member | meaning |
//! |---|---|
//! | `principal`, `account` | `user` (default), `role` or `root`; account id, `100` unless given |
//! | `policies[]` | `name`, `document`, and if need be `type`, `version`, `attached`, `resourceGroup`, `stored` |
//! | `session`, `control` | a session policy; control policies, one list per level |
//! | `keys`, `actions` | condition keys and actions beyond the catalog that the file is run with |
//! | `context` | condition values of all requests, or of one; a list gives a key several values |
//! | `requests[].resource` | one resource, or a list of which every one must be allowed |
//! | `requests[].also` | other spellings of the request: pairs of action and resource |
//! | `requests[].trust`, `caller`, `trustOnly` | trust policy of the role to assume, who asks, and whether it decides alone |
//! | `requests[].expect`, `layer`, `statement` | what must come out; the latter two may be left out |
//!
//! A `document` is an object, or a string that holds the text byte for byte. `stored: true` loads it with
//! [`Document::parse_stored`]. Whoever reads the file reads it; nothing here touches a disk.

mod format;

use serde::Serialize;
use thiserror::Error;

use crate::catalog::{ActionSpec, Catalog};
use crate::compiled::{Compiled, decide_trust};
use crate::context::{Context, ContextError};
use crate::decision::{Decision, Layer, Outcome};
use crate::document::{Document, DocumentKind};
use crate::explain::Explanation;
use crate::key::KeySpec;
use crate::plain::Plain;
use crate::principal::{AttachedEntity, PrincipalKind, PrincipalPolicies};
use crate::problem::Problems;
use crate::trust::Caller;
use format::{CasePrincipal, CaseRequest, OneOrMany, document_text};

pub use format::Case;

/// A corpus file that cannot be run.
#[derive(Debug, Error)]
pub enum CorpusError {
    /// The file is not JSON of the expected shape.
    #[error("the file is not a policy corpus file")]
    Shape(#[from] serde_json::Error),
    /// A document in the file is not a policy.
    #[error("the document of the policy `{name}` has problems: {problems}")]
    Document {
        /// Name of the policy.
        name: String,
        /// What is wrong with it.
        problems: Problems,
    },
    /// A condition value in the file does not fit its key.
    #[error(transparent)]
    Context(#[from] ContextError),
    /// A request of the file is incomplete.
    #[error("request {number}: {message}")]
    Request {
        /// Number of the request, from 1.
        number: usize,
        /// What is missing.
        message: &'static str,
    },
}

/// What a request of a corpus file came to.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Checked {
    /// Number of the request in the file, from 1.
    pub number: usize,
    /// The file's note on the request.
    pub note: String,
    /// The outcome the file expects.
    pub expected: Outcome,
    /// The layer the file expects, if it says.
    pub expected_layer: Option<Layer>,
    /// The deciding statement the file expects, if it says, as `policy[index]`.
    pub expected_statement: Option<String>,
    /// The deciding statement, as `policy[index]`.
    pub statement: Option<String>,
    /// The outcome.
    pub outcome: Outcome,
    /// The layer that decided.
    pub layer: Layer,
    /// Whether everything the file says came true, and plain and compiled form agree.
    pub passed: bool,
    /// Why the request came out as it did; of several resources, the one that decided. Absent where the trust policy
    /// decides alone.
    pub explanation: Option<Explanation>,
}

impl Case {
    /// Reads a corpus file.
    pub fn parse(text: &str) -> Result<Case, CorpusError> {
        Ok(serde_json::from_str(text)?)
    }

    /// The policies of the file's principal.
    pub fn policies(&self) -> Result<PrincipalPolicies, CorpusError> {
        let kind = match self.principal {
            CasePrincipal::Root => PrincipalKind::Root { account_id: self.account.clone() },
            CasePrincipal::User => PrincipalKind::User,
            CasePrincipal::Role => PrincipalKind::Role,
        };
        let default = match self.principal {
            CasePrincipal::Role => AttachedEntity::Role,
            _ => AttachedEntity::User,
        };
        let mut policies = PrincipalPolicies::new(kind);
        for policy in &self.policies {
            let attached = policy.attached(DocumentKind::Identity, &default)?;
            match &policy.resource_group {
                Some(id) => policies.resource_groups.push((id.clone(), vec![attached])),
                None => policies.account.push(attached),
            }
        }
        policies.session = match &self.session {
            Some(session) => Some(session.attached(DocumentKind::Session, &AttachedEntity::Session)?),
            None => None,
        };
        let target = AttachedEntity::ResourceDirectoryTarget(String::new());
        for level in &self.control {
            let level = level.iter().map(|policy| policy.attached(DocumentKind::Control, &target));
            policies.control.push(level.collect::<Result<_, _>>()?);
        }
        Ok(policies)
    }

    /// Runs every request of the file.
    pub fn run(&self, catalog: &Catalog) -> Result<Vec<Checked>, CorpusError> {
        let policies = self.policies()?;
        let mut builder = catalog.to_builder();
        for key in &self.keys {
            let key_type = key.key_type.into();
            builder.key(KeySpec { name: key.name.clone(), key_type, array: key.array });
        }
        for action in &self.actions {
            builder.action(ActionSpec::new(action, crate::AccessLevel::None));
        }
        let catalog = builder.build();
        let compiled = Compiled::new(&policies, &catalog);
        let plain = Plain::new(&policies, &catalog);
        let run = Run { case: self, compiled, plain, catalog };
        self.requests.iter().zip(1..).map(|(request, number)| run.request(request, number)).collect()
    }
}

struct Run<'c> {
    case: &'c Case,
    compiled: Compiled,
    plain: Plain,
    catalog: Catalog,
}

impl Run<'_> {
    fn request(&self, request: &CaseRequest, number: usize) -> Result<Checked, CorpusError> {
        let missing = |message| CorpusError::Request { number, message };
        let mut context = Context::default();
        for (key, values) in self.case.context.iter().chain(&request.context) {
            context.set(key, values.as_slice())?;
        }
        let resources = request.resource.as_ref().map_or(&[][..], OneOrMany::as_slice);
        let (decision, agree, explanation) = match &request.trust {
            Some(trust) => {
                let trust = document_text(trust)?;
                let trust = Document::parse_stored_as(&trust, DocumentKind::Trust).map_err(|problems| {
                    CorpusError::Document { name: format!("trust policy of request {number}"), problems }
                })?;
                let caller = request.caller.as_deref().ok_or(missing("a trust policy needs a `caller`"))?;
                let caller = read_caller(caller);
                if request.trust_only {
                    let action = request.action.as_str();
                    (decide_trust(&trust, &self.catalog, action, &caller, &context), true, None)
                } else {
                    let role = resources.first().ok_or(missing("`resource` names the role to assume"))?;
                    let decision = self.compiled.decide_assume_role(role, &trust, &caller, &context);
                    let explanation = self.compiled.explain_assume_role(role, &trust, &caller, &context);
                    (decision, explanation.outcome == decision.outcome, Some(explanation))
                }
            }
            None if resources.is_empty() => return Err(missing("a request needs a `resource`")),
            None => self.decide(request, resources, &context),
        };
        let statement = decision.statement.map(|at| {
            let policy = match decision.layer {
                Layer::AssumeRolePolicy => "trust",
                _ => self.compiled.policy(at).map_or("", |policy| &policy.policy_name),
            };
            format!("{policy}[{}]", at.statement)
        });
        let passed = agree
            && decision.outcome == request.expect
            && request.layer.is_none_or(|layer| layer == decision.layer)
            && request.statement.as_ref().is_none_or(|wanted| Some(wanted) == statement.as_ref());
        Ok(Checked {
            number,
            note: request.note.clone(),
            expected: request.expect,
            expected_layer: request.layer,
            expected_statement: request.statement.clone(),
            statement,
            outcome: decision.outcome,
            layer: decision.layer,
            passed,
            explanation,
        })
    }

    /// Decides each resource in both forms; says whether they agree.
    fn decide(
        &self,
        request: &CaseRequest,
        resources: &[String],
        context: &Context,
    ) -> (Decision, bool, Option<Explanation>) {
        let mut agree = true;
        let mut decided: Vec<(Decision, Explanation)> = Vec::new();
        for resource in resources {
            let mut spellings = vec![(request.action.as_str(), resource.as_str())];
            spellings.extend(request.also.iter().map(|(action, resource)| (action.as_str(), resource.as_str())));
            let decision = self.compiled.decide_spellings(&spellings, context);
            let explanation = self.compiled.explain_spellings(&spellings, context);
            agree &= decision == self.plain.decide_spellings(&spellings, context);
            agree &= (explanation.outcome, explanation.layer) == (decision.outcome, decision.layer);
            agree &= spellings.len() > 1 || decision == self.compiled.decide(&request.action, resource, context);
            decided.push((decision, explanation));
        }
        let decision = Decision::all(decided.iter().map(|(decision, _)| *decision));
        let decision = decision.unwrap_or_else(|| self.compiled.decide_spellings(&[], context));
        let explanation = decided.into_iter().find(|(of, _)| *of == decision).map(|(_, explanation)| explanation);
        (decision, agree, explanation)
    }
}

fn read_caller(text: &str) -> Caller<'_> {
    match Caller::from_arn(text) {
        Some(caller) => caller,
        None if text.starts_with("acs:") => Caller::Federated(text),
        None => Caller::Service(text),
    }
}
