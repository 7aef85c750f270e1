//! Tampering is found, and found at its place.

use crate::support::{Folder, call, done, refused};
use ramgate_audit::{BrokenAt, Head, Reader, Verified, VerifyError};

/// Ten records: calls at 1, 3, 5 … with endings at 2, 4, 6, then calls recorded with their outcome.
async fn sample(folder: &Folder) -> Verified {
    let audit = folder.open();
    for time in 1..=3 {
        let mut record = call(time);
        record.resources = vec![format!("acs:apig:*:1:httpapi/{time}")];
        let id = audit.begin(record).await.unwrap();
        audit.finish(id, done()).unwrap();
        audit.flush().await.unwrap();
    }
    for time in 4..=7 {
        let mut record = call(time);
        record.principal.name = format!("user-{time}");
        record.action = format!("apig:Action{time}");
        audit.record(record, refused()).await.unwrap();
    }
    let verified = audit.verify(None).await.unwrap();
    audit.close().await.unwrap();
    assert_eq!((verified.records, verified.calls, verified.unknown, verified.removed_upto), (10, 7, 0, 0));
    verified
}

fn broken(folder: &Folder, known: Option<&Head>) -> BrokenAt {
    match Reader::open(folder.file()).unwrap().verify(known) {
        Err(VerifyError::Broken(broken)) => broken,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn any_change_of_a_record_is_found_at_its_place() {
    for (sql, at) in [
        ("UPDATE call SET decision = 1 WHERE seq = 8", 8),
        ("UPDATE call SET time = time + 1 WHERE seq = 3", 3),
        ("UPDATE call SET parameters = '{}' WHERE seq = 1", 1),
        ("UPDATE call SET status = 200 WHERE seq = 9", 9),
        ("UPDATE call SET source_ip = NULL WHERE seq = 9", 9),
        ("UPDATE call SET hash = zeroblob(32) WHERE seq = 5", 5),
        ("UPDATE call SET caller = (SELECT caller FROM call WHERE seq = 10) WHERE seq = 9", 9),
        ("UPDATE caller SET name = 'mallory' WHERE name = 'user-7'", 10),
        ("UPDATE operation SET action = 'apig:Other' WHERE action = 'apig:Action5'", 8),
        ("UPDATE ending SET status = 500 WHERE seq = 4", 4),
        ("UPDATE ending SET call = 5 WHERE seq = 4", 4),
    ] {
        let folder = Folder::new();
        sample(&folder).await;
        if sql.contains("call = 5") {
            folder.tamper("DELETE FROM ending WHERE seq = 6");
        }
        folder.tamper(sql);
        assert_eq!(broken(&folder, None).sequence, at, "{sql}");
    }
}

#[tokio::test]
async fn a_removed_record_is_missed() {
    for (sql, at, what) in [
        ("DELETE FROM call WHERE seq = 7", 7, "the record is missing"),
        ("DELETE FROM call WHERE seq = 1", 1, "the record is missing"),
        ("DELETE FROM ending WHERE seq = 4", 4, "the record is missing"),
        ("DELETE FROM caller WHERE name = 'user-4'", 7, "its account_id is not there"),
        ("DELETE FROM touch WHERE call = 3", 3, "it is not listed under its resource `acs:apig:*:1:httpapi/2`"),
    ] {
        let folder = Folder::new();
        sample(&folder).await;
        folder.tamper(sql);
        assert_eq!(broken(&folder, None), BrokenAt { sequence: at, what: what.to_owned() }, "{sql}");
    }
}

#[tokio::test]
async fn removed_records_cannot_be_hidden_by_renumbering() {
    let folder = Folder::new();
    sample(&folder).await;
    folder.tamper("DELETE FROM call WHERE seq = 8");
    folder.tamper("UPDATE call SET seq = seq - 1 WHERE seq > 8");
    assert_eq!(broken(&folder, None).sequence, 8);
}

#[tokio::test]
async fn a_cut_end_is_found_with_the_head_that_was_noted() {
    let folder = Folder::new();
    let head = sample(&folder).await.head;
    assert_eq!(head.sequence, 10);
    folder.tamper("DELETE FROM call WHERE seq = 10");
    let reader = Reader::open(folder.file()).unwrap();
    assert_eq!(reader.verify(None).unwrap().records, 9, "the chain alone does not tell");
    assert_eq!(broken(&folder, Some(&head)).what, "the log ends before record 10");
}

#[tokio::test]
async fn another_log_in_place_of_this_one_is_found_with_the_head_that_was_noted() {
    let (one, two) = (Folder::new(), Folder::new());
    let head = sample(&one).await.head;
    sample(&two).await;
    Reader::open(one.file()).unwrap().verify(Some(&head)).unwrap();
    assert_eq!(broken(&two, Some(&head)).what, "the log is not the one whose head was noted");
}

#[tokio::test]
async fn the_chain_goes_on_over_restarts() {
    let folder = Folder::new();
    let first = sample(&folder).await.head;
    let audit = folder.open();
    audit.record(call(100), refused()).await.unwrap();
    let verified = audit.verify(Some(first)).await.unwrap();
    assert_eq!((verified.records, verified.head.sequence), (11, 11));
}
