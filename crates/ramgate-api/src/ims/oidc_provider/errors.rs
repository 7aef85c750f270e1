//! Error codes of OIDC identity providers. Source: IMS API reference 2019-08-15.

use crate::error::error_codes;

error_codes! {
    /// No such provider.
    PROVIDER_NOT_FOUND = "EntityNotExist.OIDCProvider", 404, "The OIDC provider does not exist.";
    /// The name is taken.
    PROVIDER_EXISTS = "EntityAlreadyExists.OIDCProvider", 409, "The OIDC provider does already exist.";
    /// Another provider of the account has the issuer.
    ISSUER_EXISTS = "EntityAlreadyExists.OIDCProvider.IssuerUrl", 409,
        "Another OIDC provider has this issuer already.";
    /// 100 providers in an account.
    PROVIDER_LIMIT = "LimitExceeded.OIDCProvider", 409, "The count of OIDC providers beyond the current limits.";
    /// The provider has the client id already.
    CLIENT_ID_EXISTS = "EntityAlreadyExists.OIDCProvider.ClientId", 409, "The OIDC provider has this client id already.";
    /// The provider does not have the client id.
    CLIENT_ID_NOT_FOUND = "EntityNotExist.OIDCProvider.ClientId", 404, "The OIDC provider does not have this client id.";
    /// 50 client ids of each provider.
    CLIENT_ID_LIMIT = "LimitExceeded.OIDCProvider.ClientId", 409, "The count of client ids beyond the current limits.";
    /// The provider has the fingerprint already.
    FINGERPRINT_EXISTS = "EntityAlreadyExists.OIDCProvider.Fingerprint", 409,
        "The OIDC provider has this fingerprint already.";
    /// The provider does not have the fingerprint.
    FINGERPRINT_NOT_FOUND = "EntityNotExist.OIDCProvider.Fingerprint", 404,
        "The OIDC provider does not have this fingerprint.";
    /// Five fingerprints of each provider.
    FINGERPRINT_LIMIT = "LimitExceeded.OIDCProvider.Fingerprint", 409,
        "The count of fingerprints beyond the current limits.";
}
