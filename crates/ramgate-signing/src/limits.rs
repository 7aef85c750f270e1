//! What a server accepts: how old a request may be, and which schemes.
//!
//! Plain data that the management plane fills from its configuration. Sizes are not here: the listener bounds head and
//! body before a request reaches this crate.

/// How far a request's time may lie from the server's. Both ends are inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Seconds that a request may be old.
    pub past_secs: u32,
    /// Seconds that a request's clock may be ahead.
    pub future_secs: u32,
}

/// What to do with ROA signature version 1, which covers a body only through its optional `Content-MD5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RoaV1Rule {
    /// Accept it. SDKs of the new generation in `v2` mode send bodies without `Content-MD5`.
    #[default]
    Accept,
    /// Accept it when the body is covered by a `Content-MD5`, or when there is neither a body nor a signed
    /// content type.
    RequireContentMd5,
    /// Refuse it.
    Refuse,
}

/// What [`crate::verify`] accepts.
///
/// Defaults: 15 minutes both ways for V3 and ROA version 1; 31 minutes back and 15 ahead for RPC version 1; every scheme
/// on. Source: Alibaba Cloud documentation "V3 request body and signature mechanism" (15 minutes) and "RPC signature
/// version 1.0" (31 minutes).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Window of V3, checked against `x-acs-date`.
    pub v3: Window,
    /// Window of RPC signature version 1.0, checked against the parameter `Timestamp`.
    pub rpc_v1: Window,
    /// Window of ROA signature version 1, checked against the header `Date`.
    pub roa_v1: Window,
    /// Whether RPC signature version 1.0 (HMAC-SHA1) is accepted at all.
    pub accept_rpc_v1: bool,
    /// Whether and how ROA signature version 1 (HMAC-SHA1) is accepted.
    pub roa_v1_rule: RoaV1Rule,
}

const QUARTER_HOUR: u32 = 15 * 60;
const QUARTER_HOUR_EACH_WAY: Window = Window { past_secs: QUARTER_HOUR, future_secs: QUARTER_HOUR };

impl Default for Limits {
    fn default() -> Self {
        Self {
            v3: QUARTER_HOUR_EACH_WAY,
            rpc_v1: Window { past_secs: 31 * 60, future_secs: QUARTER_HOUR },
            roa_v1: QUARTER_HOUR_EACH_WAY,
            accept_rpc_v1: true,
            roa_v1_rule: RoaV1Rule::Accept,
        }
    }
}

impl Limits {
    /// Spare time on top of the widest window, for small corrections of the server's clock.
    pub const REPLAY_MARGIN_SECS: u32 = 60;

    /// Seconds that [`crate::ReplayGuard`] has to remember a nonce so that no request can be accepted twice: a request whose
    /// clock is as far ahead as allowed stays acceptable for the whole window, both sides of it, plus a margin.
    #[must_use]
    pub fn replay_retention_secs(&self) -> u32 {
        [self.v3, self.rpc_v1, self.roa_v1]
            .iter()
            .map(|window| window.past_secs.saturating_add(window.future_secs))
            .fold(0, u32::max)
            .saturating_add(Self::REPLAY_MARGIN_SECS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nonces_are_kept_longer_than_the_widest_window() {
        assert_eq!(Limits::default().replay_retention_secs(), 46 * 60 + 60);
        let wide = Window { past_secs: u32::MAX, future_secs: u32::MAX };
        assert_eq!(Limits { v3: wide, ..Limits::default() }.replay_retention_secs(), u32::MAX);
    }
}
