//! DeleteDomain.

use crate::apig::{APIG, DOMAIN, errors};
use crate::{Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Removes a domain that no route uses.
    ///
    /// Source: APIG API reference 2024-03-27, DeleteDomain.
    DeleteDomain {
        product: APIG,
        bind: (DELETE "/v1/domains/{domainId}"),
        access: None,
        resource: (DOMAIN, domain_id),
        conditions: [],
        request: DeleteDomainRequest,
        response: Empty,
        errors: [errors::DOMAIN_NOT_FOUND, errors::DOMAIN_IN_USE],
    }
}

/// What [`DeleteDomain`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct DeleteDomainRequest {
    /// The domain's id.
    pub domain_id: String,
}

impl Validate for DeleteDomainRequest {}
