//! What a user may do to itself without a policy: what the account's security preference says. It stands in where nothing
//! allows a call; a Deny of any policy is decided on before and wins.

use super::Check;
use crate::caller::Credential;
use crate::logon::settings;
use crate::ram::find_user;
use crate::state::Row;
use ramgate_api::{Target, TargetId};
use ramgate_audit::DecidedBy;
use ramgate_model::{SecurityPreference, User};
use serde_json::Value;

/// What the audit log has for the kind of policy.
const KIND: &str = "SecurityPreference";

impl Check<'_> {
    /// The setting that allows this call on this target, if one does.
    pub(super) fn allowed_on_own(&self, target: &Target<'_>) -> Option<DecidedBy> {
        let user = self.caller.user()?;
        if self.spec.product.ram_code != "ram" {
            return None;
        }
        let account = self.state.account(&self.caller.account_id)?;
        let preference = settings::security_preference(account);
        let (setting, allowed) = self.setting(&preference)?;
        let own = allowed && self.is_own(user, target);
        own.then(|| DecidedBy {
            policy: setting.to_owned(),
            policy_type: KIND.to_owned(),
            version: String::new(),
            statement: 0,
        })
    }

    /// The setting that this operation is under, and what it says.
    fn setting(&self, preference: &SecurityPreference) -> Option<(&'static str, bool)> {
        match self.spec.name {
            "ChangePassword" => Some(("AllowUserToChangePassword", preference.change_password)),
            "CreateAccessKey" | "UpdateAccessKey" | "DeleteAccessKey" | "ListAccessKeys" | "GetAccessKeyLastUsed" => {
                Some(("AllowUserToManageAccessKeys", preference.manage_access_keys))
            }
            "CreateVirtualMFADevice" | "DeleteVirtualMFADevice" | "BindMFADevice" | "GetUserMFAInfo" => {
                Some(("AllowUserToManageMFADevices", preference.manage_mfa_devices))
            }
            // Who has no more than an access key or a password of a user does not get rid of its second factor.
            "UnbindMFADevice" | "DisableVirtualMFA" => {
                let with_mfa = matches!(self.caller.credential, Credential::Console { mfa: true, .. });
                Some(("AllowUserToManageMFADevices", preference.manage_mfa_devices && with_mfa))
            }
            _ => None,
        }
    }

    /// Whether a target is the caller, or the MFA device that has its name.
    fn is_own(&self, user: &Row<User>, target: &Target<'_>) -> bool {
        let account = self.state.account(&self.caller.account_id);
        let kind = target.resource_type.map(|resource_type| resource_type.kind);
        match (kind, &target.id) {
            (Some("user"), TargetId::Caller) => true,
            (Some("user"), TargetId::Id(name)) => {
                account.and_then(|account| find_user(account, name)).is_some_and(|named| named.id == user.id)
            }
            (Some("user"), TargetId::UserId(id)) => *id == user.id.as_str(),
            (Some("mfa"), TargetId::Any) => {
                let name = self.parameters.get("VirtualMFADeviceName").and_then(Value::as_str);
                self.spec.name == "CreateVirtualMFADevice" && name.is_some_and(|name| *name == user.name)
            }
            (Some("mfa"), TargetId::Arn(serial)) => {
                *serial == format!("acs:ram::{}:mfa/{}", self.caller.account_id, user.name)
            }
            _ => false,
        }
    }
}
