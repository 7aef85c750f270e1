//! Domains and the certificates they can use.

mod create_domain;
mod delete_domain;
mod get_domain;
mod list_domains;
mod list_ssl_certs;
mod types;
mod update_domain;

pub use create_domain::{CreateDomain, CreateDomainRequest, CreateDomainResponse};
pub use delete_domain::{DeleteDomain, DeleteDomainRequest};
pub use get_domain::{GetDomain, GetDomainRequest};
pub use list_domains::{ListDomains, ListDomainsRequest, ListDomainsResponse};
pub use list_ssl_certs::{ListSslCerts, ListSslCertsRequest, ListSslCertsResponse};
pub use types::{Domain, DomainInfo, DomainStatistics, DomainSummary, SslCert, TlsCipherSuite, TlsCipherSuitesConfig};
pub use update_domain::{UpdateDomain, UpdateDomainRequest, UpdateDomainResponse};
