//! One question to one principal after the other.

use super::solve::{Clause, Open, Problem, Solved, solve};
use super::{Holder, Path, Question, Wanted};
use crate::estate::{EstateIndex, PrincipalId, Scan, Sid, Units, borrowed, spellings};
use ramgate_policy::plain::Plain;
use ramgate_policy::{
    Attached, Caller, Compiled, Condition, Context, Document, Effect, Key, Layer, Matched, PrincipalKind,
    PrincipalPolicies, Statement,
};
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;
use std::sync::Arc;

const ASSUME_ROLE: &str = "sts:AssumeRole";
const EXEMPT: &str = "sts:GetCallerIdentity";

/// A question that has been matched with all documents.
pub(crate) struct Asked<'i> {
    index: &'i EstateIndex,
    question: &'i Question,
    scan: Scan,
    /// The trust policy of the role that is to be assumed.
    role: Role<'i>,
    /// What was found for other principals with the same conditional statements.
    known: HashMap<Vec<Sid>, Option<Rc<Found>>>,
}

enum Role<'i> {
    /// Another action.
    NotAsked,
    /// Nobody may assume a role that is not there, or whose trust is not known.
    Unknown,
    Known(&'i Document),
}

/// Whether a principal may do it.
#[derive(Debug, Clone)]
pub(crate) enum Verdict {
    Always,
    Conditional(Rc<Found>),
    Never,
}

/// Condition values, for and against.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    pub(crate) example: Option<BTreeMap<String, Vec<String>>>,
    counter_example: Option<BTreeMap<String, Vec<String>>>,
    settled: bool,
    /// The context of the example, without the caller's name.
    pub(crate) context: Option<Context>,
}

impl<'i> Asked<'i> {
    pub(crate) fn new(index: &'i EstateIndex, question: &'i Question) -> Self {
        let role = if question.action.eq_ignore_ascii_case(ASSUME_ROLE) {
            let named = |arn: &str| arn.eq_ignore_ascii_case(&normal_role(&question.resource));
            let member = index.principals.iter().find(|member| named(&member.arn));
            member.and_then(|member| member.trust.as_deref()).map_or(Role::Unknown, Role::Known)
        } else {
            Role::NotAsked
        };
        let scan = index.scan(&question.action, &question.resource);
        Asked { index, question, scan, role, known: HashMap::new() }
    }

    /// The question to one principal; `trust` is what the role that is to be assumed says, if one is.
    pub(crate) fn of_one(
        index: &'i EstateIndex,
        question: &'i Question,
        member: usize,
        trust: Option<&'i Document>,
    ) -> Self {
        let documents = index.principals.get(member).map_or_else(Vec::new, |principal| principal.documents());
        let scan = index.scan_some(&documents, &question.action, &question.resource);
        let role = trust.map_or(Role::NotAsked, Role::Known);
        Asked { index, question, scan, role, known: HashMap::new() }
    }

    /// The account itself, if it may.
    pub(super) fn root(&self) -> Option<String> {
        let account_id = self.index.account_id.clone();
        let arn = format!("acs:ram::{account_id}:root");
        let root = PrincipalPolicies::new(PrincipalKind::Root { account_id });
        let decision = Plain::new(&root, &self.index.catalog).decide(
            &self.question.action,
            &self.question.resource,
            &self.question.context,
        );
        decision.is_allowed().then_some(arn)
    }

    /// Whether a principal may do it.
    pub(crate) fn verdict(&mut self, member: usize) -> Verdict {
        let index = self.index;
        let Some(principal) = index.principals.get(member) else { return Verdict::Never };
        if self.question.action.eq_ignore_ascii_case(EXEMPT) {
            return Verdict::Always;
        }
        let units = &principal.units;
        let plain = units.guards.is_empty() && units.groups.is_empty() && matches!(self.role, Role::NotAsked);
        let flags = self.scan.flags(&units.account);
        if flags & Scan::DENY != 0 {
            return Verdict::Never;
        }
        if plain && flags & (Scan::ALLOW | Scan::ALLOW_IF) == 0 {
            return Verdict::Never;
        }
        if plain && flags == Scan::ALLOW {
            return Verdict::Always;
        }
        if matches!(self.role, Role::Unknown) {
            return Verdict::Never;
        }
        let signature = plain.then(|| self.signature(&units.account)).flatten();
        if let Some(known) = signature.as_ref().and_then(|signature| self.known.get(signature)) {
            return known.clone().map_or(Verdict::Always, Verdict::Conditional).or_never();
        }
        let verdict = self.solve(member);
        if let Some(signature) = signature {
            let kept = match &verdict {
                Verdict::Always => None,
                Verdict::Conditional(found) => Some(Rc::clone(found)),
                Verdict::Never => Some(Rc::new(Found::never())),
            };
            self.known.insert(signature, kept);
        }
        verdict
    }

    /// The statements on which the answer depends; `None` when it depends on the principal itself as well.
    fn signature(&self, documents: &[u32]) -> Option<Vec<Sid>> {
        let mut sids = Vec::new();
        for document in documents {
            sids.extend_from_slice(self.scan.hits(self.index, *document));
        }
        sids.sort_unstable();
        sids.dedup();
        let own = |sid: &Sid| self.index.conditions(*sid).any(|condition| condition.key == Key::PrincipalArn);
        if sids.iter().any(own) { None } else { Some(sids) }
    }

    fn solve(&self, member: usize) -> Verdict {
        let Some(principal) = self.index.principals.get(member) else { return Verdict::Never };
        let mut units = Units {
            guards: principal.units.guards.iter().map(|unit| self.open(member, unit)).collect(),
            account: self.open(member, &principal.units.account),
            groups: Vec::new(),
        };
        match self.role {
            Role::Known(trust) => units.guards.push(self.trusts(member, trust)),
            Role::Unknown => return Verdict::Never,
            Role::NotAsked => {
                for (id, unit) in &principal.units.groups {
                    units.groups.push((Arc::clone(id), self.open(member, unit)));
                }
            }
        }
        let group = self.question.context.resource_group_id.clone().map(Some);
        let group = if self.question.closed { Some(group.flatten()) } else { group };
        let solved = solve(&Problem { catalog: &self.index.catalog, units, group });
        match (&solved.allowed, &solved.refused) {
            (None, _) if solved.settled => Verdict::Never,
            (Some(_), None) if solved.settled => Verdict::Always,
            _ => Verdict::Conditional(Rc::new(self.confirmed(member, &solved))),
        }
    }

    /// Examples as the engine sees them.
    fn confirmed(&self, member: usize, solved: &Solved) -> Found {
        let Some(principal) = self.index.principals.get(member) else { return Found::never() };
        let context = |assignment: &super::solve::Assignment| {
            let mut context = self.question.context.clone();
            assignment.apply(&mut context);
            context.principal_arn = Some(Arc::clone(&principal.arn));
            context
        };
        let engine = |context: &Context| self.engine(member, context);
        let allowed = solved.allowed.as_ref().map(|values| (values, context(values)));
        let refused = solved.refused.as_ref().map(|values| (values, context(values)));
        let agrees = allowed.as_ref().is_none_or(|(_, context)| engine(context))
            && refused.as_ref().is_none_or(|(_, context)| !engine(context));
        debug_assert!(agrees, "the engine decides otherwise than the search: {solved:?}");
        Found {
            example: allowed.as_ref().filter(|_| agrees).map(|(values, _)| values.texts()),
            counter_example: refused.as_ref().filter(|_| agrees).map(|(values, _)| values.texts()),
            settled: solved.settled && agrees,
            context: allowed.map(|(_, context)| context),
        }
    }

    /// What the engine says to the question with these condition values.
    fn engine(&self, member: usize, context: &Context) -> bool {
        let Some(principal) = self.index.principals.get(member) else { return false };
        let (action, resource) = (&self.question.action, &self.question.resource);
        match (self.role_trust(), Caller::from_arn(&principal.arn)) {
            (Some(trust), Some(caller)) => {
                let compiled = Compiled::new(&principal.policies, &self.index.catalog);
                compiled.decide_assume_role(resource, trust, &caller, context).is_allowed()
            }
            (Some(_), None) => false,
            (None, _) => {
                let plain = Plain::new(&principal.policies, &self.index.catalog);
                let spellings = spellings(&self.index.catalog, action, resource);
                plain.decide_spellings(&borrowed(&spellings), context).is_allowed()
            }
        }
    }

    fn role_trust(&self) -> Option<&'i Document> {
        match self.role {
            Role::Known(trust) => Some(trust),
            Role::NotAsked | Role::Unknown => None,
        }
    }

    /// The statements of a unit that match, with the conditions that are open.
    fn open(&self, member: usize, documents: &[u32]) -> Open<'i> {
        let mut open = Open::default();
        for sid in documents.iter().flat_map(|document| self.scan.hits(self.index, *document)) {
            let Some(statement) = self.index.statement(*sid) else { continue };
            self.add(&mut open, statement.effect, self.residue(member, self.index.conditions(*sid)));
        }
        open
    }

    fn add(&self, open: &mut Open<'i>, effect: Effect, clause: Option<Clause<'i>>) {
        match effect {
            Effect::Allow => open.allow.extend(clause),
            Effect::Deny => open.deny.extend(clause),
        }
    }

    /// What the trust policy of the role says to the principal.
    fn trusts(&self, member: usize, trust: &'i Document) -> Open<'i> {
        let mut open = Open::default();
        let arn = self.index.principals.get(member).map(|principal| &principal.arn);
        let Some(caller) = arn.and_then(|arn| Caller::from_arn(arn)) else { return open };
        for (statement, conditions) in self.index.trust(trust, &self.question.action, &caller) {
            self.add(&mut open, statement.effect, self.residue(member, conditions.into_iter()));
        }
        open
    }

    /// The conditions that what is known leaves open; `None` when one does not hold.
    fn residue(&self, member: usize, conditions: impl Iterator<Item = &'i Condition>) -> Option<Clause<'i>> {
        let mut open = Vec::new();
        for condition in conditions {
            if condition.key == Key::PrincipalArn {
                let arn = self.index.principals.get(member).map(|principal| Arc::clone(&principal.arn));
                if !condition.holds(&Context { principal_arn: arn, ..Context::default() }) {
                    return None;
                }
            } else if !self.is_settled(condition) {
                open.push(condition);
            } else if !condition.holds(&self.question.context) {
                return None;
            }
        }
        Some(open)
    }

    fn is_settled(&self, condition: &Condition) -> bool {
        self.question.closed || !self.question.context.texts(condition.key.name()).is_empty()
    }

    /// A principal that may do it, with the statements that matter.
    pub(super) fn holder(&self, member: usize, found: Option<&Rc<Found>>) -> Option<Holder> {
        let principal = self.index.principals.get(member)?;
        let policies = &principal.policies;
        let session = policies.session.iter().map(|attached| (Layer::SessionPolicy, attached));
        let control = policies.control.iter().flatten().map(|attached| (Layer::ControlPolicy, attached));
        let account = policies.account.iter().map(|attached| (Layer::AccountLevelIdentityBasedPolicy, attached));
        let groups = policies.resource_groups.iter().flat_map(|(_, list)| list);
        let groups = groups.map(|attached| (Layer::ResourceGroupLevelIdentityBasedPolicy, attached));
        let numbers = principal.units.guards.iter().chain([&principal.units.account]);
        let numbers = numbers.chain(principal.units.groups.iter().map(|(_, unit)| unit)).flatten();
        let (mut grants, mut blocks) = (Vec::new(), Vec::new());
        for ((layer, attached), document) in control.chain(session).chain(account).chain(groups).zip(numbers) {
            let identity = !matches!(layer, Layer::ControlPolicy | Layer::SessionPolicy);
            for sid in self.scan.hits(self.index, *document) {
                let Some(statement) = self.index.statement(*sid) else { continue };
                let Some(open) = self.residue(member, self.index.conditions(*sid)) else { continue };
                match statement.effect {
                    Effect::Allow if identity => grants.push(path(attached, layer, statement, &open)),
                    Effect::Allow => {}
                    Effect::Deny => blocks.push(path(attached, layer, statement, &open)),
                }
            }
        }
        if found.is_none() {
            blocks.clear();
            if grants.iter().any(|grant| grant.conditions.is_empty()) {
                grants.retain(|grant| grant.conditions.is_empty());
            }
        }
        let trusted = match (&principal.id, &principal.trust) {
            (PrincipalId::Role(_), Some(trust)) => trusted(trust),
            _ => Vec::new(),
        };
        Some(Holder {
            principal: principal.id.clone(),
            arn: Arc::clone(&principal.arn),
            grants,
            blocks,
            example: found.and_then(|found| found.example.clone()),
            counter_example: found.and_then(|found| found.counter_example.clone()),
            settled: found.is_none_or(|found| found.settled),
            trusted,
        })
    }
}

impl Verdict {
    /// What is kept for "never" is empty.
    fn or_never(self) -> Verdict {
        match self {
            Verdict::Conditional(found) if *found == Found::never() => Verdict::Never,
            other => other,
        }
    }
}

impl Found {
    fn never() -> Found {
        Found { example: None, counter_example: None, settled: true, context: None }
    }
}

/// Roles are global: their names carry no region.
fn normal_role(resource: &str) -> String {
    match ramgate_policy::Arn::parse(resource) {
        Some(arn) => format!("acs:{}::{}:{}", arn.service, arn.account, arn.relative),
        None => resource.to_owned(),
    }
}

/// Everyone whom a trust policy lets assume its role.
fn trusted(trust: &Document) -> Vec<String> {
    let allows = trust.statements().iter().filter(|statement| statement.effect == Effect::Allow);
    allows.flat_map(|statement| statement.principals.iter().map(ToString::to_string)).collect()
}

fn path(attached: &Attached, layer: Layer, statement: &Statement, open: &[&Condition]) -> Path {
    Path {
        statement: Matched {
            effect: statement.effect,
            layer,
            policy_name: attached.policy_name.to_string(),
            policy_type: attached.policy_type,
            policy_version: attached.version.to_string(),
            attached_entity: attached.entity.clone(),
            place: format!("Statement[{}]", statement.index),
            statement: statement.index,
            line: statement.position.line,
            column: statement.position.column,
        },
        conditions: open
            .iter()
            .map(|condition| Wanted {
                operator: condition.operator.name().to_owned(),
                key: condition.key_name.clone(),
                values: condition.values.clone(),
            })
            .collect(),
    }
}
