//! SetDefaultDomain.

use crate::ims::{IMS, checks, errors};
use crate::ram::errors as ram;
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Sets the domain of logon names, and the account alias with it. The domain of the account's id stands for no
    /// alias.
    ///
    /// Source: IMS API reference 2019-08-15, SetDefaultDomain.
    SetDefaultDomain {
        product: IMS,
        bind: RPC,
        access: Update,
        resource: ALL,
        conditions: [],
        request: SetDefaultDomainRequest,
        response: SetDefaultDomainResponse,
        errors: [errors::DEFAULT_DOMAIN_FORMAT, errors::DEFAULT_DOMAIN_LENGTH, ram::ACCOUNT_ALIAS_EXISTS],
        required: ["DefaultDomainName"],
    }
}

/// What [`SetDefaultDomain`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct SetDefaultDomainRequest {
    /// `<account alias or id>.<suffix>`, such as `my-company.onaliyun.com`.
    pub default_domain_name: String,
}

impl Validate for SetDefaultDomainRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::default_domain(checker, &self.default_domain_name);
    }
}

/// What [`SetDefaultDomain`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct SetDefaultDomainResponse {
    /// `<account alias or id>.<suffix>`, such as `my-company.onaliyun.com`.
    pub default_domain_name: String,
}
