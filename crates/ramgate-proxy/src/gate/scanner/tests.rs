use super::*;
use Refusal::*;

/// Follows `text` in one piece.
fn whole(text: &str) -> (Option<Refusal>, Vec<u8>) {
    let mut scanner = Scanner::new(1 << 20);
    let n = scanner.scan(text.as_bytes());
    (scanner.refusal(), text.as_bytes()[..n].to_vec())
}

/// Follows `text` byte by byte; the verdict and how many bytes went before it.
fn piecewise(text: &str, size: usize) -> Option<Refusal> {
    let mut scanner = Scanner::new(1 << 20);
    for piece in text.as_bytes().chunks(size) {
        scanner.scan(piece);
    }
    scanner.refusal()
}

fn refused(refusal: Refusal, text: &str) {
    assert_eq!(whole(text).0, Some(refusal), "{text:?}");
    for size in 1..=text.len().min(80) {
        assert_eq!(piecewise(text, size), Some(refusal), "{text:?} in pieces of {size}");
    }
}

fn passed(text: &str) {
    let (refusal, bytes) = whole(text);
    assert_eq!(refusal, None, "{text:?}");
    assert_eq!(bytes, text.as_bytes());
    for size in 1..=text.len() {
        assert_eq!(piecewise(text, size), None, "{text:?} in pieces of {size}");
    }
}

const OK: &str = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

#[test]
fn well_formed_streams_pass_unchanged_however_they_are_cut() {
    passed(OK);
    passed(&OK.repeat(3));
    passed("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
    passed("GET / HTTP/1.0\r\n\r\n");
    passed("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n");
    passed("GET http://A:80/x?y HTTP/1.1\r\nHost: a:80\r\n\r\n");
    passed("GET https://a HTTP/1.1\r\nHost: a\r\n\r\n");
    passed(&format!("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello{OK}"));
    passed(&format!("POST / HTTP/1.1\r\nHost: a\r\ncontent-length:\t 0\t\r\n\r\n{OK}"));
    passed(&format!("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n{OK}"));
    passed(&format!(
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n00a;x=\"y z\"\r\n0123456789\r\n0;e\r\nx-sum: 1\r\n\r\n{OK}"
    ));
}

#[test]
fn bodies_are_skipped_even_where_they_look_like_requests() {
    let inner = "GET / HTTP/9\n\n";
    passed(&format!("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {}\r\n\r\n{inner}{OK}", inner.len()));
    passed(&format!(
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{inner}\r\n0\r\n\r\n{OK}",
        inner.len()
    ));
}

#[test]
fn request_lines_other_than_method_target_version_are_refused() {
    for line in ["GET /", "GET", "", " GET / HTTP/1.1", "GET  / HTTP/1.1", "GET / HTTP/1.1 ", "GET / x HTTP/1.1"] {
        if !line.is_empty() {
            let (refusal, _) = whole(&format!("{line}\r\nHost: a\r\n\r\n"));
            assert!(matches!(refusal, Some(RequestLine | Target)), "{line:?}: {refusal:?}");
        }
    }
    for version in ["HTTP/0.9", "HTTP/1.2", "HTTP/2.0", "http/1.1", "HTTP/1.10", "HTTP/1.", "HTTP /1.1", "ICAP/1.0"] {
        let (refusal, _) = whole(&format!("GET / {version}\r\nHost: a\r\n\r\n"));
        assert!(matches!(refusal, Some(Version | RequestLine)), "{version:?}: {refusal:?}");
    }
    refused(Method, "CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n");
    refused(Method, "PRI * HTTP/1.1\r\nHost: a\r\n\r\n");
    refused(LeadingEmptyLines, &format!("\r\n\r\n{OK}"));
}

#[test]
fn targets_that_parsers_read_differently_are_refused() {
    for target in
        ["a", "a:80", "*", "/a#b", "/\t", "/\u{1}", "ftp://a/", "http://", "http:///x", "http://u@a/", "//\u{7f}"]
    {
        refused(Target, &format!("GET {target} HTTP/1.1\r\nHost: a\r\n\r\n"));
    }
    refused(TargetHostMismatch, "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n");
    refused(TargetHostMismatch, "GET http://a:81/ HTTP/1.1\r\nHost: a\r\n\r\n");
}

#[test]
fn bare_line_feeds_and_folded_lines_are_refused() {
    refused(BareLineFeed, "GET / HTTP/1.1\nHost: a\r\n\r\n");
    refused(BareLineFeed, "GET / HTTP/1.1\r\nHost: a\n\r\n");
    refused(BareLineFeed, "GET / HTTP/1.1\r\nHost: a\r\n\n");
    refused(BareLineFeed, "\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
    refused(FoldedLine, "GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n");
    refused(FoldedLine, "GET / HTTP/1.1\r\n\tHost: a\r\n\r\n");
    refused(HeaderLine, "GET / HTTP/1.1\r\nHost: a\r\nx\r\n\r\n");
    refused(HeaderLine, "GET / HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n");
}

#[test]
fn hosts_must_be_exactly_one_and_well_formed() {
    refused(MissingHost, "GET / HTTP/1.1\r\n\r\n");
    refused(SeveralHosts, "GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n");
    refused(SeveralHosts, "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n");
    for host in ["", "a b", "a,b", "a/b", "u@a", "a:b", "a:80:81", "[::1", "a%00", "a\\b"] {
        refused(Host, &format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n"));
    }
}

#[test]
fn lengths_must_be_one_plain_number_and_never_beside_an_encoding() {
    let post = |lines: &str| format!("POST / HTTP/1.1\r\nHost: a\r\n{lines}\r\n\r\nhello");
    for length in ["+5", "-5", "5, 5", "5,5", "0x5", "5 5", "", "5.0", "\u{665}", "99999999999999999999"] {
        refused(ContentLength, &post(&format!("Content-Length: {length}")));
    }
    refused(SeveralContentLengths, &post("Content-Length: 5\r\nContent-Length: 5"));
    refused(SeveralContentLengths, &post("Content-Length: 5\r\nContent-Length: 6"));
    refused(LengthAndEncoding, &post("Content-Length: 5\r\nTransfer-Encoding: chunked"));
    refused(LengthAndEncoding, &post("Transfer-Encoding: chunked\r\nContent-Length: 5"));
    for encoding in [
        "gzip",
        "gzip, chunked",
        "chunked, chunked",
        "xchunked",
        "chunked;a",
        "identity",
        "",
        "\"chunked\"",
        "chunked,",
    ] {
        refused(TransferEncoding, &post(&format!("Transfer-Encoding: {encoding}")));
    }
    refused(TransferEncoding, &post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"));
    refused(TransferEncoding, "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n");
}

#[test]
fn chunks_must_be_exactly_framed() {
    let chunked = |body: &str| format!("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n{body}");
    for size in [
        "",
        "g",
        "+5",
        "-5",
        " 5",
        "5 ",
        "5\t",
        "0x5",
        "fffffffffffffffff",
        "f000000000000000",
        "00000000000000005",
        "5\n",
    ] {
        refused(ChunkSize, &chunked(&format!("{size}\r\nhello\r\n0\r\n\r\n")));
    }
    refused(ChunkSize, &chunked("5\rhello\r\n0\r\n\r\n"));
    refused(ChunkEnd, &chunked("5\r\nhello0\r\n\r\n"));
    refused(ChunkEnd, &chunked("5\r\nhello\n0\r\n\r\n"));
    refused(ChunkEnd, &chunked("5\r\nhello\rx0\r\n\r\n"));
    refused(ChunkExtension, &chunked("5;a\nb\r\nhello\r\n0\r\n\r\n"));
    refused(ChunkExtension, &chunked("5;\u{0}\r\nhello\r\n0\r\n\r\n"));
    refused(ChunkExtension, &chunked(&format!("5;{}\r\nhello\r\n0\r\n\r\n", "a".repeat(1025))));
    let many = format!("1;{}\r\nx\r\n", "a".repeat(100)).repeat(12);
    refused(ChunkExtension, &chunked(&many));
    refused(BareLineFeed, &chunked("0\r\n\n"));
    for field in ["Content-Length: 1", "Transfer-Encoding: chunked", "Host: b", " x: y", "x y: z", ": z", "xy"] {
        refused(Trailers, &chunked(&format!("0\r\n{field}\r\n\r\n")));
    }
    refused(Trailers, &chunked(&format!("0\r\n{}\r\n", "a: b\r\n".repeat(2100))));
}

#[test]
fn what_follows_an_upgrade_request_in_the_same_read_is_refused() {
    let upgrade = "GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\n\r\n";
    passed(upgrade);
    let mut scanner = Scanner::new(1 << 20);
    assert_eq!(scanner.scan(upgrade.as_bytes()), upgrade.len());
    assert!(scanner.awaits_upgrade());
    let (refusal, bytes) = whole(&format!("{upgrade}GET /"));
    assert_eq!(refusal, Some(DataBehindUpgrade));
    assert_eq!(bytes.len(), upgrade.len() - 1, "the end of the head is held back");
    // Other upgrades, and those in requests with a body, are not served: the stream goes on as HTTP.
    passed(&format!("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n{OK}"));
    passed(&format!("POST / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n{OK}"));
}

#[test]
fn an_offence_in_a_body_holds_back_the_head_it_came_with_and_never_an_earlier_request() {
    let head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    let (_, bytes) = whole(&format!("{OK}{head}+5\r\nhello\r\n0\r\n\r\n"));
    assert_eq!(bytes.len(), OK.len() + head.len() - 1);

    let first = format!("{head}5\r\nhello\r\n0\r\n\r\n");
    let (_, bytes) = whole(&format!("{first}GET / HTTP/1.1\nHost: a\r\n\r\n"));
    assert!(bytes.starts_with(first.as_bytes()), "the complete request before it is untouched");
}
