//! Service sources: registries and clusters that services are imported from.

use crate::{GatewayId, Resource, SourceId, Timestamp};
use serde::{Deserialize, Serialize};

/// A service source bound to a gateway.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The id.
    pub id: SourceId,
    /// MSE's numeric id.
    pub number: i64,
    /// The gateway it is bound to.
    pub gateway_id: GatewayId,
    /// The name shown.
    pub name: String,
    /// What it is.
    pub kind: SourceKind,
    /// Cluster id or registry endpoint.
    pub address: String,
    /// Names of groups to read; empty means all.
    pub groups: Vec<String>,
    /// Root paths to read (ZooKeeper); empty means all.
    pub paths: Vec<String>,
    /// Options as given (Ingress options, security groups), answered unchanged.
    pub extra: serde_json::Map<String, serde_json::Value>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// Kinds of sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// A Kubernetes cluster.
    Kubernetes,
    /// A Nacos registry.
    Nacos,
    /// A ZooKeeper registry.
    Zookeeper,
    /// An EDAS namespace.
    Edas,
    /// A SAE namespace.
    Sae,
}

impl Resource for Source {
    const KIND: &'static str = "source";

    fn id(&self) -> String {
        self.id.0.clone()
    }
}
