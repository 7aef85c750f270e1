//! What is to be done with a request: looked up in the present snapshot, without waiting for anything.

use super::tail::Tail;
use super::{Decision, path_and_query};
use crate::answer::Failure;
use crate::connection::Connection;
use crate::gate::is_host_and_port;
use http::header::{self, HeaderValue};
use http::{Method, Request, StatusCode, Uri, Version};
use hyper::body::Incoming;
use ramgate_routing::{Action, Mock, Redirect, RequestView, Selection, normalise_path};

/// The host asked for, with its port: the Host header, or the authority of HTTP/2. Empty for HTTP/1.0 without Host.
pub(super) fn host_of(request: &Request<Incoming>) -> Result<HeaderValue, Failure> {
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let header = hosts.next();
    if request.version() != Version::HTTP_2 {
        // The gate has seen to it that there is one at most, that it is well-formed, and that the target agrees.
        return match (header, request.uri().authority()) {
            (Some(host), _) => Ok(host.clone()),
            (None, Some(authority)) => HeaderValue::from_str(authority.as_str()).map_err(|_| Failure::BadRequest),
            (None, None) => Ok(HeaderValue::from_static("")),
        };
    }
    if hosts.next().is_some() {
        return Err(Failure::BadRequest);
    }
    let host = match (request.uri().authority(), header) {
        (Some(authority), Some(host)) if !authority.as_str().as_bytes().eq_ignore_ascii_case(host.as_bytes()) => {
            return Err(Failure::BadRequest);
        }
        (Some(authority), _) => HeaderValue::from_str(authority.as_str()).map_err(|_| Failure::BadRequest)?,
        (None, Some(host)) => host.clone(),
        (None, None) => return Err(Failure::BadRequest),
    };
    if is_host_and_port(host.as_bytes()) { Ok(host) } else { Err(Failure::BadRequest) }
}

/// `host[:port]` without its port.
fn without_port(host: &str) -> &str {
    match host.rfind(']') {
        Some(end) => host.get(..=end).unwrap_or(host),
        None => host.split_once(':').map_or(host, |(host, _)| host),
    }
}

/// Chooses what to do with `request`, which asks for `host`.
pub(super) fn decide(conn: &Connection, request: &Request<Incoming>, host: &HeaderValue, tail: &mut Tail) -> Decision {
    let (Ok(host), method, uri) = (host.to_str(), request.method(), request.uri()) else {
        return Decision::Fail(Failure::BadRequest);
    };
    match *method {
        Method::CONNECT | Method::TRACE => return Decision::Fail(Failure::MethodNotServed),
        _ => {}
    }
    if let Some(expect) = request.headers().get(header::EXPECT)
        && !expect.as_bytes().eq_ignore_ascii_case(b"100-continue")
    {
        return Decision::Fail(Failure::Expectation);
    }
    if uri.path() == "*" {
        return Decision::Fail(Failure::NoRoute);
    }
    let Ok(path) = normalise_path(uri.path()) else { return Decision::Fail(Failure::BadRequest) };
    let name = without_port(host);
    let view = RequestView {
        secure: conn.secure(),
        host: name,
        path: &path,
        query: uri.query().unwrap_or_default(),
        method,
        headers: request.headers(),
    };
    let worker = &conn.worker;
    worker.with_snapshot(|snapshot, epoch| {
        let Some(table) = snapshot.gateway(&conn.listener.gateway) else { return Decision::Fail(Failure::NoRoute) };
        if let Some(site) = &conn.site
            && table.is_misdirected(site, name)
        {
            return Decision::Fail(Failure::Misdirected);
        }
        let route = match table.select(&view) {
            Selection::Route(route) => route,
            Selection::NoRoute => return Decision::Fail(Failure::NoRoute),
            Selection::ForceHttps => return to_https(conn.listener.https_port, name, uri),
        };
        tail.routed(route);
        match &route.action {
            Action::Services(targets) => {
                let target = targets.pick(worker.random());
                tail.towards(target.service.id());
                match worker.services.get(&target.service, target.port, snapshot, epoch) {
                    Some(service) => Decision::Forward(service, changed_path(&path, uri)),
                    None => Decision::Fail(Failure::Unavailable),
                }
            }
            Action::Mock(mock) => Decision::Mock(Mock::clone(mock)),
            Action::Redirect(to) => redirect(to, conn.secure(), host, uri),
            Action::Unavailable => Decision::Fail(Failure::Unavailable),
        }
    })
}

/// The path and query to forward, where they are not those received.
fn changed_path(path: &str, uri: &Uri) -> Option<String> {
    if path == uri.path() {
        return None;
    }
    Some(match uri.query() {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    })
}

fn to_https(port: u16, name: &str, uri: &Uri) -> Decision {
    if name.is_empty() {
        return Decision::Fail(Failure::BadRequest);
    }
    let port = if port == 443 { String::new() } else { format!(":{port}") };
    Decision::Redirect(StatusCode::MOVED_PERMANENTLY, format!("https://{name}{port}{}", path_and_query(uri)))
}

fn redirect(to: &Redirect, secure: bool, host: &str, uri: &Uri) -> Decision {
    let host = to.host.as_deref().unwrap_or(host);
    let mut location = match host {
        "" => String::new(),
        host => format!("{}://{host}", if secure { "https" } else { "http" }),
    };
    match &to.path {
        None => location.push_str(path_and_query(uri)),
        Some(path) => {
            location.push_str(path);
            // As Envoy does: the query is kept unless the new path brings one.
            if let Some(query) = uri.query()
                && !path.contains('?')
            {
                location.push('?');
                location.push_str(query);
            }
        }
    }
    Decision::Redirect(to.status, location)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_are_cut_off_host_names_and_addresses() {
        for (host, name) in [("a", "a"), ("a:80", "a"), ("[::1]", "[::1]"), ("[::1]:80", "[::1]"), ("", "")] {
            assert_eq!(without_port(host), name);
        }
    }
}
