//! Handlers of Ramgate's own API: the account as a file, and questions about permissions.

mod estate;
mod export;
mod import;
mod questions;
mod usage;

pub(crate) use estate::Prepared;

use crate::dispatch::Dispatcher;

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
