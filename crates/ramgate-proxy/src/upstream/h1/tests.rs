use super::*;
use http::{Method, Request};

/// Reads an answer from bytes, in one piece and byte by byte; both must come to the same.
fn read(text: &str, method: Method) -> Result<(u16, Vec<u8>, bool), String> {
    let whole = read_pieces(text, text.len().max(1), &method);
    if text.len() < 1000 {
        assert_eq!(read_pieces(text, 1, &method), whole, "{text:?}");
    }
    whole
}

fn read_pieces(text: &str, size: usize, method: &Method) -> Result<(u16, Vec<u8>, bool), String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let tcp = tokio::net::TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let (mut service, _) = listener.accept().await.unwrap();
        service.set_nodelay(true).unwrap();
        let bytes = text.to_owned();
        let writer = tokio::spawn(async move {
            for piece in bytes.as_bytes().chunks(size) {
                tokio::io::AsyncWriteExt::write_all(&mut service, piece).await.unwrap();
                tokio::task::yield_now().await;
            }
            tokio::io::AsyncWriteExt::shutdown(&mut service).await.unwrap();
            tokio::io::AsyncReadExt::read_to_end(&mut service, &mut Vec::new()).await.unwrap();
        });
        let (mut head, ()) = Request::builder().method(method).uri("/").body(()).unwrap().into_parts();
        let mut h1 = Box::new(H1::new(Stream::Plain(tcp), 64 * 1024));
        let answer = h1.send(&mut head, &[], &mut RequestBody::Empty).await.map_err(|e| crate::error::chain(&e))?;
        let status = answer.parts.status.as_u16();
        let mut body = H1Body::new(h1, &answer, RequestBody::Empty);
        let mut all = Vec::new();
        while !body.is_end_stream() {
            match poll_fn(|cx| body.poll_frame(cx)).await {
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(data) => all.extend(data),
                    Err(frame) => all.extend(format!("{:?}", frame.into_trailers().unwrap()).bytes()),
                },
                Some(Err(error)) => return Err(crate::error::chain(&error)),
                None => break,
            }
        }
        let reusable = body.into_reusable().is_some();
        writer.await.unwrap();
        Ok((status, all, reusable))
    })
}

fn ok(text: &str, body: &str, reusable: bool) {
    let (_, found, kept) = read(text, Method::GET).unwrap();
    assert_eq!((String::from_utf8(found).unwrap().as_str(), kept), (body, reusable), "{text:?}");
}

fn refused(text: &str) {
    let result = read(text, Method::GET);
    assert!(result.is_err(), "{text:?}: {result:?}");
}

#[test]
fn answers_end_where_their_heads_say() {
    ok("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "hello", true);
    ok("HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", "", true);
    ok(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n5;a=b\r\nhello\r\n0a\r\n0123456789\r\n0\r\n\r\n",
        "hello0123456789",
        true,
    );
    ok("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-A: b\r\n\r\n", "{\"x-a\": \"b\"}", true);
    ok("HTTP/1.1 200 OK\r\n\r\nhello", "hello", false);
    ok("HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello", "hello", false);
    ok("HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 5\r\n\r\nhello", "hello", true);
    ok("HTTP/1.1 200 OK\r\nConnection: x, Close\r\nContent-Length: 5\r\n\r\nhello", "hello", false);
    ok("HTTP/1.1 204 No Content\r\n\r\n", "", true);
    ok("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", "", true);
    ok(
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
        "ok",
        true,
    );
    let (status, body, reusable) = read("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", Method::HEAD).unwrap();
    assert_eq!((status, body.len(), reusable), (200, 0, true));
}

#[test]
fn answers_that_can_be_read_in_two_ways_are_refused() {
    for head in [
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 5",
        "Content-Length: 5\r\nContent-Length: 5",
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: 5, 5",
        "Content-Length: +5",
        "Content-Length:",
        "Content-Length: 99999999999999999999",
        "Transfer-Encoding: gzip",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        "X: a\nContent-Length: 5",
        "X : a",
        "X: a\r\n b",
        "X: a\0",
        ": a",
        "X",
    ] {
        refused(&format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\nhello"));
    }
    refused("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    refused("HTTP/1.1 200 OK\nContent-Length: 0\r\n\r\n");
    refused("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\n");
    refused("HTTP/2 200\r\n\r\n");
    refused("HTTP/1.1 20 OK\r\n\r\n");
    refused("HTTP/1.1 200 OK\r\nContent-Le");
    refused("");
    refused(&format!("HTTP/1.1 200 OK\r\nX: {}\r\n\r\n", "a".repeat(70_000)));
    refused(&format!("HTTP/1.1 200 OK\r\n{}\r\n", "X: a\r\n".repeat(129)));
}

#[test]
fn chunks_that_are_not_exactly_framed_are_refused() {
    for body in [
        "5\nhello\r\n0\r\n\r\n",
        "+5\r\nhello\r\n0\r\n\r\n",
        " 5\r\nhello\r\n0\r\n\r\n",
        "5 \r\nhello\r\n0\r\n\r\n",
        "0x5\r\nhello\r\n0\r\n\r\n",
        "\r\nhello\r\n0\r\n\r\n",
        "5\r\nhelloXX0\r\n\r\n",
        "5\r\nhello\n0\r\n\r\n",
        "5;\0\r\nhello\r\n0\r\n\r\n",
        "fffffffffffffffff\r\nhello",
        "5\r\nhel",
        "5\r\nhello\r\n",
        "5\r\nhello\r\n0\r\n",
        "0\r\nX\r\n\r\n",
    ] {
        refused(&format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{body}"));
    }
    refused(&format!(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;{}\r\nhello\r\n0\r\n\r\n",
        "a".repeat(300)
    ));
    refused("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello");
}

#[test]
fn a_connection_on_which_the_service_says_more_than_asked_is_not_used_again() {
    let text = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhelloHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nbad";
    assert_eq!(read_pieces(text, text.len(), &Method::GET).unwrap(), (200, b"hello".to_vec(), false));
}

#[test]
fn heads_of_requests_are_framed_by_the_body_and_not_by_their_headers() {
    let check = |method: &str, outgoing, expect: &str| {
        let request = Request::builder()
            .method(method)
            .uri("/a?b")
            .header("content-length", "7")
            .header("transfer-encoding", "x");
        let (parts, ()) = request.header("host", "h").body(()).unwrap().into_parts();
        let mut out = Vec::new();
        head::write_head(&parts, &[], outgoing, &mut out);
        assert_eq!(String::from_utf8(out).unwrap(), format!("{method} /a?b HTTP/1.1\r\nhost: h\r\n{expect}\r\n"));
    };
    check("GET", Outgoing::Nothing, "content-length: 0\r\n");
    check("POST", Outgoing::Length(12), "content-length: 12\r\n");
    check("POST", Outgoing::Chunked, "transfer-encoding: chunked\r\n");
    let (parts, ()) = Request::post("/").body(()).unwrap().into_parts();
    let mut out = Vec::new();
    head::write_head(&parts, &[("x-more", b"1")], Outgoing::Nothing, &mut out);
    assert_eq!(out, b"POST / HTTP/1.1\r\nx-more: 1\r\ncontent-length: 0\r\n\r\n");
}
