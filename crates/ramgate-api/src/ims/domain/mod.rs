//! The domain of logon names.

mod get_default_domain;
mod set_default_domain;

pub use get_default_domain::{GetDefaultDomain, GetDefaultDomainRequest, GetDefaultDomainResponse};
pub use set_default_domain::{SetDefaultDomain, SetDefaultDomainRequest, SetDefaultDomainResponse};
