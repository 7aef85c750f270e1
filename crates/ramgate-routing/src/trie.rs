//! A persistent radix trie from paths to routes.
//!
//! A change copies the nodes on the way to its path and shares all others with earlier versions, so that its cost depends
//! on the depth alone. The shape depends on the keys present and on nothing else: removing a route restores exactly the
//! trie in which it had never been.
//!
//! Keys are at most [`MAX_PATH_LEN`](crate::path::MAX_PATH_LEN) bytes, which bounds the recursion of changes. Searches do
//! not recurse.

use crate::expression::common_len;
use crate::label::Label;
use crate::ranked::Ranked;
use crate::route::LiveRoute;
use std::sync::Arc;

/// The trie; empty by default.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trie {
    root: Option<Arc<Node>>,
}

#[derive(Clone, Debug, Default)]
struct Node {
    /// The bytes between the parent and here; empty for the root alone.
    label: Label,
    /// Children by the first byte of their label, in ascending order.
    children: Box<[(u8, Arc<Node>)]>,
    /// The routes whose key ends here.
    routes: Ranked,
}

impl Trie {
    pub(crate) fn is_empty(&self) -> bool {
        self.root.is_none()
    }

    pub(crate) fn insert(&mut self, key: &[u8], route: Arc<LiveRoute>) {
        Arc::make_mut(self.root.get_or_insert_default()).insert(key, route);
    }

    /// Removes the route with the id of `route`, which must be what was inserted with this key.
    pub(crate) fn remove(&mut self, key: &[u8], route: &Arc<LiveRoute>) {
        if let Some(root) = &mut self.root {
            let node = Arc::make_mut(root);
            node.remove(key, route);
            if node.routes.is_none() && node.children.is_empty() {
                self.root = None;
            }
        }
    }

    /// Calls `found` for each key that `path` begins with and that has routes, shortest first; the second argument says
    /// whether the key is the whole of `path`. With `FOLD`, keys are in lower case and upper-case letters of `path` match
    /// them.
    pub(crate) fn walk<'a, const FOLD: bool>(&'a self, path: &[u8], mut found: impl FnMut(&'a Ranked, bool)) {
        let Some(mut node) = self.root.as_deref() else { return };
        let mut rest = path;
        loop {
            if !node.routes.is_none() {
                found(&node.routes, rest.is_empty());
            }
            let Some(&first) = rest.first() else { return };
            let Some(child) = node.child(fold::<FOLD>(first)) else { return };
            let label = child.label.bytes();
            let Some((head, tail)) = rest.split_at_checked(label.len()) else { return };
            let equal = if FOLD { head.iter().zip(label).all(|(a, b)| fold::<FOLD>(*a) == *b) } else { head == label };
            if !equal {
                return;
            }
            (node, rest) = (child, tail);
        }
    }

    /// All routes with their keys, in the order of the keys.
    pub(crate) fn for_each(&self, mut f: impl FnMut(&[u8], &Ranked)) {
        fn visit(node: &Node, key: &mut Vec<u8>, f: &mut impl FnMut(&[u8], &Ranked)) {
            let len = key.len();
            key.extend_from_slice(node.label.bytes());
            f(key, &node.routes);
            for (_, child) in &node.children {
                visit(child, key, f);
            }
            key.truncate(len);
        }
        if let Some(root) = &self.root {
            visit(root, &mut Vec::new(), &mut f);
        }
    }
}

fn fold<const FOLD: bool>(byte: u8) -> u8 {
    if FOLD { byte.to_ascii_lowercase() } else { byte }
}

impl Node {
    fn child(&self, first: u8) -> Option<&Node> {
        // Fan-out is small as a rule: a scan is faster than a search there.
        let position = if self.children.len() <= 8 {
            self.children.iter().position(|(byte, _)| *byte == first)
        } else {
            self.position(first).ok()
        };
        self.children.get(position?).map(|(_, child)| child.as_ref())
    }

    fn position(&self, first: u8) -> Result<usize, usize> {
        self.children.binary_search_by_key(&first, |(byte, _)| *byte)
    }

    fn insert(&mut self, key: &[u8], route: Arc<LiveRoute>) {
        let Some(&first) = key.first() else {
            self.routes.insert(route);
            return;
        };
        match self.position(first) {
            Err(at) => {
                let leaf = Self { label: Label::new(key), children: Box::default(), routes: Ranked::One(route) };
                let mut children = std::mem::take(&mut self.children).into_vec();
                children.insert(at, (first, Arc::new(leaf)));
                self.children = children.into();
            }
            Ok(at) => {
                let child = Arc::make_mut(&mut self.children[at].1);
                let common = common_len(child.label.bytes(), key);
                if common < child.label.bytes().len() {
                    child.split(common);
                }
                child.insert(&key[common..], route);
            }
        }
    }

    /// Puts a node in the place of this one that ends `at` bytes into its label, with this one below.
    fn split(&mut self, at: usize) {
        let (head, tail) = self.label.bytes().split_at(at);
        let upper = Self { label: Label::new(head), ..Self::default() };
        let (first, label) = (tail[0], Label::new(tail));
        let mut lower = std::mem::replace(self, upper);
        lower.label = label;
        self.children = Box::new([(first, Arc::new(lower))]);
    }

    fn remove(&mut self, key: &[u8], route: &Arc<LiveRoute>) {
        let Some(&first) = key.first() else {
            self.routes.remove(route);
            return;
        };
        let Ok(at) = self.position(first) else { return };
        if !key.starts_with(self.children[at].1.label.bytes()) {
            return;
        }
        let child = Arc::make_mut(&mut self.children[at].1);
        child.remove(&key[child.label.bytes().len()..], route);
        if !child.routes.is_none() {
            return;
        }
        match child.children.len() {
            0 => {
                let mut children = std::mem::take(&mut self.children).into_vec();
                children.remove(at);
                self.children = children.into();
            }
            1 => child.join(),
            _ => {}
        }
    }

    /// Takes the place of the only child.
    fn join(&mut self) {
        let mut children = std::mem::take(&mut self.children).into_vec();
        let Some((_, only)) = children.pop() else { return };
        let label = Label::new(&[self.label.bytes(), only.label.bytes()].concat());
        *self = Arc::unwrap_or_clone(only);
        self.label = label;
    }
}
