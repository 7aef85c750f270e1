//! Environments: where HTTP APIs of a gateway are deployed to.

use crate::{EnvironmentId, GatewayId, Resource, Timestamp};
use serde::{Deserialize, Serialize};

/// An environment of a gateway.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Environment {
    /// The id.
    pub id: EnvironmentId,
    /// The gateway it belongs to.
    pub gateway_id: GatewayId,
    /// Unique in its gateway.
    pub name: String,
    /// The name shown.
    pub alias: String,
    /// Free text.
    pub description: String,
    /// Made with its gateway, and not deletable by itself.
    pub is_default: bool,
    /// Host names under which routes without a domain are reachable: `<id>.<region>.<suffix>` and, for intranet access,
    /// `<id>.<region>-vpc.<suffix>`.
    pub sub_domains: Vec<String>,
    /// The resource group; empty means the default one.
    pub resource_group_id: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl Resource for Environment {
    const KIND: &'static str = "environment";

    fn id(&self) -> String {
        self.id.0.clone()
    }
}
