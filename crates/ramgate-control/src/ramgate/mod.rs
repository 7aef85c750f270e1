//! Handlers of Ramgate's own API: the account as a file, and questions about permissions.

mod estate;
mod export;
mod import;
mod questions;
mod usage;

pub(crate) use estate::Prepared;

use crate::dispatch::Dispatcher;
use ramgate_api::{ApiError, codes};

/// Binds the operations.
pub(crate) fn bind(dispatcher: Dispatcher) -> Dispatcher {
    dispatcher
        .on(questions::simulate)
        .on(questions::who_can)
        .on(questions::diff)
        .on(questions::lint)
        .on(questions::suggest)
        .on(export::export)
        .on(import::import)
}

/// Runs work that takes its time beside the threads that serve calls.
async fn beside<T: Send + 'static>(work: impl FnOnce() -> Result<T, ApiError> + Send + 'static) -> Result<T, ApiError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|failure| Err(codes::INTERNAL_ERROR.error().log(failure)))
}
