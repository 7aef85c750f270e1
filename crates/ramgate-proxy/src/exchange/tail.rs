//! What has to be done when a request is over, however it ends: counters, access log, idle time of the connection.

use super::path_and_query;
use crate::access_log::Record;
use crate::body::Upload;
use crate::connection::Connection;
use crate::headers::forwarded;
use http::header::HeaderValue;
use http::{Request, Version};
use hyper::body::Incoming;
use ramgate_routing::LiveRoute;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Instant, SystemTime};

/// What has to be done when a request is over, however it ends.
pub(crate) struct Tail {
    conn: Rc<Connection>,
    /// 0 until there is an answer.
    pub(super) status: u16,
    /// Why the gateway answered by itself, or what broke off.
    pub(super) flag: &'static str,
    sent: u64,
    pub(super) upload: Option<Rc<Upload>>,
    /// `None` where no access log is written.
    pub(super) record: Option<Box<Record>>,
}

impl Tail {
    /// A request has come in.
    pub(super) fn begin(conn: &Rc<Connection>, request: &Request<Incoming>) -> Self {
        conn.gate.request_begins();
        conn.worker.counters.requests_in_flight.add(1);
        let record = conn.worker.log.as_ref().map(|_| Box::new(record(conn, request)));
        Self { conn: conn.clone(), status: 0, flag: "", sent: 0, upload: None, record }
    }

    /// This route takes it.
    pub(super) fn routed(&mut self, route: &LiveRoute) {
        if let Some(record) = &mut self.record {
            record.route_id = Some(route.id.clone());
            record.route_name = Some(route.name.clone());
        }
    }

    /// This service is to be called.
    pub(super) fn towards(&mut self, service_id: &str) {
        if let Some(record) = &mut self.record {
            record.service_id = Some(service_id.into());
        }
    }

    /// This endpoint is being called.
    pub(super) fn at(&mut self, endpoint: SocketAddr) {
        if let Some(record) = &mut self.record {
            record.upstream = Some(endpoint);
        }
    }

    /// The client's body broke off, or broke the rules.
    pub(super) fn client_failed(&self) -> bool {
        self.upload.as_ref().is_some_and(|upload| upload.client_failed.get())
    }

    /// Bytes of the answer's body went to the client.
    pub(crate) fn sent(&mut self, n: u64) {
        self.sent += n;
    }

    /// The answer's body broke off at the service.
    pub(crate) fn broken(&mut self, error: &(dyn std::error::Error + Send + Sync + 'static)) {
        self.flag = "AnswerBrokeOff";
        tracing::debug!(error = crate::error::chain(error), "the service's answer broke off");
    }
}

impl Drop for Tail {
    fn drop(&mut self) {
        let conn = &self.conn;
        conn.gate.request_ends();
        conn.worker.counters.requests_in_flight.sub(1);
        if self.status == 0 {
            // nginx's number for a client that went away before its answer.
            (self.status, self.flag) = (499, "ClientGone");
        }
        conn.listener.counters.answered(self.status);
        if let (Some(mut record), Some(log)) = (self.record.take(), &conn.worker.log) {
            record.status = self.status;
            record.flag = self.flag;
            record.bytes_sent = self.sent;
            record.bytes_received = self.upload.as_ref().map_or(0, |upload| upload.bytes.get());
            record.duration = record.began.elapsed();
            if log.try_send(record).is_err() {
                conn.worker.counters.log_lines_dropped.add(1);
            }
        }
    }
}

pub(super) fn text(value: &HeaderValue) -> Box<str> {
    String::from_utf8_lossy(value.as_bytes()).into()
}

fn record(conn: &Connection, request: &Request<Incoming>) -> Record {
    let header = |name: &str| request.headers().get(name).map(text);
    Record {
        start: SystemTime::now(),
        began: Instant::now(),
        gateway_id: conn.listener.gateway.id().into(),
        route_id: None,
        route_name: None,
        service_id: None,
        upstream: None,
        client: conn.peer,
        method: request.method().as_str().into(),
        authority: Box::default(),
        path: path_and_query(request.uri()).into(),
        protocol: match request.version() {
            Version::HTTP_10 => "HTTP/1.0",
            Version::HTTP_11 => "HTTP/1.1",
            _ => "HTTP/2",
        },
        secure: conn.secure(),
        user_agent: header("user-agent"),
        forwarded_for: header(forwarded::FOR),
        request_id: Box::default(),
        status: 0,
        flag: "",
        bytes_received: 0,
        bytes_sent: 0,
        duration: std::time::Duration::ZERO,
    }
}
