//! Identity providers: whom the account believes about others.

use crate::{AccountId, Resource, Timestamp};
use serde::{Deserialize, Serialize};

/// An OIDC identity provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OidcProvider {
    /// Never used again, so that sessions of a removed provider do not live on in a new one of the same name.
    pub uid: String,
    /// 1–128 of letters, digits, `.`, `-`, `_`; unique without regard to case.
    pub name: String,
    /// The `iss` of its tokens; unique in the account.
    pub issuer_url: String,
    /// Whom tokens may be for; a token must be for one of them.
    pub client_ids: Vec<String>,
    /// SHA-1 or SHA-256 of certificates, in lower-case hexadecimal; where there are any, the issuer's connection must
    /// show one of them.
    pub fingerprints: Vec<String>,
    /// How old a token may be, in hours.
    pub issuance_limit_hours: u32,
    /// Up to 256 characters.
    pub description: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl OidcProvider {
    /// `acs:ram::<account>:oidc-provider/<name>`, the name as it was given.
    pub fn arn(&self, account_id: &AccountId) -> String {
        format!("acs:ram::{account_id}:oidc-provider/{}", self.name)
    }
}

impl Resource for OidcProvider {
    const KIND: &'static str = "oidc-provider";

    /// The name in lower case.
    fn id(&self) -> String {
        self.name.to_ascii_lowercase()
    }
}

/// A SAML identity provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SamlProvider {
    /// As of [`OidcProvider::uid`].
    pub uid: String,
    /// 1–128 of letters, digits, `.`, `-`, `_`; unique without regard to case.
    pub name: String,
    /// The metadata, Base64, byte for byte as given.
    pub metadata: String,
    /// `rsa-sha256` or `rsa-sha1`.
    pub authn_sign_algo: String,
    /// Up to 256 characters.
    pub description: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl SamlProvider {
    /// `acs:ram::<account>:saml-provider/<name>`, the name as it was given.
    pub fn arn(&self, account_id: &AccountId) -> String {
        format!("acs:ram::{account_id}:saml-provider/{}", self.name)
    }
}

impl Resource for SamlProvider {
    const KIND: &'static str = "saml-provider";

    /// The name in lower case.
    fn id(&self) -> String {
        self.name.to_ascii_lowercase()
    }
}

/// How users of an account log on through a SAML identity provider. One for each account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserSso {
    /// Whether they do.
    pub enabled: bool,
    /// Whether the provider writes a domain behind names.
    pub login_with_domain: bool,
    /// A domain that it may write; may be empty.
    pub auxiliary_domain: String,
    /// The metadata, Base64; may be empty while not enabled.
    pub metadata: String,
    /// `rsa-sha256` or `rsa-sha1`.
    pub authn_sign_algo: String,
}

impl UserSso {
    /// The id of the only one.
    pub const ID: &'static str = "settings";
}

impl Resource for UserSso {
    const KIND: &'static str = "user-sso";

    fn id(&self) -> String {
        Self::ID.to_owned()
    }
}
