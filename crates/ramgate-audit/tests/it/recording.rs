//! begin, finish, record, and what happens when they cannot.

use crate::support::{Folder, all, call, done, refused};
use ramgate_audit::{AuditError, DecidedBy, Decision, Filter, Page, PrincipalFacts};
use std::time::{Duration, Instant};

#[tokio::test]
async fn a_call_reads_back_as_it_was_recorded() {
    let folder = Folder::new();
    let audit = folder.open();
    let mut mutation = call(1);
    mutation.decided_by = Some(DecidedBy {
        policy: "Editors".to_owned(),
        policy_type: "Custom".to_owned(),
        version: "v2".to_owned(),
        statement: 3,
    });
    mutation.layer = Some("identity".to_owned());
    mutation.resources.push("acs:apig:cn-hangzhou:1000000000000001:gateway/*".to_owned());
    let id = audit.begin(mutation.clone()).await.unwrap();
    audit.finish(id, done()).unwrap();
    let mut denial = call(2);
    denial.principal = PrincipalFacts::anonymous();
    denial.access_key_id = None;
    denial.source_ip = "2001:db8::1".parse().ok();
    denial.user_agent = None;
    denial.decision = Decision::NotChecked;
    audit.record(denial.clone(), refused()).await.unwrap();

    let page = audit.query(Filter::default(), Page::default()).await.unwrap();
    assert_eq!(page.next, None);
    let calls: Vec<_> = page.entries.into_iter().map(|entry| (entry.call, entry.outcome)).collect();
    assert_eq!(calls, [(denial, Some(refused())), (mutation, Some(done()))]);
}

#[tokio::test]
async fn a_call_that_is_running_has_no_outcome_yet() {
    let folder = Folder::new();
    let audit = folder.open();
    let id = audit.begin(call(1)).await.unwrap();
    assert_eq!(all(&audit, &Filter::default(), 10).await[0].outcome, None);
    audit.finish(id, done()).unwrap();
    assert_eq!(all(&audit, &Filter::default(), 10).await[0].outcome, Some(done()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_callers_at_once_lose_nothing_and_keep_one_chain() {
    let folder = Folder::new();
    let audit = folder.open();
    let mut tasks = tokio::task::JoinSet::new();
    for caller in 0..40 {
        let audit = audit.clone();
        tasks.spawn(async move {
            for i in 0..50 {
                let mut record = call(caller * 1000 + i);
                record.principal.name = format!("user-{caller}");
                if i % 3 == 0 {
                    audit.record(record, refused()).await.unwrap();
                } else {
                    let id = audit.begin(record).await.unwrap();
                    audit.finish(id, done()).unwrap();
                }
            }
        });
    }
    while let Some(result) = tasks.join_next().await {
        result.unwrap();
    }
    let entries = all(&audit, &Filter::default(), 333).await;
    assert_eq!(entries.len(), 2000);
    assert!(entries.iter().all(|entry| entry.outcome.is_some()));
    assert!(entries.is_sorted_by_key(|entry| std::cmp::Reverse((entry.call.time, entry.sequence))));
    let verified = audit.verify(None).await.unwrap();
    assert_eq!((verified.calls, verified.unknown), (2000, 0));
}

#[tokio::test]
async fn closing_writes_what_is_queued_and_later_calls_are_told() {
    let folder = Folder::new();
    let audit = folder.open();
    let running = audit.begin(call(0)).await.unwrap();
    for time in 1..=100 {
        audit.record(call(time), refused()).await.unwrap();
    }
    audit.close().await.unwrap();
    assert!(matches!(audit.begin(call(1000)).await, Err(AuditError::Closed)));
    assert!(matches!(audit.record(call(1000), refused()).await, Err(AuditError::Closed)));
    assert!(matches!(audit.finish(running, done()), Err(AuditError::Closed)));
    audit.close().await.unwrap();

    assert_eq!(all(&folder.open(), &Filter::default(), 1000).await.len(), 101);
}

#[tokio::test]
async fn dropping_the_log_writes_what_is_queued() {
    let folder = Folder::new();
    let audit = folder.open();
    audit.record(call(1), refused()).await.unwrap();
    drop(audit);
    assert_eq!(all(&folder.open(), &Filter::default(), 10).await.len(), 1);
}

#[tokio::test]
async fn while_the_file_is_locked_mutations_fail_and_queued_records_wait() {
    let folder = Folder::new();
    let audit = folder.open();
    let id = audit.begin(call(1)).await.unwrap();

    let other = rusqlite::Connection::open(folder.file()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let denied = audit.begin(call(2)).await;
    assert!(matches!(denied, Err(AuditError::Write { .. })), "{denied:?}");
    assert!(!audit.is_writable());
    audit.finish(id, done()).unwrap();
    audit.record(call(3), refused()).await.unwrap();
    // What is there can still be asked for.
    assert_eq!(all(&audit, &Filter::default(), 10).await.len(), 1);
    other.execute_batch("ROLLBACK").unwrap();

    let id = audit.begin(call(4)).await.unwrap();
    audit.finish(id, done()).unwrap();
    assert!(audit.is_writable());
    let times: Vec<_> = all(&audit, &Filter::default(), 10).await.iter().map(|entry| entry.call.time).collect();
    assert_eq!(times, [4, 3, 1], "the refused mutation leaves nothing, the rest is there");
    assert_eq!(audit.verify(None).await.unwrap().unknown, 0);
    assert_eq!(audit.queued(), 0);
}

#[tokio::test]
async fn records_that_could_not_be_written_are_tried_again_without_a_call() {
    let folder = Folder::new();
    let audit = folder.open();
    let other = rusqlite::Connection::open(folder.file()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    audit.record(call(1), refused()).await.unwrap();
    assert!(audit.flush().await.is_err());
    other.execute_batch("ROLLBACK").unwrap();
    let started = Instant::now();
    while audit.queued() > 0 {
        assert!(started.elapsed() < Duration::from_secs(20), "not tried again");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(audit.is_writable());
}

#[tokio::test]
async fn a_full_queue_makes_callers_wait_while_the_disk_works() {
    let folder = Folder::new();
    let audit = folder.open();
    for time in 0..10_000 {
        audit.record(call(time), refused()).await.unwrap();
        assert!(audit.queued() <= 4096);
    }
    assert_eq!(all(&audit, &Filter::default(), 1000).await.len(), 10_000);
}

#[tokio::test]
async fn a_full_queue_refuses_while_the_disk_does_not_work() {
    let folder = Folder::new();
    let audit = folder.open();
    let other = rusqlite::Connection::open(folder.file()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert!(audit.begin(call(0)).await.is_err());
    let mut accepted = 0;
    let error = loop {
        match audit.record(call(accepted), refused()).await {
            Ok(()) => accepted += 1,
            Err(error) => break error,
        }
    };
    assert!(matches!(error, AuditError::Overloaded { queued: 4096 }), "{error:?}");
    other.execute_batch("ROLLBACK").unwrap();
    audit.flush().await.unwrap();
    assert_eq!(i64::try_from(all(&audit, &Filter::default(), 1000).await.len()).unwrap(), accepted);
}

#[tokio::test]
async fn long_texts_of_callers_are_cut() {
    let folder = Folder::new();
    let audit = folder.open();
    let mut record = call(1);
    record.operation = "x".repeat(100_000);
    record.user_agent = Some("é".repeat(100_000));
    record.parameters = serde_json::json!({ "Spec": "y".repeat(100_000) });
    record.resources = (0..1000).map(|i| format!("acs:apig:*:1:httpapi/{i}")).collect();
    audit.record(record, refused()).await.unwrap();
    let entries = all(&audit, &Filter::default(), 1).await;
    let call = &entries[0].call;
    assert_eq!(call.operation.len(), 256);
    assert!(call.user_agent.as_ref().unwrap().len() <= 512);
    assert_eq!(call.resources.len(), 201);
    assert_eq!(call.resources[200], "… and 800 more");
    assert_eq!(call.parameters["omitted"]["bytes"], 100_011);
}

#[test]
fn no_field_asks_for_a_secret() {
    let text = serde_json::to_string(&call(1)).unwrap().to_lowercase();
    for word in ["secret", "signature", "token", "password", "authorization"] {
        assert!(!text.contains(word), "{word}");
    }
}
