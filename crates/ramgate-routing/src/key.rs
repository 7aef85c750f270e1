//! Names of objects as the snapshot keeps them: shared texts, keys with a ready hash, and the pool that makes equal
//! names of one account share their memory.
//!
//! Not for: deciding whether an object exists; a key may name something that has not arrived yet.

use imbl::GenericHashMap;
use imbl::shared_ptr::DefaultSharedPtr;
use ramgate_model::{AccountId, GatewayId, ServiceId};
use std::fmt;
use std::hash::{BuildHasher, Hash, Hasher};
use std::sync::Arc;

/// A text shared by all who name it.
pub type Name = Arc<str>;

/// A persistent hash map. Names of domains are chosen by users, hence a hash seeded at random.
pub(crate) type Map<K, V> = GenericHashMap<K, V, foldhash::fast::RandomState, DefaultSharedPtr>;

/// Account and id in one allocation, hashed once.
struct KeyText {
    hash: u64,
    account_len: u32,
    text: Box<str>,
}

impl KeyText {
    fn new(account: &str, id: &str) -> Self {
        let mut text = String::with_capacity(account.len() + id.len());
        text.push_str(account);
        text.push_str(id);
        // Ids are made by the server, so that a fixed seed gives nobody a way to provoke collisions.
        let hash = foldhash::quality::FixedState::with_seed(0).hash_one((account, id));
        Self { hash, account_len: account.len() as u32, text: text.into() }
    }

    fn split(&self) -> (&str, &str) {
        self.text.split_at_checked(self.account_len as usize).unwrap_or(("", &self.text))
    }
}

impl PartialEq for KeyText {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash && self.split() == other.split()
    }
}

macro_rules! object_key {
    ($(#[$doc:meta])* $name:ident, $id:ty) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name(Arc<KeyText>);

        impl $name {
            /// The key of the object of this account with this id.
            pub fn new(account: &AccountId, id: &$id) -> Self {
                Self::of(account.as_str(), id.as_str())
            }

            pub(crate) fn of(account: &str, id: &str) -> Self {
                Self(Arc::new(KeyText::new(account, id)))
            }

            /// The account's id.
            pub fn account(&self) -> &str {
                self.0.split().0
            }

            /// The object's id.
            pub fn id(&self) -> &str {
                self.0.split().1
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                Arc::ptr_eq(&self.0, &other.0) || self.0 == other.0
            }
        }

        impl Eq for $name {}

        impl Hash for $name {
            fn hash<H: Hasher>(&self, state: &mut H) {
                state.write_u64(self.0.hash);
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> std::cmp::Ordering {
                self.0.split().cmp(&other.0.split())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({}/{})", stringify!($name), self.account(), self.id())
            }
        }
    };
}

object_key! {
    /// A gateway: account and id. Comparing and hashing cost a few instructions, cloning a counter.
    GatewayKey, GatewayId
}

object_key! {
    /// A service: account and id. Comparing and hashing cost a few instructions, cloning a counter.
    ServiceKey, ServiceId
}

/// Equal names share one allocation for as long as somebody uses them.
#[derive(Clone)]
pub(crate) struct Pool<K>(Map<K, u32>);

impl<K> Default for Pool<K> {
    fn default() -> Self {
        Self(Map::default())
    }
}

impl<K: Hash + Eq + Clone> Pool<K> {
    /// The shared form of `name`, counted as used once more.
    pub(crate) fn take(&mut self, name: K) -> K {
        let shared = self.0.get_key_value(&name).map(|(shared, _)| shared.clone()).unwrap_or(name);
        *self.0.entry(shared.clone()).or_insert(0) += 1;
        shared
    }

    /// Gives one use back.
    pub(crate) fn give_back(&mut self, name: &K) {
        if let Some(uses) = self.0.get_mut(name) {
            *uses -= 1;
            if *uses == 0 {
                self.0.remove(name);
            }
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&K, u32)> {
        self.0.iter().map(|(name, uses)| (name, *uses))
    }
}
