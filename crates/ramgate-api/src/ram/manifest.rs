//! The RAM state of an account as one document: what export writes and import reads.
//!
//! It holds identities, policies and who has which, and no secret: neither access keys nor passwords nor MFA devices. Policies
//! appear with the document in force, byte for byte; older versions and system policies do not appear.

use super::{Tag, checks};
use crate::Checker;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The RAM state of an account.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase", deny_unknown_fields)]
pub struct Manifest {
    /// The form of this document; `1`.
    pub version: String,
    /// The account it was taken from. Import into another account goes by names alone.
    pub account_id: String,
    /// Custom policies, by name.
    pub policies: Vec<ManifestPolicy>,
    /// Groups, by name.
    pub groups: Vec<ManifestGroup>,
    /// Users, by name.
    pub users: Vec<ManifestUser>,
    /// Roles, by name; those linked to a service are left out.
    pub roles: Vec<ManifestRole>,
}

/// A custom policy.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase", deny_unknown_fields)]
pub struct ManifestPolicy {
    /// The name.
    pub policy_name: String,
    /// A description, up to 1,024 characters.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Tags, at most 20.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<ManifestTag>,
    /// The document in force, as text.
    pub policy_document: String,
}

/// A group.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase", deny_unknown_fields)]
pub struct ManifestGroup {
    /// The name.
    pub group_name: String,
    /// The name shown, up to 24 characters.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub display_name: String,
    /// A remark, up to 128 characters.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub comments: String,
    /// The policies that its members have from it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub policies: Vec<ManifestAttachment>,
}

/// A user.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase", deny_unknown_fields)]
pub struct ManifestUser {
    /// The logon name.
    pub user_name: String,
    /// The name shown, 1–128 characters; the logon name where empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub display_name: String,
    /// `<country code>-<number>`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub mobile_phone: String,
    /// A mail address.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub email: String,
    /// A remark, up to 128 characters.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub comments: String,
    /// Tags, at most 20.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<ManifestTag>,
    /// The groups it is in, at most five.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<String>,
    /// The policies it has itself.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub policies: Vec<ManifestAttachment>,
}

/// A role.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase", deny_unknown_fields)]
pub struct ManifestRole {
    /// The name.
    pub role_name: String,
    /// A description, up to 1,024 characters.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// The longest session in seconds, 3,600–43,200; 3,600 where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_session_duration: Option<u32>,
    /// Whether sessions may use the console.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub allow_console_login: bool,
    /// Tags, at most 20.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<ManifestTag>,
    /// The trust policy, as text.
    pub assume_role_policy_document: String,
    /// The policies that its sessions have.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub policies: Vec<ManifestAttachment>,
}

/// A policy that a principal has.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase", deny_unknown_fields)]
pub struct ManifestAttachment {
    /// `System` or `Custom`.
    pub policy_type: String,
    /// The policy's name.
    pub policy_name: String,
    /// The resource group that the grant is limited to; the whole account where empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub resource_group_id: String,
}

/// A tag.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase", deny_unknown_fields)]
pub struct ManifestTag {
    /// The key.
    pub key: String,
    /// The value.
    pub value: String,
}

impl Manifest {
    /// Reports every value out of its limits and every name given twice. What names refer to is the import's to find out.
    pub fn check(&self, checker: &mut Checker) {
        if self.version != "1" {
            checker.problem("Manifest.Version", format_args!("is `{}`; it must be `1`", self.version));
        }
        let given = |text: &'_ str| (!text.is_empty()).then(|| text.to_owned());
        for policy in &self.policies {
            checks::policy_name(checker, &policy.policy_name);
            checks::description(checker, given(&policy.description).as_deref());
            checks::policy_document(checker, &policy.policy_document);
            tags(checker, &policy.tags);
        }
        for group in &self.groups {
            checks::group_name(checker, &group.group_name);
            checks::comments(checker, given(&group.comments).as_deref());
            checker.length("DisplayName", given(&group.display_name).as_deref(), 1, 24);
            attachments(checker, &group.policies);
        }
        for user in &self.users {
            checks::user_name(checker, &user.user_name);
            checks::display_name(checker, given(&user.display_name).as_deref());
            checks::mobile_phone(checker, given(&user.mobile_phone).as_deref());
            checks::email(checker, given(&user.email).as_deref());
            checks::comments(checker, given(&user.comments).as_deref());
            tags(checker, &user.tags);
            attachments(checker, &user.policies);
            once(checker, "Users.Groups", user.groups.iter().map(String::as_str));
        }
        for role in &self.roles {
            checks::role_name(checker, &role.role_name);
            checks::description(checker, given(&role.description).as_deref());
            checker.range("MaxSessionDuration", role.max_session_duration.map(i64::from), 3600, 43_200);
            checks::trust_policy(checker, Some(&role.assume_role_policy_document));
            tags(checker, &role.tags);
            attachments(checker, &role.policies);
        }
        once(checker, "Policies", self.policies.iter().map(|p| p.policy_name.as_str()));
        once(checker, "Groups", self.groups.iter().map(|g| g.group_name.as_str()));
        once(checker, "Users", self.users.iter().map(|u| u.user_name.as_str()));
        once(checker, "Roles", self.roles.iter().map(|r| r.role_name.as_str()));
    }
}

fn tags(checker: &mut Checker, tags: &[ManifestTag]) {
    let tags: Vec<Tag> = tags.iter().map(|t| Tag { key: t.key.clone(), value: t.value.clone() }).collect();
    checks::tags(checker, &tags);
    once(checker, "Tags", tags.iter().map(|t| t.key.as_str()));
}

fn attachments(checker: &mut Checker, attachments: &[ManifestAttachment]) {
    for attachment in attachments {
        checks::policy_type(checker, Some(&attachment.policy_type));
        checks::policy_name(checker, &attachment.policy_name);
    }
    let names: Vec<String> = attachments
        .iter()
        .map(|a| format!("{}/{}/{}", a.policy_type, a.policy_name, a.resource_group_id).to_ascii_lowercase())
        .collect();
    once(checker, "Policies", names.iter().map(String::as_str));
}

/// Names are unique without regard to case.
fn once<'a>(checker: &mut Checker, list: &str, names: impl Iterator<Item = &'a str>) {
    let mut seen = std::collections::BTreeSet::new();
    for name in names {
        if !seen.insert(name.to_ascii_lowercase()) {
            checker.problem(&format!("Manifest.{list}"), format_args!("holds `{name}` more than once"));
        }
    }
}
