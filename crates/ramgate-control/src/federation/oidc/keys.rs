//! The keys that issuers publish: found by discovery, kept for an hour, fetched again when a token names one that is not
//! among them. Anyone can send tokens, so an issuer is asked no more often than once a minute.

use super::super::fetch::{self, FetchError, Place};
use crate::node::Node;
use jsonwebtoken::jwk::Jwk;
use ramgate_model::{AccountId, OidcProvider, Timestamp};
use serde_json::Value;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// How long keys are kept before they are looked at again.
const FRESH: i64 = 3_600_000;
/// How long keys are used where the issuer does not answer.
const USABLE: i64 = 24 * 3_600_000;
/// How long the issuer is left alone.
const PAUSE: i64 = 60_000;
/// How many providers' keys are kept.
const MAX_KEPT: usize = 1000;
/// How many keys of an issuer are looked at.
const MAX_KEYS: usize = 100;

/// Why the keys of an issuer are not there.
#[derive(Debug, thiserror::Error)]
pub(crate) enum KeysError {
    #[error("cannot fetch {url}")]
    Fetch {
        url: String,
        #[source]
        source: FetchError,
    },
    #[error("the discovery document is of the issuer `{0}`")]
    OtherIssuer(String),
    #[error("the discovery document has no `jwks_uri`")]
    NoKeySet,
    #[error("the key set has no `keys`")]
    NoKeys,
    #[error("the issuer failed a moment ago and is left alone")]
    Paused,
}

/// Account, provider and fingerprints: who is believed otherwise is asked anew.
type WhoseKeys = (AccountId, String, Vec<String>);

/// The keys of each provider's issuer.
#[derive(Default)]
pub(crate) struct Issuers {
    kept: Mutex<HashMap<WhoseKeys, Arc<Kept>>>,
}

/// The keys of one issuer. Who needs none but these waits for nobody.
#[derive(Default)]
struct Kept {
    keys: RwLock<Keys>,
    /// When the issuer was last asked. Held while it is: one request asks, others that need new keys wait for it.
    asked_at: tokio::sync::Mutex<Option<Timestamp>>,
}

#[derive(Clone, Default)]
struct Keys {
    keys: Arc<Vec<Jwk>>,
    fetched_at: Option<Timestamp>,
}

fn within(since: Option<Timestamp>, limit: i64, now: Timestamp) -> bool {
    since.is_some_and(|at| now < at + limit)
}

impl Kept {
    fn keys(&self) -> Keys {
        self.keys.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The key, where it is there and looked at lately.
    fn fresh(&self, id: Option<&str>, now: Timestamp) -> Option<Jwk> {
        let keys = self.keys();
        find(&keys.keys, id).filter(|_| within(keys.fetched_at, FRESH, now))
    }
}

impl Issuers {
    /// The key of this id; without an id the only one there is.
    ///
    /// # Errors
    /// Where no keys can be had.
    pub(super) async fn key(
        &self,
        node: &Node,
        account_id: &AccountId,
        provider: &OidcProvider,
        id: Option<&str>,
    ) -> Result<Option<Jwk>, KeysError> {
        let kept = self.of(account_id, provider);
        let now = node.clock.now();
        if let Some(key) = kept.fresh(id, now) {
            return Ok(Some(key));
        }
        let mut asked_at = kept.asked_at.lock().await;
        if let Some(key) = kept.fresh(id, now) {
            return Ok(Some(key)); // Another request fetched it meanwhile.
        }
        let Keys { keys, fetched_at } = kept.keys();
        let usable = within(fetched_at, USABLE, now);
        if within(*asked_at, PAUSE, now) {
            return if usable { Ok(find(&keys, id)) } else { Err(KeysError::Paused) };
        }
        *asked_at = Some(now);
        match fetch(node, provider).await {
            Ok(keys) => {
                let found = find(&keys, id);
                let keys = Keys { keys: Arc::new(keys), fetched_at: Some(now) };
                *kept.keys.write().unwrap_or_else(PoisonError::into_inner) = keys;
                Ok(found)
            }
            Err(error) if usable => {
                let (provider, issuer) = (&provider.name, &provider.issuer_url);
                tracing::warn!(provider, issuer, error = &error as &dyn std::error::Error, "older keys stay in use");
                Ok(find(&keys, id))
            }
            Err(error) => Err(error),
        }
    }

    fn of(&self, account_id: &AccountId, provider: &OidcProvider) -> Arc<Kept> {
        let mut all = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let place = (account_id.clone(), provider.uid.clone(), provider.fingerprints.clone());
        if all.len() >= MAX_KEPT && !all.contains_key(&place) {
            all.clear();
        }
        all.entry(place).or_default().clone()
    }
}

fn find(keys: &[Jwk], id: Option<&str>) -> Option<Jwk> {
    match (id, keys) {
        (Some(id), keys) => keys.iter().find(|key| key.common.key_id.as_deref() == Some(id)).cloned(),
        (None, [only]) => Some(only.clone()),
        (None, _) => None,
    }
}

/// Source: OpenID Connect Discovery 1.0, section 4; RFC 7517, section 5.
async fn fetch(node: &Node, provider: &OidcProvider) -> Result<Vec<Jwk>, KeysError> {
    let networks = &node.config.issuer_networks;
    let get = async |url: String| {
        let failed = |source| KeysError::Fetch { url: url.clone(), source };
        let place = Place::read(&url, networks).map_err(failed)?;
        fetch::json(&place, networks, &provider.fingerprints).await.map_err(failed)
    };
    let issuer = provider.issuer_url.trim_end_matches('/');
    let discovered = get(format!("{issuer}/.well-known/openid-configuration")).await?;
    let text = |name: &str| discovered.get(name).and_then(Value::as_str).map(str::to_owned);
    let named = text("issuer").unwrap_or_default();
    if named != provider.issuer_url {
        return Err(KeysError::OtherIssuer(named.chars().take(255).collect()));
    }
    let set = get(text("jwks_uri").ok_or(KeysError::NoKeySet)?).await?;
    let keys = set.get("keys").and_then(Value::as_array).ok_or(KeysError::NoKeys)?;
    // Keys of kinds that are not known here are no reason to refuse the others.
    Ok(keys.iter().take(MAX_KEYS).filter_map(|key| serde_json::from_value(key.clone()).ok()).collect())
}
