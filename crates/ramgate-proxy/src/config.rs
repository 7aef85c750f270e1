//! Settings of the data plane. Read once at start; nothing here comes from the store.

use ipnet::IpNet;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

/// Settings of the data plane.
#[derive(Clone, Debug)]
pub struct ProxyConfig {
    /// Worker threads, each with its own runtime, accept loops and connection pools. Default: one for each core.
    pub workers: NonZeroUsize,
    /// How long clients and services may take.
    pub timeouts: Timeouts,
    /// How much clients may send and keep open.
    pub limits: Limits,
    /// Connections to services.
    pub upstream: Upstream,
    /// Value of the `server` header in every answer; `None` passes on what the service says and adds none of our own.
    /// Default `ramgate`.
    pub server_header: Option<String>,
    /// Peers whose `X-Forwarded-For`, `-Proto` and `-Host` are believed and extended. From all others these headers
    /// are replaced. Default: none.
    pub trusted_proxies: Vec<IpNet>,
    /// A caller's `X-Request-Id` is kept. Otherwise each request gets a new one. Default false.
    pub keep_request_id: bool,
    /// Where the access log goes.
    pub access_log: AccessLog,
    /// How host names of services are resolved again.
    pub dns: Dns,
}

/// How long clients and services may take. Met up to 200 ms late, never early.
#[derive(Clone, Copy, Debug)]
pub struct Timeouts {
    /// A TLS handshake. Default 10 s.
    pub handshake: Duration,
    /// A request head, from its first byte to its last; for the first request from the accept. Default 30 s.
    pub head: Duration,
    /// Between two reads of a request body. Default 60 s.
    pub body: Duration,
    /// Between two writes to a client that does not read. Default 60 s.
    pub send: Duration,
    /// Between two requests of a connection. Default 300 s.
    pub idle: Duration,
    /// Connecting to a service, its TLS handshake included. Default 5 s.
    pub connect: Duration,
    /// For requests and tunnels to end by themselves when their gateway is deleted or moved. Default 30 s.
    pub drain: Duration,
    /// From the choice of a route, or from the last of the request's body where it has one, to the head of the service's
    /// answer. Default 60 s.
    pub response: Duration,
}

/// How much clients may send and keep open.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of a request head; more is answered with 431. At least 8192. Default 64 KiB.
    pub head_bytes: usize,
    /// Streams that a client may have open on one HTTP/2 connection. Default 100.
    pub http2_streams: u32,
    /// Window of one HTTP/2 stream, in bytes. Default 65,535.
    pub http2_stream_window: u32,
    /// Window of one HTTP/2 connection, in bytes. Default 1 MiB.
    pub http2_connection_window: u32,
    /// Client connections of one worker thread; further ones wait in the kernel. Default 65,536.
    pub connections_per_worker: usize,
}

/// Connections to services.
#[derive(Clone, Copy, Debug)]
pub struct Upstream {
    /// An unused connection is closed after this. Default 30 s.
    pub idle: Duration,
    /// Unused connections that a worker thread keeps open to one endpoint. Default 256.
    pub max_idle: usize,
}

/// Where the access log goes: JSON, one object a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum AccessLog {
    /// Nowhere.
    #[default]
    Off,
    /// To standard error.
    Stderr,
    /// Appended to a file, which is opened again when it was moved away.
    File(PathBuf),
}

/// How host names of services are resolved again.
#[derive(Clone, Copy, Debug)]
pub struct Dns {
    /// A shorter time to live counts as this. Default 1 s.
    pub min_ttl: Duration,
    /// A longer time to live counts as this. Default 60 s.
    pub max_ttl: Duration,
    /// When a failed resolution is tried again. Default 2 s.
    pub retry: Duration,
}

impl Default for ProxyConfig {
    fn default() -> Self {
        Self {
            workers: std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
            timeouts: Timeouts::default(),
            limits: Limits::default(),
            upstream: Upstream::default(),
            server_header: Some("ramgate".to_owned()),
            trusted_proxies: Vec::new(),
            keep_request_id: false,
            access_log: AccessLog::default(),
            dns: Dns::default(),
        }
    }
}

impl Default for Timeouts {
    fn default() -> Self {
        let s = Duration::from_secs;
        Self {
            handshake: s(10),
            head: s(30),
            body: s(60),
            send: s(60),
            idle: s(300),
            connect: s(5),
            drain: s(30),
            response: s(60),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head_bytes: 64 * 1024,
            http2_streams: 100,
            http2_stream_window: 65_535,
            http2_connection_window: 1024 * 1024,
            connections_per_worker: 65_536,
        }
    }
}

impl Default for Upstream {
    fn default() -> Self {
        Self { idle: Duration::from_secs(30), max_idle: 256 }
    }
}

impl Default for Dns {
    fn default() -> Self {
        Self { min_ttl: Duration::from_secs(1), max_ttl: Duration::from_secs(60), retry: Duration::from_secs(2) }
    }
}
