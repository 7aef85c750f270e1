//! Domains as hosts of a gateway: their name in lookup form, and their TLS site.

use crate::key::Name;
use crate::tls::{Identity, TlsSite};
use ramgate_model::{CertificateId, Domain, DomainProtocol, Http2Option, Timestamp};
use std::cmp::Ordering;
use std::sync::Arc;

/// A domain, compiled.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LiveDomain {
    pub(crate) id: Name,
    /// The name in the form of [`host_key`].
    pub(crate) key: Name,
    /// The one gateway that it serves on; `None` means each gateway with a route that names it.
    pub(crate) gateway_id: Option<Name>,
    /// Plain requests are redirected.
    pub(crate) force_https: bool,
    pub(crate) certificate_id: Option<CertificateId>,
    /// For HTTPS domains.
    pub(crate) site: Option<Arc<TlsSite>>,
    created_at: Timestamp,
}

impl LiveDomain {
    pub(crate) fn compile(domain: &Domain, identity_of: impl Fn(CertificateId) -> Option<Arc<Identity>>) -> Self {
        let https = domain.protocol == DomainProtocol::Https;
        let id: Name = domain.id.as_str().into();
        let key: Name = host_key(&domain.name).into();
        let certificate_id = domain.certificate_id.filter(|_| https);
        let site = https.then(|| TlsSite {
            domain_id: Arc::clone(&id),
            host: host_of_key(&key).into(),
            identity: certificate_id.and_then(identity_of),
            tls_min: domain.tls_min,
            tls_max: domain.tls_max,
            http2: domain.http2 != Http2Option::Close,
            client_ca_pem: domain.client_ca_pem.as_str().into(),
        });
        Self {
            id,
            key,
            gateway_id: domain.gateway_id.as_ref().map(|id| id.as_str().into()),
            // Serving in the clear what asks for client certificates would make them optional.
            force_https: https && (domain.force_https || !domain.client_ca_pem.is_empty()),
            certificate_id,
            site: site.map(Arc::new),
            created_at: domain.created_at,
        }
    }

    /// The same domain after its certificate came, changed or went.
    pub(crate) fn with_identity(&self, identity: Option<Arc<Identity>>) -> Self {
        let site = self.site.as_ref().map(|site| Arc::new(TlsSite { identity, ..TlsSite::clone(site) }));
        Self { site, ..self.clone() }
    }

    /// May routes of this gateway use it?
    pub(crate) fn is_visible_to(&self, gateway_id: &str) -> bool {
        self.gateway_id.as_deref().is_none_or(|own| own == gateway_id)
    }

    /// Does it serve on this gateway even while no route names it?
    pub(crate) fn belongs_to(&self, gateway_id: &str) -> bool {
        self.gateway_id.as_deref() == Some(gateway_id)
    }

    /// Whose TLS settings count where two domains have one name on one gateway: those that ask for client certificates,
    /// then the gateway's own, then the older.
    pub(crate) fn site_precedence(&self, other: &Self) -> Ordering {
        let rank = |domain: &Self| {
            let strict = domain.site.as_ref().is_some_and(|site| site.requires_client_certificate());
            (!strict, domain.gateway_id.is_none(), domain.created_at)
        };
        rank(self).cmp(&rank(other)).then_with(|| self.id.cmp(&other.id))
    }
}

/// The key of `*`.
pub(crate) const ANY_HOST: &str = "*";

/// The form in which host names are looked up: lower case, no dot at the end, `*.example.com` as `.example.com`.
pub(crate) fn host_key(name: &str) -> String {
    let name = name.strip_suffix('.').unwrap_or(name);
    let wildcard = name.strip_prefix('*').filter(|rest| rest.starts_with('.'));
    wildcard.unwrap_or(name).to_ascii_lowercase()
}

/// The name that [`host_key`] was made of.
pub(crate) fn host_of_key(key: &str) -> String {
    if key.starts_with('.') { format!("*{key}") } else { key.to_owned() }
}
