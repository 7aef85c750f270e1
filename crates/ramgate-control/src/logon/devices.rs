//! Virtual MFA devices: made, bound by two codes in a row, asked for codes at logon, taken away.

use super::{qr, totp};
use crate::node::Cx;
use crate::ram::quota;
use crate::secrets;
use crate::state::{AccountState, Row};
use crate::transact::Tx;
use ramgate_api::ram::{NewVirtualMFADevice, errors};
use ramgate_api::{ApiError, Secret, codes};
use ramgate_model::{AccountId, MfaBinding, MfaDevice, Resource, Timestamp, User, UserId};
use ramgate_store::sealing::Sealer;
use std::sync::Arc;

/// The scope in which a user has one device.
const BOUND: &str = "user";

/// The device that is bound to a user.
pub(crate) fn device_of<'a>(account: &'a AccountState, user_id: &UserId) -> Option<&'a Arc<Row<MfaDevice>>> {
    account.table::<MfaDevice>().indexed(&format!("user/{user_id}")).next()
}

/// The device with this serial number, letter by letter: permission was checked on that very spelling.
fn by_serial<'a>(
    account: &'a AccountState,
    account_id: &AccountId,
    serial: &str,
) -> Result<&'a Arc<Row<MfaDevice>>, ApiError> {
    let name = serial.rsplit_once('/').map_or("", |(_, name)| name);
    let device = account.get::<MfaDevice>(&name.to_ascii_lowercase());
    device
        .filter(|device| device.serial_number(account_id) == serial)
        .ok_or_else(|| errors::MFA_DEVICE_NOT_FOUND.error())
}

/// A device of this name with a new seed, not stored yet, and what is shown of it once.
pub(crate) fn new_device(
    sealer: &Sealer,
    account_id: &AccountId,
    name: &str,
    seed: &[u8],
    now: Timestamp,
) -> Result<(MfaDevice, NewVirtualMFADevice), ApiError> {
    let seed = totp::to_base32(seed);
    let mut device =
        MfaDevice { name: name.to_owned(), sealed_seed: String::new(), bound: None, last_step: 0, created_at: now };
    device.sealed_seed = secrets::seal(sealer, &device.key(account_id), secrets::MFA_SEED_FIELD, &seed)?;
    let shown = NewVirtualMFADevice {
        qr_code_png: Secret::new(qr::png(&qr::address(name, account_id.as_str(), &seed))?),
        base32_string_seed: Secret::new(seed),
        serial_number: device.serial_number(account_id),
    };
    Ok((device, shown))
}

/// Stores a new device.
///
/// # Errors
/// `EntityAlreadyExists.VirtualMFADevice`, `LimitExceeded.VirtualMFADevice`.
pub(crate) fn add(tx: &mut Tx, device: &MfaDevice) -> Result<(), ApiError> {
    let account = tx.account().clone();
    if account.get::<MfaDevice>(&device.id()).is_some() {
        return Err(errors::MFA_DEVICE_EXISTS.error());
    }
    if account.table::<MfaDevice>().len() >= quota::MFA_DEVICES {
        return Err(errors::MFA_DEVICE_LIMIT.error());
    }
    tx.unchanged::<MfaDevice>()?;
    tx.create(device)
}

/// Makes a device.
///
/// # Errors
/// As [`add`].
pub(crate) async fn create(cx: &Cx, name: &str) -> Result<NewVirtualMFADevice, ApiError> {
    let seed = cx.ids().bytes::<{ totp::SEED_BYTES }>();
    let (device, shown) = new_device(cx.sealer(), cx.account_id(), name, &seed, cx.now())?;
    cx.transact(|tx| add(tx, &device)).await?;
    Ok(shown)
}

/// Removes a device that is bound to nobody.
///
/// # Errors
/// `EntityNotExist.VirtualMFADevice`, `DeleteConflict.VirtualMFADevice.User`.
pub(crate) async fn delete(cx: &Cx, serial: &str) -> Result<(), ApiError> {
    cx.transact(|tx| {
        let device = by_serial(tx.account(), cx.account_id(), serial)?.clone();
        if device.bound.is_some() {
            return Err(errors::MFA_DEVICE_BOUND.error());
        }
        tx.delete(&device)
    })
    .await
}

/// Binds a device to a user.
///
/// # Errors
/// No such device, one of both is bound already, or the codes are not two in a row of the device.
pub(crate) async fn bind(cx: &Cx, user: &Row<User>, serial: &str, given: [&str; 2]) -> Result<(), ApiError> {
    cx.transact(|tx| {
        let device = by_serial(tx.account(), cx.account_id(), serial)?.clone();
        tx.require(user)?;
        if device.bound.is_some() {
            return Err(errors::MFA_DEVICE_TAKEN.error());
        }
        let seed = seed(cx.sealer(), cx.account_id(), &device)?;
        let bound = claim(tx, user, &device)?;
        let step = totp::accept_pair(&seed, given[0], given[1], cx.now(), device.last_step);
        let last_step = step.ok_or_else(|| errors::AUTHENTICATION_CODE_WRONG.error())?;
        let binding = Some(MfaBinding { user_id: user.id.clone(), at: cx.now() });
        tx.update(&device, &MfaDevice { bound: binding, last_step, ..bound })
    })
    .await
}

/// Holds that the user has no other device.
fn claim(tx: &mut Tx, user: &User, device: &MfaDevice) -> Result<MfaDevice, ApiError> {
    tx.claim::<MfaDevice>(BOUND, user.id.as_str(), &device.id(), || errors::USER_HAS_AN_MFA_DEVICE.error())?;
    Ok(device.clone())
}

/// Makes a device and binds it in one, for a user who binds one at logon. `step` is that of the last code given.
///
/// # Errors
/// As [`add`] and [`bind`].
pub(crate) fn add_bound(
    tx: &mut Tx,
    user: &Row<User>,
    mut device: MfaDevice,
    step: u64,
    now: Timestamp,
) -> Result<(), ApiError> {
    tx.require(user)?;
    claim(tx, user, &device)?;
    device.bound = Some(MfaBinding { user_id: user.id.clone(), at: now });
    device.last_step = step;
    add(tx, &device)
}

/// Takes the device from its user, within a transaction.
pub(crate) fn release(tx: &mut Tx, device: &Row<MfaDevice>) -> Result<(), ApiError> {
    if let Some(bound) = &device.bound {
        tx.release::<MfaDevice>(BOUND, bound.user_id.as_str())?;
    }
    tx.update(device, &MfaDevice { bound: None, ..device.value.clone() })
}

/// Takes the device from a user and, where asked, removes it. Answers its serial number.
///
/// # Errors
/// `EntityNotExist.User.MFADevice`.
pub(crate) async fn unbind(cx: &Cx, user: &User, remove: bool) -> Result<String, ApiError> {
    cx.transact(|tx| {
        let device = device_of(tx.account(), &user.id).ok_or_else(|| errors::USER_MFA_DEVICE_NOT_FOUND.error())?;
        let device = device.clone();
        if remove {
            tx.release::<MfaDevice>(BOUND, user.id.as_str())?;
            tx.delete(&device)?;
        } else {
            release(tx, &device)?;
        }
        Ok(device.serial_number(cx.account_id()))
    })
    .await
}

/// The seed of a device in base32.
///
/// # Errors
/// Where it does not open.
pub(crate) fn seed(sealer: &Sealer, account_id: &AccountId, device: &MfaDevice) -> Result<String, ApiError> {
    secrets::mfa_seed(sealer, account_id, device).map_err(|error| codes::INTERNAL_ERROR.error().log(error))
}
