//! What exists, and where it can be.

mod get_resource_overview;
mod list_zones;
mod types;

pub use get_resource_overview::{GetResourceOverview, GetResourceOverviewRequest};
pub use list_zones::{ListZones, ListZonesRequest, ListZonesResponse};
pub use types::Zone;
