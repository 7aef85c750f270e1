//! Signing a request and sending it: one connection, one answer.

use super::connection::Keys;
use super::request::Request;
use crate::error::CliError;
use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use ramgate_api::OpSpec;
use ramgate_signing::{Call, Credentials, SignedCall, UnixTime, sign_v3};
use ring::rand::{SecureRandom, SystemRandom};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::net::TcpStream;

/// How long a call may take.
const TIMEOUT: Duration = Duration::from_secs(60);

/// The largest answer that is read, in bytes.
const MAX_ANSWER: usize = 64 * 1024 * 1024;

/// The port of the management API where the endpoint names none.
const DEFAULT_PORT: u16 = 9080;

/// What came back.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) status: u16,
    pub(crate) body: Bytes,
}

type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Signs the request, sends it, and reads the answer.
pub(crate) fn send(
    endpoint: &str,
    spec: &OpSpec,
    request: &Request,
    keys: &Keys,
    now: SystemTime,
) -> Result<Answered, CliError> {
    let address = address(endpoint)?;
    let seconds = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let query: Vec<(&str, &str)> = request.query.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let call = Call {
        method: request.method,
        host: &address,
        path: &request.path,
        query: &query,
        version: spec.product.version,
        // Operations with a path are found by it; the name is sent all the same, as SDKs do.
        action: Some(spec.name),
        headers: &[("user-agent", concat!("ramgate-cli/", env!("CARGO_PKG_VERSION")))],
        content_type: request.content_type,
        body: &request.body,
        time: UnixTime::from_secs(i64::try_from(seconds).unwrap_or(i64::MAX)),
        nonce: &nonce().map_err(|source| failed(endpoint, source))?,
    };
    let credentials = Credentials {
        access_key_id: &keys.access_key_id,
        secret: &keys.secret,
        security_token: keys.security_token.as_deref(),
    };
    let signed = sign_v3(&call, &credentials)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| failed(endpoint, error.into()))?;
    let exchange = async {
        tokio::time::timeout(TIMEOUT, exchange(&address, request, signed))
            .await
            .unwrap_or_else(|_| Err(format!("no answer within {} seconds", TIMEOUT.as_secs()).into()))
    };
    runtime.block_on(exchange).map_err(|source| failed(endpoint, source))
}

fn failed(endpoint: &str, source: Cause) -> CliError {
    CliError::Call { endpoint: endpoint.to_owned(), source }
}

/// `host:port` of an endpoint.
fn address(endpoint: &str) -> Result<String, CliError> {
    let host = endpoint.strip_prefix("http://").unwrap_or(endpoint).trim_end_matches('/');
    if host.contains("://") {
        let message = format!("`{endpoint}` is no endpoint: the management API speaks HTTP, as in `127.0.0.1:9080`");
        return Err(CliError::Usage(message));
    }
    if host.is_empty() || host.contains(['/', '?', '#', '@', ' ']) {
        return Err(CliError::Usage(format!("`{endpoint}` is no endpoint, which looks like `127.0.0.1:9080`")));
    }
    let has_port = host
        .rsplit_once(':')
        .is_some_and(|(name, port)| port.parse::<u16>().is_ok() && (!name.contains(':') || name.ends_with(']')));
    let is_bare_v6 = host.parse::<std::net::Ipv6Addr>().is_ok();
    Ok(match (has_port, is_bare_v6) {
        (_, true) => format!("[{host}]:{DEFAULT_PORT}"),
        (true, _) => host.to_owned(),
        (false, false) => format!("{host}:{DEFAULT_PORT}"),
    })
}

fn nonce() -> Result<String, Cause> {
    let mut bytes = [0; 16];
    SystemRandom::new().fill(&mut bytes).map_err(|_| "no randomness")?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

async fn exchange(address: &str, request: &Request, signed: SignedCall) -> Result<Answered, Cause> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    let mut builder = http::Request::builder().method(request.method).uri(signed.target);
    for (name, value) in &signed.headers {
        builder = builder.header(name, value);
    }
    let http_request = builder.body(Full::new(Bytes::from(request.body.clone())))?;
    let driver = tokio::spawn(connection);
    let response = sender.send_request(http_request).await?;
    let status = response.status().as_u16();
    let body = Limited::new(response.into_body(), MAX_ANSWER).collect().await?.to_bytes();
    // How the connection ends does not matter any more.
    driver.abort();
    Ok(Answered { status, body })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoints_get_the_port_of_the_management_api() {
        for (endpoint, expected) in [
            ("127.0.0.1:9080", "127.0.0.1:9080"),
            ("localhost", "localhost:9080"),
            ("http://gateway.example:80/", "gateway.example:80"),
            ("[::1]:9080", "[::1]:9080"),
            ("[::1]", "[::1]:9080"),
            ("::1", "[::1]:9080"),
        ] {
            assert_eq!(address(endpoint).ok().as_deref(), Some(expected), "{endpoint}");
        }
        for endpoint in ["", "https://a", "a/b", "user@a", "a b"] {
            assert!(address(endpoint).is_err(), "{endpoint}");
        }
    }
}
