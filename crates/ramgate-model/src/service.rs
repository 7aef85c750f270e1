//! Services: what stands behind a gateway.

use crate::{CertificateId, GatewayId, Resource, ServiceId, SourceId, Timestamp};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

/// A service of a gateway.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// The id.
    pub id: ServiceId,
    /// MSE's numeric service id.
    pub number: i64,
    /// The gateway it belongs to.
    pub gateway_id: GatewayId,
    /// The name; unique in its gateway together with namespace and group.
    pub name: String,
    /// Namespace in the registry; empty for fixed addresses and DNS.
    pub namespace: String,
    /// Group in the registry; empty for fixed addresses and DNS.
    pub group_name: String,
    /// The source it was imported from.
    pub source_id: Option<SourceId>,
    /// Where its endpoints come from.
    pub source: ServiceSource,
    /// What is spoken to it.
    pub protocol: ServiceProtocol,
    /// Ports offered to routes.
    pub ports: Vec<ServicePort>,
    /// TLS towards it.
    pub tls: UpstreamTls,
    /// Configuration that no data plane part reads yet (health check, outlier detection, …), kept as given and answered
    /// unchanged.
    pub extra: serde_json::Map<String, serde_json::Value>,
    /// The resource group; empty means the default one.
    pub resource_group_id: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// Where endpoints come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ServiceSource {
    /// Fixed addresses (`VIP` in both APIs), at most 10 in one request.
    Fixed {
        /// IP addresses with ports.
        addresses: Vec<Address>,
    },
    /// Host names, resolved and re-resolved.
    Dns {
        /// Host names with ports.
        addresses: Vec<Address>,
        /// Name servers to ask (`ip` or `ip:port`); empty means the system's.
        dns_servers: Vec<String>,
    },
}

impl ServiceSource {
    /// The addresses as configured.
    pub fn addresses(&self) -> &[Address] {
        match self {
            Self::Fixed { addresses } | Self::Dns { addresses, .. } => addresses,
        }
    }

    /// The name both APIs use for it: `VIP` or `DNS`.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Fixed { .. } => "VIP",
            Self::Dns { .. } => "DNS",
        }
    }
}

/// `host:port`. IPv6 addresses stand in brackets.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Address {
    /// An IP address or a host name in lower case.
    pub host: String,
    /// `1..=65535`.
    pub port: u16,
}

/// Why a text is no address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Neither `host:port` nor `[ipv6]:port`.
    #[error("`{0}` is not of the form `host:port`")]
    Form(String),
    /// The port is not a number from 1 to 65535.
    #[error("the port of `{0}` is not a number from 1 to 65535")]
    Port(String),
    /// The host is neither an IP address nor a host name.
    #[error("the host of `{0}` is neither an IP address nor a host name")]
    Host(String),
}

impl Address {
    /// The socket address, where the host is an IP address.
    pub fn socket_addr(&self) -> Option<SocketAddr> {
        let ip: IpAddr = self.host.parse().ok()?;
        Some(SocketAddr::new(ip, self.port))
    }
}

impl FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        let form = || AddressError::Form(text.to_owned());
        let (host, port, bracketed) = match text.strip_prefix('[') {
            Some(rest) => {
                let (host, rest) = rest.split_once(']').ok_or_else(form)?;
                (host, rest.strip_prefix(':').ok_or_else(form)?, true)
            }
            None => {
                let (host, port) = text.rsplit_once(':').ok_or_else(form)?;
                (host, port, false)
            }
        };
        let digits = !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit());
        let port = port.parse().ok().filter(|&p: &u16| digits && p > 0);
        let port = port.ok_or_else(|| AddressError::Port(text.to_owned()))?;
        let host_ok = if bracketed { host.parse::<std::net::Ipv6Addr>().is_ok() } else { is_host(host) };
        if !host_ok {
            return Err(AddressError::Host(text.to_owned()));
        }
        Ok(Self { host: host.to_ascii_lowercase(), port })
    }
}

/// IPv4 address or host name by RFC 1123 (underscores are let pass: container networks use them).
fn is_host(host: &str) -> bool {
    if host.is_empty() || host.len() > 253 {
        return false;
    }
    let label = |l: &str| {
        (1..=63).contains(&l.len())
            && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
            && !l.starts_with('-')
            && !l.ends_with('-')
    };
    let host = host.strip_suffix('.').unwrap_or(host);
    if !host.split('.').all(label) {
        return false;
    }
    // A name whose last label is a number can only be meant as an IPv4 address (WHATWG URL, "ends in a number").
    let numeric = host.rsplit('.').next().is_some_and(|l| l.bytes().all(|b| b.is_ascii_digit()));
    !numeric || host.parse::<std::net::Ipv4Addr>().is_ok()
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.host.contains(':') {
            write!(f, "[{}]:{}", self.host, self.port)
        } else {
            write!(f, "{}:{}", self.host, self.port)
        }
    }
}

impl Serialize for Address {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Address {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// What is spoken to a service.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum ServiceProtocol {
    /// HTTP/1.1.
    #[default]
    Http,
    /// HTTP/1.1 over TLS.
    Https,
    /// HTTP/2 by prior knowledge.
    Http2,
    /// gRPC: HTTP/2 by prior knowledge, trailers kept.
    Grpc,
}

impl ServiceProtocol {
    /// The value as both APIs write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Http => "HTTP",
            Self::Https => "HTTPS",
            Self::Http2 => "HTTP2",
            Self::Grpc => "GRPC",
        }
    }
}

/// A port offered to routes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServicePort {
    /// A name for it; may be empty.
    pub name: String,
    /// `1..=65535`.
    pub port: u16,
}

/// TLS towards a service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpstreamTls {
    /// Speak TLS.
    pub enabled: bool,
    /// The name to ask for and to verify; empty means the host called.
    pub sni: String,
    /// PEM of the authorities to trust; empty means no verification, as in the cloud's `SIMPLE` mode without a CA.
    pub ca_pem: String,
    /// Our own certificate, for mutual TLS.
    pub certificate_id: Option<CertificateId>,
}

impl Resource for Service {
    const KIND: &'static str = "service";

    fn id(&self) -> String {
        self.id.0.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_written_alike() {
        for text in ["10.0.0.1:80", "[::1]:8080", "svc.example.com:443", "a_b:1"] {
            assert_eq!(text.parse::<Address>().unwrap().to_string(), text);
        }
        assert_eq!("Example.COM:80".parse::<Address>().unwrap().host, "example.com");
    }

    #[test]
    fn malformed_addresses_name_what_is_wrong() {
        assert!(matches!("10.0.0.1".parse::<Address>(), Err(AddressError::Form(_))));
        for text in ["10.0.0.1:0", "a:65536", "a:", "a:+1", "a:x"] {
            assert!(matches!(text.parse::<Address>(), Err(AddressError::Port(_))), "{text}");
        }
        for text in [":80", "256.0.0.1:80", "1.2.3:80", "a b:80", "-a:80", "::1:80", "a..b:80", "[10.0.0.1]:80"] {
            assert!(matches!(text.parse::<Address>(), Err(AddressError::Host(_))), "{text}");
        }
    }
}
