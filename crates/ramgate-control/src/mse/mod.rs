//! Handlers of MSE: requests into the layer beneath both gateway APIs, its objects into answers.
//!
//! Permission is checked on the gateway that a request names, so every number in a request is looked up on that gateway
//! and nowhere else. Gateways made through APIG are shown as any other. What belongs to an HTTP API or to the account
//! itself is shown where it acts on the gateway, and changed through APIG only: a grant on a gateway does not reach it.

mod domain;
mod gateway;
pub(crate) mod log_arms;
mod pending;
mod policies;
mod refusal;
mod route;
mod route_view;
mod service;
mod service_view;
mod source;
mod target;
mod times;

use crate::dispatch::Dispatcher;
use refusal::{illegal, mse, not_built};

/// Binds the operations.
pub(crate) fn bind(dispatcher: Dispatcher) -> Dispatcher {
    let dispatcher = dispatcher
        .on(gateway::add)
        .on(gateway::list)
        .on(gateway::get)
        .on(gateway::detail)
        .on(gateway::delete)
        .on(gateway::list_zones)
        .on(source::add)
        .on(source::list)
        .on(source::delete)
        .on(service::import)
        .on(service::pull)
        .on(service::list)
        .on(service::detail)
        .on(route::add)
        .on(route::list)
        .on(route::detail)
        .on(route::apply)
        .on(route::offline)
        .on(route::delete)
        .on(domain::add)
        .on(domain::list)
        .on(domain::detail)
        .on(domain::delete)
        .on(domain::add_certificate)
        .on(domain::list_certificates);
    pending::bind(dispatcher)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_declared_operation_is_bound() {
        let bound = |bind: fn(Dispatcher) -> Dispatcher| -> BTreeSet<&str> {
            bind(Dispatcher::default()).operations().map(|(spec, _)| spec.name).collect()
        };
        let declared: BTreeSet<&str> = ramgate_api::mse::OPERATIONS.iter().map(|spec| spec.name).collect();
        assert_eq!(bound(bind), declared);
        let (log, arms) = (ramgate_api::log::OPERATIONS, ramgate_api::arms::OPERATIONS);
        let declared: BTreeSet<&str> = log.iter().chain(arms).map(|spec| spec.name).collect();
        assert_eq!(bound(log_arms::bind), declared);
    }
}
