//! What routing sees of a request, and what it answers.

use crate::route::LiveRoute;
use http::{HeaderMap, Method};
use std::sync::Arc;

/// The parts of a request that routes are chosen by. All borrowed.
#[derive(Clone, Copy, Debug)]
pub struct RequestView<'a> {
    /// It came over TLS.
    pub secure: bool,
    /// The host asked for, without port, in any case; a dot at its end is ignored. Empty where the request names none.
    pub host: &'a str,
    /// The path in normal form, see [`normalise_path`](crate::normalise_path).
    pub path: &'a str,
    /// The query string as received, without `?`; empty where there is none.
    pub query: &'a str,
    /// The method.
    pub method: &'a Method,
    /// The headers as received.
    pub headers: &'a HeaderMap,
}

/// The outcome of routing.
#[derive(Clone, Copy, Debug)]
pub enum Selection<'a> {
    /// This route takes the request.
    Route(&'a Arc<LiveRoute>),
    /// The host is served over TLS only and the request came without.
    ForceHttps,
    /// No route matches.
    NoRoute,
}
