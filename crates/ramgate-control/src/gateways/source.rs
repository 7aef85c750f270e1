//! Service sources: registries and clusters bound to a gateway.

use super::{Kind, Refusal, gateway};
use crate::node::Cx;
use crate::state::{AccountState, Row};
use crate::transact::Tx;
use ramgate_api::ApiError;
use ramgate_model::{Service, Source};
use std::sync::Arc;

/// The source with this MSE number, of this gateway and no other.
pub(crate) fn by_number<'a>(account: &'a AccountState, gateway_id: &str, number: i64) -> Option<&'a Arc<Row<Source>>> {
    let mut found = account.table::<Source>().indexed(&format!("number/{number}"));
    found.find(|source| source.gateway_id.as_str() == gateway_id)
}

/// Sources of a gateway, oldest first.
pub(crate) fn of_gateway(account: &AccountState, gateway_id: &str) -> Vec<Arc<Row<Source>>> {
    account.table::<Source>().indexed(&format!("gateway/{gateway_id}")).cloned().collect()
}

/// Binds a source to its gateway. One kind and address is bound once.
pub(crate) async fn create(cx: &Cx, source: Source) -> Result<Source, Refusal> {
    cx.change(|tx| {
        gateway::hold(tx, source.gateway_id.as_str())?;
        let present = of_gateway(tx.account(), source.gateway_id.as_str());
        if present.iter().any(|s| s.kind == source.kind && s.address == source.address) {
            return Err(Refusal::Duplicate { kind: Kind::Source, name: source.address.clone() });
        }
        tx.unchanged::<Source>()?;
        tx.create(&source)?;
        Ok(source.clone())
    })
    .await
}

/// Unbinds a source that no service comes from.
pub(crate) async fn delete(cx: &Cx, gateway_id: &str, number: i64) -> Result<Source, Refusal> {
    cx.change(|tx| {
        let row = by_number(tx.account(), gateway_id, number).cloned();
        let row = row.ok_or_else(|| Refusal::not_found(Kind::Source, number.to_string()))?;
        let user = tx.account().table::<Service>().indexed(&format!("source/{}", row.id)).next().cloned();
        if let Some(service) = user {
            let by = format!("the service `{}`", service.name);
            return Err(Refusal::InUse { kind: Kind::Source, id: number.to_string(), by });
        }
        tx.unchanged::<Service>()?;
        remove(tx, &row)?;
        Ok(row.value.clone())
    })
    .await
}

/// Removes a source.
pub(super) fn remove(tx: &mut Tx, source: &Row<Source>) -> Result<(), ApiError> {
    tx.delete(source)
}
