//! Refuses a nonce that an access key used before.
//!
//! A pure, bounded memory of (access key, nonce) pairs, each for as long as a request with it could still be accepted
//! ([`crate::Limits::replay_retention_secs`]). Persistence is the caller's: it appends every [`ReplayCheck::Fresh`] entry to a
//! log before it runs the request, gives the log back to [`ReplayGuard::restore`] at start, and rewrites it from
//! [`ReplayGuard::iter_live`] from time to time. When the append fails, the request has to be refused; its nonce stays
//! used.
//!
//! When the guard is full it refuses new requests instead of forgetting live nonces. Each access key has its own share,
//! so that one key cannot lock out the others.
//!
//! The clock may stand still or step back by up to [`crate::Limits::REPLAY_MARGIN_SECS`] without any effect. A larger step
//! back after an equally large step forward makes forgotten nonces acceptable again; keep the server's clock disciplined.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use ring::digest;

use crate::time::UnixTime;

/// The first 128 bits of the SHA-256 of a nonce: nonces have no length limit, entries do.
pub type Fingerprint = [u8; 16];

/// One remembered nonce, as it goes to the log and comes back from it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ReplayEntry {
    /// The access key that used the nonce.
    pub access_key_id: Arc<str>,
    /// The nonce.
    pub fingerprint: Fingerprint,
    /// The last second in which the nonce is remembered.
    pub expires_at: UnixTime,
}

/// What the guard says about a nonce.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReplayCheck {
    /// Not seen before, and remembered from now on. Persist the entry before running the request.
    Fresh(ReplayEntry),
    /// Seen before: answer [`crate::SignatureError::NonceUsed`].
    Replayed,
    /// No room: answer [`crate::SignatureError::ReplayGuardFull`]. Nothing was remembered or forgotten.
    Full(FullScope),
}

/// Whose room is used up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FullScope {
    /// The access key's own share.
    AccessKey,
    /// The whole guard.
    Guard,
}

/// The bounded memory of used nonces. One per server; the caller puts it behind its own lock.
///
/// Takes about 100 bytes for each live nonce.
#[derive(Debug)]
pub struct ReplayGuard {
    retention_secs: u32,
    capacity: usize,
    capacity_per_key: usize,
    live: usize,
    seen: HashMap<Arc<str>, HashSet<Fingerprint>>,
    // INVARIANT: holds exactly the entries of `seen`, by the last second in which they are remembered; `live` is their number.
    by_expiry: BTreeMap<i64, Vec<(Arc<str>, Fingerprint)>>,
}

/// Expired entries forgotten in one call, so that a call after a long pause does not pay for all of them.
const FORGET_AT_ONCE: usize = 4096;

impl ReplayGuard {
    /// A guard that remembers each nonce for `retention_secs`, at most `capacity` of them, and at most `capacity_per_key`
    /// for one access key.
    #[must_use]
    pub fn new(retention_secs: u32, capacity: usize, capacity_per_key: usize) -> Self {
        Self { retention_secs, capacity, capacity_per_key, live: 0, seen: HashMap::new(), by_expiry: BTreeMap::new() }
    }

    /// Remembers the nonce of a verified request, or says why the request must not run.
    pub fn check_and_insert(&mut self, access_key_id: &str, nonce: &str, now: UnixTime) -> ReplayCheck {
        self.forget_expired(now, FORGET_AT_ONCE);
        let fingerprint = fingerprint(nonce);
        let of_key = |guard: &Self| guard.seen.get(access_key_id).map_or(0, HashSet::len);
        if self.seen.get(access_key_id).is_some_and(|seen| seen.contains(&fingerprint)) {
            return ReplayCheck::Replayed;
        }
        if self.live >= self.capacity || of_key(self) >= self.capacity_per_key {
            self.forget_expired(now, usize::MAX);
        }
        if self.live >= self.capacity {
            return ReplayCheck::Full(FullScope::Guard);
        }
        if of_key(self) >= self.capacity_per_key {
            return ReplayCheck::Full(FullScope::AccessKey);
        }
        let access_key_id = match self.seen.get_key_value(access_key_id) {
            Some((known, _)) => Arc::clone(known),
            None => Arc::from(access_key_id),
        };
        let expires_at = now.saturating_add(i64::from(self.retention_secs));
        let entry = ReplayEntry { access_key_id, fingerprint, expires_at };
        self.insert(entry.clone());
        ReplayCheck::Fresh(entry)
    }

    /// Takes entries back from the log. Expired ones and repeated ones are skipped; live ones are kept even beyond the
    /// capacity, because forgetting them would let requests run twice.
    pub fn restore(&mut self, entries: impl IntoIterator<Item = ReplayEntry>, now: UnixTime) {
        for entry in entries.into_iter().filter(|entry| entry.expires_at >= now) {
            self.insert(entry);
        }
    }

    /// The entries that a log has to contain at `now`, the earliest to expire first.
    pub fn iter_live(&self, now: UnixTime) -> impl Iterator<Item = ReplayEntry> {
        self.by_expiry.range(now.as_secs()..).flat_map(|(expires_at, entries)| {
            entries.iter().map(|(access_key_id, fingerprint)| ReplayEntry {
                access_key_id: Arc::clone(access_key_id),
                fingerprint: *fingerprint,
                expires_at: UnixTime::from_secs(*expires_at),
            })
        })
    }

    /// How many nonces are remembered, including a few that have expired and are not forgotten yet.
    #[must_use]
    pub fn len(&self) -> usize {
        self.live
    }

    /// True when nothing is remembered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.live == 0
    }

    fn insert(&mut self, entry: ReplayEntry) {
        let ReplayEntry { access_key_id, fingerprint, expires_at } = entry;
        if self.seen.entry(Arc::clone(&access_key_id)).or_default().insert(fingerprint) {
            self.by_expiry.entry(expires_at.as_secs()).or_default().push((access_key_id, fingerprint));
            self.live = self.live.saturating_add(1);
        }
    }

    fn forget_expired(&mut self, now: UnixTime, at_most: usize) {
        let mut left = at_most;
        while left > 0 {
            let Some(mut bucket) = self.by_expiry.first_entry().filter(|bucket| *bucket.key() < now.as_secs()) else {
                return;
            };
            let Some((access_key_id, fingerprint)) = bucket.get_mut().pop() else {
                bucket.remove();
                continue;
            };
            if let Some(seen) = self.seen.get_mut(&access_key_id) {
                seen.remove(&fingerprint);
                if seen.is_empty() {
                    self.seen.remove(&access_key_id);
                }
            }
            self.live = self.live.saturating_sub(1);
            left = left.saturating_sub(1);
        }
    }
}

fn fingerprint(nonce: &str) -> Fingerprint {
    let mut out = Fingerprint::default();
    for (to, from) in out.iter_mut().zip(digest::digest(&digest::SHA256, nonce.as_bytes()).as_ref()) {
        *to = *from;
    }
    out
}

#[cfg(test)]
mod tests;
