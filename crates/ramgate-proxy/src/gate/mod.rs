//! The strict HTTP gate: wraps a client's connection and lets through only what every HTTP/1 parser reads alike.
//!
//! ```text
//!   socket or TLS ──► Gate (Scanner follows heads, bodies, chunks) ──► hyper ──► routing
//! ```
//!
//! The gate does not answer by itself: in place of the first offending byte it ends the stream with bytes that hyper's
//! parser refuses, so that the 400 comes in the right place of a pipeline and the connection closes behind it.
//! It also knows when a client is slow, and arms the connection's read and write deadlines.
//!
//! Not for HTTP/2, whose framing is binary and checked by `h2`; its preface on a plain connection is recognised here.

mod head;
mod refusal;
mod scanner;

pub(crate) use head::is_host_and_port;
pub use refusal::Refusal;

use crate::coarse::{Lane, Timer};
use crate::config::Timeouts;
use scanner::{Phase, Scanner};
use std::cell::{Cell, RefCell};
use std::io;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// Writes up to this size are put together first: that costs less than telling the kernel about several pieces.
const SMALL_WRITE: usize = 2048;

thread_local! {
    /// Where a thread puts small writes together.
    static FLAT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// What every HTTP/2 connection begins with (RFC 9113 §3.4).
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// What a connection's gate, its driver and its requests tell each other.
#[derive(Debug)]
pub(crate) struct Shared {
    /// The deadlines of the connection.
    pub(crate) timer: Timer,
    timeouts: Timeouts,
    waiting: Cell<Waiting>,
    in_flight: Cell<u32>,
    refusal: Cell<Option<Refusal>>,
    no_more_requests: Cell<bool>,
    upgrade_taken: Cell<bool>,
    /// The stream stands between two requests.
    between_requests: Cell<bool>,
}

/// What the client is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Waiting {
    /// Nothing is waited for.
    No,
    /// The next request.
    Request,
    /// The rest of a head.
    Head,
    /// More of a body.
    Body,
}

impl Shared {
    /// For a new connection.
    pub(crate) fn new(timer: Timer, timeouts: Timeouts) -> Rc<Self> {
        Rc::new(Self {
            timer,
            timeouts,
            waiting: Cell::new(Waiting::No),
            in_flight: Cell::new(0),
            refusal: Cell::new(None),
            no_more_requests: Cell::new(false),
            upgrade_taken: Cell::new(false),
            between_requests: Cell::new(false),
        })
    }

    /// What the client was last waited for; tells what a passed read deadline means.
    pub(crate) fn waiting(&self) -> Waiting {
        self.waiting.get()
    }

    /// Why the gate refused the stream.
    pub(crate) fn refusal(&self) -> Option<Refusal> {
        self.refusal.get()
    }

    /// A request begins: the client is not idle.
    pub(crate) fn request_begins(&self) {
        self.in_flight.set(self.in_flight.get() + 1);
        if matches!(self.waiting.get(), Waiting::Request) {
            self.wait(Waiting::No);
        }
    }

    /// A request and its answer are over.
    pub(crate) fn request_ends(&self) {
        self.in_flight.set(self.in_flight.get().saturating_sub(1));
        // hyper may be waiting for the next request already, so that no read would start this.
        if self.in_flight.get() == 0 && self.between_requests.get() {
            self.wait(Waiting::Request);
        }
    }

    /// Requests in flight.
    pub(crate) fn in_flight(&self) -> u32 {
        self.in_flight.get()
    }

    /// The request to switch protocols has arrived where it is decided on.
    pub(crate) fn upgrade_taken(&self) {
        self.upgrade_taken.set(true);
    }

    /// Nothing that the client sends from now on is a request; used after a refused upgrade.
    pub(crate) fn stop_reading(&self) {
        self.no_more_requests.set(true);
    }

    /// Arms or clears the read deadline according to what is waited for. Waiting on for the same thing does not extend it.
    pub(crate) fn wait(&self, waiting: Waiting) {
        if self.waiting.replace(waiting) == waiting {
            return;
        }
        match waiting {
            Waiting::No => self.timer.clear(Lane::Read),
            Waiting::Request => self.timer.arm(Lane::Read, self.timeouts.idle),
            Waiting::Head => self.timer.arm(Lane::Read, self.timeouts.head),
            Waiting::Body => self.timer.arm(Lane::Read, self.timeouts.body),
        }
    }
}

/// A client's connection behind the gate.
#[derive(Debug)]
pub(crate) struct Gate<S> {
    io: S,
    scanner: Scanner,
    shared: Rc<Shared>,
    opening: Opening,
    write_blocked: bool,
    /// The client has sent all it will send.
    ended: bool,
    /// What is still to be given to hyper of the bytes that it refuses.
    poison: &'static [u8],
}

/// Whether the connection may still turn out to be HTTP/2.
#[derive(Debug)]
enum Opening {
    /// HTTP/1, for good.
    Http1,
    /// The bytes so far, all of them the beginning of the preface.
    Undecided(Vec<u8>),
    /// The bytes so far, which begin with the preface.
    Http2(Vec<u8>),
}

impl<S> Gate<S> {
    /// Guards `io`. `may_be_http2` says that a plain connection may open with the preface of HTTP/2.
    pub(crate) fn new(io: S, shared: Rc<Shared>, may_be_http2: bool, max_head_bytes: usize) -> Self {
        shared.wait(Waiting::Head);
        Self {
            io,
            // hyper answers 431 to heads over the limit; the scanner only has to stop keeping text at some point.
            scanner: Scanner::new(max_head_bytes * 2),
            shared,
            opening: if may_be_http2 { Opening::Undecided(Vec::new()) } else { Opening::Http1 },
            write_blocked: false,
            ended: false,
            poison: b"",
        }
    }

    /// The connection itself, and the bytes it opened with if it turned out to be HTTP/2.
    pub(crate) fn into_parts(self) -> (S, Option<Vec<u8>>) {
        match self.opening {
            Opening::Http2(bytes) => (self.io, Some(bytes)),
            _ => (self.io, None),
        }
    }

    /// True where the client may be sending still: in the middle of a request, or behind a refusal.
    pub(crate) fn is_interrupted(&self) -> bool {
        !self.ended && self.scanner.phase() != Phase::Idle
    }

    /// True where the client opened with the preface of HTTP/2. hyper was given an error in that case.
    pub(crate) fn is_http2(&self) -> bool {
        matches!(self.opening, Opening::Http2(_))
    }

    /// Looks at the first bytes of a connection, `buf[from..]`. True: they are held back, wait for more.
    fn undecided(&mut self, buf: &mut ReadBuf<'_>, from: usize) -> io::Result<bool> {
        let Opening::Undecided(seen) = &mut self.opening else { return Ok(false) };
        let new = &buf.filled()[from..];
        let begins = |a: &[u8], b: &[u8]| a.iter().zip(b).all(|(x, y)| x == y);
        if !new.is_empty() && begins(new, &PREFACE[seen.len()..]) {
            seen.extend_from_slice(new);
            buf.set_filled(from);
            if seen.len() < PREFACE.len() {
                return Ok(true);
            }
            self.opening = Opening::Http2(std::mem::take(seen));
            return Err(io::Error::other("http/2 preface"));
        }
        if !seen.is_empty() {
            // It was `POST` after all, cut off behind the P: what was held back goes first.
            let mut all = std::mem::take(seen);
            all.extend_from_slice(new);
            buf.set_filled(from);
            let n = all.len().min(buf.remaining());
            buf.put_slice(&all[..n]);
        }
        self.opening = Opening::Http1;
        Ok(false)
    }

    /// Gives the bytes that end the stream, as far as there is room; nothing, the end of the stream, behind them.
    fn put_poison(&mut self, buf: &mut ReadBuf<'_>) {
        let (now, later) = self.poison.split_at(self.poison.len().min(buf.remaining()));
        buf.put_slice(now);
        self.poison = later;
    }

    fn after_read(&mut self) {
        let phase = self.scanner.phase();
        self.shared.between_requests.set(phase == Phase::Idle);
        self.shared.wait(if phase == Phase::Head { Waiting::Head } else { Waiting::No });
    }

    fn read_pending(&self) {
        match self.scanner.phase() {
            // Where no request is in flight, the peer is idle. The very first head has been waited for since accept.
            Phase::Idle if self.shared.in_flight() == 0 && self.shared.waiting() != Waiting::Head => {
                self.shared.wait(Waiting::Request);
            }
            Phase::Body => self.shared.wait(Waiting::Body),
            _ => {}
        }
    }

    fn track_write<T>(&mut self, result: &Poll<T>) {
        match (result.is_pending(), self.write_blocked) {
            (true, false) => self.shared.timer.arm(Lane::Write, self.shared.timeouts.send),
            (false, true) => self.shared.timer.clear(Lane::Write),
            _ => return,
        }
        self.write_blocked = result.is_pending();
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Gate<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = &mut *self;
        let from = buf.filled().len();
        // A request to switch that nobody recognises as such cannot happen while gate and handler read heads alike. Should
        // it happen, the stream ends here rather than go on unchecked.
        let lost_upgrade = this.scanner.awaits_upgrade() && !this.shared.upgrade_taken.get();
        if this.shared.no_more_requests.get() || lost_upgrade {
            // While an answer is still under way, an end of the stream would cut it off. It wakes the connection by itself.
            return if this.shared.in_flight() > 0 && !lost_upgrade { Poll::Pending } else { Poll::Ready(Ok(())) };
        }
        if this.scanner.refusal().is_some() {
            this.put_poison(buf);
            return Poll::Ready(Ok(()));
        }
        loop {
            let Poll::Ready(result) = Pin::new(&mut this.io).poll_read(cx, buf) else {
                this.read_pending();
                return Poll::Pending;
            };
            result?;
            if !this.undecided(buf, from)? {
                break;
            }
        }
        // Behind an upgrade request hyper only looks for the end of the stream. What it reads nevertheless goes to the
        // tunnel, or is never parsed because the connection closes behind the refusal of the upgrade.
        if this.scanner.awaits_upgrade() {
            return Poll::Ready(Ok(()));
        }
        let new = &buf.filled()[from..];
        if new.is_empty() {
            this.ended = true;
        } else {
            let n = this.scanner.scan(new);
            if let Some(refusal) = this.scanner.refusal() {
                buf.set_filled(from + n);
                this.shared.refusal.set(Some(refusal));
                this.poison = this.scanner.poison();
                this.put_poison(buf);
            }
            this.after_read();
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Gate<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.io).poll_write(cx, buf);
        self.track_write(&result);
        result
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let len: usize = bufs.iter().map(|buf| buf.len()).sum();
        let this = &mut *self;
        let result = if len <= SMALL_WRITE {
            FLAT.with_borrow_mut(|flat| {
                flat.clear();
                bufs.iter().for_each(|buf| flat.extend_from_slice(buf));
                Pin::new(&mut this.io).poll_write(cx, flat)
            })
        } else {
            Pin::new(&mut this.io).poll_write_vectored(cx, bufs)
        };
        this.track_write(&result);
        result
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let result = Pin::new(&mut self.io).poll_flush(cx);
        self.track_write(&result);
        result
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        // hyper's HTTP/1 part believes that the connection has failed, and ends it; it goes on as HTTP/2.
        if self.is_http2() {
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.io).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests;
