//! TLS towards clients: the settings of each site, made once and shared by all workers.

use crate::upstream::tls::chain_and_key;
use ramgate_model::TlsVersion;
use ramgate_routing::TlsSite;
use rustls::crypto::CryptoProvider;
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig, SupportedProtocolVersion, version};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// The cryptography of the whole data plane.
pub(crate) fn provider() -> Arc<CryptoProvider> {
    static PROVIDER: LazyLock<Arc<CryptoProvider>> =
        LazyLock::new(|| Arc::new(rustls::crypto::ring::default_provider()));
    PROVIDER.clone()
}

/// The TLS settings of sites, made at their first use. A site that changes is another `Arc`, and so gets new settings;
/// connections that exist keep what they were made with.
#[derive(Debug, Default)]
pub(crate) struct Sites {
    /// By address of the site, which the entry keeps alive.
    configs: Mutex<HashMap<usize, Entry>>,
}

#[derive(Debug)]
struct Entry {
    site: Arc<TlsSite>,
    /// `None`: cannot be served.
    config: Option<Arc<ServerConfig>>,
}

impl Sites {
    /// The settings of `site`; `None` refuses the handshake.
    pub(crate) fn config(&self, site: &Arc<TlsSite>) -> Option<Arc<ServerConfig>> {
        let mut configs = self.configs.lock().unwrap_or_else(PoisonError::into_inner);
        let id = Arc::as_ptr(site) as usize;
        if let Some(entry) = configs.get(&id) {
            return entry.config.clone();
        }
        // Sites that no snapshot has any more are held by us alone.
        configs.retain(|_, entry| Arc::strong_count(&entry.site) > 1);
        let config = match server_config(site) {
            Ok(config) => Some(config),
            Err(reason) => {
                tracing::warn!(domain_id = &*site.domain_id, host = &*site.host, reason, "cannot serve TLS");
                None
            }
        };
        configs.insert(id, Entry { site: site.clone(), config: config.clone() });
        config
    }
}

fn server_config(site: &TlsSite) -> Result<Arc<ServerConfig>, String> {
    let identity = site.identity.as_ref().ok_or("the certificate is missing")?;
    let (chain, key) = chain_and_key(identity).map_err(|e| crate::error::chain(&e))?;
    let text = |e: rustls::Error| e.to_string();
    let builder = ServerConfig::builder_with_provider(provider())
        .with_protocol_versions(versions(site.tls_min, site.tls_max))
        .map_err(text)?;
    let builder = if site.requires_client_certificate() {
        let mut roots = RootCertStore::empty();
        for cert in CertificateDer::pem_slice_iter(site.client_ca_pem.as_bytes()) {
            roots.add(cert.map_err(|e| e.to_string())?).map_err(text)?;
        }
        let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider());
        builder.with_client_cert_verifier(verifier.build().map_err(|e| e.to_string())?)
    } else {
        builder.with_no_client_auth()
    };
    let mut config = builder.with_single_cert(chain, key).map_err(text)?;
    config.alpn_protocols = match site.http2 {
        true => vec![b"h2".to_vec(), b"http/1.1".to_vec()],
        false => vec![b"http/1.1".to_vec()],
    };
    Ok(Arc::new(config))
}

/// Versions from `min` to `max`. TLS 1.0 and 1.1 are accepted in settings and not served (RFC 8996): where they are the
/// greatest allowed, nothing is left, and the site refuses handshakes.
fn versions(min: TlsVersion, max: TlsVersion) -> &'static [&'static SupportedProtocolVersion] {
    static BOTH: [&SupportedProtocolVersion; 2] = [&version::TLS13, &version::TLS12];
    match (min <= TlsVersion::V12 && max >= TlsVersion::V12, max >= TlsVersion::V13) {
        (true, true) => &BOTH,
        (true, false) => &BOTH[1..],
        (false, true) => &BOTH[..1],
        (false, false) => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_below_1_2_are_never_served() {
        use TlsVersion::*;
        let n = |min, max| versions(min, max).iter().map(|v| v.version).collect::<Vec<_>>();
        use rustls::ProtocolVersion::{TLSv1_2, TLSv1_3};
        assert_eq!(n(V10, V13), [TLSv1_3, TLSv1_2]);
        assert_eq!(n(V10, V12), [TLSv1_2]);
        assert_eq!(n(V13, V13), [TLSv1_3]);
        assert_eq!(n(V10, V11), []);
    }
}
