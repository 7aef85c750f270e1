//! What identity providers say about others, verified: OIDC tokens and SAML assertions. Not for: what a role makes of it,
//! which its trust policy decides.

mod fetch;
pub(crate) mod oidc;
pub(crate) mod saml;
