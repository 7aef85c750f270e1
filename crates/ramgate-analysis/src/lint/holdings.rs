//! Policies by document, with everyone who has them.

use super::Place;
use crate::estate::{Estate, EstateIndex};
use ramgate_policy::{Attached, PolicyKind, Statement};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The policies of an estate that somebody has.
pub(super) struct Holdings {
    /// By document number.
    pub(super) policies: BTreeMap<u32, Policy>,
    /// Every distinct unit of documents within which a Deny beats every Allow, with one principal that has it.
    pub(super) units: Vec<Unit>,
}

/// A policy with its holders.
pub(super) struct Policy {
    pub(super) name: Arc<str>,
    pub(super) kind: PolicyKind,
    /// Principals, by number.
    pub(super) holders: BTreeSet<usize>,
    /// Units that hold it, by number.
    pub(super) units: Vec<usize>,
}

/// A unit of documents.
pub(super) struct Unit {
    pub(super) documents: Vec<u32>,
    /// Documents of the same principal that allow what this unit does not refuse: those of its resource groups.
    pub(super) beside: Vec<u32>,
    /// Whether the unit grants by itself, unlike control and session policies.
    pub(super) grants: bool,
}

impl Holdings {
    pub(super) fn new(estate: &Estate, index: &EstateIndex) -> Self {
        let mut holdings = Holdings { policies: BTreeMap::new(), units: Vec::new() };
        let mut known: BTreeMap<(Vec<u32>, Vec<u32>, bool), usize> = BTreeMap::new();
        for (number, (principal, member)) in estate.principals.iter().zip(&index.principals).enumerate() {
            let policies = &principal.policies;
            let guards = policies.control.iter().map(Vec::as_slice);
            let guards = guards.chain(policies.session.iter().map(std::slice::from_ref));
            for (attached, documents) in guards.zip(&member.units.guards) {
                holdings.add(number, attached, documents, (&[], false), &mut known);
            }
            let beside: Vec<u32> = member.units.groups.iter().flat_map(|(_, unit)| unit).copied().collect();
            holdings.add(number, &policies.account, &member.units.account, (&beside, true), &mut known);
            for (id, documents) in &member.units.groups {
                let of_group = policies.resource_groups.iter().filter(|(group, _)| **group == **id);
                let attached: Vec<Attached> = of_group.flat_map(|(_, list)| list).cloned().collect();
                holdings.add(number, &attached, documents, (&[], true), &mut known);
            }
        }
        holdings
    }

    fn add(
        &mut self,
        principal: usize,
        attached: &[Attached],
        documents: &[u32],
        (beside, grants): (&[u32], bool),
        known: &mut BTreeMap<(Vec<u32>, Vec<u32>, bool), usize>,
    ) {
        let sorted = |documents: &[u32]| {
            let mut sorted = documents.to_vec();
            sorted.sort_unstable();
            sorted.dedup();
            sorted
        };
        let key = (sorted(documents), sorted(beside), grants);
        let next = self.units.len();
        let unit = *known.entry(key.clone()).or_insert(next);
        if unit == next {
            let (documents, beside, grants) = key;
            self.units.push(Unit { documents, beside, grants });
        }
        for (attached, document) in attached.iter().zip(documents) {
            let policy = self.policies.entry(*document).or_insert_with(|| Policy {
                name: Arc::clone(&attached.policy_name),
                kind: attached.policy_type,
                holders: BTreeSet::new(),
                units: Vec::new(),
            });
            policy.holders.insert(principal);
            if !policy.units.contains(&unit) {
                policy.units.push(unit);
            }
        }
    }
}

impl Policy {
    /// A statement of the policy, or a part of it (`.Action[0]`).
    pub(super) fn place(&self, statement: &Statement, part: &str) -> Place {
        Place {
            policy_name: self.name.to_string(),
            policy_type: Some(self.kind),
            place: format!("Statement[{}]{part}", statement.index),
            line: statement.position.line,
            column: statement.position.column,
            holders: self.holders.len(),
        }
    }
}
