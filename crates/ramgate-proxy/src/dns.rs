//! Host names of services, resolved and resolved again by a thread of their own. Requests read the last result; while a
//! name cannot be resolved, its old addresses stay.

use crate::config::Dns;
use arc_swap::ArcSwap;
use hickory_resolver::TokioResolver;
use hickory_resolver::config::{LookupIpStrategy, NameServerConfig, ResolveHosts, ResolverConfig};
use hickory_resolver::name_server::TokioConnectionProvider;
use hickory_resolver::proto::xfer::Protocol;
use ramgate_routing::Name;
use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use tokio::sync::{Notify, mpsc};

/// A host name that somebody needs.
#[derive(Debug)]
pub(crate) struct Entry {
    generation: AtomicU64,
    addresses: ArcSwap<Vec<IpAddr>>,
    tried: AtomicBool,
    first: Notify,
}

impl Entry {
    fn new() -> Arc<Self> {
        Arc::new(Self {
            generation: AtomicU64::new(0),
            addresses: ArcSwap::default(),
            tried: AtomicBool::new(false),
            first: Notify::new(),
        })
    }

    /// Changes whenever the addresses do.
    pub(crate) fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }

    /// The present addresses, sorted, with a generation not newer than they are.
    pub(crate) fn addresses(&self) -> (u64, Arc<Vec<IpAddr>>) {
        let generation = self.generation();
        (generation, self.addresses.load_full())
    }

    /// Waits until the name has been resolved once, successfully or not.
    pub(crate) async fn first_result(&self) {
        let mut first = std::pin::pin!(self.first.notified());
        first.as_mut().enable();
        if !self.tried.load(Ordering::Acquire) {
            first.await;
        }
    }

    fn set(&self, addresses: Vec<IpAddr>) {
        if **self.addresses.load() != addresses {
            self.addresses.store(Arc::new(addresses));
            self.generation.fetch_add(1, Ordering::Release);
        }
    }

    fn tried(&self) {
        self.tried.store(true, Ordering::Release);
        self.first.notify_waiters();
    }
}

type Key = (Name, Box<[SocketAddr]>);

/// Gives entries for host names. Cloning shares them.
#[derive(Clone)]
pub(crate) struct Resolver(Arc<Inner>);

struct Inner {
    entries: Mutex<HashMap<Key, Weak<Entry>>>,
    wanted: mpsc::UnboundedSender<(Key, Weak<Entry>)>,
}

impl Resolver {
    /// Starts the thread. It ends when the last clone is dropped.
    pub(crate) fn start(settings: Dns) -> io::Result<(Self, JoinHandle<()>)> {
        // Unbounded, but it holds at most one item for each name that services use.
        let (wanted, receiver) = mpsc::unbounded_channel();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let thread = std::thread::Builder::new()
            .name("dns".to_owned())
            .spawn(move || runtime.block_on(run(settings, receiver)))?;
        Ok((Self(Arc::new(Inner { entries: Mutex::default(), wanted })), thread))
    }

    /// The entry of `host`, asked for at `servers` (the system's, if empty). It is resolved again for as long as
    /// somebody holds it.
    pub(crate) fn entry(&self, host: &Name, servers: &[SocketAddr]) -> Arc<Entry> {
        let key: Key = (host.clone(), servers.into());
        let mut entries = self.0.entries.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(entry) = entries.get(&key).and_then(Weak::upgrade) {
            return entry;
        }
        entries.retain(|_, entry| entry.strong_count() > 0);
        let entry = Entry::new();
        entries.insert(key.clone(), Arc::downgrade(&entry));
        // Fails only while the process is ending.
        let _ = self.0.wanted.send((key, Arc::downgrade(&entry)));
        entry
    }
}

async fn run(settings: Dns, mut wanted: mpsc::UnboundedReceiver<(Key, Weak<Entry>)>) {
    let mut resolvers: HashMap<Box<[SocketAddr]>, Option<Arc<TokioResolver>>> = HashMap::new();
    let mut tasks = tokio::task::JoinSet::new();
    loop {
        tokio::select! {
            next = wanted.recv() => {
                let Some(((host, servers), entry)) = next else { break };
                let resolver = resolvers.entry(servers).or_insert_with_key(|servers| resolver(servers)).clone();
                tasks.spawn(keep_resolved(settings, resolver, host, entry));
            }
            Some(_) = tasks.join_next() => {}
        }
    }
}

fn resolver(servers: &[SocketAddr]) -> Option<Arc<TokioResolver>> {
    let mut builder = if servers.is_empty() {
        match TokioResolver::builder_tokio() {
            Ok(builder) => builder,
            Err(error) => {
                tracing::error!(%error, "cannot read the system's name servers");
                return None;
            }
        }
    } else {
        let mut config = ResolverConfig::new();
        for server in servers {
            for protocol in [Protocol::Udp, Protocol::Tcp] {
                config.add_name_server(NameServerConfig::new(*server, protocol));
            }
        }
        TokioResolver::builder_with_config(config, TokioConnectionProvider::default())
    };
    let options = builder.options_mut();
    // Times to live are kept by us; a cache in between would only make failures stick.
    options.cache_size = 0;
    options.ip_strategy = LookupIpStrategy::Ipv4AndIpv6;
    options.use_hosts_file = ResolveHosts::Always;
    options.timeout = Duration::from_secs(2);
    options.attempts = 2;
    options.try_tcp_on_error = true;
    Some(Arc::new(builder.build()))
}

/// Resolves `host` again and again until nobody holds `entry` any more.
async fn keep_resolved(settings: Dns, resolver: Option<Arc<TokioResolver>>, host: Name, entry: Weak<Entry>) {
    let mut failing = false;
    loop {
        let result = match &resolver {
            Some(resolver) => resolver.lookup_ip(&*host).await.map_err(|error| error.to_string()),
            None => Err("there are no name servers".to_owned()),
        };
        let Some(entry) = entry.upgrade() else { return };
        let wait = match result {
            Ok(found) => {
                let mut addresses: Vec<IpAddr> = found.iter().collect();
                addresses.sort_unstable();
                addresses.dedup();
                entry.set(addresses);
                failing = false;
                let ttl = found.valid_until().saturating_duration_since(Instant::now());
                ttl.clamp(settings.min_ttl, settings.max_ttl.max(settings.min_ttl))
            }
            Err(error) => {
                // Said once for each outage.
                if !std::mem::replace(&mut failing, true) {
                    tracing::warn!(host = &*host, error, "cannot resolve the host name of a service");
                }
                settings.retry
            }
        };
        entry.tried();
        drop(entry);
        tokio::time::sleep(wait).await;
    }
}
