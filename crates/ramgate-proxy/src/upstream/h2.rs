//! HTTP/2 connections to services: one for each endpoint and worker, shared by its requests.

use crate::body::RequestBody;
use crate::upstream::connect::Stream;
use hyper::client::conn::http2::{self, SendRequest};
use hyper::rt::Executor;
use hyper_util::rt::TokioIo;

/// Runs hyper's parts on the worker's own thread.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Local;

impl<F: Future + 'static> Executor<F> for Local {
    fn execute(&self, future: F) {
        tokio::task::spawn_local(async move {
            future.await;
        });
    }
}

/// A handle to a connection; clones share it.
pub(crate) type H2 = SendRequest<RequestBody>;

/// Takes a connected stream and drives it on this thread until it ends.
pub(crate) async fn handshake(stream: Stream) -> hyper::Result<H2> {
    let mut builder = http2::Builder::new(Local);
    builder.adaptive_window(true);
    let (sender, conn) = builder.handshake(TokioIo::new(stream)).await?;
    tokio::task::spawn_local(async move {
        if let Err(error) = conn.await {
            tracing::debug!(%error, "http/2 connection to a service ended");
        }
    });
    Ok(sender)
}
