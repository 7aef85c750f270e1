//! Identities and policies of an account.

mod group;
mod logon;
mod mfa;
mod network_policy;
mod provider;
mod recycled;
mod role;
mod settings;
mod token_key;

pub use group::{Group, Membership};
pub use logon::{ConsoleSession, LoginProfile, LogonState, MfaTicket};
pub use mfa::{MfaBinding, MfaDevice};
pub use network_policy::NetworkPolicy;
pub use provider::{OidcProvider, SamlProvider, UserSso};
pub use recycled::{RecycledAccessKey, RecycledUser};
pub use role::Role;
pub use settings::{MfaOperation, PasswordPolicy, SETTINGS, SecurityPreference};
pub use token_key::TokenKey;

use crate::{AccessKeyId, AccountId, GroupId, Resource, RoleId, Tags, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// An account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The id.
    pub id: AccountId,
    /// When it was made.
    pub created_at: Timestamp,
    /// What stands for its id in the domain of logon names.
    #[serde(default)]
    pub alias: Option<String>,
    /// From which networks its access keys may be used that have no policy of their own.
    #[serde(default)]
    pub network_policy: Option<NetworkPolicy>,
}

impl Resource for Account {
    const KIND: &'static str = "account";

    fn id(&self) -> String {
        self.id.0.clone()
    }
}

/// A RAM user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// The id; never reused.
    pub id: UserId,
    /// Logon name, 1–64 of letters, digits, `.`, `-`, `_`; unique without regard to case.
    pub name: String,
    /// 1–128 characters.
    pub display_name: String,
    /// `86-…`; may be empty.
    pub mobile_phone: String,
    /// May be empty.
    pub email: String,
    /// Up to 128 characters.
    pub comments: String,
    /// Tags.
    pub tags: Tags,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl Resource for User {
    const KIND: &'static str = "user";

    fn id(&self) -> String {
        self.id.0.clone()
    }
}

/// An access key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessKey {
    /// The id.
    pub id: AccessKeyId,
    /// Whose it is.
    pub owner: KeyOwner,
    /// Whether it may be used.
    pub status: AccessKeyStatus,
    /// The secret, sealed.
    pub sealed_secret: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last switched on or off; absent before the first time.
    #[serde(default)]
    pub updated_at: Option<Timestamp>,
    /// From which networks it may be used.
    #[serde(default)]
    pub network_policy: Option<NetworkPolicy>,
}

impl Resource for AccessKey {
    const KIND: &'static str = "access-key";

    fn id(&self) -> String {
        self.id.0.clone()
    }
}

/// Whose an access key is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum KeyOwner {
    /// The account itself.
    Root,
    /// A user.
    User {
        /// The user.
        user_id: UserId,
    },
}

/// Whether an access key may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AccessKeyStatus {
    /// Usable.
    Active,
    /// Kept, not usable.
    Inactive,
}

impl AccessKeyStatus {
    /// The value as the API writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "Active",
            Self::Inactive => "Inactive",
        }
    }
}

/// A custom policy with its versions. System policies are part of the program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// 1–128 of letters, digits, `-`; unique without regard to case.
    pub name: String,
    /// Up to 1,024 characters.
    pub description: String,
    /// The versions kept, oldest first; at most five.
    pub versions: Vec<PolicyVersion>,
    /// Number of the version in force.
    pub default_version: u32,
    /// Number of the next version; numbers are never reused.
    pub next_version: u32,
    /// Tags.
    pub tags: Tags,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl Policy {
    /// The version in force.
    pub fn default(&self) -> Option<&PolicyVersion> {
        self.version(self.default_version)
    }

    /// The version with this number.
    pub fn version(&self, number: u32) -> Option<&PolicyVersion> {
        self.versions.iter().find(|v| v.number == number)
    }
}

impl Resource for Policy {
    const KIND: &'static str = "policy";

    fn id(&self) -> String {
        self.name.to_ascii_lowercase()
    }
}

/// One version of a policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyVersion {
    /// `1` is written `v1` in the API.
    pub number: u32,
    /// The document, byte for byte as given.
    pub document: String,
    /// When it was made.
    pub created_at: Timestamp,
}

/// A policy given to a principal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Who has it.
    pub principal: PrincipalRef,
    /// System or custom.
    pub policy_kind: PolicyKind,
    /// The policy's name as it was written when it was made.
    pub policy_name: String,
    /// The resource group it is limited to; empty means the whole account.
    pub resource_group_id: String,
    /// When it was given.
    pub attached_at: Timestamp,
}

impl Resource for Attachment {
    const KIND: &'static str = "attachment";

    /// `<principal>/<system|custom>/<policy>/<scope>`, where the scope is `account` or `group/<resource group>`.
    fn id(&self) -> String {
        let kind = match self.policy_kind {
            PolicyKind::System => "system",
            PolicyKind::Custom => "custom",
        };
        let scope = match self.resource_group_id.as_str() {
            "" => "account".to_owned(),
            group => format!("group/{group}"),
        };
        format!("{}/{kind}/{}/{scope}", self.principal.key(), self.policy_name.to_ascii_lowercase())
    }
}

/// Who a policy is given to, by id: a rename does not lose it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PrincipalRef {
    /// A user.
    User {
        /// The user.
        user_id: UserId,
    },
    /// A group: its members have the policy.
    Group {
        /// The group.
        group_id: GroupId,
    },
    /// A role: its sessions have the policy.
    Role {
        /// The role.
        role_id: RoleId,
    },
}

impl PrincipalRef {
    /// `user/<id>`, `group/<id>` or `role/<id>`.
    pub fn key(&self) -> String {
        match self {
            Self::User { user_id } => format!("user/{user_id}"),
            Self::Group { group_id } => format!("group/{group_id}"),
            Self::Role { role_id } => format!("role/{role_id}"),
        }
    }
}

/// Who owns a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PolicyKind {
    /// Part of the program.
    System,
    /// Made by the account.
    Custom,
}

impl PolicyKind {
    /// The value as the API writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::System => "System",
            Self::Custom => "Custom",
        }
    }
}
