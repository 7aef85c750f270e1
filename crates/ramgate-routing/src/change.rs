//! What goes into a snapshot, one object at a time, and what a change asks of the data plane outside of it.

use crate::key::{GatewayKey, Name, ServiceKey};
use crate::service::LiveService;
use crate::tls::SecretPem;
use ramgate_model::{AccountId, Certificate, Domain, EntryPoint, Environment, Gateway, Resource, Route, Service};
use std::fmt;
use std::sync::Arc;

/// One change of one object.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "handed over once and taken apart at once, never stored")]
pub enum Change {
    /// The object exists and looks like this, whatever was there before.
    Put(Object),
    /// The object is gone. Deleting what is not there changes nothing.
    Delete {
        /// The account that owned it.
        account: AccountId,
        /// What it was.
        kind: Kind,
        /// Its id, as the store key writes it.
        id: String,
    },
}

/// An object that routing depends on, with the account that owns it.
#[derive(Clone, Debug)]
pub enum Object {
    /// A gateway with its entry point.
    Gateway(AccountId, Gateway),
    /// An environment. Taken for completeness: its sub-domains reach routes through `RouteSpec::hosts`.
    Environment(AccountId, Environment),
    /// A route; only its published part matters here.
    Route(AccountId, Route),
    /// A service.
    Service(AccountId, Service),
    /// A domain.
    Domain(AccountId, Domain),
    /// A certificate with its private key.
    Certificate(AccountId, OpenedCertificate),
}

/// Which object.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ObjectRef {
    /// The account that owns it.
    pub account: AccountId,
    /// What it is.
    pub kind: Kind,
    /// Its id, as the store key writes it.
    pub id: String,
}

impl Object {
    /// Which object this is.
    pub fn reference(&self) -> ObjectRef {
        let (account, kind, id) = match self {
            Self::Gateway(account, gateway) => (account, Kind::Gateway, gateway.id()),
            Self::Environment(account, environment) => (account, Kind::Environment, environment.id()),
            Self::Route(account, route) => (account, Kind::Route, route.id()),
            Self::Service(account, service) => (account, Kind::Service, service.id()),
            Self::Domain(account, domain) => (account, Kind::Domain, domain.id()),
            Self::Certificate(account, opened) => (account, Kind::Certificate, opened.certificate.id()),
        };
        ObjectRef { account: account.clone(), kind, id }
    }
}

/// A certificate whose sealed key has been opened by the caller. A certificate that cannot be opened is not put at all:
/// its domains then refuse TLS.
#[derive(Clone)]
pub struct OpenedCertificate {
    /// The certificate as stored.
    pub certificate: Certificate,
    /// The private key in PEM, in the clear.
    pub key_pem: SecretPem,
}

impl fmt::Debug for OpenedCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenedCertificate").field("id", &self.certificate.id).field("key_pem", &self.key_pem).finish()
    }
}

/// The kinds of [`Object`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// [`Object::Gateway`].
    Gateway,
    /// [`Object::Environment`].
    Environment,
    /// [`Object::Route`].
    Route,
    /// [`Object::Service`].
    Service,
    /// [`Object::Domain`].
    Domain,
    /// [`Object::Certificate`].
    Certificate,
}

impl Kind {
    /// The kind that store keys write as `text`; `None` for kinds that routing does not depend on.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            Gateway::KIND => Self::Gateway,
            Environment::KIND => Self::Environment,
            Route::KIND => Self::Route,
            Service::KIND => Self::Service,
            Domain::KIND => Self::Domain,
            Certificate::KIND => Self::Certificate,
            _ => return None,
        })
    }
}

/// What a change asks for outside of the snapshot. What is not mentioned stays as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Effects {
    /// Entry points to close and to open, in this order.
    pub listeners: Vec<ListenerChange>,
    /// TLS sites that appeared, changed or went.
    pub tls: Vec<TlsChange>,
    /// Services that appeared, changed or went.
    pub services: Vec<ServiceChange>,
    /// Objects, or parts of them, that cannot be served as written.
    pub problems: Vec<Problem>,
}

impl Effects {
    /// Adds what a later change asks for.
    pub fn append(&mut self, later: Self) {
        self.listeners.extend(later.listeners);
        self.tls.extend(later.tls);
        self.services.extend(later.services);
        self.problems.extend(later.problems);
    }

    /// True where nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.listeners.is_empty() && self.tls.is_empty() && self.services.is_empty() && self.problems.is_empty()
    }
}

/// A change of where traffic enters.
#[derive(Clone, Debug, PartialEq)]
pub enum ListenerChange {
    /// Stop accepting there; connections drain.
    Close {
        /// The gateway served there.
        gateway: GatewayKey,
        /// The address and ports.
        entry: EntryPoint,
    },
    /// Accept there.
    Open {
        /// The gateway served there.
        gateway: GatewayKey,
        /// The address and ports.
        entry: EntryPoint,
    },
}

/// The TLS site of a host name of a gateway is another one now, or has gone; `GatewayTable::tls_sites` has the present.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsChange {
    /// The gateway.
    pub gateway: GatewayKey,
    /// The host name or pattern: `example.com`, `*.example.com` or `*`.
    pub host: Name,
}

/// A change of a service.
#[derive(Clone, Debug, PartialEq)]
pub enum ServiceChange {
    /// It was not there before.
    Added(Arc<LiveService>),
    /// It was there and differs.
    Changed(Arc<LiveService>),
    /// It is gone.
    Removed(ServiceKey),
}

/// Something that cannot be served as written. The management side refuses such objects; one that is in the store all the
/// same is left out, or closed, never opened wider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What kind of object it is.
    pub kind: Kind,
    /// The account that owns it.
    pub account: AccountId,
    /// Its id.
    pub id: String,
    /// What is wrong, for a log.
    pub message: String,
}
