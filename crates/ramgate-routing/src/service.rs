//! Services as the data plane calls them: addresses, protocol and TLS, ready to use.

use crate::key::{Name, ServiceKey};
use crate::tls::Identity;
use ramgate_model::{CertificateId, Service, ServiceProtocol, ServiceSource};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// A service, compiled.
#[derive(Clone, Debug, PartialEq)]
pub struct LiveService {
    /// Account and id.
    pub key: ServiceKey,
    /// The id of the gateway it belongs to.
    pub gateway_id: Name,
    /// The name, for logs.
    pub name: Name,
    /// What is spoken to it.
    pub protocol: ServiceProtocol,
    /// Where it is, in the order configured. May be empty: then it has no endpoint.
    pub addresses: Box<[LiveAddress]>,
    /// Name servers to ask for its host names; empty means the system's.
    pub dns_servers: Box<[SocketAddr]>,
    /// TLS towards it; `None` means plain.
    pub tls: Option<ServiceTls>,
}

/// Where a service listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LiveAddress {
    /// A fixed socket.
    Socket(SocketAddr),
    /// A host name to resolve, and to resolve again.
    Dns {
        /// The host name, in lower case.
        host: Name,
        /// The port.
        port: u16,
    },
}

impl LiveAddress {
    /// The port as configured.
    pub fn port(&self) -> u16 {
        match self {
            Self::Socket(socket) => socket.port(),
            Self::Dns { port, .. } => *port,
        }
    }
}

/// TLS towards a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceTls {
    /// The name to ask for and to verify; `None` means the host called.
    pub sni: Option<Name>,
    /// PEM of the authorities to trust; empty means that nothing is verified.
    pub ca_pem: Box<str>,
    /// What we show.
    pub identity: ServiceIdentity,
}

/// The certificate shown to a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServiceIdentity {
    /// None is configured.
    None,
    /// One is configured and not there: connections must not be opened.
    Missing(CertificateId),
    /// This one.
    Present(Arc<Identity>),
}

impl LiveService {
    /// True where some address has to be resolved.
    pub fn needs_dns(&self) -> bool {
        self.addresses.iter().any(|address| matches!(address, LiveAddress::Dns { .. }))
    }

    /// The certificate that it names, whether it is there or not.
    pub(crate) fn certificate_id(&self) -> Option<CertificateId> {
        match &self.tls.as_ref()?.identity {
            ServiceIdentity::None => None,
            ServiceIdentity::Missing(id) => Some(*id),
            ServiceIdentity::Present(identity) => Some(identity.certificate_id),
        }
    }

    /// Compiles `service`; the second value lists parts that had to be left out.
    pub(crate) fn compile(
        key: ServiceKey,
        service: &Service,
        identity_of: impl Fn(CertificateId) -> Option<Arc<Identity>>,
    ) -> (Self, Vec<String>) {
        let mut problems = Vec::new();
        let addresses = service.source.addresses().iter().map(|address| match address.socket_addr() {
            Some(socket) => LiveAddress::Socket(socket),
            None => LiveAddress::Dns { host: address.host.to_ascii_lowercase().into(), port: address.port },
        });
        let addresses: Box<[LiveAddress]> = addresses.collect();
        let dns_servers = match &service.source {
            ServiceSource::Fixed { .. } => Box::default(),
            ServiceSource::Dns { dns_servers, .. } => {
                let servers = dns_servers.iter().filter_map(|text| {
                    let server = parse_dns_server(text);
                    if server.is_none() {
                        problems.push(format!("name server `{text}` is neither `ip` nor `ip:port`"));
                    }
                    server
                });
                servers.collect()
            }
        };
        let tls = (service.tls.enabled || service.protocol == ServiceProtocol::Https).then(|| ServiceTls {
            sni: (!service.tls.sni.is_empty()).then(|| service.tls.sni.as_str().into()),
            ca_pem: service.tls.ca_pem.as_str().into(),
            identity: match service.tls.certificate_id {
                None => ServiceIdentity::None,
                Some(id) => identity_of(id).map_or(ServiceIdentity::Missing(id), ServiceIdentity::Present),
            },
        });
        let service = Self {
            key,
            gateway_id: service.gateway_id.as_str().into(),
            name: service.name.as_str().into(),
            protocol: service.protocol,
            addresses,
            dns_servers,
            tls,
        };
        (service, problems)
    }
}

/// Reads `ip` or `ip:port`; the port is 53 where none is given.
pub(crate) fn parse_dns_server(text: &str) -> Option<SocketAddr> {
    let text = text.trim();
    text.parse::<SocketAddr>().ok().or_else(|| Some(SocketAddr::new(text.parse::<IpAddr>().ok()?, 53)))
}
