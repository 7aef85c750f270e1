//! Secrets of stored objects: sealed to the object and the field they belong to, so that a sealed value moved elsewhere does
//! not open.

use ramgate_api::{ApiError, codes};
use ramgate_model::{AccessKey, AccountId, Certificate, LoginProfile, MfaDevice, Resource, TokenKey};
use ramgate_store::sealing::{SealError, Sealed, Sealer};
use ramgate_store::{Key, sealing};

/// Where a secret lies.
fn place(key: &str, field: &str) -> Vec<u8> {
    match Key::new(key) {
        Ok(key) => sealing::place(&key, field),
        // No object can have such a key; the text still tells places apart.
        Err(_) => format!("{key}\0{field}").into_bytes(),
    }
}

/// Seals the field of the object with this store key.
///
/// # Errors
/// Where the system gives no randomness.
pub(crate) fn seal(sealer: &Sealer, key: &str, field: &str, secret: &str) -> Result<String, ApiError> {
    let sealed = sealer.seal(secret.as_bytes(), &place(key, field));
    sealed.map(|s| s.as_str().to_owned()).map_err(|error| codes::INTERNAL_ERROR.error().log(error))
}

/// Opens what [`seal`] sealed to the same place.
///
/// # Errors
/// Where it was sealed with another key, or to another place.
pub(crate) fn open(sealer: &Sealer, key: &str, field: &str, sealed: &str) -> Result<String, SealError> {
    let secret = sealer.open(&Sealed::from_stored(sealed), &place(key, field))?;
    secret.expose_str().map(str::to_owned).ok_or(SealError::Malformed)
}

/// The secret of an access key.
///
/// # Errors
/// Where it was sealed with another key, or moved.
pub(crate) fn access_key_secret(sealer: &Sealer, account: &AccountId, key: &AccessKey) -> Result<String, SealError> {
    open(sealer, &key.key(account), ACCESS_KEY_FIELD, &key.sealed_secret)
}

/// A hash of a login profile: of the password in force, or of a former one.
///
/// # Errors
/// Where it was sealed with another key, or moved.
pub(crate) fn password_hash(
    sealer: &Sealer,
    account: &AccountId,
    profile: &LoginProfile,
    sealed: &str,
) -> Result<String, SealError> {
    open(sealer, &profile.key(account), PASSWORD_FIELD, sealed)
}

/// The seed of an MFA device, in base32.
///
/// # Errors
/// Where it was sealed with another key, or moved.
pub(crate) fn mfa_seed(sealer: &Sealer, account: &AccountId, device: &MfaDevice) -> Result<String, SealError> {
    open(sealer, &device.key(account), MFA_SEED_FIELD, &device.sealed_seed)
}

/// What was sealed for the console under no object's key.
///
/// # Errors
/// Where it was sealed with another key, for something else, or altered.
pub(crate) fn console_text(sealer: &Sealer, field: &str, sealed: &str) -> Result<String, SealError> {
    open(sealer, CONSOLE_PLACE, field, sealed)
}

/// The private key of a certificate, in PEM. The data plane's watcher opens it with this.
///
/// # Errors
/// Where it was sealed with another key, or moved.
pub fn certificate_key(sealer: &Sealer, account: &AccountId, certificate: &Certificate) -> Result<String, SealError> {
    open(sealer, &certificate.key(account), CERTIFICATE_FIELD, &certificate.sealed_key)
}

/// The bytes that security tokens are sealed with, in Base64.
///
/// # Errors
/// Where they were sealed with another key, or moved.
pub(crate) fn token_key(sealer: &Sealer, account: &AccountId, key: &TokenKey) -> Result<String, SealError> {
    open(sealer, &key.key(account), TOKEN_KEY_FIELD, &key.sealed_key)
}

/// The field of a token key that is sealed.
pub(crate) const TOKEN_KEY_FIELD: &str = "sealed_key";
/// The field of an access key that is sealed.
pub(crate) const ACCESS_KEY_FIELD: &str = "sealed_secret";
/// The field of a certificate that is sealed.
pub(crate) const CERTIFICATE_FIELD: &str = "sealed_key";
/// The field under which hashes of passwords are sealed, present and former alike: one becomes the other.
pub(crate) const PASSWORD_FIELD: &str = "sealed_hash";
/// The field of an MFA device that is sealed.
pub(crate) const MFA_SEED_FIELD: &str = "sealed_seed";
/// Where texts are sealed to that the console's clients keep.
pub(crate) const CONSOLE_PLACE: &str = "console";
/// The field under which diagnostic messages are sealed to their account.
pub(crate) const DIAGNOSTIC_FIELD: &str = "diagnostic_message";
