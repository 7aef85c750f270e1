//! Password hashes: argon2id, on threads of their own, so many at a time and no more.
//!
//! A hash takes 19 MiB and two passes, as OWASP's password storage cheat sheet recommends for argon2id, and some tens of
//! milliseconds of a core. Half the cores hash at a time: a flood of logons waits in a queue of its own, and everything
//! else goes on.

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use ramgate_api::{ApiError, codes};
use std::sync::Arc;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

/// Memory of a hash, in KiB.
const MEMORY_KIB: u32 = 19 * 1024;
/// Passes over it.
const PASSES: u32 = 2;
/// Lanes.
const LANES: u32 = 1;
/// Most callers that wait for their turn; further ones are told to come back.
const MAX_WAITING: usize = 256;

/// Compared with where there is no hash to compare with, so that nobody can tell by the time it takes.
static NOBODY: LazyLock<Result<String, String>> = LazyLock::new(|| hash(b"nobody", b"ramgate-nobody-0"));

/// Makes and compares hashes.
pub(crate) struct Hasher {
    slots: Arc<Semaphore>,
    waiting: AtomicUsize,
    /// How many hashes were computed.
    computed: Arc<AtomicU64>,
}

impl Default for Hasher {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            slots: Arc::new(Semaphore::new((cores / 2).max(1))),
            waiting: AtomicUsize::new(0),
            computed: Arc::default(),
        }
    }
}

impl Hasher {
    /// How many hashes were computed since the start.
    pub(crate) fn computed(&self) -> u64 {
        self.computed.load(Ordering::Relaxed)
    }

    /// The hash of a password with this salt of 16 bytes, in PHC form.
    ///
    /// # Errors
    /// `Throttling.User` where too many wait already.
    pub(crate) async fn hash(&self, password: &str, salt: [u8; 16]) -> Result<String, ApiError> {
        let password = Zeroizing::new(password.to_owned());
        let computed = self.computed.clone();
        let work = move || {
            computed.fetch_add(1, Ordering::Relaxed);
            hash(password.as_bytes(), &salt)
        };
        self.run(work).await?.map_err(|error| codes::INTERNAL_ERROR.error().log(error))
    }

    /// Which of these hashes a password belongs to. Without any, a hash is compared with all the same.
    ///
    /// # Errors
    /// As [`Hasher::hash`].
    pub(crate) async fn find(&self, password: &str, hashes: Vec<String>) -> Result<Option<usize>, ApiError> {
        let password = Zeroizing::new(password.to_owned());
        let computed = self.computed.clone();
        self.run(move || {
            let compare = |hash: &str| {
                computed.fetch_add(1, Ordering::Relaxed);
                matches(password.as_bytes(), hash)
            };
            if hashes.is_empty() {
                let nobody = NOBODY.as_deref().unwrap_or_default();
                // What it comes to is nobody's business: there is no password to know.
                let _ = compare(nobody);
                return None;
            }
            hashes.iter().position(|hash| compare(hash))
        })
        .await
    }

    /// Runs on a thread of its own when it is its turn.
    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, ApiError> {
        let waiting = Waiting::enter(&self.waiting)?;
        let slot = self.slots.clone().acquire_owned().await;
        drop(waiting);
        let slot = slot.map_err(|error| codes::INTERNAL_ERROR.error().log(error))?;
        let done = tokio::task::spawn_blocking(move || {
            let result = work();
            // Also where nobody waits for the result any more, the thread is taken until here.
            drop(slot);
            result
        });
        done.await.map_err(|error| codes::INTERNAL_ERROR.error().log(error))
    }
}

/// One of those who wait.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn enter(waiting: &'a AtomicUsize) -> Result<Self, ApiError> {
        let entered = Self(waiting);
        match waiting.fetch_add(1, Ordering::Relaxed) {
            n if n < MAX_WAITING => Ok(entered),
            _ => Err(codes::THROTTLING.error()),
        }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn argon2() -> Result<Argon2<'static>, String> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|error| error.to_string())?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash(password: &[u8], salt: &[u8; 16]) -> Result<String, String> {
    let salt = SaltString::encode_b64(salt).map_err(|error| error.to_string())?;
    argon2()?.hash_password(password, &salt).map(|hash| hash.to_string()).map_err(|error| error.to_string())
}

/// Compares in constant time, under the parameters that the hash names.
fn matches(password: &[u8], hash: &str) -> bool {
    let Ok(hash) = PasswordHash::new(hash) else { return false };
    argon2().is_ok_and(|argon2| argon2.verify_password(password, &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_belongs_to_its_hash_alone_and_every_comparison_is_counted() {
        let hasher = Hasher::default();
        let first = hasher.hash("Correct-horse1", [1; 16]).await.unwrap();
        let second = hasher.hash("Correct-horse1", [2; 16]).await.unwrap();
        assert!(first.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{first}");
        assert_ne!(first, second, "the salt tells equal passwords apart");
        let hashes = || vec![second.clone(), first.clone()];
        assert_eq!(hasher.find("Correct-horse1", hashes()).await.unwrap(), Some(0));
        assert_eq!(hasher.find("correct-horse1", hashes()).await.unwrap(), None);
        assert_eq!(hasher.computed(), 5);
    }

    #[tokio::test]
    async fn without_a_hash_to_compare_with_one_is_computed_all_the_same() {
        let hasher = Hasher::default();
        assert_eq!(hasher.find("nobody", Vec::new()).await.unwrap(), None);
        assert_eq!(hasher.computed(), 1);
    }

    #[tokio::test]
    async fn a_hash_that_cannot_be_read_belongs_to_no_password() {
        let hasher = Hasher::default();
        assert_eq!(hasher.find("", vec![String::new(), "$argon2id$".to_owned()]).await.unwrap(), None);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn who_comes_when_too_many_wait_is_sent_away() {
        let hasher = Arc::new(Hasher::default());
        let all = u32::try_from(hasher.slots.available_permits()).unwrap();
        let taken = hasher.slots.clone().acquire_many_owned(all).await.unwrap();
        let calls: Vec<_> = (0..MAX_WAITING)
            .map(|_| {
                let hasher = hasher.clone();
                tokio::spawn(async move { hasher.run(|| ()).await })
            })
            .collect();
        while hasher.waiting.load(Ordering::Relaxed) < MAX_WAITING {
            tokio::task::yield_now().await;
        }
        assert_eq!(hasher.run(|| ()).await.unwrap_err().code, "Throttling.User");
        drop(taken);
        for call in calls {
            call.await.unwrap().unwrap();
        }
        assert_eq!(hasher.waiting.load(Ordering::Relaxed), 0);
    }
}
