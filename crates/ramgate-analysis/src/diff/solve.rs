//! The differences within one seed: resource names cut into atoms, all actions at once, conditions where they matter.

use std::collections::{BTreeMap, HashMap};

use ramgate_policy::Effect;

use super::conditions::ALWAYS;
use super::formula::{Alternative, Side, beyond};
use super::near::Near;
use super::resources::{Atom, EVERYTHING, Name};
use super::space::{Seed, Space, Target};
use crate::regions::bits::Bits;
use crate::regions::cubes::Cover;
use crate::regions::{Budget, Exhausted};

/// Requests that one side allows and the other does not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Difference {
    /// Whether the new side is the one that allows.
    pub(super) gained: bool,
    pub(super) actions: Bits,
    /// Resource patterns that all match.
    pub(super) within: Vec<u32>,
    /// Resource patterns of which none matches.
    pub(super) except: Vec<u32>,
    /// The alternatives of conditions, by number.
    pub(super) conditions: u32,
    /// One of the resource names.
    pub(super) name: Name,
}

/// Alternatives of conditions, each list once, and the formulas that came to them.
#[derive(Default)]
pub(super) struct Formulas {
    pub(super) alternatives: Vec<Vec<Alternative>>,
    numbers: HashMap<Vec<Alternative>, u32>,
    /// Gained and lost, by what the old and the new side say.
    known: HashMap<(Side, Side), [Option<u32>; 2]>,
}

impl Formulas {
    /// The number of a list of alternatives, `None` for none at all.
    fn number(&mut self, alternatives: Vec<Alternative>) -> Option<u32> {
        if alternatives.is_empty() {
            return None;
        }
        let next = self.alternatives.len() as u32;
        Some(*self.numbers.entry(alternatives).or_insert_with_key(|alternatives| {
            self.alternatives.push(alternatives.clone());
            next
        }))
    }

    fn solve(
        &mut self,
        old: Side,
        new: Side,
        conditions: &mut super::conditions::Conditions<'_>,
        budget: &mut Budget,
    ) -> Result<[Option<u32>; 2], Exhausted> {
        let key = (old, new);
        if let Some(known) = self.known.get(&key) {
            return Ok(*known);
        }
        let (old, new) = (&key.0, &key.1);
        let (gained, lost) = (beyond(new, old, conditions, budget)?, beyond(old, new, conditions, budget)?);
        let numbers = [self.number(gained), self.number(lost)];
        self.known.insert(key, numbers);
        Ok(numbers)
    }
}

/// What the units that match one atom say, per side.
struct Said {
    /// Actions that a statement without conditions allows, and denies.
    allowed: Bits,
    denied: Bits,
    /// Actions that a statement with conditions allows, and denies.
    may_allow: Bits,
    may_deny: Bits,
}

impl Said {
    fn nothing(classes: usize) -> Said {
        let none = Bits::none(classes);
        Said { allowed: none.clone(), denied: none.clone(), may_allow: none.clone(), may_deny: none }
    }

    fn clear(&mut self) {
        [&mut self.allowed, &mut self.denied, &mut self.may_allow, &mut self.may_deny]
            .into_iter()
            .for_each(Bits::clear);
    }

    /// Actions that are allowed whatever the conditions, and actions that may be.
    fn bounds(&self) -> (Bits, Bits) {
        let (mut surely, mut maybe) = (self.allowed.clone(), self.allowed.clone());
        surely.remove(&self.denied);
        surely.remove(&self.may_deny);
        maybe.add(&self.may_allow);
        maybe.remove(&self.denied);
        (surely, maybe)
    }
}

/// Finds every difference in a seed's actions within its pattern.
pub(super) fn solve(
    seed: &Seed,
    space: &mut Space<'_>,
    near: &Near,
    formulas: &mut Formulas,
    budget: &mut Budget,
) -> Result<Vec<Difference>, Exhausted> {
    let concerned = |unit: &u32| space.units[*unit as usize].actions.iter().any(|side| side.meets(&seed.actions));
    let negated: Vec<u32> = space.negated.iter().copied().filter(concerned).collect();
    let mut patterns = near.of(seed.pattern, &space.resources);
    budget.spend(patterns.len())?;
    let excluded = |pattern: &u32| negated.iter().any(|unit| is_excluded(space, *unit, *pattern));
    patterns.retain(|pattern| {
        *pattern == seed.pattern || space.by_pattern[*pattern as usize].iter().any(concerned) || excluded(pattern)
    });
    let atoms = space.resources.atoms(seed.pattern, &patterns, budget)?;
    let mut tables = Tables::default();
    let mut sides = [Said::nothing(space.actions.classes.len()), Said::nothing(space.actions.classes.len())];
    for (number, atom) in atoms.iter().enumerate() {
        let mut conditional: Vec<u32> = Vec::new();
        sides.iter_mut().for_each(Said::clear);
        let matching = atom.matched.iter().flat_map(|pattern| &space.by_pattern[*pattern as usize]).copied();
        let apart = |unit: &u32| !atom.matched.iter().any(|pattern| is_excluded(space, *unit, *pattern));
        for unit in matching.chain(negated.iter().copied().filter(apart)) {
            budget.spend(1)?;
            let number = unit;
            let unit = &space.units[number as usize];
            for (said, actions) in sides.iter_mut().zip(&unit.actions) {
                let set = match (unit.effect, unit.conjunction == ALWAYS) {
                    (Effect::Allow, true) => &mut said.allowed,
                    (Effect::Deny, true) => &mut said.denied,
                    (Effect::Allow, false) => &mut said.may_allow,
                    (Effect::Deny, false) => &mut said.may_deny,
                };
                set.add(actions);
            }
            if unit.conjunction != ALWAYS {
                conditional.push(number);
            }
        }
        let [(old_surely, old_maybe), (new_surely, new_maybe)] = [sides[0].bounds(), sides[1].bounds()];
        let mut open = seed.actions.clone();
        for (gained, surely, other_maybe) in [(true, &new_surely, &old_maybe), (false, &old_surely, &new_maybe)] {
            let mut differing = seed.actions.clone();
            differing.keep(surely);
            differing.remove(other_maybe);
            open.remove(&differing);
            if !differing.is_empty() {
                let always = formulas.number(vec![Alternative::default()]).unwrap_or_default();
                tables.add(gained, always, number, &differing);
            }
        }
        // What no condition could make different is not open: both sides surely allow, or neither may.
        let mut both = old_surely.clone();
        both.keep(&new_surely);
        open.remove(&both);
        let mut either = old_maybe.clone();
        either.add(&new_maybe);
        open.keep(&either);
        for action in open.iter() {
            budget.spend(conditional.len() + 1)?;
            let [old, new] = [0, 1].map(|side| side_of(space, &conditional, &sides[side], side, action));
            let [gained, lost] = formulas.solve(old, new, &mut space.conditions, budget)?;
            for (is_gained, conditions) in [(true, gained), (false, lost)] {
                if let Some(conditions) = conditions {
                    let mut one = Bits::none(space.actions.classes.len());
                    one.set(action);
                    tables.add(is_gained, conditions, number, &one);
                }
            }
        }
    }
    let mut found = tables.differences(seed, space, &atoms, budget)?;
    for difference in &mut found {
        // A cube says how its atoms differ from the seed's others; it also has to keep to the seed.
        if !difference.within.iter().any(|pattern| space.resources.covers(seed.pattern, *pattern)) {
            difference.within.push(seed.pattern);
        }
        difference.within.retain(|pattern| *pattern != EVERYTHING);
    }
    Ok(found)
}

/// Whether a unit's list of exclusions has a pattern.
fn is_excluded(space: &Space<'_>, unit: u32, pattern: u32) -> bool {
    match space.units[unit as usize].target {
        Target::NotMatching(list) => space.excluded[list as usize].binary_search(&pattern).is_ok(),
        Target::Matching(_) => false,
    }
}

/// What one side says to one action.
fn side_of(space: &Space<'_>, conditional: &[u32], said: &Said, side: usize, action: usize) -> Side {
    if said.denied.has(action) {
        return Side::default();
    }
    let conjunctions = |effect: Effect| {
        let units = conditional.iter().map(|unit| &space.units[*unit as usize]);
        let units = units.filter(|unit| unit.effect == effect && unit.actions[side].has(action));
        let mut numbers: Vec<u32> = units.map(|unit| unit.conjunction).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    };
    let allowed = said.allowed.has(action);
    // Beside an Allow without conditions the others say nothing.
    let allows = if allowed { Vec::new() } else { conjunctions(Effect::Allow) };
    if !allowed && allows.is_empty() {
        return Side::default();
    }
    Side { allowed, allows, denies: conjunctions(Effect::Deny) }
}

/// Differing actions by direction, conditions and atom.
#[derive(Default)]
struct Tables {
    rows: BTreeMap<(bool, u32), BTreeMap<usize, Bits>>,
}

impl Tables {
    fn add(&mut self, gained: bool, conditions: u32, atom: usize, actions: &Bits) {
        let row = self.rows.entry((gained, conditions)).or_default();
        row.entry(atom).and_modify(|known| known.add(actions)).or_insert_with(|| actions.clone());
    }

    /// Groups actions and atoms, and describes the groups.
    fn differences(
        self,
        seed: &Seed,
        space: &Space<'_>,
        atoms: &[Atom],
        budget: &mut Budget,
    ) -> Result<Vec<Difference>, Exhausted> {
        let mut found = Vec::new();
        budget.spend(atoms.len())?;
        let cover = Cover::new(atoms);
        for ((gained, conditions), row) in self.rows {
            let mut blocks = by_atoms(&row);
            if blocks.len() > 1 {
                // Either way of grouping says the same; the shorter one is read.
                let other = by_actions(&row, &seed.actions, budget)?;
                if effort(&other, space, &cover, budget)? < effort(&blocks, space, &cover, budget)? {
                    blocks = other;
                }
            }
            for (actions, on) in blocks {
                for cube in cover.cubes(&on, budget)? {
                    found.push(Difference {
                        gained,
                        actions: actions.clone(),
                        within: cube.within,
                        except: cube.except,
                        conditions,
                        name: atoms[cube.class].name.clone(),
                    });
                }
            }
        }
        Ok(found)
    }
}

/// Actions that all differ on some atoms.
type Block = (Bits, Vec<usize>);

/// Atoms on which the same actions differ.
fn by_atoms(row: &BTreeMap<usize, Bits>) -> Vec<Block> {
    let mut blocks: BTreeMap<&Bits, Vec<usize>> = BTreeMap::new();
    for (atom, actions) in row {
        blocks.entry(actions).or_default().push(*atom);
    }
    blocks.into_iter().map(|(actions, on)| (actions.clone(), on)).collect()
}

/// Actions that differ on the same atoms.
fn by_actions(row: &BTreeMap<usize, Bits>, actions: &Bits, budget: &mut Budget) -> Result<Vec<Block>, Exhausted> {
    let mut blocks: BTreeMap<Vec<usize>, Bits> = BTreeMap::new();
    for action in actions.iter() {
        budget.spend(row.len())?;
        let on: Vec<usize> = row.iter().filter(|(_, bits)| bits.has(action)).map(|(atom, _)| *atom).collect();
        if !on.is_empty() {
            let none = || {
                let mut none = actions.clone();
                none.clear();
                none
            };
            blocks.entry(on).or_insert_with(none).set(action);
        }
    }
    Ok(blocks.into_iter().map(|(on, actions)| (actions, on)).collect())
}

/// How much there is to read about some blocks.
fn effort(blocks: &[Block], space: &Space<'_>, cover: &Cover, budget: &mut Budget) -> Result<usize, Exhausted> {
    let mut effort = 0;
    for (actions, on) in blocks {
        let places = cover.cubes(on, budget)?;
        let places = places.iter().map(|cube| cube.within.len() + cube.except.len() + 1);
        let names = space.actions.describe(actions, budget)?;
        let names = names.iter().map(|names| names.matching.len() + names.except.len());
        effort += places.chain(names).sum::<usize>() + 1;
    }
    Ok(effort)
}
