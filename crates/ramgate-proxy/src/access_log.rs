//! The access log: one JSON object a line, written by a thread of its own. Workers never wait for it: where the queue is
//! full, the line is dropped and counted.

use crate::config::AccessLog;
use serde_json::json;
use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Lines that may wait.
const QUEUE: usize = 16 * 1024;
/// A line lies at most this long before it is on its way to the file.
const FLUSH: Duration = Duration::from_millis(500);

/// What is known of a request when it is over.
#[derive(Debug)]
pub(crate) struct Record {
    pub(crate) start: SystemTime,
    pub(crate) began: Instant,
    pub(crate) gateway_id: Box<str>,
    pub(crate) route_id: Option<Box<str>>,
    pub(crate) route_name: Option<Box<str>>,
    pub(crate) service_id: Option<Box<str>>,
    pub(crate) upstream: Option<SocketAddr>,
    pub(crate) client: SocketAddr,
    pub(crate) method: Box<str>,
    pub(crate) authority: Box<str>,
    pub(crate) path: Box<str>,
    pub(crate) protocol: &'static str,
    pub(crate) secure: bool,
    pub(crate) user_agent: Option<Box<str>>,
    pub(crate) forwarded_for: Option<Box<str>>,
    pub(crate) request_id: Box<str>,
    pub(crate) status: u16,
    /// Why the gateway itself answered, or the answer broke off; empty otherwise.
    pub(crate) flag: &'static str,
    pub(crate) bytes_received: u64,
    pub(crate) bytes_sent: u64,
    pub(crate) duration: Duration,
}

impl Record {
    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let millis = self.start.duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
        let line = json!({
            "start_time_ms": millis as u64,
            "gateway_id": self.gateway_id,
            "route_id": self.route_id,
            "route_name": self.route_name,
            "service_id": self.service_id,
            "upstream_host": self.upstream.map(|a| a.to_string()),
            "downstream_remote_address": self.client.to_string(),
            "method": self.method,
            "authority": self.authority,
            "path": self.path,
            "protocol": self.protocol,
            "scheme": if self.secure { "https" } else { "http" },
            "user_agent": self.user_agent,
            "x_forwarded_for": self.forwarded_for,
            "request_id": self.request_id,
            "response_code": self.status,
            "response_flags": self.flag,
            "bytes_received": self.bytes_received,
            "bytes_sent": self.bytes_sent,
            "duration_us": self.duration.as_micros() as u64,
        });
        serde_json::to_writer(&mut *out, &line)?;
        out.write_all(b"\n")
    }
}

/// The workers' end.
pub(crate) type Sender = SyncSender<Box<Record>>;

/// Starts the writer. The thread ends, with everything written, when the last sender is dropped.
pub(crate) fn start(target: &AccessLog) -> io::Result<Option<(Sender, JoinHandle<()>)>> {
    let sink = match target {
        AccessLog::Off => return Ok(None),
        AccessLog::Stderr => Sink::Stderr,
        AccessLog::File(path) => Sink::File(path.clone(), BufWriter::new(open(path)?)),
    };
    let (sender, receiver) = sync_channel(QUEUE);
    let thread = std::thread::Builder::new().name("access-log".to_owned()).spawn(move || run(sink, &receiver))?;
    Ok(Some((sender, thread)))
}

enum Sink {
    Stderr,
    File(PathBuf, BufWriter<File>),
}

impl Sink {
    fn write(&mut self, record: &Record) -> io::Result<()> {
        match self {
            Self::Stderr => record.write(&mut io::stderr().lock()),
            Self::File(_, file) => record.write(file),
        }
    }

    /// Hands over what is buffered, and follows a rotation: opens the file again if it was moved away.
    fn settle(&mut self) -> io::Result<()> {
        let Self::File(path, file) = self else { return Ok(()) };
        file.flush()?;
        if !same_file(path, file.get_ref()) {
            *file = BufWriter::new(open(path)?);
        }
        Ok(())
    }
}

fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().create(true).append(true).open(path)
}

#[cfg(unix)]
fn same_file(path: &Path, file: &File) -> bool {
    use std::os::unix::fs::MetadataExt;
    let id = |m: &std::fs::Metadata| (m.dev(), m.ino());
    matches!((path.metadata(), file.metadata()), (Ok(a), Ok(b)) if id(&a) == id(&b))
}

#[cfg(not(unix))]
fn same_file(path: &Path, _file: &File) -> bool {
    path.exists()
}

fn run(mut sink: Sink, receiver: &Receiver<Box<Record>>) {
    let mut failed = false;
    let mut settled = Instant::now();
    loop {
        let result = match receiver.recv_timeout(FLUSH) {
            Ok(record) => sink.write(&record),
            Err(RecvTimeoutError::Timeout) => Ok(()),
            Err(RecvTimeoutError::Disconnected) => break,
        };
        let result = match settled.elapsed() >= FLUSH {
            true => {
                settled = Instant::now();
                result.and(sink.settle())
            }
            false => result,
        };
        // Said once for each outage, not once for each line.
        if let Err(error) = &result
            && !failed
        {
            tracing::error!(%error, "cannot write the access log");
        }
        failed = result.is_err();
    }
    if let Err(error) = sink.settle() {
        tracing::error!(%error, "cannot write the access log");
    }
}
