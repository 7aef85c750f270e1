//! Who is in which group and who has which policy: what the document says, and nothing beyond it, for everyone whom it names.

use super::{Change, Permission, Planner, lower, of, one, policy_target};
use crate::ram::quota;
use crate::system_policies;
use ramgate_api::ram::{self as api, GROUP, Manifest, ManifestAttachment, ROLE, USER, errors as ram_errors};
use ramgate_api::ramgate::errors;
use ramgate_api::{ApiError, OpSpec, Operation, ResourceType, Target};
use ramgate_model::{Attachment, Group, Membership, PolicyKind, PrincipalRef, Resource};
use serde_json::Value;
use std::collections::BTreeMap;

use super::super::change::Write;

/// The operations for one kind of principal.
struct Holder<'n> {
    kind: &'static str,
    name: &'n str,
    resource_type: &'static ResourceType,
    attach: &'static OpSpec,
    detach: &'static OpSpec,
    most_custom: usize,
}

impl Planner<'_> {
    pub(super) fn memberships(&mut self, manifest: &Manifest) -> Result<(), ApiError> {
        for user in &manifest.users {
            let Some(user_id) = self.users.get(&lower(&user.user_name)).cloned() else { continue };
            if user.groups.len() > quota::GROUPS_OF_USER {
                return Err(of(ram_errors::USER_GROUP_LIMIT.error(), "user", &user.user_name));
            }
            let mut wanted = BTreeMap::new();
            for name in &user.groups {
                let Some(group_id) = self.groups.get(&lower(name)) else {
                    return Err(unknown("user", &user.user_name, "group", name));
                };
                wanted.insert(group_id.clone(), name.clone());
            }
            let key = PrincipalRef::User { user_id: user_id.clone() }.key();
            let present: Vec<_> = self.account.table::<Membership>().indexed(&key).cloned().collect();
            let permissions = |spec: &'static OpSpec, group: &str| -> Vec<Permission> {
                vec![(spec, vec![one(&USER, &user.user_name), one(&GROUP, group)])]
            };
            for row in present {
                if wanted.remove(&row.group_id).is_none() {
                    let group = self.account.get::<Group>(row.group_id.as_str());
                    let group = group.map(|g| g.name.clone()).unwrap_or_default();
                    let summary = format!("take the user `{}` out of the group `{group}`", user.user_name);
                    self.add(permissions(&api::RemoveUserFromGroup::SPEC, &group), summary, Write::Leave(row));
                }
            }
            for (group_id, group) in wanted {
                let membership = Membership { group_id, user_id: user_id.clone(), joined_at: self.now };
                let summary = format!("add the user `{}` to the group `{group}`", user.user_name);
                self.add(permissions(&api::AddUserToGroup::SPEC, &group), summary, Write::Join(membership));
            }
        }
        Ok(())
    }

    pub(super) fn attachments(&mut self, manifest: &Manifest) -> Result<(), ApiError> {
        for group in &manifest.groups {
            let Some(group_id) = self.groups.get(&lower(&group.group_name)).cloned() else { continue };
            let holder = Holder {
                kind: "group",
                name: &group.group_name,
                resource_type: &GROUP,
                attach: &api::AttachPolicyToGroup::SPEC,
                detach: &api::DetachPolicyFromGroup::SPEC,
                most_custom: quota::CUSTOM_POLICIES_OF_GROUP,
            };
            self.attachments_of(&holder, PrincipalRef::Group { group_id }, &group.policies)?;
        }
        for user in &manifest.users {
            let Some(user_id) = self.users.get(&lower(&user.user_name)).cloned() else { continue };
            let holder = Holder {
                kind: "user",
                name: &user.user_name,
                resource_type: &USER,
                attach: &api::AttachPolicyToUser::SPEC,
                detach: &api::DetachPolicyFromUser::SPEC,
                most_custom: quota::CUSTOM_POLICIES_OF_USER,
            };
            self.attachments_of(&holder, PrincipalRef::User { user_id }, &user.policies)?;
        }
        for role in &manifest.roles {
            let Some(role_id) = self.roles.get(&lower(&role.role_name)).cloned() else { continue };
            let holder = Holder {
                kind: "role",
                name: &role.role_name,
                resource_type: &ROLE,
                attach: &api::AttachPolicyToRole::SPEC,
                detach: &api::DetachPolicyFromRole::SPEC,
                most_custom: quota::CUSTOM_POLICIES_OF_ROLE,
            };
            self.attachments_of(&holder, PrincipalRef::Role { role_id }, &role.policies)?;
        }
        Ok(())
    }

    fn attachments_of(
        &mut self,
        holder: &Holder<'_>,
        principal: PrincipalRef,
        wanted: &[ManifestAttachment],
    ) -> Result<(), ApiError> {
        let mut missing = BTreeMap::new();
        for given in wanted {
            let attachment = self.attachment(holder, &principal, given)?;
            missing.insert(attachment.id(), attachment);
        }
        for (kind, most) in
            [(PolicyKind::Custom, holder.most_custom), (PolicyKind::System, quota::SYSTEM_POLICIES_OF_PRINCIPAL)]
        {
            let n = missing.values().filter(|a| a.policy_kind == kind).count();
            if n > most {
                return Err(errors::NOT_POSSIBLE.with(format!(
                    "The {} `{}` of the manifest has {n} {} policies; at most {most} are allowed.",
                    holder.kind,
                    holder.name,
                    kind.as_str()
                )));
            }
        }
        let present: Vec<_> = self.account.table::<Attachment>().indexed(&principal.key()).cloned().collect();
        let (holder_name, kind) = (holder.name, holder.kind);
        for row in present {
            if missing.remove(&row.id()).is_none() {
                let summary = format!("take the policy `{}` from the {kind} `{holder_name}`", row.policy_name);
                let permissions = vec![(holder.detach, holder.targets(row.policy_kind, &row.policy_name))];
                self.add(permissions, summary, Write::Detach(row));
            }
        }
        for attachment in missing.into_values() {
            let summary = match attachment.resource_group_id.as_str() {
                "" => format!("give the policy `{}` to the {kind} `{holder_name}`", attachment.policy_name),
                group => format!(
                    "give the policy `{}` to the {kind} `{holder_name}` for the resource group `{group}`",
                    attachment.policy_name
                ),
            };
            let permissions = vec![(holder.attach, holder.targets(attachment.policy_kind, &attachment.policy_name))];
            self.changes.push(Change {
                permissions,
                parameters: Value::Null,
                summary,
                write: Write::Attach(attachment),
            });
        }
        Ok(())
    }

    fn attachment(
        &self,
        holder: &Holder<'_>,
        principal: &PrincipalRef,
        given: &ManifestAttachment,
    ) -> Result<Attachment, ApiError> {
        let unknown = || unknown(holder.kind, holder.name, "policy", &given.policy_name);
        let (policy_kind, policy_name) = match given.policy_type.as_str() {
            "System" => {
                let policy = system_policies::find(&given.policy_name).ok_or_else(unknown)?;
                (PolicyKind::System, policy.name.to_owned())
            }
            _ => {
                let name = self.policies.get(&lower(&given.policy_name)).ok_or_else(unknown)?;
                (PolicyKind::Custom, name.clone())
            }
        };
        Ok(Attachment {
            principal: principal.clone(),
            policy_kind,
            policy_name,
            resource_group_id: crate::ram::attachment_scope(self.cx.account_id(), Some(&given.resource_group_id))?,
            attached_at: self.now,
        })
    }
}

impl Holder<'_> {
    /// The principal and the policy, as the operations check them.
    fn targets(&self, kind: PolicyKind, policy: &str) -> Vec<Target<'static>> {
        vec![one(self.resource_type, self.name), policy_target(kind, policy)]
    }
}

fn unknown(kind: &str, name: &str, what: &str, missing: &str) -> ApiError {
    errors::UNKNOWN_REFERENCE.with(format!(
        "The {kind} `{name}` of the manifest names the {what} `{missing}`, which neither the manifest nor the account has."
    ))
}
