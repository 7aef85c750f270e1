//! Builds an index from a unit of policies.
//!
//! First every statement is placed: one placement per resource pattern, naming a node and a constraint. Then the
//! placements are sorted, so that what a node holds stands together and can be merged in one pass.

use std::collections::HashMap;

use super::actions::{ActionSets, Words};
use super::hash::Table;
use super::merge::{Merged, Placement};
use super::name::cut;
use super::prefixes::Prefixes;
use super::{Constraint, DENY, FREE, Field, Index, Kind, NONE, Node, SERVICES, Service};
use crate::pattern::{ResourcePattern, has_wildcard, kind_folds, names_fold_in};
use crate::plain::Unit;

/// A service while its patterns are coming in.
struct NewService {
    root: u32,
    kinds: u16,
    bare: u16,
    loose: NewPrefixes,
}

/// A kind while its patterns are coming in.
struct NewKind {
    root: u32,
    exact: u16,
    prefixes: NewPrefixes,
}

/// Prefixes and their nodes, all of them also in a space of the table.
struct NewPrefixes {
    space: u16,
    named: Vec<(Box<[u8]>, u32)>,
}

impl NewPrefixes {
    fn finish(self) -> Option<Prefixes> {
        Prefixes::new(self.space, self.named)
    }
}

struct Builder {
    table: Table,
    nodes: u32,
    /// The next free space of the table.
    spaces: u16,
    services: Vec<NewService>,
    kinds: Vec<NewKind>,
    constraints: Vec<Constraint>,
    /// Numbers of constraints on region and account alone, which recur.
    known: HashMap<(Field, Field), u32>,
    placements: Vec<Placement>,
    current: (u32, bool),
}

impl Index {
    /// Builds the index of a unit. `None` when the unit is beyond the numbers that the index counts with; then the
    /// plain evaluator decides alone.
    pub(crate) fn new(unit: &Unit, sets: &mut ActionSets<'_>) -> Option<Index> {
        let count = u32::try_from(unit.statements.len()).ok().filter(|count| *count < DENY)?;
        let mut builder = Builder {
            table: Table::with_capacity(unit.statements.len()),
            nodes: 1,
            spaces: SERVICES + 1,
            services: Vec::new(),
            kinds: Vec::new(),
            constraints: Vec::new(),
            known: HashMap::new(),
            placements: Vec::with_capacity(unit.statements.len()),
            current: (0, false),
        };
        let mut merged = Vec::with_capacity(unit.statements.len());
        let mut conditions = Vec::new();
        let mut condition_bounds = vec![0];
        for (position, in_force) in (0..count).zip(&unit.statements) {
            let statement = in_force.statement()?;
            let applicable = in_force.is_applicable(statement);
            let words = if applicable { sets.of(&statement.actions) } else { Words::new() };
            if !words.is_empty() {
                let before = conditions.len();
                conditions.extend(in_force.conditions(statement).cloned());
                builder.current = (position, conditions.len() > before);
                if statement.resources.negated {
                    builder.place(0, Constraint::Statement(position))?;
                } else {
                    for pattern in &statement.resources.patterns {
                        builder.pattern(pattern)?;
                    }
                }
            }
            condition_bounds.push(u32::try_from(conditions.len()).ok()?);
            merged.push(Merged { effect: statement.effect, words });
        }
        let Builder { table, nodes, services, kinds, constraints, mut placements, .. } = builder;
        placements.sort_unstable();
        placements.dedup();
        let mut index = Index {
            table: table.freeze(),
            nodes: Vec::with_capacity(nodes as usize),
            services: services.into_iter().map(NewService::finish).collect::<Option<_>>()?,
            kinds: kinds.into_iter().map(NewKind::finish).collect::<Option<_>>()?,
            masks: Vec::with_capacity(placements.len()),
            firsts: Vec::new(),
            lists: Vec::new(),
            bounds: Vec::new(),
            listed: Vec::new(),
            constraints,
            conditions,
            condition_bounds,
        };
        let nowhere = Node { masks: (0, 0), lists: (0, 0) };
        index.nodes.resize(nodes as usize, nowhere);
        for here in placements.chunk_by(|a, b| a.node == b.node) {
            let number = here.first()?.node as usize;
            let (merge, list) = here.split_at(here.partition_point(|placement| !placement.conditional));
            let masks = u32::try_from(index.masks.len()).ok()?;
            for run in merge.chunk_by(|a, b| a.constraint == b.constraint) {
                index.merge(run, &merged)?;
            }
            let lists = u32::try_from(index.lists.len()).ok()?;
            index.list(list, &merged)?;
            *index.nodes.get_mut(number)? = Node {
                masks: (masks, u32::try_from(index.masks.len()).ok()?),
                lists: (lists, u32::try_from(index.lists.len()).ok()?),
            };
        }
        Some(index)
    }
}

impl Builder {
    /// Places the current statement for one of its resource patterns.
    fn pattern(&mut self, pattern: &ResourcePattern) -> Option<()> {
        let ResourcePattern::Arn { service, region, account, relative } = pattern else {
            if *pattern == ResourcePattern::Everything {
                self.placement(0, FREE);
            }
            return Some(());
        };
        let (region, account) = (field(region), field(account));
        if field(service) == Field::Any && field(relative) == Field::Any {
            let constraint = self.fields(region, account)?;
            self.placement(0, constraint);
            return Some(());
        }
        if has_wildcard(service) {
            return self.place(0, Constraint::Pattern(pattern.clone()));
        }
        let service_name = service.to_ascii_lowercase();
        let service = self.service(&service_name)?;
        let (root, kinds, bare) = self.services.get(service).map(|found| (found.root, found.kinds, found.bare))?;
        let head_len = relative.bytes().position(|b| b == b'*' || b == b'?').unwrap_or(relative.len());
        let head = relative.get(..head_len)?;
        // What follows the literal head: nothing, stars only, or something the whole pattern must be asked about.
        let tail = relative.get(head_len..)?;
        let whole = !tail.bytes().all(|b| b == b'*');
        let folding_service = names_fold_in(&service_name);
        let node = match cut(head) {
            None if tail.is_empty() => self.named(bare, head.as_bytes())?,
            // Under RAM such a head may stand for kinds that ignore case and for kinds that do not.
            None if head.is_empty() || folding_service => {
                let relative = (!head.is_empty() || whole).then(|| relative.as_str().into());
                return self.place_fields(root, region, account, relative);
            }
            None => {
                let space = self.services.get(service)?.loose.space;
                let (node, new) = self.find_or_name(space, head.as_bytes())?;
                if new {
                    self.services.get_mut(service)?.loose.named.push((head.as_bytes().into(), node));
                }
                node
            }
            Some((kind, id)) => {
                let folded;
                let (kind, id) = if folding_service && kind_folds(kind) {
                    folded = (kind.to_ascii_lowercase(), id.to_ascii_lowercase());
                    (folded.0.as_str(), folded.1.as_str())
                } else {
                    (kind, id)
                };
                let kind = self.kind(kinds, kind)?;
                if tail.is_empty() {
                    let exact = self.kinds.get(kind)?.exact;
                    self.named(exact, id.as_bytes())?
                } else if id.is_empty() {
                    if self.kinds.get(kind)?.root == NONE {
                        let node = self.node()?;
                        self.kinds.get_mut(kind)?.root = node;
                    }
                    self.kinds.get(kind)?.root
                } else {
                    let space = self.kinds.get(kind)?.prefixes.space;
                    let (node, new) = self.find_or_name(space, id.as_bytes())?;
                    if new {
                        self.kinds.get_mut(kind)?.prefixes.named.push((id.as_bytes().into(), node));
                    }
                    node
                }
            }
        };
        let relative = whole.then(|| relative.as_str().into());
        self.place_fields(node, region, account, relative)
    }

    fn place_fields(&mut self, node: u32, region: Field, account: Field, relative: Option<Box<str>>) -> Option<()> {
        if relative.is_some() {
            return self.place(node, Constraint::Fields { region, account, relative });
        }
        let constraint = self.fields(region, account)?;
        self.placement(node, constraint);
        Some(())
    }

    /// Number of a constraint on region and account.
    fn fields(&mut self, region: Field, account: Field) -> Option<u32> {
        if region == Field::Any && account == Field::Any {
            return Some(FREE);
        }
        let next = u32::try_from(self.constraints.len()).ok()?;
        let number = *self.known.entry((region.clone(), account.clone())).or_insert(next);
        if number == next {
            self.constraints.push(Constraint::Fields { region, account, relative: None });
        }
        Some(number)
    }

    fn place(&mut self, node: u32, constraint: Constraint) -> Option<()> {
        let number = u32::try_from(self.constraints.len()).ok().filter(|number| *number != FREE)?;
        self.constraints.push(constraint);
        self.placement(node, number);
        Some(())
    }

    fn placement(&mut self, node: u32, constraint: u32) {
        let (statement, conditional) = self.current;
        self.placements.push(Placement { node, conditional, constraint, statement });
    }

    fn node(&mut self) -> Option<u32> {
        let node = self.nodes;
        self.nodes = self.nodes.checked_add(1).filter(|nodes| *nodes != NONE)?;
        Some(node)
    }

    fn space(&mut self) -> Option<u16> {
        let space = self.spaces;
        self.spaces = self.spaces.checked_add(1)?;
        Some(space)
    }

    /// The node of a name, made if need be.
    fn named(&mut self, space: u16, name: &[u8]) -> Option<u32> {
        self.find_or_name(space, name).map(|(node, _)| node)
    }

    /// The node of a name, and whether it was made just now.
    fn find_or_name(&mut self, space: u16, name: &[u8]) -> Option<(u32, bool)> {
        match self.table.find(space, name) {
            Some(node) => Some((node, false)),
            None => {
                let node = self.node()?;
                self.table.insert(space, name, node).map(|node| (node, true))
            }
        }
    }

    /// The service of this lower-case name, made if need be.
    fn service(&mut self, name: &str) -> Option<usize> {
        if let Some(number) = self.table.find_ignoring_case(SERVICES, name.as_bytes()) {
            return Some(number as usize);
        }
        let number = self.services.len();
        self.table.insert_ignoring_case(SERVICES, name.as_bytes(), u32::try_from(number).ok()?)?;
        let service = NewService {
            root: self.node()?,
            kinds: self.space()?,
            bare: self.space()?,
            loose: NewPrefixes { space: self.space()?, named: Vec::new() },
        };
        self.services.push(service);
        Some(number)
    }

    fn kind(&mut self, space: u16, name: &str) -> Option<usize> {
        if let Some(number) = self.table.find(space, name.as_bytes()) {
            return Some(number as usize);
        }
        let number = self.kinds.len();
        self.table.insert(space, name.as_bytes(), u32::try_from(number).ok()?)?;
        let prefixes = NewPrefixes { space: self.space()?, named: Vec::new() };
        let kind = NewKind { root: NONE, exact: self.space()?, prefixes };
        self.kinds.push(kind);
        Some(number)
    }
}

impl NewService {
    fn finish(self) -> Option<Service> {
        let NewService { root, kinds, bare, loose } = self;
        Some(Service { root, kinds, bare, loose: loose.finish()? })
    }
}

impl NewKind {
    fn finish(self) -> Option<Kind> {
        let NewKind { root, exact, prefixes } = self;
        Some(Kind { root, exact, prefixes: prefixes.finish()? })
    }
}

/// A field of a pattern that ignores case.
fn field(pattern: &str) -> Field {
    if !pattern.is_empty() && pattern.bytes().all(|b| b == b'*') {
        Field::Any
    } else if has_wildcard(pattern) {
        Field::Glob(pattern.into())
    } else {
        Field::Literal(pattern.to_ascii_lowercase().into())
    }
}
