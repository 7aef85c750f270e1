//! Two sets of policies as one list of units, and where they differ on the face of it.
//!
//! A unit is an effect, one resource pattern (or one list of excluded ones) and a set of conditions; each side has a set
//! of actions for it. That takes away the order, the grouping and the repetition of statements. A request on which the
//! sides differ lies in a unit whose sets of actions differ, and its action is one of those in which they do: were all
//! units that match it equal in its action, both sides would decide it alike. Such resources and actions are the seeds
//! from which differences are looked for; equal policies have none.

use std::collections::HashMap;

use ramgate_policy::{Attached, Catalog, Effect};

use super::actions::{Actions, Reader};
use super::conditions::Conditions;
use super::near::Near;
use super::resources::{EVERYTHING, Resources};
use crate::regions::bits::Bits;
use crate::regions::{Budget, Exhausted};

/// Which resources a unit is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Target {
    /// The names that a pattern matches.
    Matching(u32),
    /// The names that no pattern of a list matches, by number of the list.
    NotMatching(u32),
}

/// What both sides say about a target under conditions.
pub(super) struct Unit {
    pub(super) effect: Effect,
    pub(super) target: Target,
    /// The conjunction of conditions.
    pub(super) conjunction: u32,
    /// The actions, on the old and on the new side.
    pub(super) actions: [Bits; 2],
}

/// Two sets of policies, taken apart.
pub(super) struct Space<'a> {
    pub(super) actions: Actions,
    pub(super) resources: Resources<'a>,
    pub(super) conditions: Conditions<'a>,
    pub(super) units: Vec<Unit>,
    /// Lists of `NotResource`, ascending.
    pub(super) excluded: Vec<Vec<u32>>,
    /// Units by pattern of their target.
    pub(super) by_pattern: Vec<Vec<u32>>,
    /// Units with a list of exclusions.
    pub(super) negated: Vec<u32>,
}

/// Actions that differ somewhere within a pattern.
pub(super) struct Seed {
    pub(super) pattern: u32,
    pub(super) actions: Bits,
}

/// A statement's part, before the actions are cut.
struct Part {
    side: usize,
    effect: Effect,
    target: Target,
    conjunction: u32,
    actions: u32,
}

impl<'a> Space<'a> {
    /// Takes both sides apart.
    pub(super) fn new(
        sides: [&'a [Attached]; 2],
        catalog: &'a Catalog,
        budget: &mut Budget,
    ) -> Result<Space<'a>, Exhausted> {
        let mut reader = Reader::default();
        let services = catalog.services().iter().filter_map(|service| service.codes.first().cloned());
        let mut resources = Resources::new(services.chain(["x".to_owned()]).collect());
        let mut conditions = Conditions::new(catalog);
        let mut excluded: Vec<Vec<u32>> = Vec::new();
        let mut excluded_numbers: HashMap<Vec<u32>, u32> = HashMap::new();
        let mut parts = Vec::new();
        for (side, policies) in sides.into_iter().enumerate() {
            for statement in policies.iter().flat_map(|policy| policy.document.statements()) {
                let Some(in_force) = statement.in_force(catalog) else { continue };
                budget.spend(statement.resources.patterns.len() + statement.actions.patterns.len())?;
                let (actions, conjunction) = (reader.list(&statement.actions), conditions.read(&in_force));
                let mut part =
                    |target| parts.push(Part { side, effect: statement.effect, target, conjunction, actions });
                let patterns = statement.resources.patterns.iter().filter_map(|pattern| resources.read(pattern));
                if !statement.resources.negated {
                    patterns.for_each(|pattern| part(Target::Matching(pattern)));
                    continue;
                }
                let mut list: Vec<u32> = patterns.collect();
                list.sort_unstable();
                list.dedup();
                let next = excluded.len() as u32;
                let number = *excluded_numbers.entry(list.clone()).or_insert_with(|| {
                    excluded.push(list);
                    next
                });
                part(Target::NotMatching(number));
            }
        }
        if resources.too_long {
            return Err(Exhausted);
        }
        let actions = Actions::new(reader, catalog, budget)?;
        let mut numbers: HashMap<(Effect, Target, u32), u32> = HashMap::with_capacity(parts.len());
        let mut units: Vec<Unit> = Vec::new();
        for Part { side, effect, target, conjunction, actions: list } in parts {
            let next = units.len() as u32;
            let number = *numbers.entry((effect, target, conjunction)).or_insert(next);
            if number == next {
                let none = Bits::none(actions.classes.len());
                units.push(Unit { effect, target, conjunction, actions: [none.clone(), none] });
            }
            units[number as usize].actions[side].add(actions.of(list));
        }
        let mut by_pattern = vec![Vec::new(); resources.patterns.len()];
        let mut negated = Vec::new();
        for (number, unit) in (0..).zip(&units) {
            match unit.target {
                Target::Matching(pattern) => by_pattern[pattern as usize].push(number),
                Target::NotMatching(_) => negated.push(number),
            }
        }
        Ok(Space { actions, resources, conditions, units, excluded, by_pattern, negated })
    }

    /// Turns the question "what is allowed" into "what is explicitly denied".
    pub(super) fn turn_to_denies(&mut self) {
        for unit in &mut self.units {
            match unit.effect {
                Effect::Allow => unit.actions.iter_mut().for_each(Bits::clear),
                Effect::Deny => unit.effect = Effect::Allow,
            }
        }
    }

    /// Where the sides differ on the face of it, each place once.
    pub(super) fn seeds(&self) -> Vec<Seed> {
        let mut seeds: Vec<Seed> = Vec::new();
        let mut numbers: HashMap<u32, usize> = HashMap::new();
        for unit in &self.units {
            let [old, new] = &unit.actions;
            if old == new {
                continue;
            }
            let pattern = match unit.target {
                Target::Matching(pattern) => pattern,
                Target::NotMatching(_) => EVERYTHING,
            };
            let next = seeds.len();
            let number = *numbers.entry(pattern).or_insert(next);
            if number == next {
                seeds.push(Seed { pattern, actions: Bits::none(self.actions.classes.len()) });
            }
            seeds[number].actions.add_difference(old, new);
        }
        seeds
    }

    /// Leaves what lies within a wider place to that one.
    pub(super) fn leave_to_wider(
        &self,
        mut seeds: Vec<Seed>,
        near: &Near,
        budget: &mut Budget,
    ) -> Result<Vec<Seed>, Exhausted> {
        let numbers: HashMap<u32, usize> =
            seeds.iter().enumerate().map(|(number, seed)| (seed.pattern, number)).collect();
        // INVARIANT: what was left to a seed stays with it, so that nothing is left to nobody.
        let mut relied_on: Vec<Bits> = vec![Bits::none(self.actions.classes.len()); seeds.len()];
        for number in 0..seeds.len() {
            // The widest first, which are those with the least literal text.
            for pattern in near.above(seeds[number].pattern, &self.resources) {
                budget.spend(1)?;
                let Some(other) = numbers.get(&pattern).copied().filter(|other| *other != number) else { continue };
                let (own, wider) = (&seeds[number], &seeds[other]);
                let mut left = own.actions.clone();
                left.keep(&wider.actions);
                left.remove(&relied_on[number]);
                if !left.is_empty() && self.resources.covers(wider.pattern, own.pattern) {
                    seeds[number].actions.remove(&left);
                    relied_on[other].add(&left);
                }
            }
        }
        seeds.retain(|seed| !seed.actions.is_empty());
        Ok(seeds)
    }
}
