//! What has to change for the account to be as a document says, in an order in which each step finds what it needs: policies,
//! groups, users and roles; then who is where and who has what; then what goes.

mod grants;
mod prune;

use super::change::{Change, Permission, Write};
use crate::node::Cx;
use crate::ram::{self, quota};
use crate::state::{AccountState, Row, Tabled};
use ramgate_api::ram::{
    self as api, GROUP, Manifest, ManifestGroup, ManifestPolicy, ManifestRole, ManifestTag, ManifestUser, POLICY, ROLE,
    USER, errors as ram_errors,
};
use ramgate_api::ramgate::errors;
use ramgate_api::{ApiError, Operation, ResourceType, Target, TargetId};
use ramgate_model::{Group, GroupId, Policy, PolicyKind, PolicyVersion, Role, RoleId, Tags, Timestamp, User, UserId};
use ramgate_policy::{Document, Principal};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Draws up the changes.
pub(super) struct Planner<'a> {
    cx: &'a Cx,
    account: &'a AccountState,
    now: Timestamp,
    changes: Vec<Change>,
    /// Ids of what there will be, by lower-case name.
    users: BTreeMap<String, UserId>,
    groups: BTreeMap<String, GroupId>,
    roles: BTreeMap<String, RoleId>,
    /// Custom policies that there will be, as spelled, by lower-case name.
    policies: BTreeMap<String, String>,
    /// New trust policies, by the name of their role.
    trusted: Vec<(String, Document)>,
}

impl<'a> Planner<'a> {
    pub(super) fn new(cx: &'a Cx, account: &'a AccountState) -> Self {
        let named = |name: &str| name.to_ascii_lowercase();
        Self {
            cx,
            account,
            now: cx.now(),
            changes: Vec::new(),
            users: account.table::<User>().iter().map(|user| (named(&user.name), user.id.clone())).collect(),
            groups: account.table::<Group>().iter().map(|group| (named(&group.name), group.id.clone())).collect(),
            roles: account.table::<Role>().iter().map(|role| (named(&role.name), role.id.clone())).collect(),
            policies: account.table::<Policy>().iter().map(|p| (named(&p.name), p.name.clone())).collect(),
            trusted: Vec::new(),
        }
    }

    /// The plan; empty where everything is as the document says.
    ///
    /// # Errors
    /// Names that refer to nothing, documents that the policy language refuses, limits, and what cannot go.
    pub(super) fn plan(mut self, manifest: &Manifest, prune: bool) -> Result<Vec<Change>, ApiError> {
        manifest.policies.iter().try_for_each(|policy| self.policy(policy))?;
        manifest.groups.iter().for_each(|group| self.group(group));
        manifest.users.iter().for_each(|user| self.user(user));
        manifest.roles.iter().try_for_each(|role| self.role(role))?;
        self.principals()?;
        self.memberships(manifest)?;
        self.attachments(manifest)?;
        if prune {
            self.prune(manifest)?;
        }
        self.limits()?;
        Ok(self.changes)
    }

    fn add(&mut self, permissions: Vec<Permission>, summary: String, write: Write) {
        self.changes.push(Change { permissions, parameters: Value::Null, summary, write });
    }

    fn add_tagged(&mut self, permissions: Vec<Permission>, tags: &[ManifestTag], summary: String, write: Write) {
        let tag: Vec<Value> = tags.iter().map(|t| json!({ "Key": t.key, "Value": t.value })).collect();
        self.changes.push(Change { permissions, parameters: json!({ "Tag": tag }), summary, write });
    }

    fn policy(&mut self, wanted: &ManifestPolicy) -> Result<(), ApiError> {
        let name = &wanted.policy_name;
        ram::check_document(&wanted.policy_document).map_err(|error| of(error, "policy", name))?;
        let Some(row) = self.account.get::<Policy>(&lower(name)).cloned() else {
            self.policies.insert(lower(name), name.clone());
            let version = PolicyVersion { number: 1, document: wanted.policy_document.clone(), created_at: self.now };
            let policy = Policy {
                name: name.clone(),
                description: wanted.description.clone(),
                versions: vec![version],
                default_version: 1,
                next_version: 2,
                tags: tags(&wanted.tags),
                created_at: self.now,
                updated_at: self.now,
            };
            let permissions = vec![(&api::CreatePolicy::SPEC, vec![any(&POLICY)])];
            self.add_tagged(
                permissions,
                &wanted.tags,
                format!("make the policy `{name}`"),
                Write::CreatePolicy(policy),
            );
            return Ok(());
        };
        let mut policy = row.value.clone();
        let target = || vec![one(&POLICY, &row.name)];
        let mut permissions: Vec<Permission> = Vec::new();
        let mut changed = Vec::new();
        if policy.default().is_none_or(|version| version.document != wanted.policy_document) {
            permissions.push((&api::CreatePolicyVersion::SPEC, target()));
            changed.push("document");
            // The oldest one that is not in force makes room, as with rotation.
            if policy.versions.len() >= quota::POLICY_VERSIONS
                && let Some(oldest) = policy.versions.iter().position(|v| v.number != policy.default_version)
            {
                policy.versions.remove(oldest);
            }
            let (number, document) = (policy.next_version, wanted.policy_document.clone());
            policy.versions.push(PolicyVersion { number, document, created_at: self.now });
            policy.next_version += 1;
            policy.default_version = number;
        }
        if policy.description != wanted.description {
            permissions.push((&api::UpdatePolicyDescription::SPEC, target()));
            changed.push("description");
            policy.description.clone_from(&wanted.description);
        }
        if policy.tags != tags(&wanted.tags) {
            permissions.push((&api::TagResources::SPEC, target()));
            permissions.push((&api::UntagResources::SPEC, target()));
            changed.push("tags");
            policy.tags = tags(&wanted.tags);
        }
        if !changed.is_empty() {
            policy.updated_at = self.now;
            let summary = format!("change {} of the policy `{}`", changed.join(", "), row.name);
            self.add_tagged(permissions, &wanted.tags, summary, Write::UpdatePolicy(row, policy));
        }
        Ok(())
    }

    fn group(&mut self, wanted: &ManifestGroup) {
        let name = &wanted.group_name;
        let Some(row) = self.existing::<Group>(self.groups.get(&lower(name)).map(GroupId::as_str)) else {
            let id = self.cx.ids().group();
            self.groups.insert(lower(name), id.clone());
            let group = Group {
                id,
                name: name.clone(),
                display_name: wanted.display_name.clone(),
                comments: wanted.comments.clone(),
                created_at: self.now,
                updated_at: self.now,
            };
            let permissions = vec![(&api::CreateGroup::SPEC, vec![any(&GROUP)])];
            return self.add(permissions, format!("make the group `{name}`"), Write::CreateGroup(group));
        };
        let mut group = row.value.clone();
        group.display_name.clone_from(&wanted.display_name);
        group.comments.clone_from(&wanted.comments);
        if group != row.value {
            group.updated_at = self.now;
            let changed = differing(&[
                ("display name", group.display_name != row.display_name),
                ("comments", group.comments != row.comments),
            ]);
            let permissions = vec![(&api::UpdateGroup::SPEC, vec![one(&GROUP, &row.name)])];
            let summary = format!("change {changed} of the group `{}`", row.name);
            self.add(permissions, summary, Write::UpdateGroup(row, group));
        }
    }

    fn user(&mut self, wanted: &ManifestUser) {
        let name = &wanted.user_name;
        let shown = if wanted.display_name.is_empty() { name } else { &wanted.display_name };
        let Some(row) = self.existing::<User>(self.users.get(&lower(name)).map(UserId::as_str)) else {
            let id = self.cx.ids().user();
            self.users.insert(lower(name), id.clone());
            let user = User {
                id,
                name: name.clone(),
                display_name: shown.clone(),
                mobile_phone: wanted.mobile_phone.clone(),
                email: wanted.email.clone(),
                comments: wanted.comments.clone(),
                tags: tags(&wanted.tags),
                created_at: self.now,
                updated_at: self.now,
            };
            let permissions = vec![(&api::CreateUser::SPEC, vec![any(&USER)])];
            let summary = format!("make the user `{name}`");
            return self.add_tagged(permissions, &wanted.tags, summary, Write::CreateUser(user));
        };
        let mut user = row.value.clone();
        user.display_name.clone_from(if wanted.display_name.is_empty() { &row.name } else { shown });
        user.mobile_phone.clone_from(&wanted.mobile_phone);
        user.email.clone_from(&wanted.email);
        user.comments.clone_from(&wanted.comments);
        user.tags = tags(&wanted.tags);
        if user != row.value {
            user.updated_at = self.now;
            let changed = differing(&[
                ("display name", user.display_name != row.display_name),
                ("mobile phone", user.mobile_phone != row.mobile_phone),
                ("email", user.email != row.email),
                ("comments", user.comments != row.comments),
                ("tags", user.tags != row.tags),
            ]);
            let permissions = vec![(&api::UpdateUser::SPEC, vec![one(&USER, &row.name)])];
            let summary = format!("change {changed} of the user `{}`", row.name);
            self.add_tagged(permissions, &wanted.tags, summary, Write::UpdateUser(row, user));
        }
    }

    fn role(&mut self, wanted: &ManifestRole) -> Result<(), ApiError> {
        let name = &wanted.role_name;
        let document = &wanted.assume_role_policy_document;
        let trust = ram::trust::parse(document).map_err(|error| of(error, "role", name))?;
        // What is stored already may name who is gone by now, and stays as it is.
        let stored = self.existing::<Role>(self.roles.get(&lower(name)).map(RoleId::as_str));
        if stored.is_none_or(|role| role.trust_policy != *document) {
            self.trusted.push((name.clone(), trust));
        }
        let max_session_duration = wanted.max_session_duration.unwrap_or(3600);
        let Some(row) = self.existing::<Role>(self.roles.get(&lower(name)).map(RoleId::as_str)) else {
            let id = self.cx.ids().role();
            self.roles.insert(lower(name), id.clone());
            let role = Role {
                id,
                name: name.clone(),
                description: wanted.description.clone(),
                trust_policy: document.clone(),
                max_session_duration,
                allow_console_login: wanted.allow_console_login,
                service_name: None,
                tags: tags(&wanted.tags),
                created_at: self.now,
                updated_at: self.now,
            };
            let permissions = vec![(&api::CreateRole::SPEC, vec![any(&ROLE)])];
            self.add_tagged(permissions, &wanted.tags, format!("make the role `{name}`"), Write::CreateRole(role));
            return Ok(());
        };
        if row.service_name.is_some() {
            return Err(of(ram_errors::SERVICE_LINKED_ROLE_FIXED.error(), "role", name));
        }
        let mut role = row.value.clone();
        role.description.clone_from(&wanted.description);
        role.trust_policy.clone_from(document);
        role.max_session_duration = max_session_duration;
        role.allow_console_login = wanted.allow_console_login;
        role.tags = tags(&wanted.tags);
        if role != row.value {
            role.updated_at = self.now;
            let changed = differing(&[
                ("description", role.description != row.description),
                ("trust policy", role.trust_policy != row.trust_policy),
                ("session duration", role.max_session_duration != row.max_session_duration),
                ("console logon", role.allow_console_login != row.allow_console_login),
                ("tags", role.tags != row.tags),
            ]);
            let mut permissions: Vec<Permission> = vec![(&api::UpdateRole::SPEC, vec![one(&ROLE, &row.name)])];
            if role.tags != row.tags {
                permissions.push((&api::TagResources::SPEC, vec![one(&ROLE, &row.name)]));
                permissions.push((&api::UntagResources::SPEC, vec![one(&ROLE, &row.name)]));
            }
            let summary = format!("change {changed} of the role `{}`", row.name);
            self.add_tagged(permissions, &wanted.tags, summary, Write::UpdateRole(row, role));
        }
        Ok(())
    }

    /// Holds that whom new trust policies name in this account will be there.
    fn principals(&self) -> Result<(), ApiError> {
        let own = self.cx.account_id().as_str();
        for (role, trust) in &self.trusted {
            for principal in trust.statements().iter().flat_map(|statement| &statement.principals) {
                let known = match principal {
                    Principal::User { account, name } => account != own || self.users.contains_key(&lower(name)),
                    Principal::Role { account, name } => account != own || self.roles.contains_key(&lower(name)),
                    Principal::Federated(provider) => {
                        ram::trust::is_provider(self.account, self.cx.account_id(), provider)
                    }
                    _ => true,
                };
                if !known {
                    return Err(errors::UNKNOWN_REFERENCE.with(format!(
                        "The role `{role}` of the manifest trusts `{principal}`, which neither the manifest nor the account has."
                    )));
                }
            }
        }
        Ok(())
    }

    /// The stored object with this id; what is planned just now is not stored.
    fn existing<R: Tabled>(&self, id: Option<&str>) -> Option<Arc<Row<R>>> {
        id.and_then(|id| self.account.get::<R>(id)).cloned()
    }

    /// Quotas of the account, counted over what there will be.
    fn limits(&self) -> Result<(), ApiError> {
        let (mut users, mut groups, mut roles, mut policies) = (0_usize, 0_usize, 0_usize, 0_usize);
        for change in &self.changes {
            match &change.write {
                Write::CreateUser(_) => users += 1,
                Write::CreateGroup(_) => groups += 1,
                Write::CreateRole(_) => roles += 1,
                Write::CreatePolicy(_) => policies += 1,
                _ => {}
            }
        }
        let counts = [
            ("users", users, self.account.table::<User>().len(), quota::USERS),
            ("groups", groups, self.account.table::<Group>().len(), quota::GROUPS),
            ("roles", roles, self.account.table::<Role>().len(), quota::ROLES),
            ("policies", policies, self.account.table::<Policy>().len(), quota::POLICIES),
        ];
        match counts.into_iter().find(|(_, new, present, most)| *new > 0 && new + present > *most) {
            // Removals do not make room within the same import: each step on the way keeps to the limits.
            Some((kind, new, present, most)) => Err(errors::NOT_POSSIBLE.with(format!(
                "The manifest makes {new} {kind} beside {present} that are there; at most {most} are allowed."
            ))),
            None => Ok(()),
        }
    }
}

fn one(resource_type: &'static ResourceType, name: &str) -> Target<'static> {
    Target { resource_type: Some(resource_type), id: TargetId::Id(name.to_owned().into()) }
}

fn any(resource_type: &'static ResourceType) -> Target<'static> {
    Target { resource_type: Some(resource_type), id: TargetId::Any }
}

/// A policy; those of the system belong to no account.
fn policy_target(kind: PolicyKind, name: &str) -> Target<'static> {
    match kind {
        PolicyKind::Custom => one(&POLICY, name),
        PolicyKind::System => {
            Target { resource_type: Some(&POLICY), id: TargetId::SystemPolicy(name.to_owned().into()) }
        }
    }
}

fn lower(name: &str) -> String {
    name.to_ascii_lowercase()
}

fn tags(given: &[ManifestTag]) -> Tags {
    given.iter().map(|tag| (tag.key.clone(), tag.value.clone())).collect()
}

/// The fields that differ, for a summary.
fn differing(fields: &[(&str, bool)]) -> String {
    fields.iter().filter(|(_, differs)| *differs).map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}

/// An error about one object of the document.
fn of(mut error: ApiError, kind: &str, name: &str) -> ApiError {
    error.message = format!("The {kind} `{name}` of the manifest: {}", error.message);
    error
}
