//! The estate as an attacker sees it: who may make which request, and what somebody has that somebody else lacks.

use super::{ACTIONS, Act};
use crate::estate::{Estate, EstateGroup, EstateIndex, EstatePrincipal, Member, PrincipalId, Sid};
use crate::globs;
use crate::lint::Step;
use crate::who_can::{Asked, Question, Verdict};
use ramgate_policy::plain::Plain;
use ramgate_policy::{
    Caller, Compiled, Context, Document, Effect, PolicyKind, PrincipalKind, PrincipalPolicies, ResourcePattern,
    Statement,
};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// The system policy that allows everything.
pub(super) const ADMINISTRATOR: &str = "acs:ram::system:policy/AdministratorAccess";

/// Condition values by key.
pub(super) type Values = BTreeMap<String, Vec<String>>;

pub(super) struct World<'e> {
    pub(super) estate: &'e Estate,
    /// The principals, and behind them the groups as if each were a user.
    pub(super) index: Cow<'e, EstateIndex>,
    pub(super) groups: Vec<Group>,
    /// Resource names of custom policies, by name in lower case.
    pub(super) policies: BTreeMap<String, String>,
    /// For each principal the actions that an Allow names.
    pub(super) able: Vec<u32>,
    pub(super) administrators: Vec<bool>,
    pub(super) by_name: HashMap<String, usize>,
}

pub(super) struct Group {
    pub(super) name: String,
    /// Its number in the index.
    pub(super) member: usize,
    /// Its users.
    pub(super) users: BTreeSet<usize>,
}

impl<'e> World<'e> {
    /// `index` is that of [`with_groups`].
    pub(super) fn new(estate: &'e Estate, index: &'e EstateIndex) -> Self {
        let mut by_element: HashMap<u32, u32> = HashMap::new();
        let mut named = |sid: Sid, statement: &Statement| {
            *by_element.entry(index.action_element(sid)).or_insert_with(|| {
                let bits = ACTIONS.iter().enumerate();
                bits.fold(0, |able, (bit, action)| able | u32::from(statement.matches_action(action)) << bit)
            })
        };
        let mut by_document: Vec<(u32, bool)> = Vec::new();
        for document in 0..index.n_documents() {
            let (mut able, mut everything) = (0, false);
            for (sid, statement) in index.statements_of(document).filter(|(_, s)| s.effect == Effect::Allow) {
                able |= named(sid, statement);
                everything |= globs::is_everything(statement) && index.conditions(sid).next().is_none();
            }
            by_document.push((able, everything));
        }
        let of = |member: &Member| {
            let documents = member.units.account.iter().filter_map(|document| by_document.get(*document as usize));
            documents.fold((0, false), |(able, all), (more, everything)| (able | more, all | everything))
        };
        let (able, administrators) = index.principals.iter().map(of).unzip();
        let by_name = estate.principals.iter().enumerate().map(|(at, principal)| (key(&principal.id), at));
        let (groups, policies) = (groups(estate), policies(estate));
        World {
            by_name: by_name.collect(),
            policies,
            estate,
            index: Cow::Borrowed(index),
            groups,
            able,
            administrators,
        }
    }

    pub(super) fn n_principals(&self) -> usize {
        self.estate.principals.len()
    }

    /// Whether a principal is worth a look: no administrator, and allowed one of the actions on something.
    pub(super) fn is_candidate(&self, member: usize) -> bool {
        !self.is_administrator(member) && self.able.get(member).is_some_and(|able| *able != 0)
    }

    pub(super) fn is_administrator(&self, member: usize) -> bool {
        self.administrators.get(member).copied().unwrap_or(false)
    }

    /// Whether an Allow of the principal names the action.
    pub(super) fn names(&self, member: usize, act: Act) -> bool {
        self.able.get(member).is_some_and(|able| able & (1 << act as u32) != 0)
    }

    pub(super) fn id(&self, member: usize) -> PrincipalId {
        self.estate.principals.get(member).map_or_else(|| PrincipalId::User(String::new()), |one| one.id.clone())
    }

    pub(super) fn arn(&self, member: usize) -> String {
        self.id(member).arn(&self.estate.account_id)
    }

    /// A name of the account: `user/alice`, `policy/*`.
    pub(super) fn own(&self, relative: &str) -> String {
        format!("acs:ram::{}:{relative}", self.estate.account_id)
    }

    /// Resource patterns under which the principal's Allows name an action.
    fn patterns(&self, member: usize, act: Act) -> impl Iterator<Item = (&Statement, &ResourcePattern)> {
        let documents = self.index.principals.get(member).map_or(&[][..], |member| &member.units.account);
        let statements = documents.iter().flat_map(|document| self.index.statements_of(*document));
        let allows = statements
            .map(|(_, statement)| statement)
            .filter(move |statement| statement.effect == Effect::Allow && statement.matches_action(act.name()));
        allows.flat_map(|statement| statement.resources.patterns.iter().map(move |pattern| (statement, pattern)))
    }

    /// Users or roles on which the principal may be allowed an action, administrators first.
    pub(super) fn targets(&self, member: usize, act: Act) -> Vec<usize> {
        let mut found = BTreeSet::new();
        for (statement, pattern) in self.patterns(member, act) {
            let exact = match pattern {
                ResourcePattern::Arn { relative, .. }
                    if !statement.resources.negated && !relative.contains(['*', '?']) =>
                {
                    Some(relative.to_ascii_lowercase())
                }
                _ => None,
            };
            match exact {
                Some(relative) => found.extend(self.by_name.get(&relative).copied()),
                None => {
                    let all = (0..self.n_principals()).filter(|at| {
                        self.index.principals.get(*at).is_some_and(|other| statement.matches_resource(&other.arn))
                    });
                    found.extend(all);
                }
            }
        }
        found.remove(&member);
        let mut targets: Vec<usize> = found.into_iter().collect();
        targets.sort_by_key(|target| !self.is_administrator(*target));
        targets
    }

    /// Names under which a new policy, user or role could be made so that an action on it is allowed.
    pub(super) fn new_names(&self, member: usize, act: Act, kind: &str) -> Vec<String> {
        let mut names = BTreeSet::new();
        for (_, pattern) in self.patterns(member, act) {
            let relative = match pattern {
                ResourcePattern::Everything => "*",
                ResourcePattern::Arn { relative, .. } => relative,
                ResourcePattern::Invalid(_) => continue,
            };
            let name = match relative.split_once('/') {
                Some((of, name)) if of.eq_ignore_ascii_case(kind) => named(name, "new"),
                _ if relative.starts_with('*') => "new".to_owned(),
                _ => continue,
            };
            names.insert(self.own(&format!("{kind}/{name}")));
        }
        names.into_iter().take(5).collect()
    }

    /// Condition values with which the engine allows an action on each of the resources.
    pub(super) fn can(&self, member: usize, action: &str, resources: &[&str]) -> Option<Values> {
        let mut known = Known::default();
        for resource in resources {
            self.narrow(member, action, resource, None, &mut known)?;
        }
        let principal = self.index.principals.get(member)?;
        known.context.principal_arn = Some(Arc::clone(&principal.arn));
        let plain = Plain::new(&principal.policies, &self.index.catalog);
        known.settled(|context| resources.iter().all(|resource| plain.decide(action, resource, context).is_allowed()))
    }

    /// The same for assuming a role with this trust policy.
    pub(super) fn can_assume(&self, member: usize, role: &str, trust: &Document) -> Option<Values> {
        let mut known = Known::default();
        self.narrow(member, Act::AssumeRole.name(), role, Some(trust), &mut known)?;
        let principal = self.index.principals.get(member)?;
        known.context.principal_arn = Some(Arc::clone(&principal.arn));
        let compiled = Compiled::new(&principal.policies, &self.index.catalog);
        let caller = Caller::from_arn(&principal.arn)?;
        known.settled(|context| compiled.decide_assume_role(role, trust, &caller, context).is_allowed())
    }

    /// Adds the condition values with which one more resource is allowed.
    fn narrow(
        &self,
        member: usize,
        action: &str,
        resource: &str,
        trust: Option<&Document>,
        known: &mut Known,
    ) -> Option<()> {
        let context = known.context.clone();
        let question = Question { action: action.to_owned(), resource: resource.to_owned(), context, closed: false };
        match Asked::of_one(&self.index, &question, member, trust).verdict(member) {
            Verdict::Never => return None,
            Verdict::Always => {}
            Verdict::Conditional(found) => {
                known.context = found.context.clone()?;
                known.values.extend(found.example.clone()?);
            }
        }
        Some(())
    }

    pub(super) fn never(&self, member: usize, action: &str, resource: &str) -> bool {
        let question = Question { action: action.to_owned(), resource: resource.to_owned(), ..Question::default() };
        matches!(Asked::of_one(&self.index, &question, member, None).verdict(member), Verdict::Never)
    }

    /// A step that the engine allows.
    pub(super) fn step(&self, member: usize, action: &str, resources: &[&str], does: &str) -> Option<Step> {
        let values = self.can(member, action, resources)?;
        Some(self.described(member, action, resources, values, does))
    }

    pub(super) fn described(
        &self,
        member: usize,
        action: &str,
        resources: &[&str],
        context: Values,
        does: &str,
    ) -> Step {
        Step {
            caller: self.id(member),
            action: action.to_owned(),
            resources: resources.iter().map(|resource| (*resource).to_owned()).collect(),
            context,
            does: does.to_owned(),
        }
    }
}

/// What is known of a request that is being put together.
#[derive(Default)]
struct Known {
    context: Context,
    values: Values,
}

impl Known {
    /// The values with which the engine allows, perhaps with those that every request has.
    fn settled(mut self, allowed: impl Fn(&Context) -> bool) -> Option<Values> {
        if allowed(&self.context) {
            return Some(self.values);
        }
        let time = "2026-01-01T00:00:00Z";
        for (key, value) in [("acs:CurrentTime", time), ("acs:SecureTransport", "true")] {
            if self.context.texts(key).is_empty() {
                self.context.set(key, [value]).ok()?;
                self.values.insert(key.to_owned(), vec![value.to_owned()]);
            }
        }
        allowed(&self.context).then_some(self.values)
    }
}

/// A text that a pattern matches, with a word for its stars.
pub(super) fn named(pattern: &str, word: &str) -> String {
    let mut text = String::new();
    let mut after_star = false;
    for c in pattern.chars() {
        match c {
            '*' if after_star => {}
            '*' => text.push_str(word),
            '?' => text.push('x'),
            c => text.push(c),
        }
        after_star = c == '*';
    }
    text
}

fn key(id: &PrincipalId) -> String {
    match id {
        PrincipalId::User(name) => format!("user/{}", name.to_ascii_lowercase()),
        PrincipalId::Role(name) => format!("role/{}", name.to_ascii_lowercase()),
    }
}

/// The estate with its groups behind the principals, as if each were a user.
pub(crate) fn with_groups(estate: &Estate) -> Estate {
    let mut all = estate.clone();
    all.principals.extend(estate.groups.iter().map(|group| {
        let account = group.policies.clone();
        let policies = PrincipalPolicies { account, ..PrincipalPolicies::new(PrincipalKind::User) };
        EstatePrincipal { id: PrincipalId::User(group.name.clone()), policies, trust: None }
    }));
    all
}

fn groups(estate: &Estate) -> Vec<Group> {
    let users: HashMap<String, usize> = (0..).zip(&estate.principals).map(|(at, one)| (key(&one.id), at)).collect();
    let group = |(at, group): (usize, &EstateGroup)| {
        let members = group.members.iter().map(|name| format!("user/{}", name.to_ascii_lowercase()));
        Group {
            name: group.name.clone(),
            member: estate.principals.len() + at,
            users: members.filter_map(|name| users.get(&name).copied()).collect(),
        }
    };
    estate.groups.iter().enumerate().map(group).collect()
}

/// Custom policies that are attached or could be.
fn policies(estate: &Estate) -> BTreeMap<String, String> {
    let attached = estate.principals.iter().flat_map(|one| &one.policies.account);
    let of_groups = estate.groups.iter().flat_map(|group| &group.policies);
    let attached = attached.chain(of_groups).map(|attached| (&attached.policy_name, attached.policy_type));
    let others = estate.policies.iter().map(|policy| (&policy.name, policy.kind));
    let custom = attached.chain(others).filter(|(_, kind)| *kind == PolicyKind::Custom);
    let arn = |name: &Arc<str>| format!("acs:ram::{}:policy/{name}", estate.account_id);
    custom.map(|(name, _)| (name.to_ascii_lowercase(), arn(name))).collect()
}
