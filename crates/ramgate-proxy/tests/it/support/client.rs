//! A client that sends bytes as they are and reads answers one by one.

use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(10);

pub struct Client<S = TcpStream> {
    pub io: S,
    buffer: Vec<u8>,
}

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    /// The values of a header, in order.
    pub fn all(&self, name: &str) -> Vec<&str> {
        let fields = self.head.lines().skip(1).filter_map(|line| line.split_once(':'));
        fields.filter(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.trim()).collect()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.all(name).first().copied()
    }
}

pub async fn connect(addr: SocketAddr) -> Client {
    Client::new(TcpStream::connect(addr).await.unwrap())
}

/// Sends `bytes` on a new connection and reads until the gateway closes it.
pub async fn talk(addr: SocketAddr, bytes: &str) -> String {
    let mut client = connect(addr).await;
    client.send(bytes).await;
    client.rest().await
}

/// GETs `path` of host `a.test` on a new connection.
pub async fn get(addr: SocketAddr, path: &str) -> Answer {
    let mut client = connect(addr).await;
    client.get(path).await
}

impl<S: AsyncRead + AsyncWrite + Unpin> Client<S> {
    pub fn new(io: S) -> Self {
        Self { io, buffer: Vec::new() }
    }

    pub async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.io.write_all(bytes.as_ref()).await.unwrap();
        self.io.flush().await.unwrap();
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(format!("GET {path} HTTP/1.1\r\nHost: a.test\r\n\r\n")).await;
        self.answer().await
    }

    /// Reads more; false at the end of the stream.
    async fn fill(&mut self) -> bool {
        let n = tokio::time::timeout(PATIENCE, self.io.read_buf(&mut self.buffer)).await.expect("no answer in time");
        n.unwrap_or(0) > 0
    }

    /// Everything until the end of the stream.
    pub async fn rest(&mut self) -> String {
        while self.fill().await {}
        String::from_utf8_lossy(&std::mem::take(&mut self.buffer)).into_owned()
    }

    /// Waits until these bytes have come, and takes everything up to and with them.
    pub async fn until(&mut self, end: &[u8]) -> Vec<u8> {
        loop {
            if let Some(at) = self.buffer.windows(end.len()).position(|w| w == end) {
                return self.buffer.drain(..at + end.len()).collect();
            }
            assert!(self.fill().await, "ended before {:?} with {:?}", end.escape_ascii().to_string(), self.buffer);
        }
    }

    /// The head of the next answer.
    pub async fn head(&mut self) -> Answer {
        let head = String::from_utf8(self.until(b"\r\n\r\n").await).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head, body: Vec::new() }
    }

    /// The status of the next answer; `None` where the stream ends before.
    pub async fn status(&mut self) -> Option<u16> {
        while self.buffer.len() < 12 {
            if !self.fill().await {
                return None;
            }
        }
        std::str::from_utf8(&self.buffer[9..12]).ok()?.parse().ok()
    }

    /// The next answer; to a HEAD request only with [`Client::head`].
    pub async fn answer(&mut self) -> Answer {
        let mut answer = self.head().await;
        if let Some(length) = answer.header("content-length") {
            let length: usize = length.parse().unwrap();
            while self.buffer.len() < length {
                assert!(self.fill().await, "ended within a body");
            }
            answer.body = self.buffer.drain(..length).collect();
        } else if answer.header("transfer-encoding") == Some("chunked") {
            while let Some(chunk) = self.chunk().await {
                answer.body.extend(chunk);
            }
        }
        answer
    }

    /// The next chunk; `None` for the last.
    pub async fn chunk(&mut self) -> Option<Vec<u8>> {
        let size = String::from_utf8(self.until(b"\r\n").await).unwrap();
        let size = usize::from_str_radix(size.trim(), 16).unwrap();
        while self.buffer.len() < size + 2 {
            assert!(self.fill().await, "ended within a chunk");
        }
        let chunk: Vec<u8> = self.buffer.drain(..size + 2).collect();
        (size > 0).then(|| chunk[..size].to_vec())
    }

    /// True where the gateway has closed the connection and sent nothing more.
    pub async fn is_closed(&mut self) -> bool {
        self.buffer.is_empty() && !self.fill().await
    }
}
