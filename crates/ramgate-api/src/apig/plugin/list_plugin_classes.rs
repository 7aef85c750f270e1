//! ListPluginClasses.

use crate::apig::{APIG, PLUGIN_CLASS, checks};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lists the plugins that can be installed, page by page.
    ///
    /// Source: APIG API reference 2024-03-27, ListPluginClasses.
    ListPluginClasses {
        product: APIG,
        bind: (GET "/v1/plugin-classes"),
        access: None,
        resource: (ALL or (PLUGIN_CLASS, *)),
        conditions: [],
        request: ListPluginClassesRequest,
        response: Unbuilt,
        errors: [],
    }
}

/// What [`ListPluginClasses`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct ListPluginClassesRequest {
    /// Part of the name shown.
    pub alias_like: Option<String>,
    /// `InBound`, `OutBound` or `Both`.
    pub direction: Option<String>,
    /// Whether to leave out the model proxy of the system.
    pub exclude_builtin_ai_proxy: Option<bool>,
    /// The gateway's id.
    pub gateway_id: Option<String>,
    /// `API` or `AI`.
    pub gateway_type: Option<String>,
    /// Only those installed on the gateway, or only others.
    pub installed: Option<bool>,
    /// Part of the name.
    pub name_like: Option<String>,
    /// Counted from 1; 1 where absent.
    pub page_number: Option<i32>,
    /// 1–100; 10 where absent.
    pub page_size: Option<i32>,
    /// `HigressOfficial`, `HigressCommunity` or `Custom`.
    pub source: Option<String>,
    /// The type.
    #[serde(rename = "type")]
    pub kind: Option<String>,
}

impl Validate for ListPluginClassesRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.one_of("direction", self.direction.as_deref(), &["OutBound", "InBound", "Both"]);
        checks::page_number(checker, self.page_number);
        checks::page_size(checker, self.page_size);
        checker.one_of("source", self.source.as_deref(), &["HigressOfficial", "HigressCommunity", "Custom"]);
    }
}
