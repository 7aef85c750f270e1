//! The static upstream of the benchmark: one thread, HTTP/1.1 keep-alive.
//!
//! `upstream PORT [NAME]`. A path with `/echo` in it is answered with the request head as seen here, one with `/stream` with ten
//! lines a second for ever, every other with 1024 bytes, NAME in front.

use bytes::Bytes;
use http_body_util::{Either, Full};
use hyper::body::{Body, Frame, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::time::{Interval, interval};

/// A body that never ends.
struct Ticks(Interval);

impl Body for Ticks {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.0.poll_tick(cx).map(|_| Some(Ok(Frame::data(Bytes::from_static(b"tick\n")))))
    }
}

fn answer(request: &Request<Incoming>, page: &Bytes) -> Response<Either<Full<Bytes>, Ticks>> {
    let path = request.uri().path();
    if path.contains("/stream") {
        return Response::new(Either::Right(Ticks(interval(Duration::from_millis(100)))));
    }
    if !path.contains("/echo") {
        return Response::new(Either::Left(Full::new(page.clone())));
    }
    let mut text = format!("{} {} {:?}\n", request.method(), request.uri(), request.version());
    for (name, value) in request.headers() {
        text.push_str(&format!("{name}: {}\n", value.to_str().unwrap_or("?")));
    }
    Response::new(Either::Left(Full::new(text.into())))
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let port: u16 = arguments.get(1).and_then(|p| p.parse().ok()).expect("upstream PORT [NAME]");
    let name = arguments.get(2).map_or("hello", String::as_str);
    let page = Bytes::from(format!("{name}\n{}", "hello\n".repeat(171))[..1024].to_owned());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    tokio::task::LocalSet::new().block_on(&runtime, async move {
        let listener = TcpListener::bind(("127.0.0.1", port)).await.expect("a free port");
        loop {
            let Ok((stream, _)) = listener.accept().await else { continue };
            let _ = stream.set_nodelay(true);
            let page = page.clone();
            tokio::task::spawn_local(async move {
                let service = service_fn(|request| {
                    let response = answer(&request, &page);
                    async move { Ok::<_, Infallible>(response) }
                });
                let io = TokioIo::new(stream);
                let _ = hyper::server::conn::http1::Builder::new().pipeline_flush(true).serve_connection(io, service).await;
            });
        }
    });
}
