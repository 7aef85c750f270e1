//! Refusals of the layer beneath as MSE's codes: the one place where they are turned.

use crate::gateways::Refusal;
use ramgate_api::mse::errors;
use ramgate_api::{ApiError, codes};

/// The fields of the layer beneath, and what MSE calls them. The first that a field begins with counts.
const FIELDS: &[(&str, &str)] = &[
    ("matches.path.value", "Predicates.PathPredicates.Path"),
    ("matches.methods", "Predicates.MethodPredicates"),
    ("matches.headers", "Predicates.HeaderPredicates"),
    ("matches.queries", "Predicates.QueryPredicates"),
    ("order", "RouteOrder"),
    ("backend.services", "Services"),
    ("backend.status", "DirectResponseJSON.Code"),
    ("backend.host", "RedirectJSON.Host"),
    ("backend.path", "RedirectJSON.Path"),
    ("backendConfig", "Services"),
    ("name", "Name"),
    ("certIdentifier", "CertIdentifier"),
    ("tlsMin", "TlsMin"),
    ("tlsMax", "TlsMax"),
    ("dnsServers", "ServiceList.DnsServerList"),
];

/// Members of a list's items.
const MEMBERS: &[(&str, &str)] =
    &[(".key", ".Key"), (".value", ".Value"), (".weight", ".Percent"), (".port", ".ServicePort")];

/// The answer to a refusal.
pub(super) fn mse(refusal: Refusal) -> ApiError {
    match refusal {
        Refusal::Api(error) => error,
        Refusal::Invalid { field, expected } => {
            let refusal = Refusal::Invalid { field: wire_name(&field), expected };
            errors::INVALID_PARAMETER.with(format!("Parameter error: {refusal}"))
        }
        Refusal::NotFound { .. } => errors::NOT_FOUND.with(format!("Not found: {refusal}")),
        Refusal::Duplicate { .. }
        | Refusal::InUse { .. }
        | Refusal::Deleting { .. }
        | Refusal::DefaultEnvironment
        | Refusal::NoEntryPort
        | Refusal::KeyMismatch => illegal(refusal),
    }
}

/// A request that conflicts with what is there.
pub(super) fn illegal(why: impl std::fmt::Display) -> ApiError {
    errors::ILLEGAL_REQUEST.with(format!("Invalid request: {why}"))
}

/// Something that is part of the API and not built: it is refused, not stored in silence.
pub(super) fn not_built(what: &str) -> ApiError {
    codes::NOT_YET_BUILT.with(format!("{what} is not built yet; nothing was changed."))
}

fn wire_name(field: &str) -> String {
    let Some((rest, name)) = FIELDS.iter().find_map(|(own, name)| Some((field.strip_prefix(own)?, name))) else {
        return field.to_owned();
    };
    let rest = MEMBERS.iter().fold(rest.to_owned(), |rest, (own, name)| match rest.strip_suffix(own) {
        Some(before) => format!("{before}{name}"),
        None => rest,
    });
    format!("{name}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_named_as_on_the_wire() {
        for (field, expected) in [
            ("name", "Name"),
            ("matches.path.value", "Predicates.PathPredicates.Path"),
            ("matches.headers[1].key", "Predicates.HeaderPredicates[1].Key"),
            ("matches.queries[0].value", "Predicates.QueryPredicates[0].Value"),
            ("backend.services[2].weight", "Services[2].Percent"),
            ("backend.services", "Services"),
            ("ServiceList[0].Ips", "ServiceList[0].Ips"),
        ] {
            assert_eq!(wire_name(field), expected);
        }
    }
}
