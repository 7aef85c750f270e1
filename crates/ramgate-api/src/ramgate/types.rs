//! Types that several of these operations share.

use crate::Checker;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Condition values by key, such as `{"acs:SourceIp": ["10.0.0.1"]}`.
pub type ContextValues = BTreeMap<String, Values>;

/// One value, or several.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Values {
    /// One.
    One(String),
    /// Several.
    Several(Vec<String>),
}

impl Values {
    /// The values.
    pub fn as_slice(&self) -> &[String] {
        match self {
            Self::One(value) => std::slice::from_ref(value),
            Self::Several(values) => values,
        }
    }
}

/// A policy: a document, or one that the account has.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct PolicySource {
    /// The document, JSON. Without it the policy of this type and name is meant.
    pub policy_document: Option<String>,
    /// The policy's name; with a document, the name it goes by in the answer.
    pub policy_name: Option<String>,
    /// `System` or `Custom`.
    pub policy_type: Option<String>,
    /// A version of the policy; the one in force where absent.
    pub version_id: Option<String>,
}

/// The most policies of one request.
const MAX_POLICIES: usize = 1000;

pub(super) fn check_policies(checker: &mut Checker, name: &str, policies: &[PolicySource]) {
    checker.count(name, policies.len(), MAX_POLICIES);
    for (n, policy) in policies.iter().enumerate() {
        if policy.policy_document.is_none() && policy.policy_name.is_none() {
            checker.problem(&format!("{name}.{}", n + 1), "needs `PolicyDocument`, or `PolicyType` and `PolicyName`");
        }
        checker.one_of(&format!("{name}.{}.PolicyType", n + 1), policy.policy_type.as_deref(), &["System", "Custom"]);
    }
}
