//! Processes that are killed, and a disk that takes no more. The child process is this test binary itself.

use crate::support::{Folder, all, call, done};
use ramgate_audit::{Audit, AuditError, Filter, Reader};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

const FILE: &str = "RAMGATE_TEST_AUDIT_FILE";

/// A command that runs one of the ignored tests below, under a shell that does `setup` first.
fn child(test: &str, folder: &Folder, setup: &str) -> Command {
    let mut command = Command::new("sh");
    let binary = std::env::current_exe().unwrap();
    let script = format!("{setup} exec \"$0\" --exact {test} --ignored --nocapture --test-threads 1");
    command.arg("-c").arg(script).arg(binary).env(FILE, folder.file()).stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

#[tokio::test]
async fn nothing_that_was_acknowledged_is_lost_by_kill_9_and_the_rest_is_unknown() {
    let folder = Folder::new();
    let mut acknowledged = BTreeSet::new();
    for round in 0..12_u32 {
        let mut process = child("crash::child_begins_and_says_so", &folder, "").spawn().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        // Killed at another moment each time.
        let mut left = 5 + round * 7 % 40;
        while left > 0 {
            let line = lines.next().expect("the child ended by itself").unwrap();
            if let Some(request_id) = line.strip_prefix("begun ") {
                acknowledged.insert(request_id.to_owned());
                left -= 1;
            }
        }
        process.kill().unwrap();
        process.wait().unwrap();
        for line in lines.map_while(Result::ok) {
            // Said before the end, read after it. The last line may be cut.
            if let Some(request_id) = line.strip_prefix("begun ").and_then(|rest| rest.strip_suffix('.')) {
                acknowledged.insert(format!("{request_id}."));
            }
        }
    }
    let audit = folder.open();
    let entries = all(&audit, &Filter::default(), 1000).await;
    let found: BTreeSet<_> = entries.iter().map(|entry| entry.call.request_id.clone()).collect();
    let lost: Vec<_> = acknowledged.difference(&found).collect();
    assert!(lost.is_empty(), "{lost:?}");
    let verified = audit.verify(None).await.unwrap();
    assert_eq!(verified.calls, entries.len() as u64);
    let unknown = entries.iter().filter(|entry| entry.outcome.is_none()).count() as u64;
    assert_eq!(verified.unknown, unknown);
    assert!(unknown > 0, "calls that were cut off are known to be unfinished");
}

#[tokio::test]
#[ignore = "the child of another test"]
async fn child_begins_and_says_so() {
    let Some(path) = std::env::var_os(FILE) else { return };
    let audit = Audit::open(path).unwrap();
    let mut tasks = tokio::task::JoinSet::new();
    for worker in 0..4 {
        let audit = audit.clone();
        tasks.spawn(async move {
            for i in 0.. {
                let mut record = call(i);
                record.request_id = format!("{}-{worker}-{i}.", std::process::id());
                let request_id = record.request_id.clone();
                let id = audit.begin(record).await.unwrap();
                writeln!(std::io::stdout(), "begun {request_id}").unwrap();
                tokio::task::yield_now().await;
                audit.finish(id, done()).unwrap();
            }
        });
    }
    tasks.join_next().await;
}

#[tokio::test]
async fn a_mutation_fails_when_the_disk_takes_no_more_and_the_log_stays_whole() {
    let folder = Folder::new();
    // Files may not grow beyond 8192 blocks of 512 bytes, as on a full disk.
    let process =
        child("crash::child_writes_until_it_fails", &folder, "trap '' XFSZ; ulimit -f 8192;").output().unwrap();
    let output = String::from_utf8(process.stdout).unwrap();
    let line = output.lines().find_map(|line| line.strip_prefix("acknowledged ")).expect(&output);
    let acknowledged: usize = line.parse().unwrap();
    assert!(acknowledged > 10, "{output}");

    let audit = folder.open();
    let entries = all(&audit, &Filter::default(), 1000).await;
    assert_eq!(entries.len(), acknowledged);
    audit.begin(call(1_000_000)).await.unwrap();
    audit.verify(None).await.unwrap();
}

#[tokio::test]
#[ignore = "the child of another test"]
async fn child_writes_until_it_fails() {
    let Some(path) = std::env::var_os(FILE) else { return };
    let audit = Audit::open(path).unwrap();
    let mut acknowledged = 0;
    let error = loop {
        match audit.begin(call(acknowledged)).await {
            Ok(id) => drop(id),
            Err(error) => break error,
        }
        acknowledged += 1;
    };
    assert!(matches!(error, AuditError::Write { .. }), "{error:?}");
    assert!(audit.begin(call(-1)).await.is_err(), "it fails again, at once");
    println!("\nacknowledged {acknowledged}");
}

#[tokio::test]
async fn the_log_can_be_read_while_another_process_writes_it() {
    let folder = Folder::new();
    let mut process = child("crash::child_begins_and_says_so", &folder, "").spawn().unwrap();
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
    lines.find(|line| line.as_ref().is_ok_and(|line| line.starts_with("begun "))).unwrap().unwrap();
    let drain = std::thread::spawn(move || lines.map_while(Result::ok).count());
    let reader = Reader::open(folder.file()).unwrap();
    let mut last = 0;
    for _ in 0..20 {
        let verified = reader.verify(None).unwrap();
        assert!(verified.records >= last);
        last = verified.records;
        assert!(!reader.query(&Filter::default(), &ramgate_audit::Page::default()).unwrap().entries.is_empty());
    }
    process.kill().unwrap();
    process.wait().unwrap();
    assert!(drain.join().unwrap() > 0);
}
