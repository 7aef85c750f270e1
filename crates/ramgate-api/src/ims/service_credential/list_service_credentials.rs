//! ListServiceCredentials.

use crate::ims::{IMS, targets};
use crate::ram::USER;
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lists credentials for services, page by page.
    ///
    /// Source: IMS API reference 2019-08-15, ListServiceCredentials.
    ListServiceCredentials {
        product: IMS,
        bind: RPC,
        access: List,
        resource: (USER, user_principal_name by targets::service_credentials),
        conditions: [],
        request: ListServiceCredentialsRequest,
        response: Unbuilt,
        errors: [],
    }
}

/// What [`ListServiceCredentials`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListServiceCredentialsRequest {
    /// Those of all users.
    pub all_users: Option<bool>,
    /// Size of the page, 1–100; 10 where absent.
    pub max_results: Option<i32>,
    /// Where the next page begins, as the answer before gave it.
    pub next_token: Option<String>,
    /// Only those for this service.
    pub service_name: Option<String>,
    /// Whose credential, by logon name with its domain; the caller's where absent.
    pub user_principal_name: Option<String>,
}

impl Validate for ListServiceCredentialsRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.range("MaxResults", self.max_results.map(i64::from), 1, 100);
    }
}
