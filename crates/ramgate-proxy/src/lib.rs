//! The data plane on hyper, thread per core: listeners, the strict HTTP gate, forwarding.
//!
//! ```text
//!   store ──► Feed ──► Proxy::apply ──► Snapshot ──(atomic pointer)──► worker 0, 1, …   one thread each:
//!                          └──► sockets ──(channel)────────────────────►   accept ► TLS ► gate ► hyper
//!                                                                           ► route ► pool ► service
//! ```
//!
//! A request reads one immutable snapshot and this thread's own connections; it touches no lock and nothing that another
//! thread writes. Listeners come and go at run time. A change of configuration never cuts a stream: what has begun ends
//! as it began.
//!
//! Not for: deciding which route a request takes (`ramgate-routing`), or the management API.

mod access_log;
mod answer;
mod body;
mod coarse;
mod config;
mod connection;
mod cork;
mod dns;
mod error;
mod exchange;
mod feed;
mod gate;
mod headers;
mod listen;
mod metrics;
mod proxy;
mod tls;
mod upstream;
mod worker;

pub use config::{AccessLog, Dns, Limits, ProxyConfig, Timeouts, Upstream};
pub use feed::{Feed, OpenKey, open_key_with};
pub use gate::Refusal;
pub use proxy::{Applied, ListenerStatus, Proxy, StartError};
