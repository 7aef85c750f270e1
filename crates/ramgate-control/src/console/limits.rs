//! How often may be tried to log on: buckets of tries that fill up again, by network address and by logon name. In memory, of
//! bounded size; lasting locks are kept in the store.

use ramgate_model::Timestamp;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// Most buckets of a kind.
const MAX_BUCKETS: usize = 10_000;

/// Tries left for each of many.
struct Buckets {
    /// Tries of a full bucket.
    size: f64,
    /// Milliseconds for one more.
    refill_ms: f64,
    levels: Mutex<HashMap<String, Level>>,
}

#[derive(Clone, Copy)]
struct Level {
    tries: f64,
    at: Timestamp,
}

impl Buckets {
    fn new(size: f64, refill_ms: f64) -> Self {
        Self { size, refill_ms, levels: Mutex::default() }
    }

    /// What is in a bucket by now.
    fn refilled(&self, level: Level, now: Timestamp) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a time far away fills the bucket in any precision")]
        let passed = (now - level.at).max(0) as f64;
        (level.tries + passed / self.refill_ms).min(self.size)
    }

    /// Takes a try; `false` where none is left.
    fn take(&self, key: String, now: Timestamp) -> bool {
        let mut levels = self.levels.lock().unwrap_or_else(PoisonError::into_inner);
        if levels.len() >= MAX_BUCKETS && !levels.contains_key(&key) {
            // Full buckets say nothing. Where there are none, the one that was asked least recently has most to gain.
            levels.retain(|_, level| self.refilled(*level, now) < self.size);
            let oldest = levels.iter().min_by_key(|(_, level)| level.at).map(|(key, _)| key.clone());
            if let (true, Some(oldest)) = (levels.len() >= MAX_BUCKETS, oldest) {
                levels.remove(&oldest);
            }
        }
        let level = levels.entry(key).or_insert(Level { tries: self.size, at: now });
        let tries = self.refilled(*level, now);
        let enough = tries >= 1.0;
        *level = Level { tries: if enough { tries - 1.0 } else { tries }, at: now };
        enough
    }
}

/// The limits of this node.
pub(crate) struct Limits {
    by_address: Buckets,
    by_name: Buckets,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            // A whole office may come from one address.
            by_address: Buckets::new(100.0, 1000.0),
            // Seventeen thousand tries a day at most, where the password policy sets no lower limit.
            by_name: Buckets::new(20.0, 5000.0),
        }
    }
}

impl Limits {
    /// Whether one more try may be made from an address. Of IPv6, the network counts that a subscriber gets.
    pub(super) fn address(&self, address: IpAddr, now: Timestamp) -> bool {
        let key = match address.to_canonical() {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => format!("{:x?}", &address.segments()[..4]),
        };
        self.by_address.take(key, now)
    }

    /// Whether one more try may be made for a name, which need not exist.
    pub(super) fn name(&self, name: &str, now: Timestamp) -> bool {
        // No name is longer; what is typed may be.
        self.by_name.take(name.chars().take(128).collect::<String>().to_lowercase(), now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Timestamp = 1_767_323_045_000;

    #[test]
    fn a_bucket_gives_what_it_holds_and_then_what_flows_in() {
        let buckets = Buckets::new(3.0, 1000.0);
        let take = |now| buckets.take("a".to_owned(), now);
        assert_eq!([take(START), take(START), take(START), take(START)], [true, true, true, false]);
        assert!(!take(START + 999));
        assert!(take(START + 1000));
        assert!(!take(START + 1000));
        // Not more than it holds, however long nobody asked; and no harm is done by a clock that is set back.
        let later = START + 1_000_000;
        assert_eq!([take(later), take(later), take(later), take(later - 5000)], [true, true, true, false]);
        assert!(buckets.take("b".to_owned(), START));
    }

    #[test]
    fn many_keys_take_bounded_room_and_do_not_refill_the_one_that_is_used() {
        let buckets = Buckets::new(1.0, 1e9);
        assert!(buckets.take("first".to_owned(), START));
        for n in 0..MAX_BUCKETS + 50 {
            let now = START + i64::try_from(n).unwrap();
            assert!(!buckets.take("first".to_owned(), now), "{n}");
            assert!(buckets.take(format!("other {n}"), now));
        }
        assert!(buckets.levels.lock().unwrap().len() <= MAX_BUCKETS);
    }

    #[test]
    fn neighbours_in_an_ipv6_network_count_as_one() {
        let limits = Limits::default();
        let take = |address: &str| limits.address(address.parse().unwrap(), START);
        assert!((0..100).all(|n| take(&format!("2001:db8:1:2::{n:x}"))));
        assert!(!take("2001:db8:1:2:ffff::1"));
        assert!(take("2001:db8:1:3::1") && take("10.0.0.1"));
        assert!((0..99).all(|_| take("10.0.0.1")));
        assert!(!take("::ffff:10.0.0.1"));
    }
}
