//! Services: what stands behind a gateway.

use super::{Kind, Refusal, certificate, gateway};
use crate::node::Cx;
use crate::state::{AccountState, Row};
use crate::transact::Tx;
use ramgate_api::ApiError;
use ramgate_model::{Address, Route, Service, ServiceSource};
use std::cmp::Reverse;
use std::sync::Arc;

/// Most addresses of a service in one request.
const MAX_ADDRESSES: usize = 10;

/// The service with this id.
pub(crate) fn find<'a>(account: &'a AccountState, id: &str) -> Result<&'a Arc<Row<Service>>, Refusal> {
    account.get::<Service>(id).ok_or_else(|| Refusal::not_found(Kind::Service, id))
}

/// The service with this MSE number, of this gateway and no other.
pub(crate) fn by_number<'a>(account: &'a AccountState, gateway_id: &str, number: i64) -> Option<&'a Arc<Row<Service>>> {
    let mut found = account.table::<Service>().indexed(&format!("number/{number}"));
    found.find(|service| service.gateway_id.as_str() == gateway_id)
}

/// Services of a gateway, newest first.
pub(crate) fn of_gateway(account: &AccountState, gateway_id: &str) -> Vec<Arc<Row<Service>>> {
    let mut all: Vec<_> = account.table::<Service>().indexed(&format!("gateway/{gateway_id}")).cloned().collect();
    all.sort_by_key(|row| Reverse((row.created_at, row.number)));
    all
}

/// Names are unique in their gateway together with kind, namespace and group.
fn claim_of(service: &Service) -> String {
    let or_dash = |text: &str| if text.is_empty() { "-".to_owned() } else { text.to_owned() };
    let (namespace, group) = (or_dash(&service.namespace), or_dash(&service.group_name));
    format!("{}/{namespace}/{group}/{}", service.source.type_name(), service.name)
}

/// Reads the addresses of a service with fixed addresses (`VIP`).
pub(crate) fn fixed(field: &str, addresses: &[String]) -> Result<ServiceSource, Refusal> {
    let addresses = read(field, addresses)?;
    if let Some(name) = addresses.iter().find(|a| a.socket_addr().is_none()) {
        return Err(Refusal::invalid(field, format!("holds `{name}`; fixed addresses are of the form `ip:port`")));
    }
    Ok(ServiceSource::Fixed { addresses })
}

/// Reads the addresses and name servers of a service found by DNS.
pub(crate) fn dns(field: &str, addresses: &[String], dns_servers: &[String]) -> Result<ServiceSource, Refusal> {
    let addresses = read(field, addresses)?;
    for server in dns_servers {
        let ok = server.parse::<std::net::IpAddr>().is_ok() || server.parse::<std::net::SocketAddr>().is_ok();
        if !ok {
            return Err(Refusal::invalid(
                "dnsServers",
                format!("holds `{server}`; name servers are `ip` or `ip:port`"),
            ));
        }
    }
    Ok(ServiceSource::Dns { addresses, dns_servers: dns_servers.to_vec() })
}

fn read(field: &str, addresses: &[String]) -> Result<Vec<Address>, Refusal> {
    if addresses.is_empty() || addresses.len() > MAX_ADDRESSES {
        return Err(Refusal::invalid(field, format!("must have 1 to {MAX_ADDRESSES} addresses")));
    }
    let parsed: Result<Vec<Address>, _> = addresses.iter().map(|text| text.trim().parse()).collect();
    parsed.map_err(|problem: ramgate_model::AddressError| Refusal::invalid(field, format!("is not valid: {problem}")))
}

/// Checks a service's name: it becomes part of store keys.
pub(crate) fn check_name(field: &str, name: &str) -> Result<(), Refusal> {
    let legal = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
    match name.chars().count() {
        1..=128 if name.chars().all(legal) => Ok(()),
        _ => Err(Refusal::invalid(field, "must have 1 to 128 letters, digits, `-`, `_`, `.` or `:`")),
    }
}

/// What is done where a service of the same name exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OnDuplicate {
    /// The whole call is refused.
    Refuse,
    /// The existing one stays, and takes the place of the new one in the answer.
    Keep,
}

/// Adds services to their gateway, all or none, and answers them in the order given.
pub(crate) async fn create(
    cx: &Cx,
    gateway_id: &str,
    services: Vec<Service>,
    on_duplicate: OnDuplicate,
) -> Result<Vec<Service>, Refusal> {
    cx.change(|tx| {
        gateway::hold(tx, gateway_id)?;
        let mut made: Vec<Service> = Vec::new();
        for service in &services {
            check_references(tx, service)?;
            let claim = claim_of(service);
            let present = tx.account().named::<Service>(gateway_id, &claim).map(str::to_owned);
            let twice = made.iter().find(|other| claim_of(other) == claim).cloned();
            let present =
                present.and_then(|id| tx.account().get::<Service>(&id).map(|row| row.value.clone())).or(twice);
            match (present, on_duplicate) {
                (Some(present), OnDuplicate::Keep) => made.push(present),
                (Some(_), OnDuplicate::Refuse) => {
                    return Err(Refusal::Duplicate { kind: Kind::Service, name: service.name.clone() });
                }
                (None, _) => {
                    let taken = || ramgate_api::codes::CONCURRENT_CHANGE.error();
                    tx.claim::<Service>(gateway_id, &claim, service.id.as_str(), taken)?;
                    tx.create(service)?;
                    made.push(service.clone());
                }
            }
        }
        Ok(made)
    })
    .await
}

/// The certificate that a service's TLS names must stay.
fn check_references(tx: &mut Tx, service: &Service) -> Result<(), Refusal> {
    if let Some(id) = service.tls.certificate_id {
        let row = certificate::find(tx.account(), id)?.clone();
        tx.require(&row)?;
    }
    Ok(())
}

/// Changes a service. Its name and gateway stay.
pub(crate) async fn update(
    cx: &Cx,
    id: &str,
    change: impl Fn(&mut Service) -> Result<(), Refusal>,
) -> Result<Service, Refusal> {
    cx.change(|tx| {
        let row = find(tx.account(), id)?.clone();
        let mut service = row.value.clone();
        change(&mut service)?;
        service.updated_at = cx.now();
        check_references(tx, &service)?;
        if claim_of(&service) != claim_of(&row) {
            let (gateway_id, claim) = (row.gateway_id.as_str(), claim_of(&service));
            if tx.account().named::<Service>(gateway_id, &claim).is_some() {
                return Err(Refusal::Duplicate { kind: Kind::Service, name: service.name });
            }
            let taken = || ramgate_api::codes::CONCURRENT_CHANGE.error();
            tx.claim::<Service>(gateway_id, &claim, id, taken)?;
            tx.release::<Service>(gateway_id, &claim_of(&row))?;
        }
        tx.update(&row, &service)?;
        Ok(service)
    })
    .await
}

/// Deletes a service that no route names, neither as drafted nor as published.
pub(crate) async fn delete(cx: &Cx, id: &str) -> Result<Service, Refusal> {
    cx.change(|tx| {
        let row = find(tx.account(), id)?.clone();
        let entry = format!("service/{id}");
        let users: Vec<String> =
            tx.account().table::<Route>().indexed(&entry).take(5).map(|route| format!("`{}`", route.name)).collect();
        if !users.is_empty() {
            let by = format!("the routes {}", users.join(", "));
            return Err(Refusal::InUse { kind: Kind::Service, id: id.to_owned(), by });
        }
        tx.unchanged::<Route>()?;
        remove(tx, &row)?;
        Ok(row.value.clone())
    })
    .await
}

/// Removes a service and its name.
pub(super) fn remove(tx: &mut Tx, service: &Row<Service>) -> Result<(), ApiError> {
    tx.release::<Service>(service.gateway_id.as_str(), &claim_of(service))?;
    tx.delete(service)
}
