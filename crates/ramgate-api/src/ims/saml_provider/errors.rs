//! Error codes of SAML identity providers. Source: IMS API reference 2019-08-15.

use crate::error::error_codes;

error_codes! {
    /// No such provider.
    PROVIDER_NOT_FOUND = "EntityNotExist.SAMLProvider", 404, "The SAML provider does not exist.";
    /// The name is taken.
    PROVIDER_EXISTS = "EntityAlreadyExists.SAMLProvider", 409, "The SAML provider does already exist.";
    /// 100 providers in an account.
    PROVIDER_LIMIT = "LimitExceeded.SAMLProvider", 409, "The count of SAML providers beyond the current limits.";
    /// Not the metadata of an identity provider.
    METADATA_INVALID = "InvalidParameter.SAMLMetadataDocument", 400, "The SAML metadata document is not valid.";
}
