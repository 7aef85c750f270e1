//! Handlers of IMS: another face of the identities that RAM's handlers work on.

use crate::dispatch::Dispatcher;

/// Binds the operations.
pub(crate) fn bind(dispatcher: Dispatcher) -> Dispatcher {
    dispatcher
}
