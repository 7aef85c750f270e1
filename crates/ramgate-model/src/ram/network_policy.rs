//! From which networks access keys may be used.

use ipnet::IpNet;
use serde::{Deserialize, Serialize};
use std::net::IpAddr;

/// A list of networks that an access key, or all keys of an account, may be used from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworkPolicy {
    /// The policy, byte for byte as given.
    pub document: String,
    /// Whether it is in force.
    pub active: bool,
    /// The networks that its statements on public networks name. Statements on private networks of the cloud (VPC) stand in
    /// the document only: no call here comes out of one.
    pub networks: Vec<IpNet>,
}

impl NetworkPolicy {
    /// Whether a call may come from this address. An IPv4 address inside an IPv6 one counts as the IPv4 address.
    pub fn admits(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        !self.active || self.networks.iter().any(|network| network.contains(&address))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(active: bool, networks: &[&str]) -> NetworkPolicy {
        let networks = networks.iter().map(|n| n.parse().unwrap()).collect();
        NetworkPolicy { document: String::new(), active, networks }
    }

    #[test]
    fn an_active_policy_admits_its_networks_and_nothing_else() {
        let active = policy(true, &["10.0.0.0/8", "2001:db8::/32"]);
        for (address, admitted) in
            [("10.1.2.3", true), ("11.1.2.3", false), ("::ffff:10.1.2.3", true), ("2001:db8::1", true), ("::1", false)]
        {
            assert_eq!(active.admits(address.parse().unwrap()), admitted, "{address}");
        }
        assert!(!policy(true, &[]).admits("10.0.0.1".parse().unwrap()));
    }

    #[test]
    fn a_policy_that_is_not_active_admits_everything() {
        assert!(policy(false, &["10.0.0.0/8"]).admits("192.0.2.1".parse().unwrap()));
    }
}
