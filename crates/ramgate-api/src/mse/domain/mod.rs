//! Domains and the certificates they can use.

mod add_gateway_domain;
mod add_ssl_cert;
mod delete_gateway_domain;
mod get_gateway_domain_detail;
mod list_gateway_domain;
mod list_ssl_cert;
mod types;
mod update_gateway_domain;
mod update_ssl_cert;

pub use add_gateway_domain::{AddGatewayDomain, AddGatewayDomainRequest};
pub use add_ssl_cert::{AddSSLCert, AddSSLCertRequest};
pub use delete_gateway_domain::{DeleteGatewayDomain, DeleteGatewayDomainRequest};
pub use get_gateway_domain_detail::{GetGatewayDomainDetail, GetGatewayDomainDetailRequest};
pub use list_gateway_domain::{ListGatewayDomain, ListGatewayDomainRequest};
pub use list_ssl_cert::{ListSSLCert, ListSSLCertRequest};
pub use types::{DeletedDomain, DomainDetail, DomainSummary, SslCert, TlsCipherSuitesConfig};
pub use update_gateway_domain::{UpdateGatewayDomain, UpdateGatewayDomainRequest};
pub use update_ssl_cert::{UpdateSSLCert, UpdateSSLCertRequest};
