//! The policies in force for a caller, compiled, and kept until something that could change a decision changes.

use crate::caller::Caller;
use crate::state::{AccountState, State};
use crate::system_policies;
use ramgate_audit::DecidedBy;
use ramgate_model::{AccountId, Attachment, Group, GroupId, Membership, Policy, PolicyKind, PrincipalRef};
use ramgate_policy::{
    Attached, AttachedEntity, Compiled, Decision, Document, DocumentKind, PrincipalKind, PrincipalPolicies,
};
use ramgate_store::Revision;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, PoisonError, RwLock};
use tracing::error;

/// How many principals are kept compiled.
const MAX_KEPT: usize = 10_000;

/// Stands in for a stored document that cannot be read at all: it must not be less than what it was.
const DENY_ALL: &str = r#"{"Version":"1","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}"#;

/// Whose policies: the principal, and for sessions with a policy of their own that policy's text.
type Whose = (AccountId, PrincipalRef, Option<Arc<str>>);
type Kept = HashMap<Whose, (Revision, Arc<Compiled>)>;

/// Compiled policies by principal.
#[derive(Default)]
pub(crate) struct Decisions {
    kept: RwLock<Kept>,
}

impl Decisions {
    /// What the caller may do, as of `state`.
    pub(crate) fn of(&self, state: &State, caller: &Caller) -> Arc<Compiled> {
        let account = state.account(&caller.account_id).cloned().unwrap_or_default();
        let Some(principal) = caller.principal() else {
            let kind = PrincipalKind::Root { account_id: caller.account_id.to_string() };
            return Arc::new(Compiled::new(&PrincipalPolicies::new(kind), ramgate_api::policy_catalog()));
        };
        let session = caller.session().and_then(|session| session.policy.clone());
        let text = session.as_ref().map(|document| Arc::from(document.text()));
        let (key, authority) = ((caller.account_id.clone(), principal, text), account.authority());
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if let Some((at, compiled)) = kept
            && at == authority
        {
            return compiled;
        }
        let mut policies = policies_of(&account, &key.1);
        policies.session = session.map(session_policy);
        let compiled = Arc::new(Compiled::new(&policies, ramgate_api::policy_catalog()));
        let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MAX_KEPT {
            kept.clear();
        }
        kept.insert(key, (authority, compiled.clone()));
        compiled
    }
}

fn session_policy(document: Arc<Document>) -> Attached {
    Attached {
        policy_name: "session policy".into(),
        policy_type: ramgate_policy::PolicyKind::Custom,
        version: "".into(),
        entity: AttachedEntity::Session,
        document,
    }
}

/// Every policy that counts for a principal, by scope: for a user its own and those of its groups.
pub(crate) fn policies_of(account: &AccountState, principal: &PrincipalRef) -> PrincipalPolicies {
    InForce::new(account).of(principal)
}

/// A document and the version it is of.
type InVersion = (Arc<Document>, Arc<str>);

/// The policies in force in an account. Each document is read once, however many have it.
pub(crate) struct InForce<'a> {
    account: &'a AccountState,
    /// Documents of custom policies and their versions, by the policy's id.
    documents: HashMap<String, Option<InVersion>>,
}

impl<'a> InForce<'a> {
    pub(crate) fn new(account: &'a AccountState) -> Self {
        Self { account, documents: HashMap::new() }
    }

    /// Every policy that counts for a principal.
    pub(crate) fn of(&mut self, principal: &PrincipalRef) -> PrincipalPolicies {
        let (kind, own) = match principal {
            PrincipalRef::User { .. } => (PrincipalKind::User, AttachedEntity::User),
            PrincipalRef::Role { .. } => (PrincipalKind::Role, AttachedEntity::Role),
            // A group does nothing by itself; what its members have from it is told as a user would have it.
            PrincipalRef::Group { group_id } => {
                (PrincipalKind::User, AttachedEntity::Group(group_name(self.account, group_id)))
            }
        };
        let mut holders = vec![(principal.key(), own)];
        if let PrincipalRef::User { .. } = principal {
            for membership in self.account.table::<Membership>().indexed(&principal.key()) {
                let group = PrincipalRef::Group { group_id: membership.group_id.clone() };
                let name = group_name(self.account, &membership.group_id);
                holders.push((group.key(), AttachedEntity::Group(name)));
            }
        }
        let mut policies = PrincipalPolicies::new(kind);
        let mut groups: BTreeMap<String, Vec<Attached>> = BTreeMap::new();
        for (holder, entity) in holders {
            for attachment in self.account.table::<Attachment>().indexed(&holder) {
                let Some(attached) = self.attached(attachment, entity.clone()) else { continue };
                match attachment.resource_group_id.as_str() {
                    "" => policies.account.push(attached),
                    group => groups.entry(group.to_owned()).or_default().push(attached),
                }
            }
        }
        policies.resource_groups = groups.into_iter().collect();
        policies
    }

    fn attached(&mut self, attachment: &Attachment, entity: AttachedEntity) -> Option<Attached> {
        let (document, version) = match attachment.policy_kind {
            PolicyKind::System => {
                let policy = system_policies::find(&attachment.policy_name)?;
                (policy.document.clone(), Arc::from(policy.version))
            }
            PolicyKind::Custom => self.custom(&attachment.policy_name)?,
        };
        Some(Attached {
            policy_name: attachment.policy_name.as_str().into(),
            policy_type: match attachment.policy_kind {
                PolicyKind::System => ramgate_policy::PolicyKind::System,
                PolicyKind::Custom => ramgate_policy::PolicyKind::Custom,
            },
            version,
            entity,
            document,
        })
    }

    /// The document and the version in force of a custom policy.
    pub(crate) fn custom(&mut self, name: &str) -> Option<InVersion> {
        let id = name.to_ascii_lowercase();
        let account = self.account;
        let read = || {
            let policy = account.get::<Policy>(&id)?;
            let version = policy.default()?;
            let document = stored_document(&policy.name, &version.document);
            Some((document, Arc::from(format!("v{}", version.number))))
        };
        self.documents.entry(id.clone()).or_insert_with(read).clone()
    }
}

/// Without its name a group still counts.
fn group_name(account: &AccountState, group_id: &GroupId) -> String {
    let group = account.get::<Group>(group_id.as_str());
    group.map_or_else(|| group_id.to_string(), |group| group.name.clone())
}

/// A stored document. Older data may hold what is refused today: its Deny statements count, its Allow statements do not.
fn stored_document(name: &str, text: &str) -> Arc<Document> {
    let read = Document::parse_stored(text).or_else(|problems| {
        error!(policy = name, %problems, "a stored policy cannot be read and denies everything");
        Document::parse(DENY_ALL, DocumentKind::Identity)
    });
    #[expect(clippy::expect_used, reason = "the constant is a valid document, as a test shows")]
    Arc::new(read.expect("DENY_ALL is a valid document"))
}

/// The policy and statement behind a decision, for the audit record.
pub(super) fn decided_by(compiled: &Compiled, decision: &Decision) -> Option<DecidedBy> {
    let statement = decision.statement?;
    let policy = compiled.policy(statement)?;
    Some(DecidedBy {
        policy: policy.policy_name.to_string(),
        policy_type: policy.policy_type.to_string(),
        version: policy.version.to_string(),
        statement: statement.statement,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_document_that_cannot_be_read_denies_everything() {
        let document = stored_document("broken", "{\"Version\":");
        assert!(document.statements().iter().any(|s| s.matches_action("mse:GetGateway")));
        assert_eq!(document.text(), DENY_ALL);
    }
}
