//! Feeds the data plane from the store: everything once, then each change as it is committed.
//!
//! A change is applied on its own; nothing is ever rebuilt. Where the watch cannot go on, because the store has forgotten
//! the changes at which it stands, the store is read again and what has gone meanwhile is deleted.

use crate::error::chain;
use crate::proxy::{Applied, Proxy};
use ramgate_model::{Certificate, Domain, Environment, Gateway, Resource, Route, Service, StoreKey};
use ramgate_routing::{Change, Kind, Object, ObjectRef, OpenedCertificate};
use ramgate_store::sealing::{Sealed, Sealer, place};
use ramgate_store::{Batch, Entry, Key, Prefix, Revision, Store, StoreError, Watch, WatchError};
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// How long to wait before the store is asked again after a failure.
const RETRY: Duration = Duration::from_millis(500);
/// Batches taken together where several wait.
const MAX_BATCHES: usize = 256;

/// Opens a certificate's sealed private key: gets the store key of the certificate and the certificate, answers PEM text or
/// why it cannot.
pub type OpenKey = Box<dyn Fn(&Key, &Certificate) -> Result<String, String> + Send + Sync>;

/// Opens keys that `sealer` has sealed for the field `sealed_key` of the certificate's entry.
pub fn open_key_with(sealer: Arc<Sealer>) -> OpenKey {
    Box::new(move |key, certificate| {
        let sealed = Sealed::from_stored(certificate.sealed_key.as_str());
        let secret = sealer.open(&sealed, &place(key, "sealed_key")).map_err(|error| chain(&error))?;
        secret.expose_str().map(str::to_owned).ok_or_else(|| "the private key is no text".to_owned())
    })
}

/// Keeps a data plane in step with a store.
pub struct Feed {
    store: Arc<dyn Store>,
    proxy: Arc<Proxy>,
    open_key: OpenKey,
    applied: watch::Sender<Option<Revision>>,
}

impl Feed {
    /// A feed of `proxy` from `store`. The receiver shows the revision up to which all changes are applied and all new
    /// listeners opened (or known to fail); `None` until the first state is loaded.
    pub fn new(
        store: Arc<dyn Store>,
        proxy: Arc<Proxy>,
        open_key: OpenKey,
    ) -> (Self, watch::Receiver<Option<Revision>>) {
        let (applied, receiver) = watch::channel(None);
        (Self { store, proxy, open_key, applied }, receiver)
    }

    /// Runs until the store is closed. Dropping the future stops it; the data plane goes on with what it has.
    pub async fn run(mut self) {
        loop {
            let failure = match self.load().await {
                Ok(watch) => match self.follow(watch).await {
                    Ok(()) => return,
                    Err(error) => error,
                },
                Err(error) => error,
            };
            match failure {
                WatchError::Store(StoreError::Closed) => return,
                // The state is read again at once.
                WatchError::Compacted { .. } | WatchError::FutureRevision { .. } => {
                    tracing::info!(reason = %failure, "reading the store again");
                }
                WatchError::Store(_) => {
                    tracing::warn!(error = chain(&failure), "the data plane cannot follow the store");
                    tokio::time::sleep(RETRY).await;
                }
            }
        }
    }

    /// Reads everything and brings the data plane to that state; then watches from there.
    async fn load(&mut self) -> Result<Watch, WatchError> {
        let everything = || Prefix::new(StoreKey::ROOT).unwrap_or_else(|_| Prefix::all());
        let mut contents = self.store.contents(everything()).await.map_err(WatchError::Store)?;
        let revision = contents.revision();
        let mut step = self.proxy.begin().await;
        // What is served and not found any more is gone. At first nothing is served.
        let mut gone: HashSet<_> = step.objects().collect();
        while let Some(portion) = contents.next().await {
            // A step that is dropped changes nothing.
            for entry in portion.map_err(WatchError::Store)? {
                let Some(change) = self.put(&entry) else { continue };
                if !gone.is_empty()
                    && let Change::Put(object) = &change
                {
                    gone.remove(&object.reference());
                }
                step.apply(change);
            }
        }
        for ObjectRef { account, kind, id } in gone {
            step.apply(Change::Delete { account, kind, id });
        }
        let applied = step.finish().await;
        self.report(&applied, revision);
        self.store.watch(everything(), revision.next()).await
    }

    /// Applies what is committed. Ends well when the store is closed.
    async fn follow(&mut self, mut watch: Watch) -> Result<(), WatchError> {
        // Listeners that could not be opened, because somebody else has the port, are tried again.
        let mut retry = tokio::time::interval(Duration::from_secs(5));
        retry.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            let first = tokio::select! {
                next = watch.next() => match next {
                    Some(batch) => batch?,
                    None => return Ok(()),
                },
                _ = retry.tick() => {
                    self.proxy.retry_listeners().await;
                    continue;
                }
            };
            let mut batches = vec![first];
            let mut failure = None;
            while batches.len() < MAX_BATCHES {
                // What is there already, without waiting.
                let ready =
                    tokio::select! { biased; next = watch.next() => next, () = std::future::ready(()) => break };
                match ready {
                    Some(Ok(batch)) => batches.push(batch),
                    Some(Err(error)) => {
                        failure = Some(error);
                        break;
                    }
                    None => break,
                }
            }
            self.apply_batches(&batches).await;
            if let Some(error) = failure {
                return Err(error);
            }
        }
    }

    async fn apply_batches(&mut self, batches: &[Batch]) {
        let mut changes = Vec::new();
        let mut revision = Revision::ZERO;
        for batch in batches {
            revision = batch.revision;
            for change in &batch.changes {
                match change {
                    ramgate_store::Change::Put(entry) => changes.extend(self.put(entry)),
                    ramgate_store::Change::Delete { key, .. } => changes.extend(delete(key)),
                }
            }
        }
        self.apply(changes, revision).await;
    }

    async fn apply(&self, changes: Vec<Change>, revision: Revision) {
        let applied = if changes.is_empty() { Applied::default() } else { self.proxy.apply(changes).await };
        self.report(&applied, revision);
    }

    /// Makes known up to where the data plane is, and what went wrong on the way.
    fn report(&self, applied: &Applied, revision: Revision) {
        for problem in &applied.problems {
            tracing::warn!(kind = ?problem.kind, id = problem.id, reason = problem.message, "cannot be served as written");
        }
        for failure in &applied.bind_failures {
            let error = failure.error.as_ref().map(ToString::to_string);
            tracing::error!(gateway_id = failure.gateway.id(), address = %failure.address, error, "cannot listen");
        }
        tracing::debug!(%revision, "snapshot applied");
        self.applied.send_replace(Some(revision));
    }

    /// The change that `entry` is, where routing depends on it. What cannot be read is not served: it counts as deleted.
    fn put(&self, entry: &Entry) -> Option<Change> {
        let key = StoreKey::parse(entry.key.as_str())?;
        match self.object(entry, key, Kind::parse(key.kind)?) {
            Ok(object) => Some(Change::Put(object)),
            Err(reason) => {
                tracing::error!(key = %entry.key, reason, "cannot read an object, so it is not served");
                delete(&entry.key)
            }
        }
    }

    fn object(&self, entry: &Entry, key: StoreKey<'_>, kind: Kind) -> Result<Object, String> {
        let account = key.account.into();
        Ok(match kind {
            Kind::Gateway => Object::Gateway(account, decode::<Gateway>(entry)?),
            Kind::Environment => Object::Environment(account, decode::<Environment>(entry)?),
            Kind::Route => Object::Route(account, decode::<Route>(entry)?),
            Kind::Service => Object::Service(account, decode::<Service>(entry)?),
            Kind::Domain => Object::Domain(account, decode::<Domain>(entry)?),
            Kind::Certificate => {
                let certificate = decode::<Certificate>(entry)?;
                let key_pem = (self.open_key)(&entry.key, &certificate)?.into();
                Object::Certificate(account, OpenedCertificate { certificate, key_pem })
            }
        })
    }
}

fn decode<R: Resource>(entry: &Entry) -> Result<R, String> {
    entry.decode().map_err(|error| chain(&error))
}

fn delete(key: &Key) -> Option<Change> {
    let key = StoreKey::parse(key.as_str())?;
    Some(Change::Delete { account: key.account.into(), kind: Kind::parse(key.kind)?, id: key.id.to_owned() })
}
