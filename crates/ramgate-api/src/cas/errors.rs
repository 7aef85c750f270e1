//! Error codes of CAS. The reference publishes few; the others follow its pattern.

use crate::error::error_codes;

error_codes! {
    /// No such certificate.
    CERTIFICATE_NOT_FOUND = "NotFound", 404, "The certificate does not exist.";
    /// The name is taken.
    NAME_REPEAT = "NameRepeat", 400, "The name of the certificate is taken.";
    /// What was sent is not a certificate, or its chain is broken.
    CERT_FORMAT = "InvalidParameter.Cert", 400, "The parameter Cert is not a certificate in PEM format.";
    /// What was sent is not a private key of a known kind.
    KEY_FORMAT = "InvalidParameter.Key", 400, "The parameter Key is not a private key in PEM format.";
    /// The private key belongs to another certificate.
    KEY_MISMATCH = "InvalidParameter.KeyMismatch", 400, "The private key does not belong to the certificate.";
    /// A domain uses the certificate.
    CERTIFICATE_IN_USE = "CertificateInUse", 409, "A domain uses the certificate.";
}
