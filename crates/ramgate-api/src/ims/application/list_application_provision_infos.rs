//! ListApplicationProvisionInfos.

use crate::ims::IMS;
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lists the installed applications.
    ///
    /// Source: IMS API reference 2019-08-15, ListApplicationProvisionInfos.
    ListApplicationProvisionInfos {
        product: IMS,
        bind: RPC,
        access: List,
        resource: ALL,
        conditions: [],
        request: ListApplicationProvisionInfosRequest,
        response: Unbuilt,
        errors: [],
    }
}

/// What [`ListApplicationProvisionInfos`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListApplicationProvisionInfosRequest {
    /// `inner` for this account's, `external` for those of others.
    pub source_type: Option<String>,
}

impl Validate for ListApplicationProvisionInfosRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.one_of("SourceType", self.source_type.as_deref(), &["inner", "external"]);
    }
}
