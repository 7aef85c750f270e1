//! Who asks, and which policies count for them: the input of a compilation.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::document::Document;

/// Who maintains a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PolicyKind {
    /// Made by the platform; can be attached, not changed.
    System,
    /// Made by the account.
    Custom,
}

impl fmt::Display for PolicyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            PolicyKind::System => "System",
            PolicyKind::Custom => "Custom",
        })
    }
}

/// What a policy is attached to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum AttachedEntity {
    /// The RAM user who asks.
    User,
    /// A group the user is in, by name.
    Group(String),
    /// The role whose session asks.
    Role,
    /// The role session itself (its session policy).
    Session,
    /// A folder or member of a resource directory, by id.
    ResourceDirectoryTarget(String),
}

impl AttachedEntity {
    /// The word that diagnostic messages use.
    ///
    /// Source: RAM API reference 2015-05-01, DecodeDiagnosticMessage, `AttachedEntityType`; a session policy has no
    /// published word and is counted to its role.
    pub fn type_name(&self) -> &'static str {
        match self {
            AttachedEntity::User => "RamUser",
            AttachedEntity::Group(_) => "RamGroup",
            AttachedEntity::Role | AttachedEntity::Session => "RamRole",
            AttachedEntity::ResourceDirectoryTarget(_) => "ResourceDirectoryTarget",
        }
    }
}

/// A policy in force for a principal.
#[derive(Debug, Clone, PartialEq)]
pub struct Attached {
    /// Name of the policy.
    pub policy_name: Arc<str>,
    /// Who maintains it.
    pub policy_type: PolicyKind,
    /// Version in force, for example `v1`.
    pub version: Arc<str>,
    /// What it is attached to.
    pub entity: AttachedEntity,
    /// The document of that version.
    pub document: Arc<Document>,
}

/// What kind of identity asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum PrincipalKind {
    /// The account itself: no policy is evaluated, but it reaches only its own account.
    Root {
        /// Id of the account.
        account_id: String,
    },
    /// A RAM user.
    User,
    /// A session of a role.
    Role,
}

/// Every policy that counts for one principal.
///
/// The caller decides which control policies count: none for service-linked roles and for resources of accounts that
/// are no members of a resource directory.
#[derive(Debug, Clone, PartialEq)]
pub struct PrincipalPolicies {
    /// What kind of identity it is.
    pub kind: PrincipalKind,
    /// Policies of account scope: of the user and all its groups, or of the role.
    pub account: Vec<Attached>,
    /// Policies of resource-group scope, by resource group id.
    pub resource_groups: Vec<(String, Vec<Attached>)>,
    /// The session policy, for role sessions that were given one.
    pub session: Option<Attached>,
    /// Control policies, one list per level from the root folder down. Each level must allow; no levels, no control.
    pub control: Vec<Vec<Attached>>,
}

impl PrincipalPolicies {
    /// A principal without policies.
    pub fn new(kind: PrincipalKind) -> Self {
        PrincipalPolicies { kind, account: Vec::new(), resource_groups: Vec::new(), session: None, control: Vec::new() }
    }
}
