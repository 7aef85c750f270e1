//! Which operations have a handler: the management plane knows, the declarations do not.

use ramgate_api::OpSpec;
use std::collections::HashSet;

/// The operations that have a handler.
pub(crate) struct Wired(HashSet<(&'static str, &'static str)>);

impl Wired {
    /// As the dispatcher is put together.
    pub(crate) fn of_control() -> Self {
        let built = ramgate_control::operations().into_iter().filter(|(_, built)| *built);
        Self(built.map(|(spec, _)| key(spec)).collect())
    }

    /// Whether this one has.
    pub(crate) fn has(&self, spec: &OpSpec) -> bool {
        self.0.contains(&key(spec))
    }
}

fn key(spec: &OpSpec) -> (&'static str, &'static str) {
    (spec.product.version, spec.name)
}
