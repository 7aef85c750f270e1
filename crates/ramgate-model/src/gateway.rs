//! Gateways: logical instances with entry points of their own.

use crate::{GatewayId, RegionId, Resource, Tags, Timestamp};
use serde::{Deserialize, Serialize};
use std::net::IpAddr;

/// A gateway instance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gateway {
    /// The id; also MSE's `GatewayUniqueId`.
    pub id: GatewayId,
    /// MSE's numeric `GatewayId`/`Id`.
    pub number: i64,
    /// The API that made it: decides the shape of ids and defaults, not what can be done with it.
    pub origin: GatewayOrigin,
    /// 1–64 characters.
    pub name: String,
    /// The region it was made for.
    pub region: RegionId,
    /// What it is doing.
    pub status: GatewayStatus,
    /// Ordinary or AI.
    pub gateway_type: GatewayType,
    /// `Professional`, `Serverless`, … as requested.
    pub edition: String,
    /// The specification's name as requested, such as `apigw.small.x1`. Informational: capacity is the machine's.
    pub spec: String,
    /// Number of nodes as requested. Informational.
    pub replicas: u32,
    /// `POSTPAY` or `PREPAY`. Informational.
    pub charge_type: String,
    /// Which networks it serves.
    pub network_type: NetworkType,
    /// The virtual network named at creation. Informational.
    pub vpc_id: String,
    /// Zones named at creation. Informational.
    pub zones: Vec<Zone>,
    /// Where traffic enters.
    pub entry: EntryPoint,
    /// The resource group; empty means the default one.
    pub resource_group_id: String,
    /// Tags.
    pub tags: Tags,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// The API through which a gateway was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GatewayOrigin {
    /// MSE `AddGateway`.
    Mse,
    /// APIG `CreateGateway`.
    Apig,
}

/// Life of a gateway. A gateway is `Running` once its listeners are open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GatewayStatus {
    /// Being made.
    Creating,
    /// Serving.
    Running,
    /// Going away.
    Deleting,
}

/// APIG's `gatewayType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum GatewayType {
    /// An ordinary gateway.
    API,
    /// A gateway for model traffic.
    AI,
}

/// APIG's `networkAccessConfig.type`; the value of `apig:NetworkType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NetworkType {
    /// Reachable from the internet.
    Internet,
    /// Reachable from inside.
    Intranet,
    /// Both.
    InternetAndIntranet,
}

impl NetworkType {
    /// The value as the APIs write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Internet => "Internet",
            Self::Intranet => "Intranet",
            Self::InternetAndIntranet => "InternetAndIntranet",
        }
    }
}

/// A zone named at creation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Zone {
    /// The zone id.
    pub zone_id: String,
    /// The switch in that zone.
    pub v_switch_id: String,
}

/// Where a gateway's traffic enters: one address, a port for HTTP and one for HTTPS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryPoint {
    /// The address listened on.
    pub host: IpAddr,
    /// Plain HTTP/1.1 and HTTP/2 by prior knowledge.
    pub http_port: u16,
    /// TLS; HTTP/1.1 and HTTP/2 by ALPN.
    pub https_port: u16,
}

impl Resource for Gateway {
    const KIND: &'static str = "gateway";

    fn id(&self) -> String {
        self.id.0.clone()
    }
}
