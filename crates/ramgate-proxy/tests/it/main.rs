//! The data plane over real sockets: each test starts its own gateway and origins on free ports.

#![allow(unreachable_pub, reason = "what tests share has no other users")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod dns;
mod drain;
mod failures;
mod feed;
mod forwarding;
mod gate;
mod http2;
mod hyper_alone;
mod listeners;
mod observing;
mod streaming;
mod support;
mod timeouts;
mod tls;
mod websocket;
