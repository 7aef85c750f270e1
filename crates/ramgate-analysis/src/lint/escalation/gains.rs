//! Requests that somebody is allowed and somebody else is not: what an escalation gains.
//!
//! They are looked for among instances of what statements name, so that each is a request that the catalog knows.

use super::Act;
use super::world::{World, named};
use crate::estate::{Estate, EstateIndex, EstatePrincipal};
use ramgate_policy::{ActionPattern, ActionSpec, Arn, Document, Effect, PrincipalPolicies, ResourcePattern, Statement};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

/// Requests that are tried when looking for one that somebody has and somebody else lacks.
const MAX_SAMPLES: usize = 200;

impl<'e> World<'e> {
    /// A request that one principal (or group) is allowed and another one is not, whatever the conditions.
    pub(super) fn witness(&self, holder: usize, than: usize) -> Option<(String, String)> {
        if self.is_administrator(holder) {
            let lacked = self.lacked(than)?;
            return self.can(holder, &lacked.0, &[lacked.1.as_str()]).map(|_| lacked);
        }
        let documents = self.index.principals.get(holder)?.units.account.clone();
        let statements = documents.iter().flat_map(|document| self.index.statements_of(*document));
        let allows = statements.filter(|(_, statement)| statement.effect == Effect::Allow);
        let samples = allows.flat_map(|(_, statement)| self.samples(statement)).take(MAX_SAMPLES);
        samples
            .filter(|(action, resource)| self.never(than, action, resource))
            .find(|(action, resource)| self.can(holder, action, &[resource.as_str()]).is_some())
    }

    /// A request that a user is allowed as a member of a group, and not before.
    pub(super) fn joined(&self, group: usize, user: usize) -> Option<(String, String)> {
        let gain = self.witness(group, user)?;
        let mut policies = self.estate.principals.get(user)?.policies.clone();
        policies.account.extend(self.index.principals.get(group)?.policies.account.iter().cloned());
        self.with(user, policies).can(0, &gain.0, &[gain.1.as_str()]).map(|_| gain)
    }

    /// A request that a principal is allowed without a policy that denies it.
    pub(super) fn freed(
        &self,
        member: usize,
        without: &PrincipalPolicies,
        denies: &Document,
    ) -> Option<(String, String)> {
        let denies = denies.statements().iter().filter(|statement| statement.effect == Effect::Deny);
        let samples: Vec<(String, String)> =
            denies.flat_map(|statement| self.samples(statement)).take(MAX_SAMPLES).collect();
        let after = self.with(member, without.clone());
        samples.into_iter().find(|(action, resource)| {
            self.never(member, action, resource) && after.can(0, action, &[resource.as_str()]).is_some()
        })
    }

    /// A world of one principal with other policies.
    fn with(&self, member: usize, policies: PrincipalPolicies) -> World<'e> {
        let principal = EstatePrincipal { id: self.id(member), policies, trust: None };
        let account_id = self.estate.account_id.clone();
        let estate = Estate { account_id, principals: vec![principal], ..Estate::default() };
        World {
            estate: self.estate,
            index: Cow::Owned(EstateIndex::new(&estate, &self.index.catalog)),
            groups: Vec::new(),
            policies: BTreeMap::new(),
            able: Vec::new(),
            administrators: Vec::new(),
            by_name: HashMap::new(),
        }
    }

    /// A request that the system policy for administrators allows, and the principal is not.
    pub(super) fn lacked(&self, member: usize) -> Option<(String, String)> {
        let actions = self.index.catalog.actions().iter().filter(|action| !is_assume_role(&action.name));
        let requests = actions.filter_map(|action| {
            let resource = self.instance(&ResourcePattern::Everything, action)?;
            Some((action.name.clone(), resource))
        });
        requests.take(MAX_SAMPLES * 4).find(|(action, resource)| self.never(member, action, resource))
    }

    /// Some requests that a statement speaks of.
    fn samples(&self, statement: &Statement) -> Vec<(String, String)> {
        let mut found = Vec::new();
        let everything = [ActionPattern::Everything];
        let actions = if statement.actions.negated { &everything[..] } else { &statement.actions.patterns };
        for pattern in actions {
            let named = self.index.catalog.actions().iter().filter(|action| pattern.matches(&action.name));
            let named = named.filter(|action| statement.matches_action(&action.name) && !is_assume_role(&action.name));
            for action in named.take(40) {
                let any = [ResourcePattern::Everything];
                let patterns = if statement.resources.negated { &any[..] } else { &statement.resources.patterns };
                for resource in patterns.iter().take(3).filter_map(|resource| self.instance(resource, action)) {
                    if statement.matches_resource(&resource) {
                        found.push((action.name.clone(), resource));
                    }
                }
            }
        }
        found
    }

    /// A name that a pattern matches and the action may be asked on.
    fn instance(&self, pattern: &ResourcePattern, action: &ActionSpec) -> Option<String> {
        let template = action.resources.first().and_then(|resource| Arn::parse(&resource.template));
        let service = template.map_or(action.service(), |arn| arn.service);
        let relative = fill(template.map_or("*", |arn| arn.relative));
        let account = self.estate.account_id.as_str();
        let literal = |text: &str, default: &str| match text.contains(['*', '?']) || text.is_empty() {
            true => default.to_owned(),
            false => text.to_owned(),
        };
        let (service, of, account, relative) = match pattern {
            ResourcePattern::Everything => (service.to_owned(), "", account.to_owned(), relative),
            ResourcePattern::Arn { service: of_service, region, account: of_account, relative: wanted } => {
                let relative = match wanted.as_str() {
                    "*" => relative,
                    wanted => named(wanted, "example"),
                };
                (literal(of_service, service), region.as_str(), literal(of_account, account), relative)
            }
            ResourcePattern::Invalid(_) => return None,
        };
        let global = ["ram", "sts", "ims"].iter().any(|code| service.eq_ignore_ascii_case(code));
        let region = if global { String::new() } else { literal(of, "cn-hangzhou") };
        Some(format!("acs:{service}:{region}:{account}:{relative}"))
    }
}

/// To assume a role takes its trust as well, and gains nothing by itself.
fn is_assume_role(action: &str) -> bool {
    action.eq_ignore_ascii_case(Act::AssumeRole.name())
}

/// A template with names for its placeholders.
fn fill(template: &str) -> String {
    let mut filled = String::new();
    let mut within = false;
    for c in template.chars() {
        match c {
            '{' => {
                within = true;
                filled.push_str("example");
            }
            '}' | ']' => within = false,
            _ if within => {}
            c => filled.push(c),
        }
    }
    filled
}
