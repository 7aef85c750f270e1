//! ListProject.

use crate::log::LOG;
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lists log projects, page by page.
    ///
    /// Source: MSE user guide, RAM policies. No request format is published; this one follows the log service.
    ListProject {
        product: LOG,
        bind: RPC,
        access: List,
        resource: ALL,
        conditions: [],
        request: ListProjectRequest,
        response: Unbuilt,
        errors: [],
    }
}

/// What [`ListProject`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListProjectRequest {
    /// The region.
    pub region_id: Option<String>,
    /// Part of the name.
    pub project_name: Option<String>,
    /// Counted from 1; 1 where absent.
    pub page: Option<i32>,
    /// 1–500; 100 where absent.
    pub size: Option<i32>,
}

impl Validate for ListProjectRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.range("Page", self.page.map(i64::from), 1, i64::from(i32::MAX));
        checker.range("Size", self.size.map(i64::from), 1, 500);
    }
}
