//! Refusals of the layer beneath as APIG's codes: the one place where they are turned.

use crate::gateways::{Kind, Refusal};
use ramgate_api::apig::errors;
use ramgate_api::{ApiError, ErrorCode, codes};

/// The answer to a refusal.
pub(super) fn apig(refusal: Refusal) -> ApiError {
    let refusal = as_on_the_wire(refusal);
    let message = refusal.to_string();
    let code: &'static ErrorCode = match refusal {
        Refusal::Api(error) => return error,
        Refusal::NotFound { kind, .. } => match kind {
            Kind::Gateway => &errors::GATEWAY_NOT_FOUND,
            Kind::Environment => &errors::ENVIRONMENT_NOT_FOUND,
            Kind::HttpApi => &errors::HTTP_API_NOT_FOUND,
            Kind::Route => &errors::ROUTE_NOT_FOUND,
            Kind::Service => &errors::SERVICE_NOT_FOUND,
            Kind::Source => &errors::SOURCE_NOT_FOUND,
            Kind::Domain => &errors::DOMAIN_NOT_FOUND,
            Kind::Certificate => &errors::CERTIFICATE_NOT_FOUND,
        },
        Refusal::Duplicate { kind, .. } => match kind {
            Kind::Gateway => &errors::GATEWAY_NAME_DUPLICATE,
            Kind::Environment => &errors::ENVIRONMENT_NAME_DUPLICATE,
            Kind::HttpApi => &errors::HTTP_API_NAME_DUPLICATE,
            Kind::Route => &errors::ROUTE_NAME_DUPLICATE,
            Kind::Service => &errors::SERVICE_NAME_DUPLICATE,
            Kind::Domain => &errors::DOMAIN_NAME_DUPLICATE,
            Kind::Source | Kind::Certificate => &codes::CONCURRENT_CHANGE,
        },
        Refusal::InUse { kind, .. } => match kind {
            Kind::Gateway => &errors::GATEWAY_IN_USE,
            Kind::Environment => &errors::ENVIRONMENT_IN_USE,
            Kind::HttpApi => &errors::HTTP_API_DEPLOYED,
            Kind::Route => &errors::ROUTE_DEPLOYED,
            Kind::Service => &errors::SERVICE_IN_USE,
            Kind::Domain => &errors::DOMAIN_IN_USE,
            Kind::Source | Kind::Certificate => &errors::SOURCE_IN_USE,
        },
        Refusal::Deleting { .. } => &errors::GATEWAY_IS_DELETED,
        Refusal::DefaultEnvironment => &errors::DEFAULT_ENVIRONMENT,
        Refusal::NoEntryPort => &errors::GATEWAY_STATUS_INVALID,
        Refusal::Invalid { .. } | Refusal::KeyMismatch => &errors::WITH_VALUE,
    };
    code.with(message)
}

/// The fields of the layer beneath, and what APIG calls them. The first that a field begins with counts.
const FIELDS: &[(&str, &str)] = &[
    ("matches.queries", "match.queryParams"),
    ("matches.", "match."),
    ("backend.services", "backendConfig.services"),
    ("backend.status", "deployConfigs.mock.responseCode"),
];

/// A refusal that names its field as it is on the wire.
fn as_on_the_wire(refusal: Refusal) -> Refusal {
    let Refusal::Invalid { field, expected } = refusal else { return refusal };
    let renamed = FIELDS.iter().find_map(|(own, name)| field.strip_prefix(own).map(|rest| format!("{name}{rest}")));
    let field = match renamed {
        Some(field) => field.strip_suffix(".key").map_or(field.clone(), |list| format!("{list}.name")),
        None => field,
    };
    Refusal::Invalid { field, expected }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_named_as_on_the_wire() {
        for (field, expected) in [
            ("name", "name"),
            ("matches.path.value", "match.path.value"),
            ("matches.headers[1].key", "match.headers[1].name"),
            ("matches.queries[0].value", "match.queryParams[0].value"),
            ("backend.services[2].weight", "backendConfig.services[2].weight"),
        ] {
            let message = apig(Refusal::invalid(field, "is odd")).message;
            assert_eq!(message, format!("The parameter `{expected}` is odd."));
        }
    }
}
