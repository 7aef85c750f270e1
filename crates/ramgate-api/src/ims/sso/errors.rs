//! Error codes of the settings for logon through a provider. Source: IMS API reference 2019-08-15.

use crate::error::error_codes;

error_codes! {
    /// Not the metadata of an identity provider, or none where one is needed.
    METADATA_INVALID = "InvalidParameter.MetadataDocument", 400, "The SAML metadata document is not valid.";
}
