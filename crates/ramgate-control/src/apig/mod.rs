//! Handlers of APIG: requests into the layer beneath both gateway APIs, its objects into answers.

mod certificate;
mod domain;
mod environment;
mod gateway;
mod http_api;
mod pending;
mod refusal;
mod route;
mod service;

use crate::dispatch::Dispatcher;
use refusal::apig;

/// Binds the operations.
pub(crate) fn bind(dispatcher: Dispatcher) -> Dispatcher {
    let dispatcher = dispatcher
        .on(gateway::create)
        .on(gateway::get)
        .on(gateway::list)
        .on(gateway::delete)
        .on(gateway::rename)
        .on(gateway::list_zones)
        .on(environment::create)
        .on(environment::get)
        .on(environment::list)
        .on(environment::update)
        .on(environment::delete)
        .on(http_api::create)
        .on(http_api::get)
        .on(http_api::list)
        .on(http_api::update)
        .on(http_api::delete)
        .on(http_api::deploy)
        .on(http_api::undeploy)
        .on(route::create)
        .on(route::get)
        .on(route::list)
        .on(route::update)
        .on(route::delete)
        .on(service::create)
        .on(service::get)
        .on(service::list)
        .on(service::update)
        .on(service::delete)
        .on(domain::create)
        .on(domain::get)
        .on(domain::list)
        .on(domain::update)
        .on(domain::delete)
        .on(certificate::list);
    pending::bind(dispatcher)
}
