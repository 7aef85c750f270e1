//! Settings of the management plane. How they are read is the binary's business.

use ipnet::IpNet;
use ramgate_model::{AccountId, RegionId};
use ramgate_signing::Limits;
use std::net::{IpAddr, SocketAddr};
use std::ops::RangeInclusive;
use std::path::PathBuf;

/// Settings of the management plane.
#[derive(Clone, Debug)]
pub struct ControlConfig {
    /// Where the management API listens.
    pub listen: SocketAddr,
    /// Where audit log and replay log lie.
    pub data_dir: PathBuf,
    /// The account made at first start.
    pub account_id: AccountId,
    /// The region that resource names carry.
    pub region: RegionId,
    /// The address gateways listen on.
    pub entry_host: IpAddr,
    /// The ports that gateways get, two each: HTTP, then HTTPS.
    pub entry_ports: RangeInclusive<u16>,
    /// Suffix of the host names of environments: `env-….<region>.<suffix>`.
    pub domain_suffix: String,
    /// Suffix of the domains of logon names: `<name>@<account alias or id>.<suffix>`.
    pub logon_domain_suffix: String,
    /// Peers whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Networks beside the public internet in which issuers of OIDC tokens may lie. Plain HTTP is accepted for loopback
    /// addresses among them.
    pub issuer_networks: Vec<IpNet>,
    /// Largest request body, in bytes.
    pub max_body_bytes: usize,
    /// Clock skew and schemes of signatures.
    pub signatures: Limits,
    /// The root access key to make at first start; a random one where absent.
    pub root_access_key: Option<(String, String)>,
}
