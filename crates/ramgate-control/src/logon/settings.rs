//! The password policy and the security preference of an account, and how they are changed.

use crate::node::Cx;
use crate::state::{AccountState, Tabled};
use ramgate_api::ApiError;
use ramgate_model::{PasswordPolicy, SETTINGS, SecurityPreference};
use std::net::IpAddr;

/// What passwords must be like.
pub(crate) fn password_policy(account: &AccountState) -> PasswordPolicy {
    account.get::<PasswordPolicy>(SETTINGS).map(|row| row.value.clone()).unwrap_or_default()
}

/// What users may do by themselves.
pub(crate) fn security_preference(account: &AccountState) -> SecurityPreference {
    account.get::<SecurityPreference>(SETTINGS).map(|row| row.value.clone()).unwrap_or_default()
}

/// Changes the settings of which an account has one, from the defaults where it never set them.
///
/// # Errors
/// Where the change cannot be written.
pub(crate) async fn change<R: Tabled + Default + PartialEq>(
    cx: &Cx,
    change: impl Fn(&mut R) + Send + Sync,
) -> Result<R, ApiError> {
    cx.transact(|tx| {
        let row = tx.account().get::<R>(SETTINGS).cloned();
        let mut value = row.as_ref().map(|row| row.value.clone()).unwrap_or_default();
        change(&mut value);
        match &row {
            Some(row) if row.value == value => {}
            Some(row) => tx.update(row, &value)?,
            None => tx.create(&value)?,
        }
        Ok(value)
    })
    .await
}

/// Sets a field where a request gives a value.
pub(crate) fn set<T: Clone>(field: &mut T, value: Option<&T>) {
    if let Some(value) = value {
        field.clone_from(value);
    }
}

/// Sets a number where a request gives one; its range was checked before.
pub(crate) fn set_number(field: &mut u32, value: Option<i32>) {
    if let Some(value) = value.and_then(|value| u32::try_from(value).ok()) {
        *field = value;
    }
}

/// Whether the console may be used from an address.
pub(crate) fn address_allowed(preference: &SecurityPreference, address: IpAddr) -> bool {
    // An IPv4 address that came in over an IPv6 socket is still that address.
    let address = address.to_canonical();
    let mut masks = preference.login_network_masks.split(';').map(str::trim).filter(|mask| !mask.is_empty()).peekable();
    let contains = |mask: &str| match (mask.parse::<ipnet::IpNet>(), mask.parse::<IpAddr>()) {
        (Ok(network), _) => network.contains(&address),
        (_, Ok(one)) => one == address,
        // What cannot be read lets nobody in.
        _ => false,
    };
    masks.peek().is_none() || masks.any(contains)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_let_in_what_they_contain_and_no_mask_lets_in_everyone() {
        let allowed = |masks: &str, address: &str| {
            let preference = SecurityPreference { login_network_masks: masks.to_owned(), ..Default::default() };
            address_allowed(&preference, address.parse().unwrap())
        };
        assert!(allowed("", "203.0.113.9"));
        assert!(allowed("10.0.0.0/8;203.0.113.9", "203.0.113.9"));
        assert!(allowed("10.0.0.0/8; 192.168.0.0/16", "192.168.1.1"));
        assert!(allowed("10.0.0.0/8", "::ffff:10.1.2.3"));
        assert!(allowed("2001:db8::/32", "2001:db8::1"));
        assert!(!allowed("10.0.0.0/8", "11.0.0.1"));
        assert!(!allowed("10.0.0.0/8", "::1"));
        assert!(!allowed("rubbish", "10.0.0.1"));
    }
}
