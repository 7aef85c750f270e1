//! The life of a management call. Every operation takes these steps, in this order, and none takes them elsewhere:
//!
//! match → authenticate → decode → targets and condition values → authorize → validate → open audit record →
//! handler → close audit record → encode.
//!
//! The record of a mutation is on disk before its handler runs; denials, failures and reads are recorded once.

mod encode;
mod endpoint;
mod parameters;
mod record;
mod router;
#[cfg(test)]
pub(crate) mod tests;

pub use endpoint::Authorized;

use crate::authenticate::authenticate;
use crate::authorize::{self, Denied};
use crate::caller::Caller;
use crate::error::{decode_error, signature_error};
use crate::identities::network_policy;
use crate::node::{Connection, Cx, Node};
use crate::state::State;
use bytes::Bytes;
use endpoint::{Endpoint, Typed};
use ramgate_api::{ApiError, OpSpec, Operation, Product, codes};
use ramgate_model::Timestamp;
use ramgate_signing::{Presented, WireRequest};
use record::Record;
use router::Router;
use serde_json::Value;
use std::net::IpAddr;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::{Duration, Instant};
use tracing::{Instrument, debug, error, info_span};

/// A request as it came off the wire, complete.
#[derive(Clone, Debug)]
pub struct RawRequest {
    /// As received.
    pub method: String,
    /// `/path?query` as received.
    pub target: String,
    /// In the order received; names in any case.
    pub headers: Vec<(String, Vec<u8>)>,
    /// Complete and free of transfer coding, within the configured limit.
    pub body: Bytes,
    /// The client's address: the peer's, or one forwarded by a trusted proxy.
    pub source_ip: IpAddr,
    /// Whether it came over TLS.
    pub secure: bool,
}

/// An answer to be written.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The product called; empty where none was found.
    pub product: &'static str,
    /// The operation called; empty where none was found.
    pub operation: &'static str,
    /// How long it took.
    pub elapsed: Duration,
    /// The HTTP status.
    pub status: u16,
    /// Also in the body.
    pub request_id: String,
    /// A JSON object.
    pub body: Value,
}

/// All operations, with their handlers.
#[derive(Default)]
pub struct Dispatcher {
    router: Router,
}

/// What is known of a call so far; what the audit record is written from.
struct Progress {
    request_id: String,
    started: Instant,
    now: Timestamp,
    product: Option<&'static Product>,
    spec: Option<&'static OpSpec>,
    presented_key: Option<String>,
    caller: Option<Caller>,
    resources: Vec<String>,
    denied: Option<Denied>,
    allowed_by: Option<ramgate_audit::DecidedBy>,
    authorized: bool,
    parameters: Value,
    /// Set once the record is open, so that it is closed and not written twice.
    open_record: Option<ramgate_audit::CallId>,
    changed: Arc<AtomicU64>,
}

impl Progress {
    fn new(node: &Node, request_id: String) -> Self {
        Self {
            now: node.clock.now(),
            started: Instant::now(),
            request_id,
            product: None,
            spec: None,
            presented_key: None,
            caller: None,
            resources: Vec::new(),
            denied: None,
            allowed_by: None,
            authorized: false,
            parameters: Value::Null,
            open_record: None,
            changed: Arc::default(),
        }
    }
}

impl Dispatcher {
    /// Binds a handler to its operation.
    ///
    /// # Panics
    /// Where two operations clash; see the declarations.
    #[must_use]
    pub fn on<O, F, Fut>(mut self, handler: F) -> Self
    where
        O: Operation,
        F: Fn(Cx, Authorized<O>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<O::Response, ApiError>> + Send + 'static,
    {
        self.router.add(Arc::new(Typed::<O>::new(handler)));
        self
    }

    /// Adds an operation that is authorised and has no handler yet.
    ///
    /// # Panics
    /// As [`Dispatcher::on`].
    #[must_use]
    pub fn not_yet<O: Operation>(mut self) -> Self {
        self.router.add(Arc::new(Typed::<O>::not_yet()));
        self
    }

    /// Every operation, and whether it has a handler.
    pub fn operations(&self) -> impl Iterator<Item = (&'static OpSpec, bool)> {
        self.router.endpoints().map(|endpoint| (endpoint.spec(), endpoint.is_built()))
    }

    /// Carries one call out. It goes on to its end even where the client goes away.
    pub async fn call(self: &Arc<Self>, node: &Arc<Node>, request: RawRequest) -> Answer {
        let request_id = node.ids.request_id();
        let span = info_span!("request", %request_id, op = tracing::field::Empty, caller = tracing::field::Empty);
        let (dispatcher, node) = (self.clone(), node.clone());
        // A change that has begun is finished and recorded whether or not anyone waits for the answer.
        let work = tokio::spawn(async move { dispatcher.carry_out(node, request, request_id).await }.instrument(span));
        match work.await {
            Ok(answer) => answer,
            Err(failure) => {
                error!(error = %failure, "a call did not end");
                refusal(String::new(), &codes::INTERNAL_ERROR.error())
            }
        }
    }

    async fn carry_out(self: Arc<Self>, node: Arc<Node>, request: RawRequest, request_id: String) -> Answer {
        let mut progress = Progress::new(&node, request_id);
        // A panic in a handler costs one request.
        let steps = AssertUnwindSafe(self.steps(&node, &request, &mut progress));
        let outcome = match catch_unwind(steps).await {
            Ok(outcome) => outcome,
            Err(text) => Err(codes::INTERNAL_ERROR.error().log(format!("a handler panicked: {text}"))),
        };
        close(&node, &request, progress, outcome).await
    }

    /// Records and answers a request that cannot become a call: nothing of it is verified.
    pub(crate) async fn refuse(&self, node: &Node, request: RawRequest, error: ApiError) -> Answer {
        close(node, &request, Progress::new(node, node.ids.request_id()), Err(error)).await
    }

    async fn steps(&self, node: &Arc<Node>, request: &RawRequest, progress: &mut Progress) -> Result<Value, ApiError> {
        let headers: Vec<(&str, &[u8])> = request.headers.iter().map(|(n, v)| (n.as_str(), v.as_slice())).collect();
        let wire =
            WireRequest { method: &request.method, target: &request.target, headers: &headers, body: &request.body };
        // One state for the whole decision: what is authorised is what the handler reads.
        let state = node.feed.state();
        let (endpoint, call, missing) = self.authenticated(node, &state, request, &wire, progress)?;
        let spec = endpoint.spec();
        let Some(caller) = progress.caller.clone() else { return Err(codes::INTERNAL_ERROR.error()) };
        network_policy::check(&state, &caller, request.source_ip)?;

        let connection = Arc::new(Connection {
            source_ip: request.source_ip,
            secure: request.secure,
            user_agent: header(request, "user-agent"),
        });
        let check = authorize::Check {
            node,
            state: &state,
            caller: &caller,
            spec,
            parameters: &progress.parameters,
            connection: &connection,
            now: progress.now,
        };
        let verdict = check.decide(call.targets());
        progress.resources = verdict.resources;
        match verdict.decision {
            Ok(by) => {
                progress.authorized = true;
                progress.allowed_by = by;
            }
            Err(denied) => {
                let error = denied.error(&caller);
                progress.denied = Some(denied);
                return Err(error);
            }
        }

        // What has no handler says so, whatever else is wrong with the request.
        if endpoint.is_built() {
            if !missing.is_empty() {
                return Err(missing_parameters(spec.product, &missing));
            }
            call.validate()?;
        }
        if spec.is_mutation() && endpoint.is_built() {
            progress.open_record = Some(Record::of(progress, request).open(&node.audit).await?);
        }
        let cx = Cx {
            node: node.clone(),
            account_id: caller.account_id.clone(),
            state,
            now: progress.now,
            request_id: progress.request_id.as_str().into(),
            changed: progress.changed.clone(),
            parameters: Arc::new(progress.parameters.clone()),
            connection: connection.clone(),
            dry_run: false,
        };
        call.run(cx, caller).await
    }

    /// Match, authenticate, decode.
    #[expect(clippy::type_complexity, reason = "the three things the next steps need")]
    fn authenticated(
        &self,
        node: &Node,
        state: &State,
        request: &RawRequest,
        wire: &WireRequest<'_>,
        progress: &mut Progress,
    ) -> Result<(Arc<dyn Endpoint>, Box<dyn endpoint::Call>, Vec<&'static str>), ApiError> {
        let presented: Presented = ramgate_signing::identify(wire).map_err(|e| signature_error(&e))?;
        progress.presented_key.clone_from(&presented.access_key_id);
        let name = ramgate_signing::operation(wire, &presented).map_err(|e| signature_error(&e))?;
        progress.product = Some(self.router.product(&name.version)?);
        let found = self.router.find(&name.version, name.action.as_deref(), wire.method, wire.path())?;
        let spec = found.endpoint.spec();
        progress.spec = Some(spec);
        tracing::Span::current().record("op", spec.name);

        let authenticated = authenticate(node, state, request, wire, &presented, spec, progress.now)?;
        let caller = &authenticated.caller;
        tracing::Span::current().record("caller", caller.arn());
        node.key_uses.note(caller, spec.product, progress.now);
        progress.caller = Some(caller.clone());

        let tree = parameters::parameters(spec.product.style, wire, &authenticated, found.path_values)?;
        let missing = parameters::missing(&tree, spec.required);
        progress.parameters = tree.clone();
        let call = found.endpoint.decode(tree).map_err(|e| decode_error(&e))?;
        Ok((found.endpoint, call, missing))
    }
}

/// The last steps of every request: close the audit record, encode.
async fn close(node: &Node, request: &RawRequest, mut progress: Progress, outcome: Result<Value, ApiError>) -> Answer {
    let open_record = progress.open_record.take();
    let outcome = Record::of(&progress, request).close(&node.audit, open_record, outcome).await;
    let host = header(request, "host");
    let (status, body) = match (&outcome, progress.spec) {
        (Ok(response), Some(spec)) => (200, encode::success(spec, &progress.request_id, response.clone())),
        (Ok(_), None) => (500, Value::Null),
        (Err(error), _) => {
            log_failure(error);
            (error.status, encode::failure(progress.product, &progress.request_id, &host, error))
        }
    };
    let elapsed = progress.started.elapsed();
    debug!(status, ?elapsed, "call ended");
    let (product, operation) = progress.spec.map_or(("", ""), |spec| (spec.product.name, spec.name));
    Answer { product, operation, elapsed, status, request_id: progress.request_id, body }
}

/// The answer where not even the failure could be recorded.
fn refusal(request_id: String, error: &ApiError) -> Answer {
    let body = encode::failure(None, &request_id, "", error);
    Answer { product: "", operation: "", elapsed: Duration::ZERO, status: error.status, request_id, body }
}

fn missing_parameters(product: &Product, missing: &[&str]) -> ApiError {
    let names: Vec<String> = missing.iter().map(|n| format!("\"{n}\"")).collect();
    product.missing_parameter.with(format!(
        "The input parameter {} that is mandatory for processing this request is not supplied.",
        names.join(", ")
    ))
}

/// The text of a header that is not used for any decision.
fn header(request: &RawRequest, name: &str) -> String {
    let found = request.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name));
    found.map(|(_, value)| String::from_utf8_lossy(value).into_owned()).unwrap_or_default()
}

fn log_failure(error: &ApiError) {
    match error.status {
        500.. if error.code != codes::NOT_YET_BUILT.code => {
            error!(code = error.code, detail = %error.log, "call failed")
        }
        _ => debug!(code = error.code, detail = %error.log, "call refused"),
    }
}

/// Runs a future to its end or to a panic, whose text it then answers.
async fn catch_unwind<T>(future: AssertUnwindSafe<impl Future<Output = T>>) -> Result<T, String> {
    let mut future = Box::pin(future.0);
    std::future::poll_fn(move |cx| match std::panic::catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx))) {
        Ok(std::task::Poll::Ready(value)) => std::task::Poll::Ready(Ok(value)),
        Ok(std::task::Poll::Pending) => std::task::Poll::Pending,
        Err(panic) => {
            let text = panic.downcast_ref::<&str>().map(|t| (*t).to_owned());
            let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
            std::task::Poll::Ready(Err(text.unwrap_or_else(|| "without a message".to_owned())))
        }
    })
    .await
}
