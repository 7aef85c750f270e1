//! TLS settings towards services.
//!
//! With authorities given, the service's certificate is verified against them and the name asked for. Without, the
//! connection is encrypted and nobody is verified: that is what the cloud's mode `SIMPLE` without a CA does, and what
//! services inside a network with certificates of their own making need.

use ramgate_routing::{Identity, ServiceIdentity, ServiceTls};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use std::sync::Arc;

/// Why there are no settings for a service.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TlsError {
    /// A PEM text cannot be read.
    #[error("cannot read the {0}")]
    Pem(&'static str, #[source] rustls_pki_types::pem::Error),
    /// rustls refuses the settings.
    #[error("cannot use the {0}")]
    Rustls(&'static str, #[source] rustls::Error),
    /// The certificate that we should show does not exist.
    #[error("the certificate {0} to show to the service does not exist")]
    MissingIdentity(ramgate_model::CertificateId),
    /// The PEM text of authorities holds no certificate.
    #[error("the text of authorities holds no certificate")]
    NoAuthority,
}

/// The settings for `tls`; `http2` asks for HTTP/2 by ALPN.
pub(crate) fn client_config(tls: &ServiceTls, http2: bool) -> Result<Arc<ClientConfig>, TlsError> {
    let provider = crate::tls::provider();
    let builder = ClientConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .map_err(|source| TlsError::Rustls("protocol versions", source))?;
    let builder = if tls.ca_pem.is_empty() {
        builder.dangerous().with_custom_certificate_verifier(Arc::new(Unverified(provider)))
    } else {
        let mut roots = RootCertStore::empty();
        for cert in CertificateDer::pem_slice_iter(tls.ca_pem.as_bytes()) {
            let cert = cert.map_err(|source| TlsError::Pem("authorities", source))?;
            roots.add(cert).map_err(|source| TlsError::Rustls("authorities", source))?;
        }
        if roots.is_empty() {
            return Err(TlsError::NoAuthority);
        }
        builder.with_root_certificates(roots)
    };
    let mut config = match &tls.identity {
        ServiceIdentity::None => builder.with_no_client_auth(),
        ServiceIdentity::Missing(id) => return Err(TlsError::MissingIdentity(*id)),
        ServiceIdentity::Present(identity) => {
            let (chain, key) = chain_and_key(identity)?;
            builder.with_client_auth_cert(chain, key).map_err(|source| TlsError::Rustls("certificate", source))?
        }
    };
    config.alpn_protocols = vec![if http2 { b"h2".to_vec() } else { b"http/1.1".to_vec() }];
    Ok(Arc::new(config))
}

/// Reads a chain and its key.
pub(crate) fn chain_and_key(
    identity: &Identity,
) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>), TlsError> {
    let chain = CertificateDer::pem_slice_iter(identity.chain_pem.as_bytes())
        .collect::<Result<Vec<_>, _>>()
        .map_err(|source| TlsError::Pem("certificate chain", source))?;
    let key = PrivateKeyDer::from_pem_slice(identity.key_pem.expose().as_bytes())
        .map_err(|source| TlsError::Pem("private key", source))?;
    Ok((chain, key))
}

/// Takes any certificate; the handshake's signatures are checked all the same.
#[derive(Debug)]
struct Unverified(Arc<CryptoProvider>);

impl ServerCertVerifier for Unverified {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, cert, dss, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, cert, dss, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
