//! Handlers of CAS, the certificate service: how certificates come in that domains show.
//!
//! A private key is sealed when it comes in and never shown again: unlike the cloud's, `GetUserCertificateDetail` leaves
//! `Key` out. Who may read certificates cannot read their keys with it; who needs a key has it where it was made.

mod certificate;
mod chain;
mod refusal;

use crate::dispatch::Dispatcher;
use refusal::cas;

/// Binds the operations.
pub(crate) fn bind(dispatcher: Dispatcher) -> Dispatcher {
    dispatcher.on(certificate::upload).on(certificate::get).on(certificate::list).on(certificate::delete)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_declared_operation_is_bound() {
        let bound: BTreeSet<&str> = bind(Dispatcher::default()).operations().map(|(spec, _)| spec.name).collect();
        let declared: BTreeSet<&str> = ramgate_api::cas::OPERATIONS.iter().map(|spec| spec.name).collect();
        assert_eq!(bound, declared);
    }
}
