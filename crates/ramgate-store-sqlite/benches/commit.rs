//! How many transactions a second: one writer alone, and 64 at a time; beside them what the disk can do at all.
//!
//! `cargo bench -p ramgate-store-sqlite --bench commit [-- DIRECTORY]`; the directory decides about the disk.

use std::fs::File;
use std::io::{Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use ramgate_store::{Key, Prefix, Revision, Store, Transaction};
use ramgate_store_sqlite::{Options, SqliteStore};

/// How long each case runs.
const DURATION: Duration = Duration::from_secs(3);
/// As large as a route.
const VALUE: [u8; 1024] = [b'x'; 1024];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let argument = std::env::args().nth(1).filter(|argument| !argument.starts_with('-'));
    let parent = argument.map_or_else(std::env::temp_dir, PathBuf::from);
    let directory = tempfile::tempdir_in(parent)?;
    let synced = synced_writes(&directory.path().join("plain"))?;
    println!("{:<42}{synced:>9.0} /s", "write of 4 KiB and fdatasync, alone");

    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    for n_writers in [1, 8, 64, 256] {
        let path = directory.path().join(format!("{n_writers}/store.db"));
        let (rate, slowest) = runtime.block_on(commits(&path, n_writers, false))?;
        print_case(&format!("commits, {n_writers} at a time"), rate, synced, slowest);
    }
    let path = directory.path().join("watched/store.db");
    let (rate, slowest) = runtime.block_on(commits(&path, 64, true))?;
    print_case("commits, 64 at a time, 16 watchers", rate, synced, slowest);
    Ok(())
}

fn print_case(name: &str, rate: f64, synced: f64, latencies: [Duration; 2]) {
    let [median, p99] = latencies.map(|latency| latency.as_secs_f64() * 1e3);
    println!("{name:<42}{rate:>9.0} /s  {:>6.2} × the disk  p50 {median:.2} ms  p99 {p99:.2} ms", rate / synced);
}

/// The most that can be had without sharing an `fsync`.
fn synced_writes(path: &Path) -> std::io::Result<f64> {
    let mut file = File::create(path)?;
    file.write_all(&[0; 1 << 20])?;
    file.sync_all()?;
    let (begin, mut n) = (Instant::now(), 0_u32);
    while begin.elapsed() < DURATION / 3 {
        file.seek(std::io::SeekFrom::Start(u64::from(n % 256) * 4096))?;
        file.write_all(&[1; 4096])?;
        file.sync_data()?;
        n += 1;
    }
    Ok(f64::from(n) / begin.elapsed().as_secs_f64())
}

/// Transactions a second, and their latency at 50 and 99 %.
async fn commits(
    path: &Path,
    n_writers: u32,
    watched: bool,
) -> Result<(f64, [Duration; 2]), Box<dyn std::error::Error>> {
    let store = Arc::new(SqliteStore::open(Options::new(path)).await?);
    let mut watchers = tokio::task::JoinSet::new();
    for _ in 0..if watched { 16 } else { 0 } {
        let mut watch = store.watch(Prefix::all(), Revision(1)).await?;
        watchers.spawn(async move {
            let mut n = 0;
            while let Some(Ok(_)) = watch.next().await {
                n += 1;
            }
            n
        });
    }
    let mut writers = tokio::task::JoinSet::new();
    let begin = Instant::now();
    for writer in 0..n_writers {
        let store = store.clone();
        writers.spawn(async move {
            let mut latencies = Vec::new();
            while begin.elapsed() < DURATION {
                let begin = Instant::now();
                let key = Key::new(format!("routes/{writer}/{}", latencies.len() % 1000)).map_err(|e| e.to_string())?;
                let transaction = Transaction::new().put(key, &VALUE[..]);
                store.commit(transaction).await.map_err(|error| error.to_string())?;
                latencies.push(begin.elapsed());
            }
            Ok::<_, String>(latencies)
        });
    }
    let mut latencies = Vec::new();
    while let Some(done) = writers.join_next().await {
        latencies.extend(done??);
    }
    let rate = latencies.len() as f64 / begin.elapsed().as_secs_f64();
    store.close().await?;
    drop(watchers);
    latencies.sort_unstable();
    let at = |share: f64| latencies[((latencies.len() - 1) as f64 * share) as usize];
    Ok((rate, [at(0.5), at(0.99)]))
}
