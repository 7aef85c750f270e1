//! A value that equal holders share until one of them changes it.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

/// A value behind a counter: a clone shares it, and whoever changes a shared one gets a copy of its own first.
///
/// Stored and compared as the value itself.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Shared<T>(Arc<T>);

impl<T: PartialEq> Shared<T> {
    /// Shares `other` from now on where both are equal, so that one of the two takes no memory.
    pub fn share_with(&mut self, other: &Self) {
        if self == other {
            self.0 = Arc::clone(&other.0);
        }
    }
}

impl<T> Shared<T> {
    /// True where both are one value in memory.
    pub fn is_shared_with(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> From<T> for Shared<T> {
    fn from(value: T) -> Self {
        Self(Arc::new(value))
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Clone> DerefMut for Shared<T> {
    fn deref_mut(&mut self) -> &mut T {
        Arc::make_mut(&mut self.0)
    }
}

impl<T: Serialize> Serialize for Shared<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.as_ref().serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Shared<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_of_one_holder_is_not_seen_by_the_other() {
        let first = Shared::from(vec![1]);
        let mut second = first.clone();
        assert!(first.is_shared_with(&second));
        second.push(2);
        assert_eq!((first.as_slice(), second.as_slice()), ([1].as_slice(), [1, 2].as_slice()));
    }

    #[test]
    fn equal_values_are_shared_when_asked_for_and_others_stay_apart() {
        let first = Shared::from(vec![1]);
        let (mut equal, mut other) = (Shared::from(vec![1]), Shared::from(vec![2]));
        equal.share_with(&first);
        other.share_with(&first);
        assert!(equal.is_shared_with(&first));
        assert_eq!(other.as_slice(), [2]);
    }

    #[test]
    fn it_is_stored_as_the_value_itself() {
        assert_eq!(serde_json::to_string(&Shared::from(7)).unwrap(), "7");
        assert_eq!(serde_json::from_str::<Shared<i32>>("7").unwrap(), Shared::from(7));
    }
}
