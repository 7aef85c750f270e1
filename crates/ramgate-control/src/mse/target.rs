//! The gateway that a request names: the same one that permission was checked on.
//!
//! Everything else that a request names by number is looked up on this gateway and nowhere else.

use crate::gateways::{Kind, Refusal, gateway};
use crate::state::{AccountState, Row};
use ramgate_api::mse::{GatewayName, NamesGateway};
use ramgate_model::Gateway;
use std::sync::Arc;

/// The gateway, also one that is going away.
pub(super) fn named<'a, R: NamesGateway>(
    account: &'a AccountState,
    request: &R,
) -> Result<&'a Arc<Row<Gateway>>, Refusal> {
    let (found, name) = match request.gateway() {
        GatewayName::Id(id) => (account.get::<Gateway>(id), id.to_owned()),
        GatewayName::Number(number) => (gateway::by_number(account, number), number.to_string()),
        GatewayName::Absent => return Err(Refusal::invalid("GatewayUniqueId", "must be given")),
    };
    found.ok_or_else(|| Refusal::not_found(Kind::Gateway, name))
}

/// The gateway, unless it is going away: for changes of what is on it.
pub(super) fn live<'a, R: NamesGateway>(
    account: &'a AccountState,
    request: &R,
) -> Result<&'a Arc<Row<Gateway>>, Refusal> {
    let found = named(account, request)?;
    gateway::find(account, found.id.as_str())
}
