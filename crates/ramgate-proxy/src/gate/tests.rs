//! Whatever passes the gate, hyper reads as a deliberately naive parser does, however the bytes are cut.

use super::*;
use crate::coarse::Timers;
use http_body_util::{BodyExt, Full};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use proptest::prelude::*;
use std::cell::RefCell;
use std::convert::Infallible;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// A request that came whole: method, target, body.
type Whole = (String, String, Vec<u8>);

/// What hyper dispatches, and reads to the end, of `bytes` that come in pieces of these sizes.
fn behind_gate(bytes: &[u8], sizes: &[usize]) -> (Vec<Whole>, Option<Refusal>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let (client, server) = tokio::io::duplex(1 << 20);
        let (mut answers, mut requests) = tokio::io::split(client);
        let shared = Shared::new(Rc::new(Timers::default()).timer(), Timeouts::default());
        let gate = Gate::new(server, shared.clone(), false, 1 << 16);
        let seen = Rc::new(RefCell::new(Vec::new()));
        let notes = seen.clone();
        let service = service_fn(move |request: http::Request<hyper::body::Incoming>| {
            let notes = notes.clone();
            async move {
                let (head, body) = request.into_parts();
                if let Ok(body) = body.collect().await {
                    notes.borrow_mut().push((head.method.to_string(), head.uri.to_string(), body.to_bytes().to_vec()));
                }
                Ok::<_, Infallible>(http::Response::new(Full::new(bytes::Bytes::new())))
            }
        });
        let write = async {
            let mut rest = bytes;
            let mut sizes = sizes.iter().cycle();
            while !rest.is_empty() {
                let (piece, behind) = rest.split_at((*sizes.next().unwrap()).min(rest.len()));
                if requests.write_all(piece).await.is_err() {
                    break;
                }
                rest = behind;
                // So that the piece is read before the next one comes.
                for _ in 0..4 {
                    tokio::task::yield_now().await;
                }
            }
            let _ = requests.shutdown().await;
        };
        let mut builder = hyper::server::conn::http1::Builder::new();
        let serve = builder.header_read_timeout(None).half_close(true).serve_connection(TokioIo::new(gate), service);
        let mut sink = Vec::new();
        let _ = tokio::join!(write, serve, answers.read_to_end(&mut sink));
        (seen.take(), shared.refusal())
    })
}

/// Reads as many whole, well-formed requests as there are. Knows only what the generator below writes.
fn naive(mut bytes: &[u8]) -> Vec<Whole> {
    let mut found = Vec::new();
    while let Some(end) = bytes.windows(4).position(|w| w == b"\r\n\r\n") {
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let mut rest = &bytes[end + 4..];
        let lines: Vec<&str> = head.trim_start_matches("\r\n").split("\r\n").collect();
        let words: Vec<&str> = lines[0].split(' ').collect();
        let value = |name: &str| {
            let field =
                lines[1..].iter().filter_map(|line| line.split_once(':')).find(|(n, _)| n.eq_ignore_ascii_case(name));
            field.map(|(_, value)| value.trim().to_owned())
        };
        let mut body = Vec::new();
        if let Some(length) = value("content-length") {
            let length: usize = length.parse().unwrap();
            if rest.len() < length {
                break;
            }
            body.extend(&rest[..length]);
            rest = &rest[length..];
        } else if value("transfer-encoding").is_some() {
            loop {
                let Some(line) = rest.windows(2).position(|w| w == b"\r\n") else { return found };
                let text = String::from_utf8_lossy(&rest[..line]).into_owned();
                let size = usize::from_str_radix(text.split(';').next().unwrap(), 16).unwrap();
                rest = &rest[line + 2..];
                if size == 0 {
                    let Some(end) = rest.windows(2).position(|w| w == b"\r\n") else { return found };
                    rest = &rest[end + 2..];
                    break;
                }
                if rest.len() < size + 2 {
                    return found;
                }
                body.extend(&rest[..size]);
                rest = &rest[size + 2..];
            }
        }
        found.push((words[0].to_owned(), words[1].to_owned(), body));
        bytes = rest;
    }
    found
}

fn request() -> impl Strategy<Value = Vec<u8>> {
    let body = prop::collection::vec(prop::sample::select(b"a0\r\n:; GET/\0".to_vec()), 0..20);
    (0..4usize, prop::collection::vec(body, 0..3), 0..30u32).prop_map(|(kind, parts, n)| {
        let all = parts.concat();
        let mut out = Vec::new();
        match kind {
            0 => out.extend(format!("GET /{n} HTTP/1.1\r\nHost: a\r\n\r\n").bytes()),
            1 => {
                out.extend(format!("POST /{n} HTTP/1.1\r\nHost: a\r\nContent-Length: {}\r\n\r\n", all.len()).bytes());
                out.extend(all);
            }
            2 => {
                out.extend(format!("PUT /{n} HTTP/1.1\r\nTransfer-Encoding: chunked\r\nHost: a\r\n\r\n").bytes());
                for part in parts.iter().filter(|part| !part.is_empty()) {
                    out.extend(format!("{:X};x=y\r\n", part.len()).bytes());
                    out.extend(part);
                    out.extend(b"\r\n");
                }
                out.extend(b"0\r\n\r\n");
            }
            _ => out.extend(format!("\r\nDELETE http://a/{n} HTTP/1.1\r\nhost: a\r\nX: y z\r\n\r\n").bytes()),
        }
        out
    })
}

/// Changes of single bytes, which make most streams malformed somewhere.
fn damage() -> impl Strategy<Value = Vec<(usize, u8)>> {
    let byte = prop::sample::select(b"\r\n\0 \t:;,+-0159afgGx/\x7f\xff".to_vec());
    prop::collection::vec((any::<prop::sample::Index>().prop_map(|i| i.index(1 << 16)), byte), 0..3)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn well_formed_pipelines_are_read_as_a_naive_parser_reads_them(
        requests in prop::collection::vec(request(), 1..5),
        sizes in prop::collection::vec(1..40usize, 1..6),
    ) {
        let bytes = requests.concat();
        let (seen, refusal) = behind_gate(&bytes, &sizes);
        prop_assert_eq!(refusal, None);
        prop_assert_eq!(seen.len(), requests.len());
        let naive = naive(&bytes);
        for (found, expected) in seen.iter().zip(&naive) {
            prop_assert_eq!((&found.0, &found.2), (&expected.0, &expected.2));
            prop_assert!(expected.1.ends_with(&found.1) || found.1.ends_with(&expected.1));
        }
    }

    #[test]
    fn damaged_pipelines_are_read_alike_however_they_are_cut(
        requests in prop::collection::vec(request(), 1..5),
        damage in damage(),
        sizes in prop::collection::vec(1..40usize, 1..6),
    ) {
        let mut bytes = requests.concat();
        for (at, byte) in damage {
            let at = at % bytes.len();
            bytes[at] = byte;
        }
        let (whole, refusal) = behind_gate(&bytes, &[1 << 16]);
        let (pieces, refusal_in_pieces) = behind_gate(&bytes, &sizes);
        prop_assert_eq!(&whole, &pieces);
        // hyper may refuse what the gate leaves to it before the gate comes to see a later offence.
        if let (Some(a), Some(b)) = (refusal, refusal_in_pieces) {
            prop_assert_eq!(a, b);
        }
    }
}
