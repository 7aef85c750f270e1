//! An estate in the form that answers questions about all principals at once.
//!
//! A document that many principals share is looked at once; an `Action` or `Resource` element that many statements share
//! is matched once per question. What remains per principal is a look at one byte for each of its policies.

use super::places::Places;
use super::spellings;
use super::{Estate, PrincipalId};
use ramgate_policy::{Attached, Caller, Catalog, Condition, Document, Effect, Patterns, PrincipalPolicies, Statement};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// Number of a statement among all statements of an index.
pub(crate) type Sid = u32;

/// An estate, prepared for questions. It holds the documents by reference count and is immutable.
#[derive(Debug, Clone)]
pub struct EstateIndex {
    pub(crate) account_id: String,
    pub(crate) catalog: Catalog,
    pub(crate) principals: Vec<Member>,
    documents: Vec<IndexedDocument>,
    statements: Vec<IndexedStatement>,
    /// For each distinct `Action` element a statement that has it.
    actions: Vec<Sid>,
    /// For each distinct `Resource` element a statement that has it.
    resources: Vec<Sid>,
    /// The statements with each distinct `Resource` element: where they begin, and they.
    by_resource: (Vec<u32>, Vec<Sid>),
    places: Places,
}

/// A principal of the index.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub(crate) id: PrincipalId,
    pub(crate) arn: Arc<str>,
    pub(crate) policies: PrincipalPolicies,
    pub(crate) trust: Option<Arc<Document>>,
    /// Documents of `policies`, in the same order.
    pub(crate) units: Units<Vec<u32>>,
}

/// Something for each unit of policies within which a Deny beats every Allow.
#[derive(Debug, Clone, Default)]
pub(crate) struct Units<U> {
    /// Levels of control policies and the session policy: each must allow.
    pub(crate) guards: Vec<U>,
    /// Policies of account scope.
    pub(crate) account: U,
    /// Policies of resource-group scope, by resource group.
    pub(crate) groups: Vec<(Arc<str>, U)>,
}

#[derive(Debug, Clone)]
struct IndexedDocument {
    document: Arc<Document>,
    statements: Range<Sid>,
}

#[derive(Debug, Clone)]
struct IndexedStatement {
    document: u32,
    number: u32,
    action: u32,
    resource: u32,
    effect: Effect,
    /// Whether it has conditions that count.
    conditional: bool,
    /// Positions of conditions that do not count: those of a Deny whose operator does not fit the key.
    ignored: Box<[usize]>,
    /// An Allow that is not understood takes no part.
    applicable: bool,
}

impl Member {
    /// Every document that counts for the principal.
    pub(crate) fn documents(&self) -> Vec<u32> {
        let groups = self.units.groups.iter().map(|(_, unit)| unit);
        self.units.guards.iter().chain([&self.units.account]).chain(groups).flatten().copied().collect()
    }
}

impl EstateIndex {
    /// Prepares an estate. The catalog says which condition keys have which type.
    pub fn new(estate: &Estate, catalog: &Catalog) -> EstateIndex {
        let mut build = Build::new(catalog);
        let principals = estate.principals.iter().map(|principal| {
            let policies = principal.policies.clone();
            let mut list = |attached: &[Attached]| -> Vec<u32> {
                attached.iter().map(|attached| build.document(&attached.document)).collect()
            };
            let guards = policies.control.iter().map(|level| list(level));
            let mut units = Units { guards: guards.collect(), account: Vec::new(), groups: Vec::new() };
            units.guards.extend(policies.session.iter().map(|session| list(std::slice::from_ref(session))));
            units.account = list(&policies.account);
            for (id, attached) in &policies.resource_groups {
                let more = list(attached);
                match units.groups.iter_mut().find(|(known, _)| **known == **id) {
                    Some((_, unit)) => unit.extend(more),
                    None => units.groups.push((id.as_str().into(), more)),
                }
            }
            let arn = principal.id.arn(&estate.account_id).into();
            Member { id: principal.id.clone(), arn, policies, trust: principal.trust.clone(), units }
        });
        let principals = principals.collect();
        let mut index = EstateIndex {
            account_id: estate.account_id.clone(),
            catalog: catalog.clone(),
            principals,
            documents: build.documents,
            by_resource: by_resource(&build.statements, build.resources.first.len()),
            statements: build.statements,
            actions: build.actions.first,
            resources: build.resources.first,
            places: Places::default(),
        };
        let mut places = Places::default();
        for (element, sid) in (0..).zip(&index.resources) {
            if let Some(statement) = index.statement(*sid) {
                places.add(element, &statement.resources);
            }
        }
        index.places = places;
        index
    }

    /// The number of principals.
    pub fn len(&self) -> usize {
        self.principals.len()
    }

    /// Whether there are no principals.
    pub fn is_empty(&self) -> bool {
        self.principals.is_empty()
    }

    /// The statement of this number.
    pub(crate) fn statement(&self, sid: Sid) -> Option<&Statement> {
        let indexed = self.statements.get(sid as usize)?;
        let document = &self.documents.get(indexed.document as usize)?.document;
        document.statements().get(indexed.number as usize)
    }

    /// The conditions of a statement that count.
    pub(crate) fn conditions(&self, sid: Sid) -> impl Iterator<Item = &Condition> {
        let ignored = self.statements.get(sid as usize).map_or(&[][..], |indexed| &indexed.ignored);
        let conditions = self.statement(sid).map_or(&[][..], |statement| &statement.conditions);
        let counts = move |(position, _): &(usize, &Condition)| !ignored.contains(position);
        conditions.iter().enumerate().filter(counts).map(|(_, condition)| condition)
    }

    /// The statements of the document of this number that take part in decisions.
    pub(crate) fn statements_of(&self, document: u32) -> impl Iterator<Item = (Sid, &Statement)> {
        let range = self.documents.get(document as usize).map_or(0..0, |document| document.statements.clone());
        range.filter_map(|sid| {
            let applicable = self.statements.get(sid as usize)?.applicable;
            applicable.then(|| Some((sid, self.statement(sid)?))).flatten()
        })
    }

    /// The number of the statement's `Action` element; equal elements have one number.
    pub(crate) fn action_element(&self, sid: Sid) -> u32 {
        self.statements.get(sid as usize).map_or(u32::MAX, |indexed| indexed.action)
    }

    /// The number of the statement's document.
    pub(crate) fn document_of(&self, sid: Sid) -> u32 {
        self.statements.get(sid as usize).map_or(u32::MAX, |indexed| indexed.document)
    }

    /// The number of distinct documents.
    pub(crate) fn n_documents(&self) -> u32 {
        self.documents.len() as u32
    }

    /// Matches an action and a resource name, under all their spellings, with every statement of every document.
    pub(crate) fn scan(&self, action: &str, resource: &str) -> Scan {
        let spellings = spellings(&self.catalog, action, resource);
        let scans = spellings.iter().map(|(action, resource)| self.scan_spelling(action, resource));
        scans.reduce(Scan::merge).unwrap_or_default()
    }

    fn scan_spelling(&self, action: &str, resource: &str) -> Scan {
        let mut actions: Vec<Option<bool>> = vec![None; self.actions.len()];
        let mut looked_at = vec![false; self.resources.len()];
        let mut scan = Scan { flags: vec![0; self.documents.len()], hits: Vec::new() };
        for element in self.places.candidates(resource) {
            let Some((known, first)) = looked_at.get_mut(element as usize).zip(self.resources.get(element as usize))
            else {
                continue;
            };
            if std::mem::replace(known, true)
                || !self.statement(*first).is_some_and(|statement| statement.matches_resource(resource))
            {
                continue;
            }
            for sid in self.with_resource(element) {
                let Some(indexed) = self.statements.get(*sid as usize).filter(|indexed| indexed.applicable) else {
                    continue;
                };
                let Some(matches) = actions.get_mut(indexed.action as usize) else { continue };
                let look = || self.statement(*sid).is_some_and(|statement| statement.matches_action(action));
                if *matches.get_or_insert_with(look) {
                    scan.hits.push(*sid);
                    if let Some(flags) = scan.flags.get_mut(indexed.document as usize) {
                        *flags |= Scan::flag(indexed.effect, indexed.conditional);
                    }
                }
            }
        }
        scan.hits.sort_unstable();
        scan
    }

    /// The statements with a `Resource` element.
    fn with_resource(&self, element: u32) -> &[Sid] {
        let bound = |at: usize| self.by_resource.0.get(at).copied().unwrap_or(0) as usize;
        let at = element as usize;
        self.by_resource.1.get(bound(at)..bound(at + 1)).unwrap_or(&[])
    }

    /// As [`EstateIndex::scan`] for some documents only.
    pub(crate) fn scan_some(&self, documents: &[u32], action: &str, resource: &str) -> Scan {
        let mut scan = Scan { flags: vec![0; self.documents.len()], hits: Vec::new() };
        let spellings = spellings(&self.catalog, action, resource);
        for document in documents {
            let matching = self.statements_of(*document).filter(|(_, statement)| {
                let mut spellings = spellings.iter();
                spellings
                    .any(|(action, resource)| statement.matches_action(action) && statement.matches_resource(resource))
            });
            for (sid, statement) in matching {
                let conditional = self.statements.get(sid as usize).is_some_and(|indexed| indexed.conditional);
                if let Some(flags) = scan.flags.get_mut(*document as usize) {
                    *flags |= Scan::flag(statement.effect, conditional);
                }
                scan.hits.push(sid);
            }
        }
        scan.hits.sort_unstable();
        scan.hits.dedup();
        scan
    }

    /// The statements of a trust policy that speak of `action` to `caller`, with the conditions that count.
    pub(crate) fn trust<'d>(
        &self,
        trust: &'d Document,
        action: &str,
        caller: &Caller<'_>,
    ) -> Vec<(&'d Statement, Vec<&'d Condition>)> {
        let matching = trust.statements().iter().filter(|statement| {
            statement.is_applicable() && statement.matches_action(action) && statement.matches_principal(caller)
        });
        let fits = |condition: &&Condition| fits(&self.catalog, condition);
        let with_conditions = matching.map(|statement| {
            let counted: Vec<&Condition> = statement.conditions.iter().filter(fits).collect();
            (statement, counted)
        });
        with_conditions
            .filter(|(statement, counted)| {
                statement.effect == Effect::Deny || counted.len() == statement.conditions.len()
            })
            .collect()
    }
}

/// Statements by the number of their `Resource` element.
fn by_resource(statements: &[IndexedStatement], n_elements: usize) -> (Vec<u32>, Vec<Sid>) {
    let mut sorted: Vec<(u32, Sid)> = (0..).zip(statements).map(|(sid, indexed)| (indexed.resource, sid)).collect();
    sorted.sort_unstable();
    let starts = (0..=n_elements as u32).map(|element| sorted.partition_point(|(of, _)| *of < element) as u32);
    (starts.collect(), sorted.iter().map(|(_, sid)| *sid).collect())
}

/// Whether the condition's operator is for the type of its key.
fn fits(catalog: &Catalog, condition: &Condition) -> bool {
    catalog.key_type(&condition.key_name).is_none_or(|known| known == condition.operator.key_type())
}

/// What every document says to one action and resource name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scan {
    /// For each document what its matching statements are.
    flags: Vec<u8>,
    /// The matching statements, ascending.
    hits: Vec<Sid>,
}

impl Scan {
    pub(crate) const ALLOW: u8 = 1;
    pub(crate) const ALLOW_IF: u8 = 2;
    pub(crate) const DENY: u8 = 4;
    pub(crate) const DENY_IF: u8 = 8;

    fn flag(effect: Effect, conditional: bool) -> u8 {
        match (effect, conditional) {
            (Effect::Allow, false) => Self::ALLOW,
            (Effect::Allow, true) => Self::ALLOW_IF,
            (Effect::Deny, false) => Self::DENY,
            (Effect::Deny, true) => Self::DENY_IF,
        }
    }

    /// What matches under one spelling or another.
    fn merge(mut self, other: Scan) -> Scan {
        self.flags.iter_mut().zip(&other.flags).for_each(|(flags, more)| *flags |= more);
        self.hits.extend(other.hits);
        self.hits.sort_unstable();
        self.hits.dedup();
        self
    }

    /// What the statements of several documents are, taken together.
    pub(crate) fn flags(&self, documents: &[u32]) -> u8 {
        let one = |document: &u32| self.flags.get(*document as usize).copied().unwrap_or(0);
        documents.iter().fold(0, |flags, document| flags | one(document))
    }

    /// The matching statements of a document.
    pub(crate) fn hits(&self, index: &EstateIndex, document: u32) -> &[Sid] {
        let range = index.documents.get(document as usize).map_or(0..0, |document| document.statements.clone());
        let first = self.hits.partition_point(|sid| *sid < range.start);
        let last = self.hits.partition_point(|sid| *sid < range.end);
        self.hits.get(first..last).unwrap_or(&[])
    }
}

/// Collects documents and elements.
struct Build<'c> {
    catalog: &'c Catalog,
    by_address: HashMap<*const Document, u32>,
    by_text: HashMap<Arc<str>, u32>,
    documents: Vec<IndexedDocument>,
    statements: Vec<IndexedStatement>,
    actions: Elements,
    resources: Elements,
}

/// Distinct elements of statements.
#[derive(Default)]
struct Elements {
    numbers: HashMap<String, u32>,
    first: Vec<Sid>,
}

impl Elements {
    fn number<P: ToString>(&mut self, element: &Patterns<P>, sid: Sid) -> u32 {
        let mut text = String::from(if element.negated { "!" } else { "" });
        for pattern in &element.patterns {
            text.push_str(&pattern.to_string());
            text.push('\n');
        }
        let next = self.first.len() as u32;
        *self.numbers.entry(text).or_insert_with(|| {
            self.first.push(sid);
            next
        })
    }
}

impl<'c> Build<'c> {
    fn new(catalog: &'c Catalog) -> Self {
        Build {
            catalog,
            by_address: HashMap::new(),
            by_text: HashMap::new(),
            documents: Vec::new(),
            statements: Vec::new(),
            actions: Elements::default(),
            resources: Elements::default(),
        }
    }

    /// The number of a document; equal documents have one number.
    fn document(&mut self, document: &Arc<Document>) -> u32 {
        if let Some(known) = self.by_address.get(&Arc::as_ptr(document)) {
            return *known;
        }
        let same_text = self.by_text.get(document.text()).copied();
        let same = same_text
            .filter(|known| self.documents.get(*known as usize).is_some_and(|other| *other.document == **document));
        let number = same.unwrap_or_else(|| self.read(document));
        self.by_address.insert(Arc::as_ptr(document), number);
        number
    }

    fn read(&mut self, document: &Arc<Document>) -> u32 {
        let number = self.documents.len() as u32;
        let first = self.statements.len() as Sid;
        for (at, statement) in (0..).zip(document.statements()) {
            let sid = self.statements.len() as Sid;
            let misfits = statement.conditions.iter().enumerate();
            let ignored: Box<[usize]> =
                misfits.filter(|(_, condition)| !fits(self.catalog, condition)).map(|(position, _)| position).collect();
            let deny = statement.effect == Effect::Deny;
            self.statements.push(IndexedStatement {
                document: number,
                number: at,
                action: self.actions.number(&statement.actions, sid),
                resource: self.resources.number(&statement.resources, sid),
                effect: statement.effect,
                conditional: statement.conditions.len() > ignored.len(),
                applicable: statement.is_applicable() && (deny || ignored.is_empty()),
                ignored,
            });
        }
        self.documents
            .push(IndexedDocument { document: Arc::clone(document), statements: first..self.statements.len() as Sid });
        self.by_text.insert(document.text().into(), number);
        number
    }
}
