//! The condition values that policies tell apart.
//!
//! The values of one key fall into cells: values for which the same conditions hold. A cell is found by trying values: the
//! ends of ranges and what lies between them, one text of each class of patterns, an absent key. Which conditions hold for
//! a value is for the engine to say; only the choice of values is made here, fine enough that none is missed.

mod values;

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use ramgate_policy::{Catalog, Condition, Context, Key};

use crate::regions::{Budget, Exhausted};

/// Conditions and sets of them, each once.
pub(super) struct Conditions<'a> {
    catalog: &'a Catalog,
    list: Vec<&'a Condition>,
    numbers: HashMap<(&'static str, Key, Vec<&'a str>), u32>,
    /// Sets of conditions that must all hold, ascending.
    conjunctions: Vec<Vec<u32>>,
    conjunction_numbers: HashMap<Vec<u32>, u32>,
    cells: HashMap<Vec<u32>, Rc<Vec<Cell>>>,
    /// Whether values may have been missed, so that what was not found may exist all the same.
    pub(super) inexact: bool,
}

/// The number of the conjunction of no conditions.
pub(super) const ALWAYS: u32 = 0;

/// Values of a key for which the same conditions hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    /// The conditions, ascending.
    pub(super) holding: Vec<u32>,
    /// One such value; empty when the key is absent, several when the key takes several.
    pub(super) values: Vec<String>,
}

impl AsRef<[u32]> for Cell {
    fn as_ref(&self) -> &[u32] {
        &self.holding
    }
}

impl<'a> Conditions<'a> {
    pub(super) fn new(catalog: &'a Catalog) -> Self {
        Conditions {
            catalog,
            list: Vec::new(),
            numbers: HashMap::new(),
            conjunctions: vec![Vec::new()],
            conjunction_numbers: HashMap::from([(Vec::new(), ALWAYS)]),
            cells: HashMap::new(),
            inexact: false,
        }
    }

    /// The number of a set of conditions.
    pub(super) fn read(&mut self, conditions: &[&'a Condition]) -> u32 {
        if conditions.is_empty() {
            return ALWAYS;
        }
        let mut set: Vec<u32> = conditions.iter().map(|condition| self.number(condition)).collect();
        set.sort_unstable();
        set.dedup();
        let next = self.conjunctions.len() as u32;
        *self.conjunction_numbers.entry(set.clone()).or_insert_with(|| {
            self.conjunctions.push(set);
            next
        })
    }

    fn number(&mut self, condition: &'a Condition) -> u32 {
        let mut values: Vec<&str> = condition.values.iter().map(String::as_str).collect();
        values.sort_unstable();
        values.dedup();
        let next = self.list.len() as u32;
        *self.numbers.entry((condition.operator.name(), condition.key.clone(), values)).or_insert_with(|| {
            self.list.push(condition);
            next
        })
    }

    /// The condition of a number.
    pub(super) fn condition(&self, number: u32) -> &'a Condition {
        self.list[number as usize]
    }

    /// The conditions of a conjunction.
    pub(super) fn conjunction(&self, number: u32) -> &[u32] {
        &self.conjunctions[number as usize]
    }

    /// Whether a key has one value at most, and one of its type, as far as the catalog knows.
    pub(super) fn is_simple(&self, condition: &Condition) -> bool {
        !matches!(condition.key, Key::Other(_)) || self.catalog.key(&condition.key_name).is_some_and(|spec| !spec.array)
    }

    /// The conditions of several conjunctions by key, in the order of the keys' names.
    pub(super) fn by_key(&self, conjunctions: &[u32]) -> Vec<Vec<u32>> {
        let mut keys: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for condition in conjunctions.iter().flat_map(|number| self.conjunction(*number)) {
            keys.entry(self.condition(*condition).key.name()).or_default().push(*condition);
        }
        keys.into_values()
            .map(|mut conditions| {
                conditions.sort_unstable();
                conditions.dedup();
                conditions
            })
            .collect()
    }

    /// The cells of the values of one key, by conditions that all are on it.
    pub(super) fn cells(&mut self, conditions: &[u32], budget: &mut Budget) -> Result<Rc<Vec<Cell>>, Exhausted> {
        if let Some(known) = self.cells.get(conditions) {
            return Ok(Rc::clone(known));
        }
        let Some(first) = conditions.first().map(|number| self.condition(*number)) else { return Ok(Rc::default()) };
        let of: Vec<&Condition> = conditions.iter().map(|number| self.condition(*number)).collect();
        let simple = self.is_simple(first);
        let tried = values::candidates(&of, simple, budget)?;
        self.inexact |= tried.inexact;
        let mut cells: Vec<Cell> = Vec::new();
        let mut add = |holding: Vec<u32>, values: Vec<String>| {
            let new = !cells.iter().any(|cell| cell.holding == holding);
            if new {
                cells.push(Cell { holding, values });
            }
            new
        };
        let holding = |values: &[String], budget: &mut Budget| {
            budget.spend(of.len() + 4)?;
            let mut context = Context::default();
            // What does not fit the key is no value of it.
            let Ok(()) = context.set(&first.key_name, values) else { return Ok(None) };
            let holds = |(number, condition): (&u32, &&Condition)| condition.holds(&context).then_some(*number);
            Ok(Some(conditions.iter().zip(&of).filter_map(holds).collect::<Vec<u32>>()))
        };
        // A short context is the better example, but every request has a time.
        let absent = holding(&[], budget)?.unwrap_or_default();
        if first.key != Key::CurrentTime {
            add(absent.clone(), Vec::new());
        }
        let mut single: Vec<Cell> = Vec::new();
        for text in tried.texts {
            let values = vec![text];
            let Some(holding) = holding(&values, budget)? else { continue };
            add(holding.clone(), values.clone());
            if !single.iter().any(|cell| cell.holding == holding) {
                single.push(Cell { holding, values });
            }
        }
        add(absent, Vec::new());
        if !simple {
            several(&of, conditions, &single, budget, add)?;
        }
        let cells = Rc::new(cells);
        self.cells.insert(conditions.to_vec(), Rc::clone(&cells));
        Ok(cells)
    }
}

/// Adds what several values of one key come to together: with one more value, a positive operator holds as well when it
/// holds for that value, a negated one only when it holds for that value too.
fn several(
    of: &[&Condition],
    numbers: &[u32],
    single: &[Cell],
    budget: &mut Budget,
    mut add: impl FnMut(Vec<u32>, Vec<String>) -> bool,
) -> Result<(), Exhausted> {
    let mut reached: Vec<Cell> = single.to_vec();
    let mut at = 0;
    while let Some(set) = reached.get(at).cloned() {
        at += 1;
        for more in single {
            budget.spend(numbers.len() + reached.len())?;
            let holds = |(number, condition): (&u32, &&Condition)| {
                let (a, b) = (set.holding.contains(number), more.holding.contains(number));
                (if condition.operator.is_negated() { a && b } else { a || b }).then_some(*number)
            };
            let holding: Vec<u32> = numbers.iter().zip(of).filter_map(holds).collect();
            if !reached.iter().any(|cell| cell.holding == holding) {
                let values: Vec<String> = set.values.iter().chain(&more.values).cloned().collect();
                add(holding.clone(), values.clone());
                reached.push(Cell { holding, values });
            }
        }
    }
    Ok(())
}
