//! The resources of Ramgate and their identifiers: plain data that the management plane writes, the store keeps
//! as JSON, and the data plane reads.
//!
//! One model serves both gateway APIs: what the MSE API calls a gateway, source, service, route or domain is the same
//! object that the APIG API shows. Not for: request and response shapes (they belong to the API declarations),
//! or for deciding anything.

mod arn;
mod certificate;
mod domain;
mod environment;
mod gateway;
mod http_api;
mod id;
mod ram;
mod resource;
mod route;
mod service;
mod shared;
mod source;

pub use arn::{Arn, ArnError};
pub use certificate::{Certificate, CertificateFacts};
pub use domain::{Domain, DomainProtocol, Http2Option, TlsVersion};
pub use environment::Environment;
pub use gateway::{EntryPoint, Gateway, GatewayOrigin, GatewayStatus, GatewayType, NetworkType, Zone};
pub use http_api::{HttpApi, HttpApiType};
pub use id::*;
pub use ram::{
    AccessKey, AccessKeyStatus, Account, Attachment, ConsoleSession, Group, KeyOwner, LoginProfile, LogonState,
    Membership, MfaBinding, MfaDevice, MfaOperation, MfaTicket, NetworkPolicy, OidcProvider, PasswordPolicy, Policy,
    PolicyKind, PolicyVersion, PrincipalRef, RecycledAccessKey, RecycledUser, Role, SETTINGS, SamlProvider,
    SecurityPreference, TokenKey, User, UserSso,
};
pub use resource::{Resource, StoreKey};
pub use route::{Backend, PathMatch, Route, RouteMatch, RouteSpec, TextMatch, ValueMatch, WeightedService};
pub use service::{Address, AddressError, Service, ServicePort, ServiceProtocol, ServiceSource, UpstreamTls};
pub use shared::Shared;
pub use source::{Source, SourceKind};

/// Milliseconds since the Unix epoch, UTC.
pub type Timestamp = i64;

/// Tags of a resource: key to value, at most 20.
pub type Tags = std::collections::BTreeMap<String, String>;
