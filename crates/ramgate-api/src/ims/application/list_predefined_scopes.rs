//! ListPredefinedScopes.

use crate::ims::IMS;
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lists the scopes that applications may ask for.
    ///
    /// Source: IMS API reference 2019-08-15, ListPredefinedScopes.
    ListPredefinedScopes {
        product: IMS,
        bind: RPC,
        access: List,
        resource: ALL,
        conditions: [],
        request: ListPredefinedScopesRequest,
        response: Unbuilt,
        errors: [],
    }
}

/// What [`ListPredefinedScopes`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListPredefinedScopesRequest {
    /// Only those for applications of this type.
    pub app_type: Option<String>,
}

impl Validate for ListPredefinedScopesRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.one_of("AppType", self.app_type.as_deref(), &["WebApp", "NativeApp", "ServerApp"]);
    }
}
