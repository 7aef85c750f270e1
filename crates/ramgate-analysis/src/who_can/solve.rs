//! Whether a request can be allowed, and whether it can be refused, when the values of some condition keys are open.
//!
//! The search assigns one cell after the other to the open keys and looks at what is certain by then: true, false or not
//! yet known. It ends early for nearly every policy that people write, and with "not settled" when its budget is spent.

use super::cells::{Cell, KeyCells, cut};
use crate::estate::Units;
use ramgate_policy::{Catalog, Condition, Context, Key};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Steps of one search at most.
const MAX_STEPS: usize = 20_000;

/// Conditions of one statement that are open; none means that the statement applies.
pub(super) type Clause<'a> = Vec<&'a Condition>;

/// The statements of one unit that apply or may apply.
#[derive(Debug, Clone, Default)]
pub(super) struct Open<'a> {
    pub(super) allow: Vec<Clause<'a>>,
    pub(super) deny: Vec<Clause<'a>>,
}

/// What is asked: units of statements, and what is known of the request.
pub(super) struct Problem<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) units: Units<Open<'a>>,
    /// The request's resource group, when that is settled (`Some(None)`: it has none).
    pub(super) group: Option<Option<Arc<str>>>,
}

/// Values of the open keys.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Assignment(Vec<(Key, String, super::cells::Value)>);

impl Assignment {
    /// The values put into a context.
    pub(super) fn apply(&self, context: &mut Context) {
        for (key, _, value) in &self.0 {
            value.put(key, context);
        }
    }

    /// The values by key, without keys that are absent.
    pub(super) fn texts(&self) -> BTreeMap<String, Vec<String>> {
        let present = self.0.iter().map(|(_, name, value)| (name.clone(), value.texts()));
        present.filter(|(_, texts)| !texts.is_empty()).collect()
    }
}

/// What open keys can make of a request.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Solved {
    /// Values with which it is allowed.
    pub(super) allowed: Option<Assignment>,
    /// Values with which it is not.
    pub(super) refused: Option<Assignment>,
    /// Whether what was not found does not exist.
    pub(super) settled: bool,
}

pub(super) fn solve(problem: &Problem<'_>) -> Solved {
    let search = Search::new(problem);
    let complete = search.keys.iter().all(|key| key.complete);
    let (allowed, all) = search.find(true);
    let (refused, none) = search.find(false);
    Solved { settled: complete && all && none, allowed, refused }
}

/// Whether conditions can hold together; `true` where that is not settled.
pub(crate) fn conditions_can_hold(catalog: &Catalog, conditions: &[&Condition]) -> bool {
    let account = Open { allow: vec![conditions.to_vec()], deny: Vec::new() };
    let units = Units { guards: Vec::new(), account, groups: Vec::new() };
    let solved = solve(&Problem { catalog, units, group: None });
    solved.allowed.is_some() || !solved.settled
}

/// Clauses with conditions as (key, position among the conditions on that key).
#[derive(Debug, Clone, Default)]
struct Unit {
    allow: Vec<Vec<(usize, usize)>>,
    deny: Vec<Vec<(usize, usize)>>,
}

struct Search {
    keys: Vec<KeyCells>,
    guards: Vec<Unit>,
    account: Unit,
    groups: Vec<Unit>,
    group: Group,
}

/// How the resource group comes to be known.
enum Group {
    Settled(Option<usize>),
    /// By the cell of this key.
    Key(usize),
}

/// True, false, or not known yet.
type Maybe = Option<bool>;

fn and(a: Maybe, b: Maybe) -> Maybe {
    match (a, b) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

fn not(a: Maybe) -> Maybe {
    a.map(|known| !known)
}

fn or(a: Maybe, b: Maybe) -> Maybe {
    not(and(not(a), not(b)))
}

impl Search {
    fn new(problem: &Problem<'_>) -> Search {
        let units = &problem.units;
        let all = units.guards.iter().chain([&units.account]).chain(units.groups.iter().map(|(_, unit)| unit));
        let mut by_key: Vec<(Key, Vec<&Condition>)> = Vec::new();
        let groups: Vec<Arc<str>> = units.groups.iter().map(|(id, _)| Arc::clone(id)).collect();
        let group_is_open = problem.group.is_none() && !groups.is_empty();
        if group_is_open {
            by_key.push((Key::ResourceGroupId, Vec::new()));
        }
        for condition in all.flat_map(|unit| unit.allow.iter().chain(&unit.deny)).flatten() {
            let at = by_key.iter().position(|(key, _)| *key == condition.key).unwrap_or_else(|| {
                by_key.push((condition.key.clone(), Vec::new()));
                by_key.len() - 1
            });
            if let Some((_, conditions)) = by_key.get_mut(at)
                && !conditions.iter().any(|known| same(known, condition))
            {
                conditions.push(condition);
            }
        }
        let place = |condition: &&Condition| {
            let key = by_key.iter().position(|(key, _)| *key == condition.key)?;
            let (_, conditions) = by_key.get(key)?;
            Some((key, conditions.iter().position(|known| same(known, condition))?))
        };
        let clauses = |clauses: &[Clause<'_>]| -> Vec<Vec<(usize, usize)>> {
            clauses.iter().map(|clause| clause.iter().filter_map(place).collect()).collect()
        };
        let unit = |open: &Open<'_>| Unit { allow: clauses(&open.allow), deny: clauses(&open.deny) };
        let group = match &problem.group {
            _ if group_is_open => Group::Key(0),
            Some(Some(id)) => Group::Settled(groups.iter().position(|known| known == id)),
            _ => Group::Settled(None),
        };
        Search {
            guards: units.guards.iter().map(unit).collect(),
            account: unit(&units.account),
            groups: units.groups.iter().map(|(_, open)| unit(open)).collect(),
            group,
            keys: by_key
                .iter()
                .map(|(key, conditions)| {
                    let selects: &[Arc<str>] = if *key == Key::ResourceGroupId { &groups } else { &[] };
                    cut(problem.catalog, key, conditions, selects)
                })
                .collect(),
        }
    }

    /// Cells with which the request is allowed, or is not; and whether the search has come to its end.
    fn find(&self, wanted: bool) -> (Option<Assignment>, bool) {
        let mut steps = 0;
        let mut chosen: Vec<usize> = Vec::new();
        loop {
            steps += 1;
            if steps > MAX_STEPS {
                return (None, false);
            }
            match self.allowed(&chosen) {
                Some(allowed) if allowed == wanted => return (Some(self.assignment(&chosen)), true),
                None if chosen.len() < self.keys.len() => {
                    chosen.push(0);
                    continue;
                }
                _ => {}
            }
            // The next cell of the last key that has one.
            loop {
                let Some(last) = chosen.pop() else { return (None, true) };
                let n_cells = self.keys.get(chosen.len()).map_or(0, |key| key.cells.len());
                if last + 1 < n_cells {
                    chosen.push(last + 1);
                    break;
                }
            }
        }
    }

    /// The chosen cells, and the first cell of keys that do not matter any more.
    fn assignment(&self, chosen: &[usize]) -> Assignment {
        let cell = |(at, key): (usize, &KeyCells)| {
            let cell = key.cells.get(chosen.get(at).copied().unwrap_or(0))?;
            // Nothing is said about what does not matter.
            (at < chosen.len()).then(|| (key.key.clone(), key.name.clone(), cell.value.clone()))
        };
        Assignment(self.keys.iter().enumerate().filter_map(cell).collect())
    }

    fn cell(&self, chosen: &[usize], key: usize) -> Option<&Cell> {
        self.keys.get(key)?.cells.get(*chosen.get(key)?)
    }

    fn any(&self, clauses: &[Vec<(usize, usize)>], chosen: &[usize]) -> Maybe {
        let mut any = Some(false);
        for clause in clauses {
            let mut all = Some(true);
            for (key, at) in clause {
                all = and(all, self.cell(chosen, *key).and_then(|cell| cell.truth.get(*at).copied()));
            }
            any = or(any, all);
            if any == Some(true) {
                break;
            }
        }
        any
    }

    /// Whether a unit allows, and whether it says nothing.
    fn unit(&self, unit: &Unit, chosen: &[usize]) -> (Maybe, Maybe) {
        let denied = self.any(&unit.deny, chosen);
        let granted = self.any(&unit.allow, chosen);
        (and(not(denied), granted), and(not(denied), not(granted)))
    }

    fn allowed(&self, chosen: &[usize]) -> Maybe {
        let mut guarded = Some(true);
        for guard in &self.guards {
            guarded = and(guarded, self.unit(guard, chosen).0);
        }
        if guarded == Some(false) {
            return guarded;
        }
        let (granted, silent) = self.unit(&self.account, chosen);
        if self.groups.is_empty() {
            return and(guarded, granted);
        }
        let of = |group: Option<usize>| {
            group.and_then(|at| self.groups.get(at)).map_or(Some(false), |unit| self.unit(unit, chosen).0)
        };
        let by_group = match self.group {
            Group::Settled(group) => of(group),
            Group::Key(key) => self.cell(chosen, key).and_then(|cell| of(cell.group)),
        };
        and(guarded, or(granted, and(silent, by_group)))
    }
}

/// Whether two conditions say the same.
fn same(a: &Condition, b: &Condition) -> bool {
    std::ptr::eq(a, b) || (a.operator == b.operator && a.key == b.key && a.values == b.values)
}
