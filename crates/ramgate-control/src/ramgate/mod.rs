//! Handlers of Ramgate's own API: the account as a file, and questions about permissions.

mod export;
mod import;

use crate::dispatch::Dispatcher;

/// Binds the operations.
pub(crate) fn bind(dispatcher: Dispatcher) -> Dispatcher {
    dispatcher.on(export::export).on(import::import)
}
