//! Identifiers as newtypes, so that one kind of id is never passed for another.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! text_id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    )+};
}

text_id! {
    /// An Alibaba-style account id: 16 decimal digits.
    AccountId,
    /// A region id such as `cn-hangzhou`.
    RegionId,
    /// A gateway: `gw-` and 20 characters (APIG) or 32 hexadecimal digits (MSE).
    GatewayId,
    /// An environment of a gateway: `env-…`.
    EnvironmentId,
    /// An HTTP API: `api-…`.
    HttpApiId,
    /// A route: `hr-…`.
    RouteId,
    /// A service: `svc-…`.
    ServiceId,
    /// A service source: `src-…`.
    SourceId,
    /// A domain: `d-…`.
    DomainId,
    /// A RAM user's numeric id, 18 digits.
    UserId,
    /// A RAM group: `g-` and 16 characters.
    GroupId,
    /// A RAM role's numeric id, 18 digits.
    RoleId,
    /// An access key id: `LTAI` and 20 characters.
    AccessKeyId,
}

/// A certificate of the certificate service: a positive number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CertificateId(pub i64);

impl fmt::Display for CertificateId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
