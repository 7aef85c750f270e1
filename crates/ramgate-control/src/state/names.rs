//! Claims on unique names in memory: who owns which name.

use imbl::OrdMap;
use std::sync::Arc;

/// Claims by the part of their store key behind `name/`: `<kind>/<scope…>/<name>`. Cloning is cheap.
///
/// Names lie in folders, since thousands of them have kind and scope in common.
#[derive(Clone, Default)]
pub(super) struct Names {
    folders: OrdMap<Arc<str>, OrdMap<Box<str>, Box<str>>>,
}

impl Names {
    /// The owner's id.
    pub(super) fn get(&self, claim: &str) -> Option<&str> {
        let (folder, name) = split(claim);
        self.folders.get(folder)?.get(name).map(Box::as_ref)
    }

    pub(super) fn insert(&mut self, claim: &str, owner: Box<str>) {
        let (folder, name) = split(claim);
        match self.folders.get_mut(folder) {
            Some(names) => drop(names.insert(name.into(), owner)),
            None => drop(self.folders.insert(folder.into(), OrdMap::unit(name.into(), owner))),
        }
    }

    pub(super) fn remove(&mut self, claim: &str) {
        let (folder, name) = split(claim);
        if let Some(names) = self.folders.get_mut(folder) {
            names.remove(name);
            if names.is_empty() {
                self.folders.remove(folder);
            }
        }
    }
}

/// Behind the second `/`. Where it lies within the scope or within a name with `/` does not matter: a claim is always split
/// in the same place.
fn split(claim: &str) -> (&str, &str) {
    let second = claim.match_indices('/').nth(1);
    second.map_or(("", claim), |(at, _)| (&claim[..at], &claim[at + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_under_its_whole_claim_only() {
        let mut names = Names::default();
        for (owner, claim) in ["route/a/x", "route/b/x", "route/a/x/y", "route/x", "x", "route/a/"].iter().enumerate() {
            names.insert(claim, owner.to_string().into());
        }
        for (owner, claim) in ["route/a/x", "route/b/x", "route/a/x/y", "route/x", "x", "route/a/"].iter().enumerate() {
            assert_eq!(names.get(claim), Some(owner.to_string().as_str()), "{claim}");
        }
        assert_eq!(names.get("route/a"), None);
        assert_eq!(names.get("service/a/x"), None);
        names.remove("route/a/x");
        assert_eq!((names.get("route/a/x"), names.get("route/a/x/y")), (None, Some("2")));
    }

    #[test]
    fn a_later_claim_replaces_an_earlier_one_and_nothing_is_left_of_those_given_up() {
        let mut names = Names::default();
        names.insert("user/account/a", "1".into());
        names.insert("user/account/a", "2".into());
        assert_eq!(names.get("user/account/a"), Some("2"));
        names.remove("user/account/a");
        names.remove("user/account/a");
        assert!(names.folders.is_empty());
    }
}
