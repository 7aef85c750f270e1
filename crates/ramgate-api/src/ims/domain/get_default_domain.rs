//! GetDefaultDomain.

use crate::ims::IMS;
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Returns the domain of logon names.
    ///
    /// Source: IMS API reference 2019-08-15, GetDefaultDomain.
    GetDefaultDomain {
        product: IMS,
        bind: RPC,
        access: Get,
        resource: ALL,
        conditions: [],
        request: GetDefaultDomainRequest,
        response: GetDefaultDomainResponse,
        errors: [],
    }
}

/// Nothing is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetDefaultDomainRequest {}

impl Validate for GetDefaultDomainRequest {}

/// What [`GetDefaultDomain`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct GetDefaultDomainResponse {
    /// `<account alias or id>.<suffix>`, such as `my-company.onaliyun.com`.
    pub default_domain_name: String,
}
