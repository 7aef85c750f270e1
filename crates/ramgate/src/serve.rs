//! `ramgate serve`: opens the store, starts data plane and management plane, waits for a signal, drains.

use crate::data_plane::LocalDataPlane;
use crate::logging::{self, chain};
use crate::settings::{Effective, Role, Settings, StoreUrl};
use ramgate_control::{Control, DataPlane, RootCredentials};
use ramgate_proxy::{AccessLog, Feed, Proxy, ProxyConfig, open_key_with};
use ramgate_store::Store;
use ramgate_store::sealing::Sealer;
use ramgate_store_sqlite::{Options, SqliteStore};
use std::error::Error;
use std::num::NonZeroUsize;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinSet;
use tracing::{error, info};

type Failure = Box<dyn Error + Send + Sync>;

/// Runs until SIGTERM or SIGINT. Exit status 0 after a drain, 1 where it does not start, 2 for settings that are refused.
pub(crate) fn run(config: Option<&Path>, settings: Settings) -> ExitCode {
    let settings = match settings.with_file(config) {
        Ok(settings) => settings,
        Err(failure) => return refuse(&failure),
    };
    logging::start(settings.log_format, settings.log.as_deref());
    let settings = match settings.effective() {
        Ok(settings) => settings,
        Err(failure) => return refuse(&failure),
    };
    if settings.role == Role::Gateway {
        eprintln!("ramgate: the role `gateway` needs a store that several processes share, and etcd is not built yet");
        return ExitCode::from(2);
    }
    let threads = std::thread::available_parallelism().map_or(2, usize::from).clamp(2, 4);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(threads).enable_all().build();
    let result = match runtime {
        Ok(runtime) => runtime.block_on(serve(settings)),
        Err(failure) => Err(failure.into()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            error!(error = chain(failure.as_ref()), "ramgate does not start");
            eprintln!("ramgate: {}", chain(failure.as_ref()));
            ExitCode::FAILURE
        }
    }
}

fn refuse(failure: &dyn Error) -> ExitCode {
    eprintln!("ramgate: {}", chain(failure));
    ExitCode::from(2)
}

async fn serve(settings: Effective) -> Result<(), Failure> {
    // Signals first: a stop asked for while starting is a stop, too.
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let StoreUrl::Sqlite = settings.store;
    let data_dir = &settings.control.data_dir;
    let store: Arc<dyn Store> = Arc::new(SqliteStore::open(Options::new(data_dir.join("store.db"))).await?);
    let sealer = Sealer::open_or_create(&settings.sealing_key_file)?;
    // Refuses a key file that is not the one the store's secrets are sealed with.
    sealer.bind(store.as_ref()).await?;

    let mut tasks = JoinSet::new();
    let mut proxy = None;
    let mut data_plane = None;
    if settings.role == Role::All {
        let started = Arc::new(Proxy::start(proxy_config(&settings)?)?);
        let for_keys = Arc::new(Sealer::open_existing(&settings.sealing_key_file)?);
        let (feed, applied) = Feed::new(store.clone(), started.clone(), open_key_with(for_keys));
        tasks.spawn(feed.run());
        let local = LocalDataPlane::new(started.clone(), applied);
        local.applied(store.revision().await?).await;
        tasks.spawn(local.clone().watch_listeners());
        proxy = Some(started);
        data_plane = Some(local as Arc<dyn DataPlane>);
    }
    let (control, credentials) = Control::start(settings.control.clone(), store.clone(), sealer, data_plane).await?;
    if let Some(credentials) = credentials {
        announce(&credentials, &settings);
    }
    info!(address = %control.address(), data_dir = %data_dir.display(), "ready");

    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    info!("stopping: no new connections, requests under way may end");
    let drain = async {
        control.stop().await;
        if let Some(proxy) = proxy {
            proxy.shutdown(settings.drain).await;
        }
    };
    tokio::select! {
        () = drain => {}
        // Asked twice: at once.
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
        () = tokio::time::sleep(settings.drain + Duration::from_secs(15)) => {}
    }
    tasks.shutdown().await;
    store.close().await?;
    info!("stopped");
    Ok(())
}

fn proxy_config(settings: &Effective) -> Result<ProxyConfig, Failure> {
    let access_log = match settings.access_log.to_str() {
        Some("off") => AccessLog::Off,
        Some("-") => AccessLog::Stderr,
        _ => AccessLog::File(settings.access_log.clone()),
    };
    Ok(ProxyConfig {
        workers: NonZeroUsize::new(settings.workers).ok_or("no workers")?,
        access_log,
        ..ProxyConfig::default()
    })
}

/// Shows the root key of an account just made, once. Standard output is not the log.
fn announce(credentials: &RootCredentials, settings: &Effective) {
    let file = settings.control.data_dir.join(ramgate_control::CREDENTIALS_FILE);
    println!(
        "Account {} was made. Its root access key, shown once and kept in {}:",
        credentials.account_id,
        file.display()
    );
    println!("  AccessKeyId      {}", credentials.access_key_id);
    println!("  AccessKeySecret  {}", credentials.access_key_secret);
}
