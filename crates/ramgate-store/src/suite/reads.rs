//! Reading: single keys, prefixes, pages.

use super::*;
use crate::Value;

/// And has nothing in it.
pub async fn an_empty_store_is_at_revision_zero(backend: impl Backend) {
    let store = backend.open().await;
    assert_eq!(revision(&*store).await, Revision::ZERO);
    assert_eq!(get(&*store, "a").await, None);
    assert_eq!(scan_all(&*store).await, Page { entries: vec![], revision: Revision::ZERO, more: false });
}

/// `create_revision` stays, `mod_revision` follows.
pub async fn an_entry_tells_when_it_was_made_and_changed(backend: impl Backend) {
    let store = backend.open().await;
    let made = commit(&*store, put("a", "1")).await;
    commit(&*store, put("b", "1")).await;
    let changed = commit(&*store, put("a", "2").put(key("b"), "2")).await;
    let expected = Entry { key: key("a"), value: Value::from("2"), create_revision: made, mod_revision: changed };
    assert_eq!(get(&*store, "a").await, Some(expected.clone()));
    assert_eq!(scan_all(&*store).await.entries[0], expected);
}

/// Not in the order of any language.
pub async fn keys_are_in_the_order_of_their_bytes(backend: impl Backend) {
    let store = backend.open().await;
    let mut keys =
        ["b", "a", "B", "a/b", "a.b", "a0", "ä", "z", "路由", "a/b/c", "\u{ffff}", "\u{10000}", "a b", "a'\"%_"];
    for text in keys {
        commit(&*store, put(text, "")).await;
    }
    keys.sort_by_key(|key| key.as_bytes());
    let found = scan_all(&*store).await.entries;
    assert_eq!(found.iter().map(|entry| entry.key.as_str()).collect::<Vec<_>>(), keys);
}

/// Its neighbours in the order are not in it.
pub async fn a_scan_stays_within_its_prefix(backend: impl Backend) {
    let store = backend.open().await;
    for text in
        ["a", "a.", "a/1", "a/2", "a/2/3", "a0", "b", "a\u{10ffff}", "a\u{10ffff}b", "\u{10ffff}", "\u{10ffff}z"]
    {
        commit(&*store, put(text, "")).await;
    }
    let check = async |text: &str, expected: &[&str]| {
        let page = scan(&*store, Scan::all(prefix(text))).await;
        assert_eq!(
            page.entries.iter().map(|entry| entry.key.as_str()).collect::<Vec<_>>(),
            expected,
            "prefix {text:?}"
        );
        assert!(!page.more);
    };
    check("a/", &["a/1", "a/2", "a/2/3"]).await;
    check("a/2", &["a/2", "a/2/3"]).await;
    check("a\u{10ffff}", &["a\u{10ffff}", "a\u{10ffff}b"]).await;
    check("\u{10ffff}", &["\u{10ffff}", "\u{10ffff}z"]).await;
    check("b", &["b"]).await;
    check("c", &[]).await;
    check("a/1/2/3", &[]).await;
    check("%", &[]).await;
}

/// Page by page, without repetition or omission.
pub async fn pages_continue_behind_a_key(backend: impl Backend) {
    let store = backend.open().await;
    let keys: Vec<_> = (0..7).map(|i| format!("a/{i}")).collect();
    let transaction = keys.iter().fold(put("b", "").put(key("A"), ""), |t, text| t.put(key(text), ""));
    commit(&*store, transaction).await;

    let mut request = Scan::all(prefix("a/")).limit(3);
    let mut pages = Vec::new();
    loop {
        let page = scan(&*store, request.clone()).await;
        pages.push(page.entries.iter().map(|entry| entry.key.as_str().to_owned()).collect::<Vec<_>>());
        if !page.more {
            break;
        }
        request = request.after(page.entries[2].key.clone());
    }
    assert_eq!(pages, [&keys[..3], &keys[3..6], &keys[6..]]);

    // The end of a page is the end of the prefix.
    let page = scan(&*store, Scan::all(prefix("a/")).after(key("a/3")).limit(3)).await;
    assert_eq!((page.entries.len(), page.more), (3, false));
    // The key to continue behind need not exist, nor lie in the prefix.
    let count = async |after: &str| scan(&*store, Scan::all(prefix("a/")).after(key(after))).await.entries.len();
    assert_eq!(count("a/35").await, 3);
    assert_eq!(count("A").await, 7);
    assert_eq!(count("a/6").await, 0);
    assert_eq!(count("z").await, 0);
    assert_eq!(scan(&*store, Scan::all(prefix("a/")).limit(0)).await.entries.len(), 1);
}

/// Empty ones, all bytes, the longest.
pub async fn values_of_any_bytes_come_back_unchanged(backend: impl Backend) {
    let store = backend.open().await;
    let values: [Vec<u8>; 4] =
        [vec![], (0..=255).collect(), b"\0".repeat(3), (0..Value::MAX_BYTES).map(|i| (i % 251) as u8).collect()];
    for (i, value) in values.iter().enumerate() {
        let revision = commit(&*store, Transaction::new().put(key(format!("v/{i}")), value.clone())).await;
        let entry = get(&*store, &format!("v/{i}")).await.expect("it exists");
        assert_eq!(&*entry.value, value);
        let mut watch = watch(&*store, Prefix::all(), revision).await;
        assert_eq!(next(&mut watch).await.changes, [Change::Put(entry)]);
    }
}

/// In the same order, of one revision, also where there is more than a portion holds.
pub async fn contents_are_all_that_a_scan_finds(backend: impl Backend) {
    let store = backend.open().await;
    let empty = contents(&*store, Prefix::all()).await;
    assert_eq!(empty, (Revision::ZERO, vec![]));
    commit(&*store, put("b", "").put(key("A"), "")).await;
    for i in 0..12 {
        commit(&*store, Transaction::new().put(key(format!("a/{i}")), vec![b'x'; Value::MAX_BYTES / 4])).await;
    }
    for text in ["", "a/", "a/1", "c"] {
        let page = scan(&*store, Scan::all(prefix(text))).await;
        assert_eq!(contents(&*store, prefix(text)).await, (page.revision, page.entries), "prefix {text:?}");
    }
}

/// They stay as they were when the reading began, and hold nobody up.
pub async fn contents_do_not_show_what_is_committed_while_they_are_read(backend: impl Backend) {
    let store = backend.open().await;
    for i in 0..16 {
        commit(&*store, Transaction::new().put(key(format!("a/{i:02}")), vec![b'x'; Value::MAX_BYTES / 4])).await;
    }
    let before = scan_all(&*store).await.entries;
    let mut reading = store.contents(Prefix::all()).await.expect("the contents can be read");
    let mut found = reading.next().await.expect("there is something").expect("it can be read");
    for i in 0..16 {
        commit(&*store, Transaction::new().delete(key(format!("a/{i:02}"))).put(key(format!("b/{i}")), "")).await;
    }
    while let Some(portion) = reading.next().await {
        found.extend(portion.expect("the rest can be read"));
    }
    assert_eq!((reading.revision(), found), (Revision(16), before));
    assert_eq!(scan_all(&*store).await.entries.len(), 16);
}
