//! What a route does with a matched request.

use crate::key::ServiceKey;
use bytes::Bytes;
use http::StatusCode;
use ramgate_model::{Backend, WeightedService};

/// What happens to matched requests.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// They go to a service.
    Services(Targets),
    /// They get a fixed answer.
    Mock(Box<Mock>),
    /// They are redirected.
    Redirect(Box<Redirect>),
    /// Nothing usable is configured: 503.
    Unavailable,
}

/// A fixed answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mock {
    /// 200 to 599.
    pub status: StatusCode,
    /// Sent as it is.
    pub body: Bytes,
}

/// A redirect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// 301, 302, 303, 307 or 308.
    pub status: StatusCode,
    /// Host of the target, with port where it needs one; `None` keeps the request's.
    pub host: Option<Box<str>>,
    /// Path of the target; `None` keeps the request's.
    pub path: Option<Box<str>>,
}

/// The services of a route.
#[derive(Clone, Debug, PartialEq)]
pub enum Targets {
    /// All requests go there.
    One(Target),
    /// Requests are shared out by weight. Some weight is above 0.
    Many(Box<[Target]>),
}

/// A service of a route. Versions of a service are not told apart: fixed addresses and host names carry no labels, so that
/// each version has all endpoints.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// The service, to be looked up in the snapshot. May be missing there: answer 503.
    pub service: ServiceKey,
    /// The port to use at each of the service's addresses; `None` means the address's own.
    pub port: Option<u16>,
    /// Share of the traffic relative to the sum over all.
    pub weight: u32,
}

impl Targets {
    /// The target for a request, where `random` is evenly distributed.
    pub fn pick(&self, random: u32) -> &Target {
        match self {
            Self::One(target) => target,
            Self::Many(targets) => {
                let sum: u64 = targets.iter().map(|target| u64::from(target.weight)).sum();
                // Maps 0..2^32 evenly onto 0..sum.
                let mut point = (u64::from(random) * sum) >> 32;
                for target in targets {
                    let weight = u64::from(target.weight);
                    if point < weight {
                        return target;
                    }
                    point -= weight;
                }
                &targets[targets.len() - 1]
            }
        }
    }

    /// All targets.
    pub fn all(&self) -> &[Target] {
        match self {
            Self::One(target) => std::slice::from_ref(target),
            Self::Many(targets) => targets,
        }
    }
}

impl Action {
    /// The services that requests may go to; none unless it is [`Action::Services`].
    pub fn targets(&self) -> &[Target] {
        match self {
            Self::Services(targets) => targets.all(),
            Self::Mock(_) | Self::Redirect(_) | Self::Unavailable => &[],
        }
    }

    /// Compiles `backend`. What cannot be served becomes [`Action::Unavailable`], with the reason.
    pub(crate) fn compile(
        backend: &Backend,
        mut key_of: impl FnMut(&WeightedService) -> ServiceKey,
    ) -> (Self, Option<String>) {
        let unavailable = |reason: String| (Self::Unavailable, Some(reason));
        match backend {
            Backend::None => (Self::Unavailable, None),
            Backend::Services { services } => {
                let mut target = |s: &WeightedService| Target { service: key_of(s), port: s.port, weight: s.weight };
                match services.as_slice() {
                    [] => unavailable("the route names no service".to_owned()),
                    [one] => (Self::Services(Targets::One(target(one))), None),
                    many if many.iter().all(|service| service.weight == 0) => {
                        unavailable("all services of the route have weight 0".to_owned())
                    }
                    many => (Self::Services(Targets::Many(many.iter().map(target).collect())), None),
                }
            }
            Backend::Mock { status, body } => match mock_status(*status) {
                Ok(status) => {
                    (Self::Mock(Box::new(Mock { status, body: Bytes::copy_from_slice(body.as_bytes()) })), None)
                }
                Err(reason) => unavailable(reason),
            },
            Backend::Redirect { status, host, path } => match redirect_parts(*status, host, path) {
                Ok(redirect) => (Self::Redirect(Box::new(redirect)), None),
                Err((_, reason)) => unavailable(reason),
            },
        }
    }
}

/// A status that a fixed answer may have.
pub(crate) fn mock_status(status: u16) -> Result<StatusCode, String> {
    StatusCode::from_u16(status)
        .ok()
        .filter(|status| (200..=599).contains(&status.as_u16()))
        .ok_or_else(|| format!("`{status}` is not a status from 200 to 599"))
}

/// The checked parts of a redirect; an error names the field and the reason.
pub(crate) fn redirect_parts(status: u16, host: &str, path: &str) -> Result<Redirect, (&'static str, String)> {
    let code = match status {
        301 | 302 | 303 | 307 | 308 => StatusCode::from_u16(status).ok(),
        _ => None,
    };
    let code = code.ok_or_else(|| ("status", format!("`{status}` is not one of 301, 302, 303, 307, 308")))?;
    if !host.is_empty() && (host.contains('@') || host.parse::<http::uri::Authority>().is_err()) {
        return Err(("host", format!("`{host}` is not a host")));
    }
    // Path and query go into a header: nothing that could end it, and nothing that browsers take for another host, as
    // `//host` and `/\host`.
    let is_uri = path.parse::<http::uri::PathAndQuery>().is_ok() && !path.contains('\\');
    let path_ok = path.is_empty() || (path.starts_with('/') && !path.starts_with("//") && is_uri);
    if !path_ok {
        return Err(("path", format!("`{path}` is not a path that begins with a single `/`")));
    }
    let optional = |text: &str| (!text.is_empty()).then(|| Box::from(text));
    Ok(Redirect { status: code, host: optional(host), path: optional(path) })
}
