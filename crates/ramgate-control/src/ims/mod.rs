//! Handlers of IMS: another face of the identities that RAM's handlers work on.

mod access_keys;
mod groups;
mod pending;
mod recycle_bin;
mod reports;
mod tags;
mod users;
mod view;

use crate::dispatch::Dispatcher;

/// Binds the operations.
pub(crate) fn bind(dispatcher: Dispatcher) -> Dispatcher {
    let dispatcher = users::bind(dispatcher);
    let dispatcher = groups::bind(dispatcher);
    let dispatcher = access_keys::bind(dispatcher);
    let dispatcher = tags::bind(dispatcher);
    let dispatcher = recycle_bin::bind(dispatcher);
    let dispatcher = reports::bind(dispatcher);
    pending::bind(dispatcher)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_declared_operation_is_bound() {
        let bound: BTreeSet<&str> = bind(Dispatcher::default()).operations().map(|(spec, _)| spec.name).collect();
        let declared: BTreeSet<&str> = ramgate_api::ims::OPERATIONS.iter().map(|spec| spec.name).collect();
        assert_eq!(bound, declared);
    }
}
