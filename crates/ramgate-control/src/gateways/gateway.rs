//! Gateways: creation with entry points and a default environment, renaming, deletion with everything that belongs to it.

use super::{Kind, Refusal, environment};
use crate::node::Cx;
use crate::state::{AccountState, Row, Tabled};
use crate::transact::Tx;
use ramgate_model::{
    Backend, Domain, EntryPoint, Environment, Gateway, GatewayOrigin, GatewayStatus, GatewayType, HttpApi, NetworkType,
    Route, RouteId, Service, Source, Tags, Zone,
};
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};
use std::net::{IpAddr, TcpListener};
use std::ops::RangeInclusive;
use std::sync::Arc;

/// What a gateway is made of; the rest is allocated.
#[derive(Clone, Debug)]
pub(crate) struct NewGateway {
    pub(crate) origin: GatewayOrigin,
    pub(crate) name: String,
    pub(crate) gateway_type: GatewayType,
    pub(crate) edition: String,
    pub(crate) spec: String,
    pub(crate) replicas: u32,
    pub(crate) charge_type: String,
    pub(crate) network_type: NetworkType,
    pub(crate) vpc_id: String,
    pub(crate) zones: Vec<Zone>,
    pub(crate) resource_group_id: String,
    pub(crate) tags: Tags,
}

/// The version of the engine that answers show.
pub(crate) const ENGINE_VERSION: &str = "2.1.0";
/// The scope of the claims on entry ports.
const ENTRY_PORT: &str = "entry-port";
/// Objects removed in one transaction of a cascade.
const AT_ONCE: usize = 60;

/// The gateway with this id, unless it is going away.
pub(crate) fn find<'a>(account: &'a AccountState, id: &str) -> Result<&'a Arc<Row<Gateway>>, Refusal> {
    match account.get::<Gateway>(id) {
        Some(gateway) if gateway.status == GatewayStatus::Deleting => {
            Err(Refusal::Deleting { kind: Kind::Gateway, id: id.to_owned() })
        }
        Some(gateway) => Ok(gateway),
        None => Err(Refusal::not_found(Kind::Gateway, id)),
    }
}

/// The gateway with this MSE number.
pub(crate) fn by_number(account: &AccountState, number: i64) -> Option<&Arc<Row<Gateway>>> {
    account.table::<Gateway>().indexed(&format!("number/{number}")).next()
}

/// The gateway that something is to be added to: it must still be there, and stay, when the transaction is carried out.
pub(crate) fn hold(tx: &mut Tx, id: &str) -> Result<Arc<Row<Gateway>>, Refusal> {
    let gateway = find(tx.account(), id)?.clone();
    tx.unmodified(&gateway)?;
    Ok(gateway)
}

/// What the gateway is doing: its stored status, and `Creating` while its listeners are not open on this node.
pub(crate) fn status(cx: &Cx, gateway: &Gateway) -> (GatewayStatus, Option<String>) {
    match (gateway.status, cx.data_plane().and_then(|d| d.listener_problem(&gateway.id))) {
        (GatewayStatus::Running, Some(problem)) => (GatewayStatus::Creating, Some(problem)),
        (status, problem) => (status, problem),
    }
}

/// Makes a gateway with a default environment and a pair of entry ports. It serves when this returns.
pub(crate) async fn create(cx: &Cx, new: NewGateway) -> Result<Gateway, Refusal> {
    let number = cx.number("gateway").await?;
    let id = match new.origin {
        GatewayOrigin::Mse => cx.ids().mse_gateway(),
        GatewayOrigin::Apig => cx.ids().gateway(),
    };
    let environment_id = cx.ids().environment();
    let host = cx.config().entry_host;
    // Ports that other programs hold; found outside the transaction, which may run several times.
    let mut foreign = HashSet::new();
    cx.change(|tx| {
        let ports = free_ports(tx.account(), host, &cx.config().entry_ports, &mut foreign);
        let (http_port, https_port) = ports.ok_or(Refusal::NoEntryPort)?;
        let gateway = Gateway {
            id: id.clone(),
            number,
            origin: new.origin,
            name: new.name.clone(),
            region: cx.region().clone(),
            status: GatewayStatus::Running,
            gateway_type: new.gateway_type,
            edition: new.edition.clone(),
            spec: new.spec.clone(),
            replicas: new.replicas,
            charge_type: new.charge_type.clone(),
            network_type: new.network_type,
            vpc_id: new.vpc_id.clone(),
            zones: new.zones.clone(),
            entry: EntryPoint { host, http_port, https_port },
            resource_group_id: new.resource_group_id.clone(),
            tags: new.tags.clone(),
            created_at: cx.now(),
            updated_at: cx.now(),
        };
        for port in [http_port, https_port] {
            let taken = || ramgate_api::codes::CONCURRENT_CHANGE.error();
            tx.claim::<Gateway>(ENTRY_PORT, &port.to_string(), id.as_str(), taken)?;
        }
        tx.create(&gateway)?;
        environment::add(tx, &environment::default_of(cx, &gateway, environment_id.clone()))?;
        Ok(gateway)
    })
    .await
}

/// The lowest pair of neighbouring ports that no gateway has and that can be listened on.
fn free_ports(
    account: &AccountState,
    host: IpAddr,
    range: &RangeInclusive<u16>,
    foreign: &mut HashSet<u16>,
) -> Option<(u16, u16)> {
    let free = |port: u16, foreign: &mut HashSet<u16>| {
        if account.named::<Gateway>(ENTRY_PORT, &port.to_string()).is_some() || foreign.contains(&port) {
            return false;
        }
        let listens = TcpListener::bind((host, port)).is_ok();
        if !listens {
            foreign.insert(port);
        }
        listens
    };
    let (first, last) = (*range.start(), *range.end());
    (first..last).step_by(2).map(|p| (p, p + 1)).find(|(http, https)| free(*http, foreign) && free(*https, foreign))
}

/// Changes a gateway's own fields.
pub(crate) async fn update(cx: &Cx, id: &str, change: impl Fn(&mut Gateway)) -> Result<Gateway, Refusal> {
    cx.change(|tx| {
        let row = find(tx.account(), id)?.clone();
        let mut gateway = row.value.clone();
        change(&mut gateway);
        gateway.updated_at = cx.now();
        tx.update(&row, &gateway)?;
        Ok(gateway)
    })
    .await
}

/// Whether a deletion takes along what is live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cascade {
    /// Refused while a route is published.
    RefuseLive,
    /// Everything goes.
    Everything,
}

/// Deletes a gateway with everything that belongs to it, and returns what it was.
///
/// It is first marked as going away, so that nothing can be added any more; then its parts go, many at a time; the gateway
/// itself and its entry ports go last. A deletion that was cut short goes on when it is asked for again.
pub(crate) async fn delete(cx: &Cx, id: &str, cascade: Cascade) -> Result<Gateway, Refusal> {
    let gateway = cx
        .change(|tx| {
            let row = tx.account().get::<Gateway>(id).cloned();
            let row = row.ok_or_else(|| Refusal::not_found(Kind::Gateway, id))?;
            let mut gateway = row.value.clone();
            gateway.status = GatewayStatus::Deleting;
            if row.status == GatewayStatus::Deleting {
                return Ok(gateway);
            }
            if cascade == Cascade::RefuseLive {
                let account = tx.account().clone();
                let mut routes = account.table::<Route>().indexed(&format!("gateway/{id}"));
                if let Some(route) = routes.find(|r| r.published.is_some()) {
                    let by = format!("the published route `{}`", route.name);
                    return Err(Refusal::InUse { kind: Kind::Gateway, id: id.to_owned(), by });
                }
                tx.unchanged::<Route>()?;
            }
            tx.update(&row, &gateway)?;
            Ok(gateway)
        })
        .await?;
    remove_all::<Route>(cx, id, super::route::remove).await?;
    // Routes of its HTTP APIs that are not placed anywhere are not the gateway's, and go with their API.
    let apis = |account: &AccountState| -> Vec<String> {
        account.table::<HttpApi>().indexed(&format!("gateway/{id}")).map(|api| api.id.to_string()).collect()
    };
    for api in cx.change(|tx| Ok(apis(tx.account()))).await? {
        super::http_api::purge(cx, &api).await?;
    }
    detach_drafts(cx, id).await?;
    remove_all::<Service>(cx, id, super::service::remove).await?;
    remove_all::<Source>(cx, id, super::source::remove).await?;
    remove_all::<Domain>(cx, id, super::domain::remove).await?;
    remove_all::<Environment>(cx, id, environment::remove).await?;
    cx.transact(|tx| {
        let Some(row) = tx.account().get::<Gateway>(id).cloned() else { return Ok(()) };
        for port in [row.entry.http_port, row.entry.https_port] {
            tx.release::<Gateway>(ENTRY_PORT, &port.to_string())?;
        }
        tx.delete(&row)
    })
    .await?;
    Ok(gateway)
}

/// Drafts that are placed on no gateway may name services of this one: they lose where they go to. No other routes name
/// them any more, and none can be made to, see [`super::route::create`].
async fn detach_drafts(cx: &Cx, gateway: &str) -> Result<(), Refusal> {
    loop {
        let more = cx
            .transact(|tx| {
                let account = tx.account().clone();
                let services = account.table::<Service>().indexed(&format!("gateway/{gateway}"));
                let entries = services.map(|service| format!("service/{}", service.id));
                let drafts: BTreeMap<RouteId, Arc<Row<Route>>> = entries
                    .flat_map(|entry| account.table::<Route>().indexed(&entry))
                    .map(|route| (route.id.clone(), route.clone()))
                    .take(AT_ONCE)
                    .collect();
                for row in drafts.values() {
                    let mut route = row.value.clone();
                    route.draft.backend = Backend::None;
                    route.updated_at = cx.now();
                    tx.update(row, &route)?;
                }
                Ok(!drafts.is_empty())
            })
            .await?;
        if !more {
            return Ok(());
        }
    }
}

/// Removes all objects of a kind that belong to a gateway.
async fn remove_all<R: Tabled>(
    cx: &Cx,
    gateway: &str,
    remove: impl Fn(&mut Tx, &Row<R>) -> Result<(), ramgate_api::ApiError>,
) -> Result<(), Refusal> {
    let entry = format!("gateway/{gateway}");
    loop {
        let more = cx
            .transact(|tx| {
                let some: Vec<_> = tx.account().table::<R>().indexed(&entry).take(AT_ONCE).cloned().collect();
                some.iter().try_for_each(|row| remove(tx, row))?;
                Ok(!some.is_empty())
            })
            .await?;
        if !more {
            return Ok(());
        }
    }
}

/// All gateways, newest first.
pub(crate) fn all(account: &AccountState) -> Vec<Arc<Row<Gateway>>> {
    let mut all: Vec<_> = account.table::<Gateway>().iter().cloned().collect();
    all.sort_by_key(|row| Reverse((row.created_at, row.number)));
    all
}

/// Checks a gateway's name.
pub(crate) fn check_name(name: &str) -> Result<(), Refusal> {
    match name.chars().count() {
        1..=64 if !name.chars().any(char::is_control) => Ok(()),
        _ => Err(Refusal::invalid("name", "must have 1 to 64 characters, none of them a control character")),
    }
}
