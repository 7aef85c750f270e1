//! Puts the frames of an HTTP/2 connection together, so that all that is ready at once is one write.
//!
//! The HTTP/2 library flushes behind each frame that carries data: over TLS one record and one call of the kernel for each
//! answer, however many wait. Here a flush leaves small frames where they are; whoever drives the connection calls
//! [`Cork::poll_drain`] each time it has polled it, so that nothing waits longer than that.
//!
//! ```text
//!   frames ──► Cork (at most one TLS record) ──► TLS ──► socket
//! ```

use std::cell::RefCell;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// What is put together at most: as much as a TLS record holds (RFC 8446 §5.1).
const ROOM: usize = 16 * 1024;

/// A connection whose writes are put together. Clones are the same connection.
#[derive(Debug)]
pub(crate) struct Cork<S>(Rc<RefCell<Inner<S>>>);

#[derive(Debug)]
struct Inner<S> {
    io: S,
    waiting: Vec<u8>,
    /// How much of `waiting` is written.
    written: usize,
    /// The connection itself may hold something back (TLS).
    unflushed: bool,
}

impl<S> Cork<S> {
    pub(crate) fn new(io: S) -> Self {
        Self(Rc::new(RefCell::new(Inner { io, waiting: Vec::new(), written: 0, unflushed: false })))
    }
}

impl<S> Clone for Cork<S> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<S: AsyncWrite + Unpin> Cork<S> {
    /// Writes and flushes all that waits. While this is pending, the task is woken when there is room.
    pub(crate) fn poll_drain(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let inner = &mut *self.0.borrow_mut();
        ready!(inner.poll_write_waiting(cx))?;
        inner.poll_flush(cx)
    }
}

impl<S: AsyncWrite + Unpin> Inner<S> {
    fn poll_write_waiting(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while let Some(rest) = self.waiting.get(self.written..).filter(|rest| !rest.is_empty()) {
            self.unflushed = true;
            match ready!(Pin::new(&mut self.io).poll_write(cx, rest))? {
                0 => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
                n => self.written += n,
            }
        }
        self.waiting.clear();
        self.written = 0;
        Poll::Ready(Ok(()))
    }

    fn poll_flush(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.unflushed {
            ready!(Pin::new(&mut self.io).poll_flush(cx))?;
            self.unflushed = false;
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Cork<S> {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0.borrow_mut().io).poll_read(cx, buf)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Cork<S> {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.poll_write_vectored(cx, &[IoSlice::new(buf)])
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let inner = &mut *self.0.borrow_mut();
        let len: usize = bufs.iter().map(|buf| buf.len()).sum();
        if inner.waiting.len() + len > ROOM {
            ready!(inner.poll_write_waiting(cx))?;
            if len > ROOM {
                inner.unflushed = true;
                return Pin::new(&mut inner.io).poll_write_vectored(cx, bufs);
            }
        }
        bufs.iter().for_each(|buf| inner.waiting.extend_from_slice(buf));
        Poll::Ready(Ok(len))
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    /// What waits is written by [`Cork::poll_drain`], which flushes, too.
    fn poll_flush(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let inner = &mut *self.0.borrow_mut();
        ready!(inner.poll_write_waiting(cx))?;
        Pin::new(&mut inner.io).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::poll_fn;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    /// Counts the writes that reach it.
    struct Counting {
        io: tokio::io::DuplexStream,
        writes: usize,
    }

    impl AsyncWrite for Counting {
        fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
            self.writes += 1;
            Pin::new(&mut self.io).poll_write(cx, buf)
        }

        fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
            Pin::new(&mut self.io).poll_flush(cx)
        }

        fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
            Pin::new(&mut self.io).poll_shutdown(cx)
        }
    }

    fn cork(room: usize) -> (Cork<Counting>, tokio::io::DuplexStream) {
        let (io, far) = tokio::io::duplex(room);
        (Cork::new(Counting { io, writes: 0 }), far)
    }

    async fn drain(cork: &Cork<Counting>) -> io::Result<()> {
        poll_fn(|cx| cork.poll_drain(cx)).await
    }

    #[tokio::test]
    async fn small_writes_are_one_write_when_they_are_drained() {
        let (mut near, mut far) = cork(1 << 20);
        for text in ["one ", "two ", "three"] {
            near.write_all(text.as_bytes()).await.unwrap();
            near.flush().await.unwrap();
        }
        assert_eq!(near.0.borrow().writes(), 0);
        drain(&near).await.unwrap();
        drain(&near).await.unwrap();
        assert_eq!(near.0.borrow().writes(), 1);
        let mut found = [0; 13];
        far.read_exact(&mut found).await.unwrap();
        assert_eq!(&found, b"one two three");
    }

    impl Inner<Counting> {
        fn writes(&self) -> usize {
            self.io.writes
        }
    }

    #[tokio::test]
    async fn writes_of_all_sizes_arrive_in_order_however_slowly_the_other_side_reads() {
        let (near, mut far) = cork(700);
        let sizes = [1, 100, ROOM - 101, 1, ROOM, ROOM + 1, 3 * ROOM, 5, 0, 9];
        let sent: Vec<u8> = (0..sizes.iter().sum::<usize>()).map(|i| (i % 251) as u8).collect();
        let writing = {
            let (mut near, mut rest) = (near.clone(), sent.clone());
            async move {
                for size in sizes {
                    let later = rest.split_off(size);
                    near.write_all(&rest).await.unwrap();
                    assert!(near.0.borrow().waiting.len() <= ROOM);
                    rest = later;
                }
                // Whatever waits goes before the end.
                near.shutdown().await.unwrap();
            }
        };
        let reading = async {
            let mut found = Vec::new();
            far.read_to_end(&mut found).await.unwrap();
            found
        };
        assert!(tokio::join!(writing, reading).1 == sent);
    }

    #[tokio::test]
    async fn a_drain_that_finds_no_room_goes_on_where_it_stopped() {
        let (mut near, mut far) = cork(4);
        near.write_all(b"0123456789").await.unwrap();
        let mut first = pin_drain(&near);
        assert!(first(&mut Context::from_waker(std::task::Waker::noop())).is_pending());
        let mut found = [0; 10];
        let (drained, read) = tokio::join!(drain(&near), far.read_exact(&mut found));
        drained.unwrap();
        read.unwrap();
        assert_eq!(&found, b"0123456789");
    }

    /// Takes everything, and passes it on with a flush only.
    struct Holding {
        io: tokio::io::DuplexStream,
        held: Vec<u8>,
    }

    impl AsyncWrite for Holding {
        fn poll_write(mut self: Pin<&mut Self>, _: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
            self.held.extend_from_slice(buf);
            Poll::Ready(Ok(buf.len()))
        }

        fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
            let this = &mut *self;
            while !this.held.is_empty() {
                let n = ready!(Pin::new(&mut this.io).poll_write(cx, &this.held))?;
                this.held.drain(..n);
            }
            Poll::Ready(Ok(()))
        }

        fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }
    }

    #[tokio::test]
    async fn what_the_connection_itself_holds_back_is_drained_to_its_end() {
        let (io, mut far) = tokio::io::duplex(4);
        let mut near = Cork::new(Holding { io, held: Vec::new() });
        near.write_all(b"0123456789").await.unwrap();
        assert!(near.poll_drain(&mut Context::from_waker(std::task::Waker::noop())).is_pending());
        let mut found = [0; 10];
        let (drained, read) = tokio::join!(poll_fn(|cx| near.poll_drain(cx)), far.read_exact(&mut found));
        drained.unwrap();
        read.unwrap();
        assert_eq!(&found, b"0123456789");
    }

    fn pin_drain(cork: &Cork<Counting>) -> impl FnMut(&mut Context<'_>) -> Poll<io::Result<()>> {
        let cork = cork.clone();
        move |cx| cork.poll_drain(cx)
    }

    #[tokio::test]
    async fn a_connection_that_is_gone_is_told_when_it_is_drained() {
        let (mut near, far) = cork(4);
        drop(far);
        near.write_all(b"x").await.unwrap();
        assert!(drain(&near).await.is_err());
    }
}
