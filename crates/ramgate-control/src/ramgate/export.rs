//! The RAM state of the account as one document.

use crate::dispatch::Authorized;
use crate::node::Cx;
use crate::state::AccountState;
use ramgate_api::ApiError;
use ramgate_api::ram::{
    Manifest, ManifestAttachment, ManifestGroup, ManifestPolicy, ManifestRole, ManifestTag, ManifestUser,
};
use ramgate_api::ramgate::{ExportAccount, ExportAccountResponse};
use ramgate_model::{AccountId, Attachment, Group, Membership, Policy, PrincipalRef, Role, Tags, User};

pub(super) async fn export(cx: Cx, _: Authorized<ExportAccount>) -> Result<ExportAccountResponse, ApiError> {
    Ok(ExportAccountResponse { manifest: manifest(cx.account_id(), &cx.account()) })
}

/// The state of an account, everything sorted by name so that two exports can be compared line by line.
pub(super) fn manifest(account_id: &AccountId, account: &AccountState) -> Manifest {
    let mut manifest = Manifest { version: "1".to_owned(), account_id: account_id.to_string(), ..Manifest::default() };
    for policy in account.table::<Policy>().iter() {
        let document = policy.default().map(|version| version.document.clone()).unwrap_or_default();
        manifest.policies.push(ManifestPolicy {
            policy_name: policy.name.clone(),
            description: policy.description.clone(),
            tags: tags(&policy.tags),
            policy_document: document,
        });
    }
    for group in account.table::<Group>().iter() {
        manifest.groups.push(ManifestGroup {
            group_name: group.name.clone(),
            display_name: group.display_name.clone(),
            comments: group.comments.clone(),
            policies: attachments(account, &PrincipalRef::Group { group_id: group.id.clone() }),
        });
    }
    for user in account.table::<User>().iter() {
        let principal = PrincipalRef::User { user_id: user.id.clone() };
        manifest.users.push(ManifestUser {
            user_name: user.name.clone(),
            display_name: Some(&user.display_name).filter(|shown| **shown != user.name).cloned().unwrap_or_default(),
            mobile_phone: user.mobile_phone.clone(),
            email: user.email.clone(),
            comments: user.comments.clone(),
            tags: tags(&user.tags),
            groups: groups(account, &principal),
            policies: attachments(account, &principal),
        });
    }
    for role in account.table::<Role>().iter().filter(|role| role.service_name.is_none()) {
        manifest.roles.push(ManifestRole {
            role_name: role.name.clone(),
            description: role.description.clone(),
            max_session_duration: Some(role.max_session_duration).filter(|seconds| *seconds != 3600),
            allow_console_login: role.allow_console_login,
            tags: tags(&role.tags),
            assume_role_policy_document: role.trust_policy.clone(),
            policies: attachments(account, &PrincipalRef::Role { role_id: role.id.clone() }),
        });
    }
    manifest.policies.sort_by(|a, b| a.policy_name.cmp(&b.policy_name));
    manifest.groups.sort_by(|a, b| a.group_name.cmp(&b.group_name));
    manifest.users.sort_by(|a, b| a.user_name.cmp(&b.user_name));
    manifest.roles.sort_by(|a, b| a.role_name.cmp(&b.role_name));
    manifest
}

fn tags(tags: &Tags) -> Vec<ManifestTag> {
    tags.iter().map(|(key, value)| ManifestTag { key: key.clone(), value: value.clone() }).collect()
}

fn groups(account: &AccountState, user: &PrincipalRef) -> Vec<String> {
    let memberships = account.table::<Membership>().indexed(&user.key());
    let group = |membership: &Membership| account.get::<Group>(membership.group_id.as_str()).map(|g| g.name.clone());
    let mut names: Vec<String> = memberships.filter_map(|row| group(row)).collect();
    names.sort();
    names
}

fn attachments(account: &AccountState, principal: &PrincipalRef) -> Vec<ManifestAttachment> {
    let attachment = |a: &Attachment| ManifestAttachment {
        policy_type: a.policy_kind.as_str().to_owned(),
        policy_name: a.policy_name.clone(),
        resource_group_id: a.resource_group_id.clone(),
    };
    let mut list: Vec<_> = account.table::<Attachment>().indexed(&principal.key()).map(|row| attachment(row)).collect();
    list.sort();
    list
}
