//! What the management plane does to gateways and what belongs to them, beneath both gateway APIs.
//!
//! MSE's and APIG's handlers translate: a request into the functions here, their result into a response, a [`Refusal`] into
//! the codes of their product. Rules (uniqueness, references, cascades) are here and only here.

pub(crate) mod certificate;
pub(crate) mod domain;
pub(crate) mod environment;
pub(crate) mod gateway;
pub(crate) mod http_api;
mod paging;
mod refusal;
pub(crate) mod route;
pub(crate) mod service;
pub(crate) mod source;

pub(crate) use paging::page;
pub(crate) use refusal::{Kind, Refusal};
