//! Operations with their handlers, as the dispatcher holds them.
//!
//! A handler is an ordinary function whose argument type binds it to its operation. It can run only with an
//! [`Authorized`] request, and only the dispatcher makes one.

use crate::BoxFuture;
use crate::caller::Caller;
use crate::node::Cx;
use ramgate_api::{ApiError, Checker, DecodeError, OpSpec, Operation, Target, Validate, codes};
use serde_json::Value;
use std::sync::Arc;

/// A decoded, authorised and validated request of operation `O`.
pub struct Authorized<O: Operation> {
    /// What is asked.
    pub request: O::Request,
    /// Who asks.
    pub caller: Caller,
    /// Keeps anyone but the dispatcher from making one.
    _proof: Proof,
}

struct Proof;

/// An operation that can be called.
pub(crate) trait Endpoint: Send + Sync {
    fn spec(&self) -> &'static OpSpec;
    /// True where a handler is there.
    fn is_built(&self) -> bool;
    fn decode(&self, parameters: Value) -> Result<Box<dyn Call>, DecodeError>;
}

/// A decoded request.
pub(crate) trait Call: Send + Sync {
    fn targets(&self) -> Vec<Target<'_>>;
    fn validate(&self) -> Result<(), ApiError>;
    fn run(self: Box<Self>, cx: Cx, caller: Caller) -> BoxFuture<'static, Result<Value, ApiError>>;
}

type Handler<O> =
    dyn Fn(Cx, Authorized<O>) -> BoxFuture<'static, Result<<O as Operation>::Response, ApiError>> + Send + Sync;

/// An operation with its handler, or without one yet.
pub(crate) struct Typed<O: Operation> {
    handler: Option<Arc<Handler<O>>>,
}

impl<O: Operation> Typed<O> {
    pub(crate) fn new<F, Fut>(handler: F) -> Self
    where
        F: Fn(Cx, Authorized<O>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<O::Response, ApiError>> + Send + 'static,
    {
        Self { handler: Some(Arc::new(move |cx, call| Box::pin(handler(cx, call)))) }
    }

    pub(crate) fn not_yet() -> Self {
        Self { handler: None }
    }
}

impl<O: Operation> Endpoint for Typed<O> {
    fn spec(&self) -> &'static OpSpec {
        const { &O::SPEC }
    }

    fn is_built(&self) -> bool {
        self.handler.is_some()
    }

    fn decode(&self, parameters: Value) -> Result<Box<dyn Call>, DecodeError> {
        let request = ramgate_api::decode(parameters)?;
        Ok(Box::new(TypedCall::<O> { request, handler: self.handler.clone() }))
    }
}

struct TypedCall<O: Operation> {
    request: O::Request,
    handler: Option<Arc<Handler<O>>>,
}

impl<O: Operation> Call for TypedCall<O> {
    fn targets(&self) -> Vec<Target<'_>> {
        O::targets(&self.request)
    }

    fn validate(&self) -> Result<(), ApiError> {
        let mut checker = Checker::new(O::PRODUCT);
        self.request.validate(&mut checker);
        checker.finish()
    }

    fn run(self: Box<Self>, cx: Cx, caller: Caller) -> BoxFuture<'static, Result<Value, ApiError>> {
        Box::pin(async move {
            let Some(handler) = self.handler else {
                let name = format!("{}:{}", O::PRODUCT.ram_code, O::NAME);
                return Err(codes::NOT_YET_BUILT.with(format!("The operation {name} is known, and not built yet.")));
            };
            let response = handler(cx, Authorized { request: self.request, caller, _proof: Proof }).await?;
            serde_json::to_value(response).map_err(|error| codes::INTERNAL_ERROR.error().log(error))
        })
    }
}
