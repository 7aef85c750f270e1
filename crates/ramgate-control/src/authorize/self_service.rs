//! What the security preference lets a user do to itself, written as a policy: for questions about permissions, which would
//! otherwise miss it. Calls are decided by [`super::own`]; a test holds the two together.

use ramgate_model::{AccountId, SecurityPreference, User};
use ramgate_policy::{Attached, AttachedEntity, Document, DocumentKind, PolicyKind};
use serde_json::{Value, json};
use std::sync::Arc;

/// The policy's name, as answers show it.
const NAME: &str = "SecurityPreference";

/// What the user may do to itself; `None` where that is nothing. Making an MFA device of one's own name is left out: that
/// permission is about a parameter, not about a resource.
pub(crate) fn self_service(account_id: &AccountId, user: &User, preference: &SecurityPreference) -> Option<Attached> {
    let own = format!("acs:ram:*:{account_id}:user/{}", user.name);
    let device = format!("acs:ram:*:{account_id}:mfa/{}", user.name);
    let allow =
        |actions: &[&str], resource: &str| json!({ "Effect": "Allow", "Action": actions, "Resource": resource });
    let mut statements: Vec<Value> = Vec::new();
    if preference.change_password {
        statements.push(allow(&["ram:ChangePassword"], &own));
    }
    if preference.manage_access_keys {
        let actions =
            ["CreateAccessKey", "UpdateAccessKey", "DeleteAccessKey", "ListAccessKeys", "GetAccessKeyLastUsed"];
        let actions = actions.map(|name| format!("ram:{name}"));
        statements.push(allow(&actions.each_ref().map(String::as_str), &own));
    }
    if preference.manage_mfa_devices {
        statements.push(allow(&["ram:BindMFADevice", "ram:GetUserMFAInfo"], &own));
        statements.push(allow(&["ram:DeleteVirtualMFADevice"], &device));
        let mut unbind = allow(&["ram:UnbindMFADevice", "ram:DisableVirtualMFA"], &own);
        unbind["Condition"] = json!({ "Bool": { "acs:MFAPresent": "true" } });
        statements.push(unbind);
    }
    if statements.is_empty() {
        return None;
    }
    let text = json!({ "Version": "1", "Statement": statements }).to_string();
    // Names of users hold nothing that a pattern would read otherwise.
    let document = Document::parse(&text, DocumentKind::Identity).ok()?;
    Some(Attached {
        policy_name: NAME.into(),
        policy_type: PolicyKind::System,
        version: "".into(),
        entity: AttachedEntity::User,
        document: Arc::new(document),
    })
}
