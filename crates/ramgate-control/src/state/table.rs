//! One kind of object in memory: rows by id, and indexes for the lists that handlers need.

use imbl::{OrdMap, OrdSet};
use ramgate_model::Resource;
use ramgate_store::Revision;
use std::ops::Deref;
use std::sync::Arc;

/// A stored object with the revision that wrote it.
#[derive(Clone, Debug)]
pub struct Row<R> {
    /// The revision of the present value; what a change must name.
    pub revision: Revision,
    /// The object.
    pub value: R,
}

impl<R> Deref for Row<R> {
    type Target = R;

    fn deref(&self) -> &R {
        &self.value
    }
}

/// All objects of one kind of one account. Cloning is cheap.
#[derive(Clone)]
pub struct Table<R> {
    rows: OrdMap<Arc<str>, Arc<Row<R>>>,
    index: OrdMap<Box<str>, Filed>,
}

/// The ids filed under one index entry; at least one. Many entries belong to a single object.
#[derive(Clone)]
enum Filed {
    One(Arc<str>),
    Many(OrdSet<Arc<str>>),
}

impl<R> Default for Table<R> {
    fn default() -> Self {
        Self { rows: OrdMap::new(), index: OrdMap::new() }
    }
}

impl<R: Resource> Table<R> {
    /// The object with this id.
    pub fn get(&self, id: &str) -> Option<&Arc<Row<R>>> {
        self.rows.get(id)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// True without any.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// All objects in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Row<R>>> {
        self.rows.values()
    }

    /// The objects filed under an index entry, in the order of their ids.
    pub fn indexed<'a>(&'a self, entry: &str) -> impl Iterator<Item = &'a Arc<Row<R>>> + use<'a, R> {
        let (one, many) = match self.index.get(entry) {
            None => (None, None),
            Some(Filed::One(id)) => (Some(id), None),
            Some(Filed::Many(ids)) => (None, Some(ids)),
        };
        one.into_iter().chain(many.into_iter().flatten()).filter_map(|id| self.rows.get(id))
    }

    pub(super) fn put(&mut self, row: Row<R>, indexes: impl Fn(&R) -> Vec<String>) {
        let id: Arc<str> = match self.rows.get_key_value(row.value.id().as_str()) {
            Some((id, old)) => {
                let (id, old) = (id.clone(), old.clone());
                self.unfile(&id, indexes(&old.value));
                id
            }
            None => row.value.id().into(),
        };
        for entry in indexes(&row.value) {
            self.file(entry, &id);
        }
        self.rows.insert(id, Arc::new(row));
    }

    pub(super) fn remove(&mut self, id: &str, indexes: impl Fn(&R) -> Vec<String>) {
        if let Some(old) = self.rows.remove(id) {
            self.unfile(id, indexes(&old.value));
        }
    }

    fn file(&mut self, entry: String, id: &Arc<str>) {
        match self.index.get_mut(entry.as_str()) {
            Some(filed) => filed.insert(id),
            None => drop(self.index.insert(entry.into(), Filed::One(id.clone()))),
        }
    }

    fn unfile(&mut self, id: &str, entries: Vec<String>) {
        for entry in entries {
            if self.index.get_mut(entry.as_str()).is_some_and(|filed| filed.remove(id)) {
                self.index.remove(entry.as_str());
            }
        }
    }
}

impl Filed {
    fn insert(&mut self, id: &Arc<str>) {
        match self {
            Self::One(first) if first == id => {}
            Self::One(first) => *self = Self::Many([first.clone(), id.clone()].into_iter().collect()),
            Self::Many(ids) => drop(ids.insert(id.clone())),
        }
    }

    /// True where nothing is left.
    fn remove(&mut self, id: &str) -> bool {
        match self {
            Self::One(first) => first.as_ref() == id,
            Self::Many(ids) => {
                ids.remove(id);
                match ids.get_min().cloned() {
                    Some(last) if ids.len() == 1 => *self = Self::One(last),
                    _ => {}
                }
                matches!(self, Self::Many(ids) if ids.is_empty())
            }
        }
    }
}
