//! Prints what recording a management call costs: CPU time of all threads of the process and elapsed time.
//!
//! `cargo run --release -p ramgate-audit --example cost [calls] [records already in the log]`

use ramgate_audit::{Audit, CallRecord, DecidedBy, Decision, Filter, Outcome, Page, PrincipalFacts, PrincipalKind};
use std::time::Instant;

fn call(i: i64) -> CallRecord {
    // Request ids are as random as the real ones.
    let mix = |x: u64| (x ^ (x >> 31)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
    let (high, low) = (mix(i.unsigned_abs() + 1), mix(mix(i.unsigned_abs() + 7)));
    let user = i % 50;
    CallRecord {
        time: 1_700_000_000_000 + i,
        request_id: format!("{high:016X}-{low:016X}"),
        account_id: "1000000000000001".to_owned(),
        principal: PrincipalFacts {
            kind: PrincipalKind::User,
            id: format!("20000000000000{user:04}"),
            name: format!("user-{user}"),
            arn: format!("acs:ram::1000000000000001:user/user-{user}"),
        },
        access_key_id: Some(format!("LTAItestid{user:04}")),
        source_ip: "192.0.2.7".parse().ok(),
        user_agent: Some("AlibabaCloud (Linux; x86_64) Python/3.12 Core/0.3.12 TeaDSL/1".to_owned()),
        secure: true,
        product: "apig".to_owned(),
        operation: "UpdateHttpApiRoute".to_owned(),
        action: "apig:UpdateHttpApiRoute".to_owned(),
        access_level: "update".to_owned(),
        mutation: true,
        resources: vec![format!("acs:apig:cn-hangzhou:1000000000000001:httpapi/api-{:06}", i % 1000)],
        decision: Decision::Allowed,
        decided_by: Some(DecidedBy {
            policy: "RouteEditors".to_owned(),
            policy_type: "Custom".to_owned(),
            version: "v3".to_owned(),
            statement: 2,
        }),
        layer: Some("identity".to_owned()),
        parameters: serde_json::json!({
            "httpApiId": format!("api-{:06}", i % 1000), "routeId": format!("hr-{i}"),
            "description": "send everything to the new service", "backendConfig": {"scene": "SingleService"},
        }),
    }
}

fn outcome() -> Outcome {
    Outcome { status: 200, code: String::new(), message: String::new(), duration_us: 731, revision: Some(77) }
}

/// CPU time of all threads, in nanoseconds. Linux only; elsewhere 0.
fn cpu() -> u64 {
    let Ok(tasks) = std::fs::read_dir("/proc/self/task") else { return 0 };
    tasks
        .flatten()
        .filter_map(|task| std::fs::read_to_string(task.path().join("schedstat")).ok())
        .filter_map(|text| text.split(' ').next()?.parse::<u64>().ok())
        .sum()
}

fn report(what: &str, n: i64, started: Instant, cpu_before: u64) {
    let n = n as f64;
    let cpu = (cpu() - cpu_before) as f64 / 1000.0 / n;
    println!("{what:<44} {cpu:>8.1} µs CPU {:>9.1} µs elapsed, each", started.elapsed().as_secs_f64() * 1e6 / n);
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1).map(|text| text.parse::<i64>());
    let n = arguments.next().transpose()?.unwrap_or(20_000);
    let filled = arguments.next().transpose()?.unwrap_or(0);
    let folder = tempfile::tempdir()?;
    let audit = Audit::open(folder.path().join("audit.db"))?;

    let (started, before) = (Instant::now(), cpu());
    for i in 0..filled {
        audit.record(call(i), outcome()).await?;
    }
    audit.flush().await?;
    if filled > 0 {
        report("record, queued, to fill the log", filled, started, before);
    }

    let (started, before) = (Instant::now(), cpu());
    for i in filled..filled + n {
        let id = audit.begin(call(i)).await?;
        audit.finish(id, outcome())?;
    }
    audit.flush().await?;
    report("begin + finish, one after the other", n, started, before);

    let (started, before) = (Instant::now(), cpu());
    let mut tasks = tokio::task::JoinSet::new();
    for worker in 0..32 {
        let audit = audit.clone();
        tasks.spawn(async move {
            for i in 0..n / 32 {
                let id = audit.begin(call(filled + n + worker * (n / 32) + i)).await?;
                audit.finish(id, outcome())?;
            }
            Ok::<_, ramgate_audit::AuditError>(())
        });
    }
    while let Some(done) = tasks.join_next().await {
        done??;
    }
    audit.flush().await?;
    report("begin + finish, 32 at a time", n / 32 * 32, started, before);

    let (started, before) = (Instant::now(), cpu());
    for i in 0..n {
        audit.record(call(filled + 2 * n + i), outcome()).await?;
    }
    audit.flush().await?;
    report("record (reads, denials)", n, started, before);

    for (what, filter) in [
        ("query, newest 100", Filter::default()),
        ("query, one user", Filter { principal: Some("user-7".to_owned()), ..Filter::default() }),
        ("query, one resource", Filter { resource: Some("*:httpapi/api-000007".to_owned()), ..Filter::default() }),
    ] {
        let (started, before) = (Instant::now(), cpu());
        for _ in 0..20 {
            audit.query(filter.clone(), Page::default()).await?;
        }
        report(what, 20, started, before);
    }
    let (started, before) = (Instant::now(), cpu());
    let verified = audit.verify(None).await?;
    report("verify, each record", i64::try_from(verified.records)?, started, before);
    let size = folder.path().join("audit.db").metadata()?.len();
    println!("{} records, {} bytes each", verified.records, size / verified.records.max(1));
    audit.close().await?;
    Ok(())
}
