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
    index: OrdSet<(Arc<str>, Arc<str>)>,
}

impl<R> Default for Table<R> {
    fn default() -> Self {
        Self { rows: OrdMap::new(), index: OrdSet::new() }
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
        let entry: Arc<str> = entry.into();
        let first = (entry.clone(), Arc::from(""));
        let found = self.index.range(first..).take_while(move |(at, _)| *at == entry);
        found.filter_map(|(_, id)| self.rows.get(id))
    }

    pub(super) fn put(&mut self, row: Row<R>, indexes: impl Fn(&R) -> Vec<String>) {
        let id: Arc<str> = row.value.id().into();
        self.unfile(&id, &indexes);
        for entry in indexes(&row.value) {
            self.index.insert((entry.into(), id.clone()));
        }
        self.rows.insert(id, Arc::new(row));
    }

    pub(super) fn remove(&mut self, id: &str, indexes: impl Fn(&R) -> Vec<String>) {
        self.unfile(id, &indexes);
        self.rows.remove(id);
    }

    fn unfile(&mut self, id: &str, indexes: &impl Fn(&R) -> Vec<String>) {
        let Some(old) = self.rows.get(id).cloned() else { return };
        for entry in indexes(&old.value) {
            self.index.remove(&(entry.into(), id.into()));
        }
    }
}
