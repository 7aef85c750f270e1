//! GetDomain.

use super::Domain;
use crate::apig::{APIG, DOMAIN, errors};
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Returns one domain with facts of its certificate.
    ///
    /// Source: APIG API reference 2024-03-27, GetDomain.
    GetDomain {
        product: APIG,
        bind: (GET "/v1/domains/{domainId}"),
        access: Get,
        resource: (DOMAIN, domain_id),
        conditions: [],
        request: GetDomainRequest,
        response: Domain,
        errors: [errors::DOMAIN_NOT_FOUND],
    }
}

/// What [`GetDomain`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct GetDomainRequest {
    /// The domain's id.
    pub domain_id: String,
    /// Whether to answer counts.
    pub with_statistics: Option<bool>,
}

impl Validate for GetDomainRequest {}
