//! One client connection: TLS handshake, HTTP/1 behind the gate or HTTP/2, drain, tunnel.

use crate::coarse::Lane;
use crate::cork::Cork;
use crate::exchange;
use crate::gate::{self, Gate, Waiting};
use crate::upstream::connect::Stream;
use crate::upstream::h2::Local;
use crate::worker::{Listener, Stage, Worker};
use http::HeaderValue;
use hyper::body::Bytes;
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use ramgate_routing::TlsSite;
use rustls::server::Acceptor;
use std::cell::RefCell;
use std::future::poll_fn;
use std::io;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf, copy_bidirectional_with_sizes};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::LazyConfigAcceptor;

/// How long, and how much, a client may go on sending behind a refusal, so that it comes to read the answer.
const LINGER: (Duration, u64) = (Duration::from_secs(1), 256 * 1024);
/// Bytes of a tunnel in flight, each way.
const TUNNEL_BUFFER: usize = 16 * 1024;

/// What the requests of a connection have in common.
pub(crate) struct Connection {
    pub(crate) worker: Rc<Worker>,
    pub(crate) listener: Rc<Listener>,
    pub(crate) peer: SocketAddr,
    /// The peer's IP address as headers write it.
    pub(crate) address: HeaderValue,
    /// The peer is a proxy whose claims about clients are believed.
    pub(crate) trusted: bool,
    /// The site that the handshake chose; `None` for plain connections.
    pub(crate) site: Option<Arc<TlsSite>>,
    pub(crate) gate: Rc<gate::Shared>,
    /// Where the connection leads once protocols are switched, with what the service has sent already.
    pub(crate) tunnel: RefCell<Option<(Stream, Bytes)>>,
}

impl Connection {
    fn new(worker: Rc<Worker>, listener: Rc<Listener>, peer: SocketAddr, site: Option<Arc<TlsSite>>) -> Rc<Self> {
        let ip = peer.ip().to_canonical();
        let gate = gate::Shared::new(worker.timers.timer(), worker.config.timeouts);
        Rc::new(Self {
            address: HeaderValue::from_str(&ip.to_string()).unwrap_or(HeaderValue::from_static("unknown")),
            trusted: worker.config.trusted_proxies.iter().any(|net| net.contains(&ip)),
            worker,
            listener,
            peer,
            site,
            gate,
            tunnel: RefCell::default(),
        })
    }

    pub(crate) fn secure(&self) -> bool {
        self.site.is_some()
    }
}

/// Serves a connection until it ends.
pub(crate) async fn serve(worker: Rc<Worker>, listener: Rc<Listener>, tcp: TcpStream, peer: SocketAddr) {
    if !listener.secure {
        let conn = Connection::new(worker, listener, peer, None);
        return serve_http1(conn, tcp).await;
    }
    let handshake = handshake(&worker, &listener, tcp);
    let (tls, site) = match timeout(worker.config.timeouts.handshake, handshake).await {
        Ok(Ok(done)) => done,
        Ok(Err(error)) => {
            worker.counters.handshake_failures.add(1);
            tracing::debug!(%peer, %error, "tls handshake failed");
            return;
        }
        Err(_) => {
            worker.counters.handshake_failures.add(1);
            return;
        }
    };
    let http2 = tls.get_ref().1.alpn_protocol() == Some(b"h2");
    let conn = Connection::new(worker, listener, peer, Some(site));
    if http2 { serve_http2(conn, tls).await } else { serve_http1(conn, tls).await }
}

type ServerTls = tokio_rustls::server::TlsStream<TcpStream>;

async fn handshake(worker: &Worker, listener: &Listener, tcp: TcpStream) -> io::Result<(ServerTls, Arc<TlsSite>)> {
    let start = LazyConfigAcceptor::new(Acceptor::default(), tcp).await?;
    let hello = start.client_hello();
    let site =
        worker.with_snapshot(|snapshot, _| snapshot.gateway(&listener.gateway)?.tls_site(hello.server_name()).cloned());
    let refused = || io::Error::new(io::ErrorKind::PermissionDenied, "no site for this name");
    let site = site.ok_or_else(refused)?;
    let config = worker.sites.config(&site).ok_or_else(refused)?;
    Ok((start.into_stream(config).await?, site))
}

/// Why a connection's driver stops.
enum End {
    /// HTTP is done: closed, or about to become something else.
    Done,
    /// HTTP/1 is over because of an error, which hyper has answered where that was possible.
    Failed,
    /// The client was too slow, or the drain is over.
    Abort,
}

async fn serve_http1<S: AsyncRead + AsyncWrite + Unpin + 'static>(conn: Rc<Connection>, io: S) {
    let limits = conn.worker.config.limits;
    let gate = Gate::new(io, conn.gate.clone(), !conn.secure(), limits.head_bytes);
    let requests = conn.clone();
    let service = service_fn(move |request| exchange::handle(requests.clone(), request));
    let mut builder = http1::Builder::new();
    // Not `pipeline_flush`: with it hyper 1.12 never sends the 400 to a malformed head, whose bytes it takes for the next
    // request of a pipeline.
    builder.max_header_size(limits.head_bytes).max_buf_size(limits.head_bytes.max(8192)).header_read_timeout(None);
    let mut http = builder.serve_connection(TokioIo::new(gate), service);

    let mut told = false;
    let end = poll_fn(|cx| {
        if let Some(lane) = conn.gate.timer.poll(cx) {
            if lane == Lane::Write || conn.gate.waiting() != Waiting::Request {
                conn.worker.counters.timeouts.add(1);
            }
            return Poll::Ready(End::Abort);
        }
        loop {
            // Before a drain begins, once more: a request may have come in that would be refused afterwards.
            if let Poll::Ready(result) = Pin::new(&mut http).poll(cx) {
                return Poll::Ready(if result.is_ok() { End::Done } else { End::Failed });
            }
            match conn.listener.stage.get() {
                Stage::Serving => return Poll::Pending,
                Stage::Draining if told => return Poll::Pending,
                Stage::Draining => {
                    told = true;
                    Pin::new(&mut http).graceful_shutdown();
                }
                Stage::Over => return Poll::Ready(End::Abort),
            }
        }
    })
    .await;
    if matches!(end, End::Abort) {
        return;
    }
    let parts = http.into_parts();
    let gate = parts.io.into_inner();
    if gate.is_http2() {
        let (io, seen) = gate.into_parts();
        let seen = Bytes::from(seen.unwrap_or_default());
        return serve_http2(conn, Rewound { seen, io }).await;
    }
    let interrupted = gate.is_interrupted();
    let (io, _) = gate.into_parts();
    let tunnel = conn.tunnel.borrow_mut().take();
    if let (Some((service, from_service)), End::Done) = (tunnel, &end) {
        return run_tunnel(&conn, io, service, &parts.read_buf, &from_service).await;
    }
    if let Some(refusal) = conn.gate.refusal() {
        conn.worker.counters.refused(refusal);
        tracing::debug!(peer = %conn.peer, %refusal, "request refused");
    }
    if interrupted {
        linger(io).await;
    }
}

/// Reads on for a moment before closing: closing on unread data makes the kernel send a reset, which can overtake the
/// answer that was just written.
async fn linger<S: AsyncRead + AsyncWrite + Unpin>(mut io: S) {
    let (time, bytes) = LINGER;
    let drain = async {
        io.shutdown().await?;
        tokio::io::copy(&mut io.take(bytes), &mut tokio::io::sink()).await
    };
    let _ = timeout(time, drain).await;
}

async fn serve_http2<S: AsyncRead + AsyncWrite + Unpin + 'static>(conn: Rc<Connection>, io: S) {
    let limits = &conn.worker.config.limits;
    let timeouts = &conn.worker.config.timeouts;
    let requests = conn.clone();
    let service = service_fn(move |request| exchange::handle(requests.clone(), request));
    let mut builder = http2::Builder::new(Local);
    builder
        .max_concurrent_streams(limits.http2_streams)
        .initial_stream_window_size(limits.http2_stream_window)
        .initial_connection_window_size(limits.http2_connection_window)
        .max_header_list_size(u32::try_from(limits.head_bytes).unwrap_or(u32::MAX));
    let cork = Cork::new(io);
    let mut http = pin!(builder.serve_connection(TokioIo::new(cork.clone()), service));
    let mut ended = false;

    conn.gate.wait(Waiting::No);
    let mut told = false;
    let mut leaving = false;
    poll_fn(|cx| {
        let stage = conn.listener.stage.get();
        if stage == Stage::Over {
            return Poll::Ready(());
        }
        if let Some(Lane::Read) = conn.gate.timer.poll(cx) {
            if leaving || ended {
                return Poll::Ready(());
            }
            // No request for long: say so, and give what is on its way a moment.
            leaving = true;
            conn.gate.timer.arm(Lane::Read, timeouts.send);
            let _ = conn.gate.timer.poll(cx);
        }
        if (leaving || stage == Stage::Draining) && !told {
            told = true;
            http.as_mut().graceful_shutdown();
        }
        if !ended {
            ended = http.as_mut().poll(cx).is_ready();
            if ended {
                // Only the last of what was said is still to be written.
                conn.gate.timer.arm(Lane::Read, timeouts.send);
                let _ = conn.gate.timer.poll(cx);
            } else if !leaving {
                let idle = conn.gate.in_flight() == 0;
                conn.gate.wait(if idle { Waiting::Request } else { Waiting::No });
            }
        }
        match cork.poll_drain(cx) {
            Poll::Ready(Ok(())) if !ended => Poll::Pending,
            Poll::Pending => Poll::Pending,
            // Nothing can be said any more, or nothing is left to say.
            Poll::Ready(_) => Poll::Ready(()),
        }
    })
    .await;
}

/// Passes bytes both ways until both sides have ended, or the drain is over.
async fn run_tunnel<S: AsyncRead + AsyncWrite + Unpin>(
    conn: &Connection,
    mut client: S,
    mut service: Stream,
    from_client: &[u8],
    from_service: &[u8],
) {
    let copy = async {
        service.write_all(from_client).await?;
        client.write_all(from_service).await?;
        copy_bidirectional_with_sizes(&mut client, &mut service, TUNNEL_BUFFER, TUNNEL_BUFFER).await
    };
    let mut copy = pin!(copy);
    conn.gate.wait(Waiting::No);
    poll_fn(|cx| {
        // Nothing is armed; this is to be woken when the drain is over.
        let _ = conn.gate.timer.poll(cx);
        if conn.listener.stage.get() == Stage::Over {
            return Poll::Ready(());
        }
        copy.as_mut().poll(cx).map(|_| ())
    })
    .await;
}

/// A stream some of whose bytes were read already.
struct Rewound<S> {
    seen: Bytes,
    io: S,
}

impl<S: AsyncRead + Unpin> AsyncRead for Rewound<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.seen.is_empty() {
            return Pin::new(&mut self.io).poll_read(cx, buf);
        }
        let n = self.seen.len().min(buf.remaining());
        buf.put_slice(&self.seen.split_to(n));
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Rewound<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.io).poll_write(cx, buf)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.io).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(cx)
    }
}
