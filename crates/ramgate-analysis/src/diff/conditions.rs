//! The condition values that policies tell apart.
//!
//! The values of one key fall into cells: values for which the same conditions hold. A cell is found by trying values: the
//! ends of ranges and what lies between them, one text of each class of patterns, an absent key. Which conditions hold for
//! a value is for the engine to say; only the choice of values is made here, fine enough that none is missed.

mod values;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use ramgate_policy::{Catalog, Condition, Context, Key, KeyType};

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

    /// Parts the conditions on one key into groups that hold or do not whatever those of other groups do. Values of a key
    /// with several are present or not independently of each other, so that conditions about different ones are
    /// independent.
    pub(super) fn independent(&self, of_key: Vec<u32>, budget: &mut Budget) -> Result<Vec<Vec<u32>>, Exhausted> {
        let of: Vec<&Condition> = of_key.iter().map(|number| self.condition(*number)).collect();
        let text = |condition: &&Condition| condition.operator.key_type() == KeyType::String;
        if of.len() < 2 || of.first().is_none_or(|first| self.is_simple(first)) || !of.iter().all(text) {
            return Ok(vec![of_key]);
        }
        let tried = values::candidates(&of, false, budget)?;
        // By condition, the group it is in, named by its least member.
        let mut group: Vec<usize> = (0..of.len()).collect();
        for cell in single(&of, &of_key, tried.texts, budget)? {
            budget.spend(of.len())?;
            let about = |at: &usize| {
                let holds = cell.holding.binary_search(&of_key[*at]).is_ok();
                holds != of[*at].operator.is_negated()
            };
            let together: Vec<usize> = (0..of.len()).filter(about).map(|at| group[at]).collect();
            let Some(least) = together.iter().min() else { continue };
            group.iter_mut().filter(|group| together.contains(group)).for_each(|group| *group = *least);
        }
        let mut groups: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
        for (number, group) in of_key.iter().zip(group) {
            groups.entry(group).or_default().push(*number);
        }
        Ok(groups.into_values().collect())
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
        let mut known: HashSet<Vec<u32>> = HashSet::new();
        let mut add = |holding: Vec<u32>, values: Vec<String>| {
            if known.insert(holding.clone()) {
                cells.push(Cell { holding, values });
            }
        };
        // A short context is the better example, but every request has a time.
        let absent = holding(&of, conditions, &[], budget)?.unwrap_or_default();
        if first.key != Key::CurrentTime {
            add(absent.clone(), Vec::new());
        }
        let single = single(&of, conditions, tried.texts, budget)?;
        single.iter().for_each(|cell| add(cell.holding.clone(), cell.values.clone()));
        add(absent, Vec::new());
        if !simple {
            several(&of, conditions, &single, budget, add)?;
        }
        let cells = Rc::new(cells);
        self.cells.insert(conditions.to_vec(), Rc::clone(&cells));
        Ok(cells)
    }
}

/// The conditions that hold for some values of their key; `None` for what is no value of it.
fn holding(
    of: &[&Condition],
    numbers: &[u32],
    values: &[String],
    budget: &mut Budget,
) -> Result<Option<Vec<u32>>, Exhausted> {
    budget.spend(of.len() + 4)?;
    let mut context = Context::default();
    let Some(Ok(())) = of.first().map(|first| context.set(&first.key_name, values)) else { return Ok(None) };
    let holds = |(number, condition): (&u32, &&Condition)| condition.holds(&context).then_some(*number);
    Ok(Some(numbers.iter().zip(of).filter_map(holds).collect()))
}

/// The cells of single values.
fn single(of: &[&Condition], numbers: &[u32], texts: Vec<String>, budget: &mut Budget) -> Result<Vec<Cell>, Exhausted> {
    let mut single: Vec<Cell> = Vec::new();
    let mut known: HashSet<Vec<u32>> = HashSet::new();
    for text in texts {
        let values = vec![text];
        let Some(holding) = holding(of, numbers, &values, budget)? else { continue };
        if known.insert(holding.clone()) {
            single.push(Cell { holding, values });
        }
    }
    Ok(single)
}

/// Adds what several values of one key come to together: with one more value, a positive operator holds as well when it
/// holds for that value, a negated one only when it holds for that value too.
fn several(
    of: &[&Condition],
    numbers: &[u32],
    single: &[Cell],
    budget: &mut Budget,
    mut add: impl FnMut(Vec<u32>, Vec<String>),
) -> Result<(), Exhausted> {
    let mut reached: Vec<Cell> = single.to_vec();
    let mut known: HashSet<Vec<u32>> = reached.iter().map(|cell| cell.holding.clone()).collect();
    let mut at = 0;
    while let Some(set) = reached.get(at).cloned() {
        at += 1;
        for more in single {
            budget.spend(numbers.len() * 4)?;
            let holds = |(number, condition): (&u32, &&Condition)| {
                let (a, b) = (set.holding.contains(number), more.holding.contains(number));
                (if condition.operator.is_negated() { a && b } else { a || b }).then_some(*number)
            };
            let holding: Vec<u32> = numbers.iter().zip(of).filter_map(holds).collect();
            if known.insert(holding.clone()) {
                let values: Vec<String> = set.values.iter().chain(&more.values).cloned().collect();
                add(holding.clone(), values.clone());
                reached.push(Cell { holding, values });
            }
        }
    }
    Ok(())
}
