//! The strict HTTP gate, byte by byte: what it refuses is answered 400, closes the connection, and never reaches a service.

use crate::support::client::{connect, talk};
use crate::support::objects::everything_to;
use crate::support::{origin, start};

/// Requests that must be refused, named. `hyper_alone` has what hyper does with the same bytes.
pub fn offences() -> Vec<(&'static str, String)> {
    let get = |lines: &str| format!("GET / HTTP/1.1\r\nHost: a.test\r\n{lines}\r\n");
    let post = |lines: &str, body: &str| format!("POST / HTTP/1.1\r\nHost: a.test\r\n{lines}\r\n\r\n{body}");
    let chunked = |body: &str| post("Transfer-Encoding: chunked", body);
    let rest = "hello\r\n0\r\n\r\n";
    vec![
        ("length and encoding", post("Content-Length: 5\r\nTransfer-Encoding: chunked", "0\r\n\r\n")),
        ("encoding and length", post("Transfer-Encoding: chunked\r\nContent-Length: 5", "0\r\n\r\n")),
        ("two equal lengths", post("Content-Length: 5\r\nContent-Length: 5", "hello")),
        ("two different lengths", post("Content-Length: 5\r\nContent-Length: 6", "hello")),
        ("list of lengths", post("Content-Length: 5, 5", "hello")),
        ("length with a sign", post("Content-Length: +5", "hello")),
        ("negative length", post("Content-Length: -5", "hello")),
        ("hexadecimal length", post("Content-Length: 0x5", "hello")),
        ("empty length", post("Content-Length:", "hello")),
        ("length with a blank", post("Content-Length: 5 5", "hello")),
        ("length beyond 64 bits", post("Content-Length: 18446744073709551621", "hello")),
        ("encoding chunked twice", post("Transfer-Encoding: chunked, chunked", "0\r\n\r\n")),
        ("two headers of encoding", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", "0\r\n\r\n")),
        ("two encodings", post("Transfer-Encoding: gzip, chunked", "0\r\n\r\n")),
        ("two headers of encodings", post("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked", "0\r\n\r\n")),
        ("chunked is not last", post("Transfer-Encoding: chunked, gzip", "0\r\n\r\n")),
        ("unknown encoding", post("Transfer-Encoding: xchunked", "0\r\n\r\n")),
        ("encoding identity", post("Transfer-Encoding: identity", "")),
        ("empty encoding", post("Transfer-Encoding:", "0\r\n\r\n")),
        ("encoding with a parameter", post("Transfer-Encoding: chunked;q=1", "0\r\n\r\n")),
        ("encoding with a vertical tab", post("Transfer-Encoding: \u{b}chunked", "0\r\n\r\n")),
        (
            "encoding in http/1.0",
            "POST / HTTP/1.0\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n".into(),
        ),
        ("line feed behind the request line", "GET / HTTP/1.1\nHost: a.test\r\n\r\n".into()),
        ("line feed behind a header", "GET / HTTP/1.1\r\nHost: a.test\nX: y\r\n\r\n".into()),
        ("line feed as end of the head", "GET / HTTP/1.1\r\nHost: a.test\r\n\n".into()),
        ("line feeds only", "GET / HTTP/1.1\nHost: a.test\n\n".into()),
        ("carriage return within a header", get("X: a\rb\r\n")),
        ("folded header", get("X: a\r\n b\r\n")),
        ("folded first header", "GET / HTTP/1.1\r\n Host: a.test\r\n\r\n".into()),
        ("blank before the colon", get("X : a\r\n")),
        ("blank before the colon of a length", post("Content-Length : 5", "hello")),
        ("blank within a name", get("X Y: a\r\n")),
        ("header without a colon", get("X\r\n")),
        ("header without a name", get(": a\r\n")),
        ("nul in a value", get("X: a\0b\r\n")),
        ("nul in a name", get("X\0: a\r\n")),
        ("control character in a value", get("X: a\u{1}b\r\n")),
        ("delete character in a value", get("X: a\u{7f}b\r\n")),
        ("no host", "GET / HTTP/1.1\r\nX: y\r\n\r\n".into()),
        ("empty host", "GET / HTTP/1.1\r\nHost:\r\n\r\n".into()),
        ("two hosts", get("Host: b.test\r\n")),
        ("two equal hosts", get("Host: a.test\r\n")),
        ("two hosts in http/1.0", "GET / HTTP/1.0\r\nHost: a.test\r\nHost: b.test\r\n\r\n".into()),
        ("host with a comma", "GET / HTTP/1.1\r\nHost: a.test, b.test\r\n\r\n".into()),
        ("host with a path", "GET / HTTP/1.1\r\nHost: a.test/b\r\n\r\n".into()),
        ("host with a user", "GET / HTTP/1.1\r\nHost: b.test@a.test\r\n\r\n".into()),
        ("host with two ports", "GET / HTTP/1.1\r\nHost: a.test:80:81\r\n\r\n".into()),
        ("host with an escape", "GET / HTTP/1.1\r\nHost: a%2etest\r\n\r\n".into()),
        ("target and host differ", "GET http://b.test/ HTTP/1.1\r\nHost: a.test\r\n\r\n".into()),
        ("target with a user", "GET http://x@a.test/ HTTP/1.1\r\nHost: a.test\r\n\r\n".into()),
        ("target with a fragment", "GET /a#b HTTP/1.1\r\nHost: a.test\r\n\r\n".into()),
        ("target without a slash", "GET a HTTP/1.1\r\nHost: a.test\r\n\r\n".into()),
        ("target of another scheme", "GET ftp://a.test/ HTTP/1.1\r\nHost: a.test\r\n\r\n".into()),
        ("star target of a get", "GET * HTTP/1.1\r\nHost: a.test\r\n\r\n".into()),
        ("tab in the request line", "GET\t/ HTTP/1.1\r\nHost: a.test\r\n\r\n".into()),
        ("two blanks in the request line", "GET  / HTTP/1.1\r\nHost: a.test\r\n\r\n".into()),
        ("blank behind the version", "GET / HTTP/1.1 \r\nHost: a.test\r\n\r\n".into()),
        ("nul in the method", "G\0T / HTTP/1.1\r\nHost: a.test\r\n\r\n".into()),
        ("connect", "CONNECT a.test:80 HTTP/1.1\r\nHost: a.test:80\r\n\r\n".into()),
        ("http/0.9", "GET /\r\n\r\n".into()),
        ("version 1.2", "GET / HTTP/1.2\r\nHost: a.test\r\n\r\n".into()),
        ("version 2.0", "GET / HTTP/2.0\r\nHost: a.test\r\n\r\n".into()),
        ("version in lower case", "GET / http/1.1\r\nHost: a.test\r\n\r\n".into()),
        ("blank before the request", " GET / HTTP/1.1\r\nHost: a.test\r\n\r\n".into()),
        ("many empty lines before", "\r\n\r\nGET / HTTP/1.1\r\nHost: a.test\r\n\r\n".into()),
        ("line feed before", "\nGET / HTTP/1.1\r\nHost: a.test\r\n\r\n".into()),
        ("chunk size with a sign", chunked(&format!("+5\r\n{rest}"))),
        ("chunk size with a prefix", chunked(&format!("0x5\r\n{rest}"))),
        ("blank before a chunk size", chunked(&format!(" 5\r\n{rest}"))),
        ("blank behind a chunk size", chunked(&format!("5 \r\n{rest}"))),
        ("tab behind a chunk size", chunked(&format!("5\t\r\n{rest}"))),
        ("empty chunk size", chunked(&format!("\r\n{rest}"))),
        ("no hexadecimal chunk size", chunked(&format!("g\r\n{rest}"))),
        ("chunk size beyond 64 bits", chunked(&format!("10000000000000005\r\n{rest}"))),
        ("chunk size that wraps round", chunked(&format!("fffffffffffffffff\r\n{rest}"))),
        ("chunk size with 40 zeros", chunked(&format!("{}5\r\n{rest}", "0".repeat(40)))),
        ("line feed behind a chunk size", chunked(&format!("5\n{rest}"))),
        ("carriage return alone behind a chunk size", chunked(&format!("5\r{rest}"))),
        ("chunk longer than said", chunked("5\r\nhellooo\r\n0\r\n\r\n")),
        ("line feed behind a chunk", chunked("5\r\nhello\n0\r\n\r\n")),
        ("two other bytes behind a chunk", chunked("5\r\nhelloxx0\r\n\r\n")),
        ("line feed in a chunk extension", chunked(&format!("5;a\nb\r\n{rest}"))),
        ("nul in a chunk extension", chunked(&format!("5;a\0\r\n{rest}"))),
        ("carriage return in a chunk extension", chunked(&format!("5;a\rb\r\n{rest}"))),
        ("long chunk extension", chunked(&format!("5;{}\r\n{rest}", "a".repeat(1100)))),
        ("many chunk extensions", chunked(&format!("{}0\r\n\r\n", "1;abcdefghi\r\nx\r\n".repeat(200)))),
        ("line feed behind the last chunk", chunked("0\r\n\n")),
        ("length as a trailer", chunked("0\r\nContent-Length: 5\r\n\r\n")),
        ("encoding as a trailer", chunked("0\r\nTransfer-Encoding: chunked\r\n\r\n")),
        ("host as a trailer", chunked("0\r\nHost: b.test\r\n\r\n")),
        ("folded trailer", chunked("0\r\nX: a\r\n b\r\n\r\n")),
        ("trailer with a line feed", chunked("0\r\nX: a\n\r\n")),
        ("nul in a trailer", chunked("0\r\nX: a\0\r\n\r\n")),
        ("trailers beyond 8 KiB", chunked(&format!("0\r\n{}\r\n", "X: aaaaaaaaaaaaaa\r\n".repeat(500)))),
        (
            "data behind an upgrade request",
            get("Connection: Upgrade\r\nUpgrade: websocket\r\n") + "GET /x HTTP/1.1\r\nHost: a.test\r\n\r\n",
        ),
        ("preface of http/2 out of place", "PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n".into()),
    ]
}

#[tokio::test]
async fn every_offence_is_answered_400_and_nothing_of_it_is_forwarded() {
    let origin = origin::echo().await;
    let gateway = start(everything_to(origin.addr)).await;
    for (name, bytes) in offences() {
        let answer = talk(gateway.http, &bytes).await;
        assert!(answer.starts_with("HTTP/1.1 400 "), "{name}: {answer:?}");
        assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{name}: {answer:?}");
        assert!(answer.to_ascii_lowercase().contains("connection: close"), "{name}: {answer:?}");
    }
    // What is longer than one read may be on its way to the service before the offence comes, and is then cut off.
    let long = offences().iter().filter(|(_, bytes)| bytes.len() > 8192).count();
    assert!(origin.connections() <= long, "{} connections", origin.connections());
    let refused = gateway.proxy.metrics();
    assert!(refused.contains("ramgate_proxy_requests_refused_total{reason=\"length_and_encoding\"} 2"), "{refused}");
}

#[tokio::test]
async fn offences_sent_byte_by_byte_are_refused_too_and_the_service_never_sees_a_whole_request() {
    let origin = origin::echo().await;
    let gateway = start(everything_to(origin.addr)).await;
    for (name, bytes) in offences() {
        // Long ones differ from short ones only in how often something is repeated.
        if bytes.len() > 300 {
            continue;
        }
        let mut client = connect(gateway.http).await;
        client.io.set_nodelay(true).unwrap();
        for byte in bytes.as_bytes() {
            if tokio::io::AsyncWriteExt::write_all(&mut client.io, &[*byte]).await.is_err() {
                break;
            }
            tokio::task::yield_now().await;
        }
        let answer = client.rest().await;
        if name == "data behind an upgrade request" {
            // Here the request to switch came alone, and is answered. What came behind it must not be.
            assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{name}: {answer:?}");
            continue;
        }
        assert!(answer.starts_with("HTTP/1.1 400 "), "{name}: {answer:?}");
        assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{name}: {answer:?}");
    }
    // A head that ended before its body broke the rules may have been on its way, but no body came to its end.
    assert!(origin.seen().iter().all(|head| !head.contains("GET /x")), "{:?}", origin.seen());
}

#[tokio::test]
async fn requests_before_an_offence_in_a_pipeline_are_answered_first() {
    let origin = origin::echo().await;
    let gateway = start(everything_to(origin.addr)).await;
    let good = |n: u32| {
        format!("POST /{n} HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")
    };
    for (name, bad) in offences() {
        let mut client = connect(gateway.http).await;
        // An empty line, and no more, may stand between requests; offences that begin with lines keep theirs.
        client.send(format!("{}{}{bad}{}", good(1), good(2), good(3))).await;
        for n in 1..=2 {
            let answer = client.answer().await;
            assert_eq!(answer.status, 200, "{name}");
            assert!(answer.text().starts_with(&format!("POST /{n} ")), "{name}: {}", answer.text());
        }
        let answer = client.answer().await;
        assert_eq!(answer.status, 400, "{name}");
        assert!(client.is_closed().await, "{name}");
    }
    assert!(origin.seen().iter().all(|head| !head.starts_with("POST /3")), "{:?}", origin.seen());
}

#[tokio::test]
async fn well_formed_requests_pass_in_all_their_forms() {
    let origin = origin::echo().await;
    let gateway = start(everything_to(origin.addr)).await;
    let cases = [
        ("GET /p?q=1 HTTP/1.1\r\nHost: a.test\r\n\r\n", "GET /p?q=1 HTTP/1.1\n", ""),
        ("\r\nGET /p HTTP/1.1\r\nHost: a.test\r\n\r\n", "GET /p HTTP/1.1\n", ""),
        ("GET http://A.test/p HTTP/1.1\r\nHost: a.test\r\n\r\n", "GET /p HTTP/1.1\n", ""),
        ("GET http://a.test HTTP/1.1\r\nHost: a.test\r\n\r\n", "GET / HTTP/1.1\n", ""),
        ("GET /p HTTP/1.0\r\nHost: a.test\r\n\r\n", "GET /p HTTP/1.1\n", ""),
        ("GET /a/../b/%7Ec HTTP/1.1\r\nHost: a.test\r\n\r\n", "GET /b/~c HTTP/1.1\n", ""),
        ("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5\r\n\r\nhello", "POST / HTTP/1.1\n", "hello"),
        (
            "POST / HTTP/1.1\r\nHost: a.test\r\ntransfer-encoding: Chunked\r\n\r\n3;x=y\r\nhel\r\n02\r\nlo\r\n0\r\nX-Sum: 1\r\n\r\n",
            "POST / HTTP/1.1\n",
            "hello",
        ),
        ("DELETE / HTTP/1.1\r\nHost: a.test\r\nX-Empty:\r\nX-Text: \u{e4}\r\n\r\n", "DELETE / HTTP/1.1\n", ""),
        (
            "GET / HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n",
            "GET / HTTP/1.1\n",
            "",
        ),
    ];
    for (bytes, line, body) in cases {
        let mut client = connect(gateway.http).await;
        client.send(bytes).await;
        let answer = client.answer().await;
        assert_eq!(answer.status, 200, "{bytes:?}");
        assert!(answer.text().starts_with(line), "{bytes:?}: {}", answer.text());
        assert!(answer.text().ends_with(&format!("\n\n{body}")), "{bytes:?}: {}", answer.text());
    }
}

#[tokio::test]
async fn heads_over_the_limit_are_answered_431_however_they_come() {
    let origin = origin::echo().await;
    let gateway = start(everything_to(origin.addr)).await;
    let head = |line: String| format!("GET / HTTP/1.1\r\nHost: a.test\r\n{line}\r\n\r\n");
    let fits = head(format!("X: {}", "a".repeat(60_000)));
    let mut client = connect(gateway.http).await;
    client.send(&fits).await;
    assert_eq!(client.answer().await.status, 200);

    for big in [
        head(format!("X: {}", "a".repeat(70_000))),
        head(format!("X: {}", "a".repeat(1_000_000))),
        head("X: a\r\n".repeat(101).trim_end().to_owned()),
        head(format!("X: {}\r\n", "a".repeat(900)).repeat(99).trim_end().to_owned()),
    ] {
        let answer = talk(gateway.http, &big).await;
        assert!(answer.starts_with("HTTP/1.1 431 "), "{} bytes: {answer:?}", big.len());
    }
    assert_eq!(origin.seen().len(), 1);
}

#[tokio::test]
async fn an_offence_in_a_later_chunk_cuts_the_request_off_at_the_service() {
    let origin = origin::raw(|mut client, _, notes| async move {
        let text = client.rest().await;
        notes.add(text);
    })
    .await;
    let gateway = start(everything_to(origin.addr)).await;
    let mut client = connect(gateway.http).await;
    client.send("POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n").await;
    crate::support::eventually(|| origin.connections() == 1, || "not forwarded".into()).await;
    client.send("+5\r\nhello\r\n0\r\n\r\n").await;
    let answer = client.answer().await;
    assert_eq!(answer.status, 400);
    assert!(client.is_closed().await);
    crate::support::eventually(|| !origin.seen().is_empty(), || "the service waits still".into()).await;
    let seen = origin.seen().remove(0);
    assert!(!seen.contains("0\r\n\r\n"), "no end was sent: {seen:?}");
}
