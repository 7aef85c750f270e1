//! Under which conditions one side allows what the other does not.
//!
//! For one action on one resource a side is: statements that allow when their conditions hold, statements that deny when
//! theirs do. Going through the keys one after the other, a statement is dropped as soon as a cell of a key's values
//! contradicts it. What remains equal is looked at once, so that the answer is a decision diagram over cells; its paths
//! are the alternatives under which the sides differ.

use std::collections::HashMap;
use std::rc::Rc;

use super::conditions::{Cell, Conditions};
use crate::regions::bits::Bits;
use crate::regions::cubes::Cover;
use crate::regions::hash::Quick;
use crate::regions::{Budget, Exhausted};

/// Keys that are looked at together at most; the diagram is as deep.
const MOST_KEYS: usize = 256;

/// What one side says to an action on a resource.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(super) struct Side {
    /// Whether a statement without conditions allows.
    pub(super) allowed: bool,
    /// Conjunctions of the statements that allow under conditions, ascending.
    pub(super) allows: Vec<u32>,
    /// Conjunctions of the statements that deny under conditions, ascending.
    pub(super) denies: Vec<u32>,
}

/// Conditions that hold or do not, all together, with values for which it is so.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub(super) struct Alternative {
    /// Conditions, each with whether it holds.
    pub(super) terms: Vec<(u32, bool)>,
    /// A key by a condition on it, and its values; keys that are absent are not named.
    pub(super) values: Vec<(u32, Vec<String>)>,
}

/// The alternatives under which `wide` allows what `narrow` does not; none when there is nothing of the kind.
pub(super) fn beyond(
    wide: &Side,
    narrow: &Side,
    conditions: &mut Conditions<'_>,
    budget: &mut Budget,
) -> Result<Vec<Alternative>, Exhausted> {
    let mut used: Vec<u32> =
        [&wide.allows, &wide.denies, &narrow.allows, &narrow.denies].into_iter().flatten().copied().collect();
    used.sort_unstable();
    used.dedup();
    let mut by_key = Vec::new();
    for of_key in conditions.by_key(&used) {
        by_key.extend(conditions.independent(of_key, budget)?);
    }
    if by_key.len() > MOST_KEYS {
        return Err(Exhausted);
    }
    let mut keys = Vec::new();
    for of_key in by_key {
        keys.push(Level::new(&of_key, &used, conditions, budget)?);
    }
    let set = |numbers: &[u32]| {
        let mut bits = Bits::none(used.len());
        numbers.iter().filter_map(|number| used.binary_search(number).ok()).for_each(|at| bits.set(at));
        bits
    };
    let mut diagram = Diagram {
        open: open_after(&keys, used.len()),
        keys,
        wide: Roles { allowed: wide.allowed, allows: set(&wide.allows), denies: set(&wide.denies) },
        narrow: Roles { allowed: narrow.allowed, allows: set(&narrow.allows), denies: set(&narrow.denies) },
        nodes: Vec::new(),
        known: HashMap::default(),
    };
    let top = diagram.node(0, Bits::all(used.len()), budget)?;
    let covers: Vec<Cover> = diagram.keys.iter().map(|key| Cover::new(&key.cells)).collect();
    diagram.alternatives(top, &covers, budget)
}

/// One key: its cells, and which conjunctions each leaves alive.
struct Level {
    cells: Rc<Vec<Cell>>,
    /// A condition on the key, to name it by.
    key: u32,
    alive: Vec<Bits>,
    /// Conjunctions with a condition on the key.
    concerned: Bits,
}

impl Level {
    fn new(
        of_key: &[u32],
        used: &[u32],
        conditions: &mut Conditions<'_>,
        budget: &mut Budget,
    ) -> Result<Level, Exhausted> {
        let cells = conditions.cells(of_key, budget)?;
        budget.spend(cells.len() * used.len())?;
        let on_key = |conjunction: u32| {
            conditions.conjunction(conjunction).iter().filter(|number| of_key.binary_search(number).is_ok())
        };
        let mut concerned = Bits::none(used.len());
        let mut alive = vec![Bits::none(used.len()); cells.len()];
        for (at, conjunction) in used.iter().enumerate() {
            if on_key(*conjunction).next().is_some() {
                concerned.set(at);
            }
            for (cell, alive) in cells.iter().zip(&mut alive) {
                if on_key(*conjunction).all(|number| cell.holding.binary_search(number).is_ok()) {
                    alive.set(at);
                }
            }
        }
        Ok(Level { cells, key: of_key.first().copied().unwrap_or_default(), alive, concerned })
    }
}

/// By number of keys decided: the conjunctions that still have conditions on other keys.
fn open_after(keys: &[Level], conjunctions: usize) -> Vec<Bits> {
    let mut open = vec![Bits::none(conjunctions); keys.len() + 1];
    for decided in (0..keys.len()).rev() {
        let mut here = open[decided + 1].clone();
        here.add(&keys[decided].concerned);
        open[decided] = here;
    }
    open
}

struct Roles {
    allowed: bool,
    allows: Bits,
    denies: Bits,
}

impl Roles {
    /// Whether the side allows: surely, surely not, or `None` while that is open. `held` are conjunctions that hold,
    /// `alive` those that may.
    fn allows(&self, alive: &Bits, held: &Bits) -> Option<bool> {
        if self.denies.meets(held) || !(self.allowed || self.allows.meets(alive)) {
            Some(false)
        } else if (self.allowed || self.allows.meets(held)) && !self.denies.meets(alive) {
            Some(true)
        } else {
            None
        }
    }
}

const NEVER: usize = 0;
const SURELY: usize = 1;

struct Diagram {
    keys: Vec<Level>,
    open: Vec<Bits>,
    wide: Roles,
    narrow: Roles,
    /// Numbered from 2: the level, and by cell the node that it leads to.
    nodes: Vec<(usize, Vec<usize>)>,
    known: HashMap<(usize, Bits), usize, Quick>,
}

impl Diagram {
    fn node(&mut self, level: usize, alive: Bits, budget: &mut Budget) -> Result<usize, Exhausted> {
        let mut held = alive.clone();
        held.remove(&self.open[level]);
        match (self.wide.allows(&alive, &held), self.narrow.allows(&alive, &held)) {
            (Some(false), _) | (_, Some(true)) => return Ok(NEVER),
            (Some(true), Some(false)) => return Ok(SURELY),
            _ => {}
        }
        let Some(key) = self.keys.get(level) else { return Ok(NEVER) };
        if let Some(known) = self.known.get(&(level, alive.clone())) {
            return Ok(*known);
        }
        budget.spend(key.cells.len() * (alive.words() * 4 + 30))?;
        let mut next = Vec::with_capacity(key.cells.len());
        for cell in 0..key.cells.len() {
            let mut remaining = alive.clone();
            remaining.keep(&self.keys[level].alive[cell]);
            next.push(self.node(level + 1, remaining, budget)?);
        }
        let node = match next.first() {
            Some(first) if next.iter().all(|other| other == first) => *first,
            _ => {
                self.nodes.push((level, next));
                self.nodes.len() + 1
            }
        };
        self.known.insert((level, alive), node);
        Ok(node)
    }

    fn alternatives(&self, node: usize, covers: &[Cover], budget: &mut Budget) -> Result<Vec<Alternative>, Exhausted> {
        match node {
            NEVER => return Ok(Vec::new()),
            SURELY => return Ok(vec![Alternative::default()]),
            _ => {}
        }
        let (level, next) = &self.nodes[node - 2];
        let key = &self.keys[*level];
        let mut children: Vec<usize> = next.iter().copied().filter(|child| *child != NEVER).collect();
        children.sort_unstable();
        children.dedup();
        let mut found = Vec::new();
        for child in children {
            let below = self.alternatives(child, covers, budget)?;
            let on: Vec<usize> = (0..next.len()).filter(|cell| next[*cell] == child).collect();
            for cube in covers[*level].cubes(&on, budget)? {
                budget.spend((below.len() + 1) * (cube.within.len() + cube.except.len() + 1))?;
                let terms = cube.within.iter().map(|number| (*number, true));
                let terms: Vec<(u32, bool)> = terms.chain(cube.except.iter().map(|number| (*number, false))).collect();
                let values = &key.cells[cube.class].values;
                for rest in &below {
                    let mut alternative = Alternative { terms: terms.clone(), values: Vec::new() };
                    if !values.is_empty() {
                        alternative.values.push((key.key, values.clone()));
                    }
                    alternative.terms.extend_from_slice(&rest.terms);
                    alternative.values.extend_from_slice(&rest.values);
                    found.push(alternative);
                }
            }
        }
        Ok(found)
    }
}
