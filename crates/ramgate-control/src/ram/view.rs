//! Stored objects in the shapes of the API.

use crate::clock::iso8601;
use crate::state::AccountState;
use crate::system_policies::SystemPolicy;
use ramgate_api::ram as api;
use ramgate_model::{AccessKey, AccountId, Attachment, Group, Policy, PolicyKind, PolicyVersion, Role, Tags, User};

/// Absent where there is nothing to show.
pub(crate) fn shown(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

pub(super) fn user(user: &User) -> api::User {
    api::User {
        comments: shown(&user.comments),
        create_date: iso8601(user.created_at),
        display_name: user.display_name.clone(),
        email: shown(&user.email),
        mobile_phone: shown(&user.mobile_phone),
        user_id: user.id.to_string(),
        user_name: user.name.clone(),
        last_login_date: None,
        update_date: Some(iso8601(user.updated_at)),
    }
}

pub(super) fn group(group: &Group) -> api::Group {
    api::Group {
        comments: group.comments.clone(),
        create_date: iso8601(group.created_at),
        group_id: group.id.to_string(),
        group_name: group.name.clone(),
        update_date: iso8601(group.updated_at),
    }
}

pub(super) fn access_key(key: &AccessKey) -> api::AccessKey {
    api::AccessKey {
        access_key_id: key.id.to_string(),
        create_date: iso8601(key.created_at),
        status: key.status.as_str().to_owned(),
    }
}

/// A new key, with the secret that is shown this once.
pub(crate) fn new_access_key(key: &AccessKey, secret: String) -> api::NewAccessKey {
    api::NewAccessKey {
        access_key_id: key.id.to_string(),
        access_key_secret: secret,
        create_date: iso8601(key.created_at),
        status: key.status.as_str().to_owned(),
    }
}

/// A role as its making answers it.
pub(super) fn new_role(role: &Role, account_id: &AccountId) -> api::Role {
    api::Role {
        allow_console_login: Some(role.allow_console_login),
        arn: role.arn(account_id),
        assume_role_policy_document: role.trust_policy.clone(),
        create_date: iso8601(role.created_at),
        description: role.description.clone(),
        max_session_duration: Some(role.max_session_duration.into()),
        role_id: role.id.to_string(),
        role_name: role.name.clone(),
        ..api::Role::default()
    }
}

/// A service-linked role as its making answers it.
pub(super) fn service_linked_role(role: &Role, account_id: &AccountId) -> api::Role {
    api::Role {
        allow_console_login: None,
        max_session_duration: None,
        is_service_linked_role: Some(true),
        ..new_role(role, account_id)
    }
}

/// A role as a change of it answers it.
pub(super) fn changed_role(role: &Role, account_id: &AccountId) -> api::Role {
    api::Role { update_date: Some(iso8601(role.updated_at)), ..new_role(role, account_id) }
}

/// A role in full.
pub(super) fn role(role: &Role, account_id: &AccountId) -> api::Role {
    api::Role {
        is_service_linked_role: Some(role.service_name.is_some()),
        role_principal_name: Some(format!("{}@role.{account_id}.onaliyunservice.com", role.name.to_ascii_lowercase())),
        ..changed_role(role, account_id)
    }
}

/// A role as lists show it.
pub(super) fn listed_role(role: &Role, account_id: &AccountId) -> api::ListedRole {
    api::ListedRole {
        allow_console_login: role.allow_console_login,
        arn: role.arn(account_id),
        create_date: iso8601(role.created_at),
        description: role.description.clone(),
        max_session_duration: role.max_session_duration.into(),
        role_id: role.id.to_string(),
        role_name: role.name.clone(),
        tags: tags(&role.tags),
        update_date: iso8601(role.updated_at),
    }
}

/// `1` is written `v1`.
pub(super) fn version_id(number: u32) -> String {
    format!("v{number}")
}

/// A policy of either kind.
#[derive(Clone, Copy)]
pub(super) enum AnyPolicy<'a> {
    Custom(&'a Policy),
    System(&'a SystemPolicy),
}

impl AnyPolicy<'_> {
    pub(super) fn kind(self) -> PolicyKind {
        match self {
            Self::Custom(_) => PolicyKind::Custom,
            Self::System(_) => PolicyKind::System,
        }
    }

    pub(super) fn name(self) -> String {
        match self {
            Self::Custom(policy) => policy.name.clone(),
            Self::System(policy) => policy.name.to_owned(),
        }
    }

    fn description(self) -> String {
        match self {
            Self::Custom(policy) => policy.description.clone(),
            Self::System(policy) => policy.description.to_owned(),
        }
    }

    fn default_version(self) -> String {
        match self {
            Self::Custom(policy) => version_id(policy.default_version),
            Self::System(policy) => policy.version.to_owned(),
        }
    }

    /// Without its document; that stands with the version.
    pub(super) fn policy(self, account: &AccountState) -> api::Policy {
        let (create_date, update_date, tags) = match self {
            Self::Custom(policy) => (iso8601(policy.created_at), iso8601(policy.updated_at), tags(&policy.tags)),
            Self::System(policy) => (policy.create_date.to_owned(), policy.create_date.to_owned(), None),
        };
        let n_attachments = attachments(account, self.kind(), &self.name()).count();
        api::Policy {
            create_date,
            default_version: self.default_version(),
            description: Some(self.description()),
            policy_name: self.name(),
            policy_type: self.kind().as_str().to_owned(),
            attachment_count: Some(i32::try_from(n_attachments).unwrap_or(i32::MAX)),
            policy_document: None,
            update_date: Some(update_date),
            tags,
        }
    }

    /// The versions, newest first. Of a system policy only the one in force is known.
    pub(super) fn versions(self) -> Vec<api::PolicyVersion> {
        match self {
            Self::Custom(policy) => policy.versions.iter().rev().map(|v| version(policy, v)).collect(),
            Self::System(policy) => vec![api::PolicyVersion {
                create_date: policy.create_date.to_owned(),
                is_default_version: true,
                policy_document: Some(policy.document.text().to_owned()),
                version_id: policy.version.to_owned(),
            }],
        }
    }

    pub(super) fn attached(self, attachment: &Attachment) -> api::AttachedPolicy {
        api::AttachedPolicy {
            attach_date: iso8601(attachment.attached_at),
            default_version: self.default_version(),
            description: self.description(),
            policy_name: self.name(),
            policy_type: self.kind().as_str().to_owned(),
        }
    }
}

pub(super) fn version(policy: &Policy, version: &PolicyVersion) -> api::PolicyVersion {
    api::PolicyVersion {
        create_date: iso8601(version.created_at),
        is_default_version: version.number == policy.default_version,
        policy_document: Some(version.document.clone()),
        version_id: version_id(version.number),
    }
}

/// Absent without any.
fn tags(tags: &Tags) -> Option<api::PolicyTags> {
    let tag = |(key, value): (&String, &String)| api::PolicyTag { tag_key: key.clone(), tag_value: value.clone() };
    let tag: Vec<api::PolicyTag> = tags.iter().map(tag).collect();
    (!tag.is_empty()).then_some(api::PolicyTags { tag })
}

/// Who has a policy, in every scope.
pub(super) fn attachments<'a>(
    account: &'a AccountState,
    kind: PolicyKind,
    name: &str,
) -> impl Iterator<Item = &'a Attachment> {
    let entry = format!("policy/{}/{}", kind.as_str(), name.to_ascii_lowercase());
    account.table::<Attachment>().indexed(&entry).map(|row| &row.value)
}
