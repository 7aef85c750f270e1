//! New identifiers and secrets. All randomness of the management plane comes from here.

use crate::clock::Clock;
use ramgate_model::{
    AccessKeyId, DomainId, EnvironmentId, GatewayId, GroupId, HttpApiId, RoleId, RouteId, ServiceId, SourceId, UserId,
};
use ring::rand::{SecureRandom, SystemRandom};
use std::sync::Arc;

const BASE32HEX: &[u8; 32] = b"0123456789abcdefghijklmnopqrstuv";
const ALPHANUMERIC: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Makes identifiers: from the operating system's randomness, sortable by time where the API's ids are.
#[derive(Clone)]
pub struct Ids {
    random: SystemRandom,
    clock: Arc<dyn Clock>,
}

impl Ids {
    /// A maker of identifiers.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { random: SystemRandom::new(), clock }
    }

    /// Random bytes.
    ///
    /// # Panics
    /// Where the operating system has no randomness: nothing that needs an identifier could go on safely.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        #[expect(clippy::expect_used, reason = "going on without randomness would be unsafe")]
        self.random.fill(&mut bytes).expect("the operating system gives no random bytes");
        bytes
    }

    /// `n` characters of an alphabet, each equally likely.
    fn characters<const A: usize>(&self, alphabet: &[u8; A], n: usize) -> String {
        // Bytes at or above the largest multiple of the alphabet's size would favour its beginning.
        let limit = 256 - 256 % A;
        let mut text = String::with_capacity(n);
        while text.len() < n {
            let draws = self.bytes::<64>();
            let fair = draws.iter().map(|b| usize::from(*b)).filter(|b| *b < limit);
            text.extend(fair.take(n - text.len()).map(|b| char::from(alphabet[b % A])));
        }
        text
    }

    /// `prefix` and 20 characters of lower-case base32hex: 32 bits of seconds, 64 random bits, sortable by time.
    fn sortable(&self, prefix: &str) -> String {
        let seconds = u32::try_from(self.clock.now() / 1000).unwrap_or(u32::MAX);
        let mut bytes = [0_u8; 13];
        bytes[..4].copy_from_slice(&seconds.to_be_bytes());
        bytes[4..12].copy_from_slice(&self.bytes::<8>());
        let mut text = String::with_capacity(prefix.len() + 20);
        text.push_str(prefix);
        for i in 0..20 {
            let (byte, shift) = (i * 5 / 8, i * 5 % 8);
            let pair = u16::from_be_bytes([bytes[byte], bytes[byte + 1]]);
            text.push(char::from(BASE32HEX[usize::from(pair >> (11 - shift) & 31)]));
        }
        text
    }

    /// An upper-case UUID, as every answer carries one.
    pub fn request_id(&self) -> String {
        let mut b = self.bytes::<16>();
        b[6] = b[6] & 0x0F | 0x40;
        b[8] = b[8] & 0x3F | 0x80;
        let hex: String = b.iter().map(|x| format!("{x:02X}")).collect();
        format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
    }

    /// 32 hexadecimal digits, as MSE's gateways are named.
    pub fn mse_gateway(&self) -> GatewayId {
        let hex: String = self.bytes::<16>().iter().map(|x| format!("{x:02x}")).collect();
        GatewayId(format!("gw-{hex}"))
    }

    /// A gateway made through APIG.
    pub fn gateway(&self) -> GatewayId {
        GatewayId(self.sortable("gw-"))
    }

    /// An environment.
    pub fn environment(&self) -> EnvironmentId {
        EnvironmentId(self.sortable("env-"))
    }

    /// An HTTP API.
    pub fn http_api(&self) -> HttpApiId {
        HttpApiId(self.sortable("api-"))
    }

    /// A route.
    pub fn route(&self) -> RouteId {
        RouteId(self.sortable("hr-"))
    }

    /// A service.
    pub fn service(&self) -> ServiceId {
        ServiceId(self.sortable("svc-"))
    }

    /// A source.
    pub fn source(&self) -> SourceId {
        SourceId(self.sortable("src-"))
    }

    /// A domain.
    pub fn domain(&self) -> DomainId {
        DomainId(self.sortable("d-"))
    }

    /// A deployment revision, `apr-…`.
    pub fn deployment_revision(&self) -> String {
        self.sortable("apr-")
    }

    /// A user: 18 digits, the first not zero.
    pub fn user(&self) -> UserId {
        UserId(format!("2{}", self.characters(b"0123456789", 17)))
    }

    /// A group: `g-` and 16 characters.
    pub fn group(&self) -> GroupId {
        GroupId(format!("g-{}", self.characters(ALPHANUMERIC, 16)))
    }

    /// A role: 18 digits, the first not zero.
    pub fn role(&self) -> RoleId {
        RoleId(format!("3{}", self.characters(b"0123456789", 17)))
    }

    /// 16 hexadecimal digits, for what is told apart and never shown.
    pub fn uid(&self) -> String {
        self.bytes::<8>().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// A temporary access key: `STS.` and 20 characters.
    pub fn temporary_access_key(&self) -> AccessKeyId {
        AccessKeyId(format!("STS.{}", self.characters(ALPHANUMERIC, 20)))
    }

    /// The secret of a temporary access key: 40 characters, 238 bits.
    pub fn temporary_access_key_secret(&self) -> String {
        self.characters(ALPHANUMERIC, 40)
    }

    /// A long-term access key: `LTAI` and 20 characters.
    pub fn access_key(&self) -> AccessKeyId {
        AccessKeyId(format!("LTAI{}", self.characters(ALPHANUMERIC, 20)))
    }

    /// The secret of a long-term access key: 30 characters, 178 bits.
    pub fn access_key_secret(&self) -> String {
        self.characters(ALPHANUMERIC, 30)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::ManualClock;

    fn ids(at: i64) -> Ids {
        Ids::new(Arc::new(ManualClock::at(at)))
    }

    #[test]
    fn ids_have_the_published_shapes() {
        let ids = ids(1_767_323_045_000);
        let check = |id: &str, prefix: &str, alphabet: &[u8], n: usize| {
            let rest = id.strip_prefix(prefix).unwrap();
            assert_eq!(rest.len(), n, "{id}");
            assert!(rest.bytes().all(|b| alphabet.contains(&b)), "{id}");
        };
        check(ids.gateway().as_str(), "gw-", BASE32HEX, 20);
        check(ids.mse_gateway().as_str(), "gw-", b"0123456789abcdef", 32);
        check(ids.access_key().as_str(), "LTAI", ALPHANUMERIC, 20);
        check(&ids.access_key_secret(), "", ALPHANUMERIC, 30);
        check(ids.user().as_str(), "2", b"0123456789", 17);
        assert_eq!(ids.request_id().len(), 36);
    }

    #[test]
    fn later_ids_sort_behind_earlier_ones() {
        assert!(ids(1_767_323_045_000).route().0 < ids(1_767_323_046_000).route().0);
        assert_ne!(ids(0).route(), ids(0).route());
    }
}
