//! How resources lie in the store: `a/<account>/<kind>/<id>`, one JSON object each.

use crate::AccountId;
use serde::{Serialize, de::DeserializeOwned};

/// A stored object. Everything the store holds for an account is one of these.
pub trait Resource: Serialize + DeserializeOwned + Clone + Send + Sync + 'static {
    /// The kind as written in the store key, such as `gateway`. Never changes once released.
    const KIND: &'static str;

    /// The id within account and kind, as written in the store key.
    fn id(&self) -> String;

    /// The whole store key.
    fn key(&self, account: &AccountId) -> String {
        key_of::<Self>(account, &self.id())
    }
}

fn key_of<R: Resource>(account: &AccountId, id: &str) -> String {
    format!("a/{account}/{}/{id}", R::KIND)
}

/// A store key, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoreKey<'a> {
    /// The account that owns the object.
    pub account: &'a str,
    /// The kind, see [`Resource::KIND`].
    pub kind: &'a str,
    /// The id; may hold `/`.
    pub id: &'a str,
}

impl<'a> StoreKey<'a> {
    /// The prefix below which all objects of all accounts lie.
    pub const ROOT: &'static str = "a/";

    /// Takes a key apart; `None` for keys of another form (settings of the installation itself).
    pub fn parse(key: &'a str) -> Option<Self> {
        let rest = key.strip_prefix(Self::ROOT)?;
        let (account, rest) = rest.split_once('/')?;
        let (kind, id) = rest.split_once('/')?;
        Some(Self { account, kind, id })
    }

    /// The key of the object of kind `R` with this id.
    pub fn of<R: Resource>(account: &AccountId, id: &str) -> String {
        key_of::<R>(account, id)
    }

    /// The key of a claim on a unique name: `a/<account>/name/<kind>/<scope…>/<name>`. The value is the owner's id.
    /// Writing it with "must be absent" is what makes names unique.
    pub fn name_claim<R: Resource>(account: &AccountId, scope: &str, name: &str) -> String {
        format!("a/{account}/name/{}/{scope}/{name}", R::KIND)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_taken_apart_into_account_kind_and_id() {
        let key = StoreKey::parse("a/100/gateway/gw-1").unwrap();
        assert_eq!((key.account, key.kind, key.id), ("100", "gateway", "gw-1"));
        assert_eq!(StoreKey::parse("a/100/name/user/x/y").unwrap().id, "user/x/y");
        assert_eq!(StoreKey::parse("installation/schema"), None);
    }
}
