//! The shape of a corpus file.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::CorpusError;
use crate::decision::{Layer, Outcome};
use crate::document::{Document, DocumentKind};
use crate::key::KeyType;
use crate::principal::{Attached, AttachedEntity, PolicyKind};

/// A corpus file.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Case {
    /// What the file shows, as a sentence.
    pub title: String,
    /// Public source of the rule, for readers.
    #[serde(default)]
    pub source: String,
    /// Who asks.
    #[serde(default)]
    pub(super) principal: CasePrincipal,
    /// Account of the principal; only the account itself needs it.
    #[serde(default = "default_account")]
    pub(super) account: String,
    /// Identity policies of both scopes.
    #[serde(default)]
    pub(super) policies: Vec<CasePolicy>,
    /// The session policy.
    pub(super) session: Option<CasePolicy>,
    /// Control policies, one list per level.
    #[serde(default)]
    pub(super) control: Vec<Vec<CasePolicy>>,
    /// Condition keys and actions beyond the catalog that the case is run with.
    #[serde(default)]
    pub(super) keys: Vec<CaseKey>,
    #[serde(default)]
    pub(super) actions: Vec<String>,
    /// Condition values of every request.
    #[serde(default)]
    pub(super) context: Values,
    /// The requests.
    pub(super) requests: Vec<CaseRequest>,
}

fn default_account() -> String {
    "100".to_owned()
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum CasePrincipal {
    Root,
    #[default]
    User,
    Role,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct CasePolicy {
    pub(super) name: String,
    #[serde(default, rename = "type")]
    pub(super) policy_type: CasePolicyType,
    #[serde(default = "default_version")]
    pub(super) version: String,
    pub(super) attached: Option<CaseEntity>,
    /// Resource group of the attachment; absent for account scope.
    pub(super) resource_group: Option<String>,
    #[serde(default)]
    pub(super) stored: bool,
    pub(super) document: Box<RawValue>,
}

fn default_version() -> String {
    "v1".to_owned()
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
pub(super) enum CasePolicyType {
    System,
    #[default]
    Custom,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum CaseEntity {
    User,
    Group(String),
    Role,
    Target(String),
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct CaseKey {
    pub(super) name: String,
    #[serde(rename = "type")]
    pub(super) key_type: CaseKeyType,
    #[serde(default)]
    pub(super) array: bool,
}

#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) enum CaseKeyType {
    String,
    Numeric,
    Date,
    Bool,
    Ip,
}

/// Condition values by key.
pub(super) type Values = BTreeMap<String, OneOrMany>;

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(super) enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    pub(super) fn as_slice(&self) -> &[String] {
        match self {
            OneOrMany::One(one) => std::slice::from_ref(one),
            OneOrMany::Many(many) => many,
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct CaseRequest {
    /// What the request shows, for readers.
    #[serde(default)]
    pub(super) note: String,
    #[serde(default)]
    pub(super) action: String,
    /// One resource, or several that must all be allowed.
    pub(super) resource: Option<OneOrMany>,
    /// Other spellings of the request, each an action and a resource.
    #[serde(default)]
    pub(super) also: Vec<(String, String)>,
    /// Condition values beside those of the case.
    #[serde(default)]
    pub(super) context: Values,
    /// Trust policy of the role that is assumed.
    pub(super) trust: Option<Box<RawValue>>,
    /// Who asks, to the trust policy: an ARN, a service name, or the ARN of an identity provider.
    pub(super) caller: Option<String>,
    /// Whether the trust policy decides alone.
    #[serde(default)]
    pub(super) trust_only: bool,
    pub(super) expect: Outcome,
    pub(super) layer: Option<Layer>,
    /// The deciding statement as `policy[index]`.
    pub(super) statement: Option<String>,
}

impl CasePolicy {
    /// The policy as the engine takes it.
    pub(super) fn attached(&self, kind: DocumentKind, default: &AttachedEntity) -> Result<Attached, CorpusError> {
        let text = document_text(&self.document)?;
        let document = if self.stored { Document::parse_stored_as(&text, kind) } else { Document::parse(&text, kind) };
        let document = document.map_err(|problems| CorpusError::Document { name: self.name.clone(), problems })?;
        Ok(Attached {
            policy_name: self.name.as_str().into(),
            policy_type: match self.policy_type {
                CasePolicyType::System => PolicyKind::System,
                CasePolicyType::Custom => PolicyKind::Custom,
            },
            version: self.version.as_str().into(),
            entity: match &self.attached {
                None => default.clone(),
                Some(CaseEntity::User) => AttachedEntity::User,
                Some(CaseEntity::Group(name)) => AttachedEntity::Group(name.clone()),
                Some(CaseEntity::Role) => AttachedEntity::Role,
                Some(CaseEntity::Target(id)) => AttachedEntity::ResourceDirectoryTarget(id.clone()),
            },
            document: Arc::new(document),
        })
    }
}

/// The text of a document that stands in the file as an object, or as a string holding the text.
pub(super) fn document_text(raw: &RawValue) -> Result<String, serde_json::Error> {
    if raw.get().starts_with('"') { serde_json::from_str(raw.get()) } else { Ok(raw.get().to_owned()) }
}

impl From<CaseKeyType> for KeyType {
    fn from(key_type: CaseKeyType) -> KeyType {
        match key_type {
            CaseKeyType::String => KeyType::String,
            CaseKeyType::Numeric => KeyType::Numeric,
            CaseKeyType::Date => KeyType::Date,
            CaseKeyType::Bool => KeyType::Bool,
            CaseKeyType::Ip => KeyType::Ip,
        }
    }
}
