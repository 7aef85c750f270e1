//! What of the present policies was used, and what the proposal drops.

use super::gather::Record;
use super::group::Draft;
use super::{Narrowed, StatementUse, UsedAction};
use crate::estate::{EstateIndex, Sid, spellings};
use ramgate_policy::{
    ActionPattern, Attached, Catalog, Effect, Layer, Matched, PrincipalPolicies, ResourcePattern, Statement, Timestamp,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

#[derive(Default)]
pub(super) struct Review {
    pub(super) statements: Vec<StatementUse>,
    pub(super) dropped: Vec<String>,
    pub(super) narrowed: Vec<Narrowed>,
}

/// What one statement was used for.
#[derive(Default)]
struct Use {
    calls: u64,
    last_used: Option<Timestamp>,
    used: BTreeMap<String, BTreeSet<String>>,
}

pub(super) fn review(
    today: Option<(&PrincipalPolicies, &EstateIndex)>,
    records: &[Record],
    drafts: &[Draft],
    catalog: &Catalog,
) -> Review {
    let Some((policies, index)) = today else { return Review::default() };
    let Some(member) = index.principals.first() else { return Review::default() };
    let uses = uses(records, index);
    let mut review = Review::default();
    let account = policies.account.iter().map(|attached| (Layer::AccountLevelIdentityBasedPolicy, attached));
    let groups = policies.resource_groups.iter().flat_map(|(_, list)| list);
    let groups = groups.map(|attached| (Layer::ResourceGroupLevelIdentityBasedPolicy, attached));
    let documents = member.units.account.iter().chain(member.units.groups.iter().flat_map(|(_, unit)| unit));
    let nothing = Use::default();
    let names = names(catalog);
    for ((layer, attached), document) in account.chain(groups).zip(documents) {
        for (sid, statement) in index.statements_of(*document) {
            let used = uses.get(&sid).unwrap_or(&nothing);
            let named = names.iter().filter(|(_, spelled)| spelled.iter().any(|name| statement.matches_action(name)));
            let unused = named.filter(|(name, _)| !used.used.contains_key(*name)).map(|(name, _)| (*name).to_owned());
            review.statements.push(StatementUse {
                statement: matched(attached, layer, statement),
                calls: used.calls,
                last_used: used.last_used.map(|time| time.to_string()),
                used: used
                    .used
                    .iter()
                    .map(|(action, resources)| UsedAction {
                        action: action.clone(),
                        resources: resources.iter().cloned().collect(),
                    })
                    .collect(),
                unused_actions: if statement.effect == Effect::Allow { unused.collect() } else { Vec::new() },
            });
        }
    }
    let units = member.units.groups.iter().flat_map(|(_, unit)| unit);
    let documents: BTreeSet<u32> = member.units.account.iter().chain(units).copied().collect();
    compare(&documents, index, drafts, catalog, &mut review);
    review
}

/// The actions of the catalog, each with its spellings.
fn names(catalog: &Catalog) -> Vec<(&str, Vec<String>)> {
    let spelled = |name| spellings(catalog, name, "").into_iter().map(|(name, _)| name).collect();
    catalog.actions().iter().map(|action| (action.name.as_str(), spelled(&action.name))).collect()
}

/// For each statement the records that it matches.
fn uses(records: &[Record], index: &EstateIndex) -> HashMap<Sid, Use> {
    let mut uses: HashMap<Sid, Use> = HashMap::new();
    let Some(member) = index.principals.first() else { return uses };
    let mut by_request: HashMap<(&str, &str), Vec<&Record>> = HashMap::new();
    for record in records {
        by_request.entry((&record.action, &record.resource)).or_default().push(record);
    }
    for ((action, resource), records) in by_request {
        let scan = index.scan(action, resource);
        let units = member.units.groups.iter().flat_map(|(_, unit)| unit);
        let documents: BTreeSet<u32> = member.units.account.iter().chain(units).copied().collect();
        for sid in documents.iter().flat_map(|document| scan.hits(index, *document)) {
            for record in &records {
                if !index.conditions(*sid).all(|condition| condition.holds(&record.context)) {
                    continue;
                }
                let one = uses.entry(*sid).or_default();
                one.calls = one.calls.saturating_add(record.count);
                one.last_used = one.last_used.max(record.last_used);
                let action = index.catalog.action(action).map_or(action, |spec| &spec.name);
                one.used.entry(action.to_owned()).or_default().insert(resource.to_owned());
            }
        }
    }
    uses
}

/// Actions that go, and actions that stay on other resources.
fn compare(documents: &BTreeSet<u32>, index: &EstateIndex, drafts: &[Draft], catalog: &Catalog, review: &mut Review) {
    let present: Vec<_> = documents.iter().flat_map(|document| index.statements_of(*document)).collect();
    let proposed: Vec<(Vec<ActionPattern>, &Draft)> = drafts
        .iter()
        .filter(|draft| draft.effect == Effect::Allow)
        .map(|draft| (draft.actions.iter().map(|text| ActionPattern::read(text)).collect(), draft))
        .collect();
    for (action, spelled) in names(catalog) {
        let speaks = |statement: &Statement| spelled.iter().any(|name| statement.matches_action(name));
        let speak = || present.iter().filter(|(_, statement)| speaks(statement));
        let denied = speak().any(|(sid, statement)| {
            statement.effect == Effect::Deny
                && index.conditions(*sid).next().is_none()
                && !statement.resources.negated
                && statement.resources.patterns.contains(&ResourcePattern::Everything)
        });
        let mut before: BTreeSet<String> = BTreeSet::new();
        for (_, statement) in speak().filter(|(_, statement)| statement.effect == Effect::Allow && !denied) {
            let but = if statement.resources.negated { "not " } else { "" };
            before.extend(statement.resources.patterns.iter().map(|pattern| format!("{but}{pattern}")));
        }
        let allows = proposed.iter().filter(|(actions, _)| actions.iter().any(|pattern| pattern.matches(action)));
        let after: BTreeSet<String> = allows.flat_map(|(_, draft)| draft.resources.iter().cloned()).collect();
        if before.is_empty() || before == after {
            continue;
        }
        if after.is_empty() {
            review.dropped.push(action.to_owned());
        } else {
            review.narrowed.push(Narrowed {
                action: action.to_owned(),
                present: before.into_iter().collect(),
                proposed: after.into_iter().collect(),
            });
        }
    }
}

fn matched(attached: &Attached, layer: Layer, statement: &Statement) -> Matched {
    Matched {
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
    }
}
