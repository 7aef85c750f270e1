//! The management plane over its wire: a real server, signed requests, and what they leave behind.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, also in its helpers")]

mod access_keys;
mod account_file;
mod apig_domain;
mod apig_gateway;
mod apig_graph;
mod apig_http_api;
mod apig_route;
mod apig_service;
mod apig_world;
mod assume_role;
mod attachments;
mod audit;
mod authentication;
mod authorization;
mod cas_certificate;
mod client;
mod concurrency;
mod context;
mod diagnosis;
mod faults;
mod issuer;
mod mse_concurrency;
mod mse_deletion;
mod mse_domain;
mod mse_gateway;
mod mse_isolation;
mod mse_route;
mod mse_seed_policies;
mod mse_service;
mod mse_source;
mod mse_traffic;
mod mse_world;
mod oidc;
mod oidc_providers;
mod policies;
mod policy_versions;
mod requests;
mod restart;
mod roles;
mod sessions;
mod tags;
mod users;
