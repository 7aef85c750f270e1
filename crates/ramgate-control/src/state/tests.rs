//! That following changes leads where loading leads, and what the state keeps beside the objects.

use super::*;
use proptest::prelude::*;
use ramgate_model::{
    AccessKey, AccessKeyStatus, Attachment, KeyOwner, Policy, PolicyKind, PrincipalRef, Resource, User,
};
use ramgate_store::{Key, Value};
use std::collections::BTreeMap;

const ACCOUNTS: [&str; 2] = ["1000000000000001", "1000000000000002"];

fn user(n: u8, name: &str) -> User {
    User {
        id: format!("{n}").into(),
        name: name.to_owned(),
        display_name: String::new(),
        mobile_phone: String::new(),
        email: String::new(),
        comments: String::new(),
        tags: Default::default(),
        created_at: 0,
        updated_at: 0,
    }
}

fn principal(n: u8) -> PrincipalRef {
    PrincipalRef::User { user_id: format!("{n}").into() }
}

fn attachment(n: u8, policy: u8, group: &str) -> Attachment {
    Attachment {
        principal: principal(n),
        policy_kind: if policy.is_multiple_of(2) { PolicyKind::Custom } else { PolicyKind::System },
        policy_name: format!("P{policy}"),
        resource_group_id: group.to_owned(),
        attached_at: 0,
    }
}

fn access_key(n: u8, owner: u8) -> AccessKey {
    let owner = match owner {
        0 => KeyOwner::Root,
        n => KeyOwner::User { user_id: format!("{n}").into() },
    };
    AccessKey {
        id: format!("LTAI{n}").into(),
        owner,
        status: AccessKeyStatus::Active,
        sealed_secret: String::new(),
        created_at: 0,
        updated_at: None,
        network_policy: None,
    }
}

fn put<R: Resource>(account: usize, value: &R) -> (String, Option<Value>) {
    (value.key(&ACCOUNTS[account].into()), Some(Value::json(value).unwrap()))
}

/// A store in miniature: what lies in it, and the batches that led there.
#[derive(Default)]
struct Content {
    entries: BTreeMap<String, Entry>,
    revision: Revision,
}

impl Content {
    /// One transaction. Keys that are deleted and not there change nothing.
    fn commit(&mut self, writes: Vec<(String, Option<Value>)>) -> Batch {
        self.revision = self.revision.next();
        let revision = self.revision;
        let mut changes = Vec::new();
        for (text, value) in writes {
            let key = Key::new(&text).unwrap();
            match value {
                Some(value) => {
                    let entry = Entry { key, value, create_revision: revision, mod_revision: revision };
                    self.entries.insert(text, entry.clone());
                    changes.push(Change::Put(entry));
                }
                None if self.entries.remove(&text).is_some() => {
                    changes.push(Change::Delete { key, mod_revision: revision });
                }
                None => {}
            }
        }
        Batch { revision, changes }
    }

    fn load(&self) -> State {
        let entries: Vec<Entry> = self.entries.values().cloned().collect();
        let mut state = State::at(self.revision);
        // In portions, as a store hands them over.
        entries.chunks(3).for_each(|portion| state.add(portion).unwrap());
        state
    }
}

/// All that can be read out of a state.
fn picture(state: &State) -> Vec<String> {
    let mut lines = vec![format!("at {}", state.revision())];
    for (id, account) in state.accounts() {
        let rows = account.table::<User>().iter().map(|u| format!("{id} user {} {:?}", u.revision, u.value));
        lines.extend(rows);
        let rows = account.table::<Attachment>().iter().map(|a| format!("{id} has {} {:?}", a.revision, a.value));
        lines.extend(rows);
        for entry in (0..4).map(|n| principal(n).key()).chain(["root".to_owned()]) {
            let keys = account.table::<AccessKey>().indexed(&entry).map(|k| k.id.to_string());
            lines.push(format!("{id} keys of {entry}: {:?}", keys.collect::<Vec<_>>()));
            let given = account.table::<Attachment>().indexed(&entry).map(|a| a.id());
            lines.push(format!("{id} given to {entry}: {:?}", given.collect::<Vec<_>>()));
        }
        for entry in (0..4).flat_map(|n| ["Custom", "System"].map(|kind| format!("policy/{kind}/p{n}"))) {
            let having = account.table::<Attachment>().indexed(&entry).map(|a| a.id());
            lines.push(format!("{id} {entry}: {:?}", having.collect::<Vec<_>>()));
        }
        for name in ["a", "b", "c"] {
            lines.push(format!("{id} name {name}: {:?}", account.named::<User>("account", name)));
        }
    }
    lines.extend((0..4).map(|n| format!("key {n}: {:?}", state.account_of_key(&format!("LTAI{n}")))));
    lines
}

/// A write of something somewhere, or its removal.
fn write() -> impl Strategy<Value = (String, Option<Value>)> {
    let n = || 0..4_u8;
    let name = prop_oneof![Just("a"), Just("b"), Just("c")];
    let anything = prop_oneof![
        (0..2_usize, n(), name.clone()).prop_map(|(a, n, name)| put(a, &user(n, name))),
        (0..2_usize, n(), n(), prop_oneof![Just(""), Just("rg-1")])
            .prop_map(|(a, n, policy, group)| put(a, &attachment(n, policy, group))),
        // A key never moves to another account.
        (n(), n()).prop_map(|(n, owner)| put(0, &access_key(n, owner))),
        (0..2_usize, name, n()).prop_map(|(a, name, n)| {
            let key = StoreKey::name_claim::<User>(&ACCOUNTS[a].into(), "account", name);
            (key, Some(Value::json(&n.to_string()).unwrap()))
        }),
        Just(("a/1000000000000001/thing-of-tomorrow/x".to_owned(), Some(Value::from("not even JSON")))),
        Just(("system/note".to_owned(), Some(Value::from("7")))),
    ];
    (anything, prop::bool::weighted(0.3)).prop_map(|((key, value), remove)| (key, value.filter(|_| !remove)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn following_changes_leads_where_loading_leads(
        batches in prop::collection::vec(prop::collection::vec(write(), 1..4), 1..30),
    ) {
        let (mut content, mut followed) = (Content::default(), State::default());
        for writes in batches {
            // A transaction writes each key once.
            let writes: BTreeMap<String, Option<Value>> = writes.into_iter().collect();
            let before = picture(&followed);
            let old = followed.clone();
            let batch = content.commit(writes.into_iter().collect());
            followed.apply(&batch).unwrap();
            // An account that has lost its last object differs from one that never was only in that it is listed.
            let known = |lines: Vec<String>| -> Vec<String> {
                lines.into_iter().filter(|l| !l.ends_with(": []") && !l.ends_with(": None")).collect()
            };
            prop_assert_eq!(known(picture(&followed)), known(picture(&content.load())));
            // Whoever holds the state of before still sees it.
            prop_assert_eq!(picture(&old), before);
        }
    }
}

#[test]
fn an_entry_that_cannot_be_read_leaves_the_state_as_it_was() {
    let mut content = Content::default();
    let mut state = State::default();
    state.apply(&content.commit(vec![put(0, &user(1, "a"))])).unwrap();
    let before = picture(&state);
    let key = user(2, "b").key(&ACCOUNTS[0].into());
    let batch = content.commit(vec![put(0, &user(3, "c")), (key.clone(), Some(Value::from("{}")))]);
    let error = state.apply(&batch).unwrap_err();
    assert_eq!(error.key.as_str(), key);
    assert_eq!(picture(&state), before);
}

#[test]
fn authority_moves_with_what_can_change_a_decision_and_with_nothing_else() {
    let mut content = Content::default();
    let mut state = State::default();
    let policy = Policy {
        name: "P0".to_owned(),
        description: String::new(),
        versions: Vec::new(),
        default_version: 1,
        next_version: 2,
        tags: Default::default(),
        created_at: 0,
        updated_at: 0,
    };
    let attachment = attachment(1, 0, "");
    let account = ACCOUNTS[0].into();
    for (writes, moves) in [
        (vec![put(0, &user(1, "a"))], true),
        (vec![put(0, &policy)], true),
        (vec![put(0, &attachment)], true),
        (vec![put(0, &access_key(1, 1))], false),
        (vec![put(1, &user(1, "a"))], false),
        (vec![(StoreKey::name_claim::<User>(&account, "account", "a"), Some(Value::from("\"1\"")))], false),
        (vec![(attachment.key(&account), None)], true),
        (vec![(policy.key(&account), None)], true),
    ] {
        let of = |state: &State| state.account(&account).map(|a| a.authority()).unwrap_or_default();
        let before = of(&state);
        let batch = content.commit(writes);
        state.apply(&batch).unwrap();
        assert_eq!(of(&state), if moves { batch.revision } else { before }, "{batch:?}");
    }
}
