//! From grants to statements: what goes together stands together.

use super::Wildcards;
use super::gather::{Gathered, Written, in_group, written};
use crate::estate::{EstateIndex, spellings};
use crate::globs;
use ramgate_policy::{ActionPattern, Arn, Catalog, Effect, Patterns, ResourcePattern};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// A statement to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) effect: Effect,
    pub(super) not_action: bool,
    pub(super) actions: Vec<String>,
    pub(super) not_resource: bool,
    pub(super) resources: Vec<String>,
    pub(super) conditions: Vec<Written>,
}

impl fmt::Display for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = |list: &[String]| list.first().cloned().unwrap_or_default();
        write!(f, "{} {} on {}", self.effect, first(&self.actions), first(&self.resources))
    }
}

type ByAction = BTreeMap<String, BTreeSet<String>>;

/// The statements of the proposal: Allows by service, then the Denies that limit them today.
pub(super) fn statements(
    gathered: &Gathered,
    index: Option<&EstateIndex>,
    catalog: &Catalog,
    wildcards: Wildcards,
) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (conditions, by_action) in &gathered.grants {
        let by_action = widened(by_action, catalog, wildcards);
        let each = by_resources(&by_action);
        let other = by_actions(&by_action);
        let size = |groups: &[(Vec<String>, Vec<String>)]| -> usize {
            groups.iter().map(|(a, r)| 60 + a.iter().chain(r).map(|text| text.len() + 12).sum::<usize>()).sum()
        };
        let groups = if size(&other) < size(&each) { other } else { each };
        drafts.extend(groups.into_iter().map(|(actions, resources)| Draft {
            effect: Effect::Allow,
            not_action: false,
            actions,
            not_resource: false,
            resources,
            conditions: conditions.clone(),
        }));
    }
    drafts.sort_by(|a, b| (&a.actions, &a.resources).cmp(&(&b.actions, &b.resources)));
    let denies = index.map_or_else(Vec::new, |index| denies(gathered, index, &drafts));
    drafts.extend(denies);
    drafts
}

/// Actions that are used on the same resources.
fn by_resources(by_action: &ByAction) -> Vec<(Vec<String>, Vec<String>)> {
    let mut groups: BTreeMap<Vec<String>, Vec<String>> = BTreeMap::new();
    for (action, resources) in by_action {
        groups.entry(resources.iter().cloned().collect()).or_default().push(action.clone());
    }
    groups.into_iter().map(|(resources, actions)| (actions, resources)).collect()
}

/// Resources that are used with the same actions.
fn by_actions(by_action: &ByAction) -> Vec<(Vec<String>, Vec<String>)> {
    let mut by_resource: BTreeMap<&String, Vec<String>> = BTreeMap::new();
    for (action, resources) in by_action {
        for resource in resources {
            by_resource.entry(resource).or_default().push(action.clone());
        }
    }
    let mut groups: BTreeMap<Vec<String>, Vec<String>> = BTreeMap::new();
    for (resource, actions) in by_resource {
        groups.entry(actions).or_default().push(resource.clone());
    }
    groups.into_iter().collect()
}

fn widened(by_action: &ByAction, catalog: &Catalog, wildcards: Wildcards) -> ByAction {
    let mut found = ByAction::new();
    for (action, resources) in by_action {
        let resources = resources.iter().map(|resource| match wildcards.resources() {
            true => kind(resource),
            false => resource.clone(),
        });
        found.entry(action.clone()).or_default().extend(resources);
    }
    if !wildcards.actions() {
        return found;
    }
    // One level of resources at a time: a list action needs another resource than a get action.
    let mut families: BTreeMap<(String, BTreeSet<String>), Vec<String>> = BTreeMap::new();
    for (action, resources) in &found {
        if let Some(family) = family(action, catalog) {
            families.entry((family, resources.clone())).or_default().push(action.clone());
        }
    }
    for ((family, resources), members) in families {
        if members.len() > 1 {
            members.iter().for_each(|member| {
                found.remove(member);
            });
            found.entry(family).or_default().extend(resources);
        }
    }
    found
}

/// `acs:apig:cn-hangzhou:100:gateway/*` for a gateway.
fn kind(resource: &str) -> String {
    let Some(arn) = Arn::parse(resource) else { return resource.to_owned() };
    match arn.relative.split_once('/') {
        Some((kind, _)) => format!("acs:{}:{}:{}:{kind}/*", arn.service, arn.region, arn.account),
        None => resource.to_owned(),
    }
}

/// `apig:Get*` for `apig:GetHttpApi`; `None` for an action whose name is one word, or that the catalog does not know.
fn family(action: &str, catalog: &Catalog) -> Option<String> {
    let name = &catalog.action(action)?.name;
    let (service, name) = name.split_once(':')?;
    let (verb_end, _) = name.char_indices().skip(1).find(|(_, c)| c.is_ascii_uppercase())?;
    Some(format!("{service}:{}*", name.get(..verb_end)?))
}

/// The Denies of today that can refuse something that a draft allows.
fn denies(gathered: &Gathered, index: &EstateIndex, drafts: &[Draft]) -> Vec<Draft> {
    let allowed: Vec<(Patterns<ActionPattern>, Patterns<ResourcePattern>)> = drafts
        .iter()
        .map(|draft| {
            let pairs = draft.actions.iter().flat_map(|action| draft.resources.iter().map(move |on| (action, on)));
            let spelled = pairs.flat_map(|(action, resource)| spellings(&index.catalog, action, resource));
            let (actions, resources): (BTreeSet<String>, BTreeSet<String>) = spelled.unzip();
            let actions = actions.iter().map(|action| ActionPattern::read(action)).collect();
            let resources = resources.iter().map(|resource| ResourcePattern::read(resource)).collect();
            (Patterns { negated: false, patterns: actions }, Patterns { negated: false, patterns: resources })
        })
        .collect();
    let mut found: Vec<Draft> = Vec::new();
    for (sid, group) in &gathered.denies {
        let Some(statement) = index.statement(*sid) else { continue };
        let meets = allowed.iter().any(|(actions, resources)| {
            globs::elements_meet(&statement.actions, actions, globs::action_covers, globs::actions_meet)
                && globs::elements_meet(&statement.resources, resources, globs::resource_covers, globs::resources_meet)
        });
        if !meets {
            continue;
        }
        let mut conditions: Vec<Written> = index.conditions(*sid).map(written).collect();
        if let Some(id) = group {
            conditions.push(in_group(id, &conditions));
        }
        let (not_action, actions) = spelled(&statement.actions, |p| matches!(p, ActionPattern::Invalid(_)));
        let (not_resource, resources) = spelled(&statement.resources, |p| matches!(p, ResourcePattern::Invalid(_)));
        let draft = Draft { effect: Effect::Deny, not_action, actions, not_resource, resources, conditions };
        if !found.contains(&draft) {
            found.push(draft);
        }
    }
    found
}

/// An element as it is written: patterns that match nothing are left out, and "all but nothing" is everything.
fn spelled<P: ToString>(element: &Patterns<P>, invalid: impl Fn(&P) -> bool) -> (bool, Vec<String>) {
    let valid: Vec<String> = element.patterns.iter().filter(|pattern| !invalid(pattern)).map(P::to_string).collect();
    if element.negated && valid.is_empty() { (false, vec!["*".to_owned()]) } else { (element.negated, valid) }
}
