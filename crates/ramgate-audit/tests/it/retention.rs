//! Removing old calls, and what is left.

use crate::support::{Folder, all, call, done, refused};
use ramgate_audit::{Filter, Retained, VerifyError};

#[tokio::test]
async fn old_calls_go_and_the_chain_goes_on() {
    let folder = Folder::new();
    let audit = folder.open();
    for time in 0..500 {
        let mut record = call(time);
        record.principal.name = format!("user-{}", time / 100);
        record.resources = vec![format!("acs:apig:*:1:httpapi/{}", time / 100)];
        let id = audit.begin(record).await.unwrap();
        audit.finish(id, done()).unwrap();
    }
    let head = audit.verify(None).await.unwrap().head;

    let retained = audit.retain(300).await.unwrap();
    assert_eq!(retained.removed, 300);
    let entries = all(&audit, &Filter::default(), 100).await;
    assert_eq!(entries.len(), 200);
    assert!(entries.iter().all(|entry| entry.call.time >= 300 && entry.outcome.is_some()));
    let verified = audit.verify(Some(head)).await.unwrap();
    assert_eq!((verified.calls, verified.unknown, verified.removed_upto), (200, 0, retained.upto));
    let gone = Filter { resource: Some("acs:apig:*:1:httpapi/1".to_owned()), ..Filter::default() };
    assert!(all(&audit, &gone, 10).await.is_empty());

    let other = rusqlite::Connection::open(folder.file()).unwrap();
    let count = |table: &str| -> i64 {
        other.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
    };
    assert_eq!((count("call"), count("touch"), count("caller"), count("resource")), (200, 200, 2, 2));
    assert!(other.execute("DELETE FROM call", []).is_err(), "what is left is still kept");

    // Calls and further removals go on, also after a restart.
    audit.record(call(600), refused()).await.unwrap();
    audit.close().await.unwrap();
    drop(audit);
    let audit = folder.open();
    audit.record(call(601), refused()).await.unwrap();
    assert_eq!(audit.retain(300).await.unwrap().removed, 0, "nothing is left to remove");
    assert_eq!(audit.retain(600).await.unwrap().removed, 200);
    assert_eq!(audit.verify(None).await.unwrap().calls, 2);
}

#[tokio::test]
async fn removing_all_leaves_a_log_that_can_be_continued() {
    let folder = Folder::new();
    let audit = folder.open();
    assert_eq!(audit.retain(i64::MAX).await.unwrap(), Retained { removed: 0, upto: 0 });
    audit.record(call(1), refused()).await.unwrap();
    assert_eq!(audit.retain(i64::MAX).await.unwrap(), Retained { removed: 1, upto: 1 });
    assert!(all(&audit, &Filter::default(), 10).await.is_empty());
    audit.record(call(2), refused()).await.unwrap();
    let verified = audit.verify(None).await.unwrap();
    assert_eq!((verified.calls, verified.head.sequence), (1, 3));
}

#[tokio::test]
async fn a_call_that_ends_after_its_record_was_removed_does_no_harm() {
    let folder = Folder::new();
    let audit = folder.open();
    let id = audit.begin(call(1)).await.unwrap();
    audit.record(call(10), refused()).await.unwrap();
    assert_eq!(audit.retain(5).await.unwrap().removed, 1);
    audit.finish(id, done()).unwrap();
    let verified = audit.verify(None).await.unwrap();
    assert_eq!((verified.calls, verified.unknown), (1, 0));
    assert_eq!(all(&audit, &Filter::default(), 10).await.len(), 1);
}

#[tokio::test]
async fn a_removal_that_was_cut_off_is_not_seen_and_is_taken_up_again() {
    let folder = Folder::new();
    let audit = folder.open();
    for time in 0..300 {
        audit.record(call(time), refused()).await.unwrap();
    }
    let _ = audit.retain(200).await.unwrap();
    audit.close().await.unwrap();
    drop(audit);
    // As if the process had ended between the release and the removal: released rows are back.
    folder.tamper(
        "INSERT INTO call SELECT seq - 200, time - 200, request_id, caller, operation, source_ip, user_agent, secure,
         mutation, resources, decision, decided_by, layer, parameters, status, code, message, duration_us, revision, hash
         FROM call WHERE seq BETWEEN 250 AND 299",
    );
    let reader = ramgate_audit::Reader::open(folder.file()).unwrap();
    assert_eq!(reader.verify(None).unwrap().calls, 100);
    let page = reader.query(&Filter::default(), &ramgate_audit::Page { limit: 1000, cursor: None }).unwrap();
    assert_eq!(page.entries.len(), 100, "released records are not shown");
    drop(reader);

    let audit = folder.open();
    let other = rusqlite::Connection::open(folder.file()).unwrap();
    let started = std::time::Instant::now();
    loop {
        let n: i64 = other.query_row("SELECT count(*) FROM call", [], |row| row.get(0)).unwrap();
        if n == 100 {
            break;
        }
        assert!(started.elapsed().as_secs() < 20, "{n} records are left");
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    audit.verify(None).await.unwrap();
}

#[tokio::test]
async fn a_forged_release_is_found() {
    let folder = Folder::new();
    let audit = folder.open();
    for time in 0..10 {
        audit.record(call(time), refused()).await.unwrap();
    }
    audit.close().await.unwrap();
    drop(audit);
    // The triggers allow a release, since the log itself makes them; the chain knows its own.
    let other = rusqlite::Connection::open(folder.file()).unwrap();
    other
        .execute_batch(
            "INSERT INTO retention SELECT 11, 0, 6, 5, hash, zeroblob(32) FROM call WHERE seq = 5;
             DELETE FROM call WHERE seq <= 5;",
        )
        .unwrap();
    let result = ramgate_audit::Reader::open(folder.file()).unwrap().verify(None);
    assert!(matches!(&result, Err(VerifyError::Broken(broken)) if broken.sequence == 11), "{result:?}");
}
