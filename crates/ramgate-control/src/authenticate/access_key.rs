//! Who signed a request, and that nobody has sent it before.

use crate::caller::{Caller, Credential, Identity};
use crate::error::signature_error;
use crate::identities::idle;
use crate::node::Node;
use crate::secrets;
use crate::state::State;
use ramgate_api::{ApiError, codes};
use ramgate_model::{AccessKey, AccessKeyStatus, KeyOwner, Timestamp, User};
use ramgate_signing::{Presented, SecretKey, SignatureError, TokenProblem, UnixTime, Verified, WireRequest};

/// Checks key, time, token, signature and nonce, in that order.
///
/// # Errors
/// The first check that fails.
pub(super) fn authenticate(
    node: &Node,
    state: &State,
    request: &WireRequest<'_>,
    presented: &Presented,
    now: Timestamp,
) -> Result<(Caller, Verified), ApiError> {
    let access_key_id =
        presented.access_key_id.as_deref().ok_or_else(|| signature_error(&SignatureError::NotSigned))?;
    let unknown = || signature_error(&SignatureError::AccessKeyNotFound);
    let account_id = state.account_of_key(access_key_id).ok_or_else(unknown)?;
    let account = state.account(account_id).ok_or_else(unknown)?;
    let key = account.get::<AccessKey>(access_key_id).ok_or_else(unknown)?;
    if key.status != AccessKeyStatus::Active || idle::is_idle(node, account, key, now) {
        return Err(signature_error(&SignatureError::AccessKeyInactive));
    }
    let identity = match &key.owner {
        KeyOwner::Root => Identity::Root,
        KeyOwner::User { user_id } => {
            Identity::User(account.get::<User>(user_id.as_str()).ok_or_else(unknown)?.clone())
        }
    };
    let now = UnixTime::from_secs(now.div_euclid(1000));
    ramgate_signing::check_time(presented, now, &node.config.signatures).map_err(|e| signature_error(&e))?;
    if presented.security_token.is_some() {
        // A long-term key has no token; only temporary credentials do.
        return Err(signature_error(&SignatureError::Token(TokenProblem::MismatchWithAccessKey)));
    }
    let secret = open_secret(node, key, account_id)?;
    let verified = ramgate_signing::verify(request, presented, &secret, now, &node.config.signatures)
        .map_err(|e| signature_error(&e))?;
    node.replay.check(access_key_id, &verified.replay_nonce, now).map_err(|e| signature_error(&e))?;
    let credential = Credential::AccessKey(access_key_id.to_owned());
    let caller = Caller { account_id: account_id.clone(), identity, credential };
    Ok((caller, verified))
}

/// Opens a key's secret, which is sealed to its place in the store.
fn open_secret(node: &Node, key: &AccessKey, account_id: &ramgate_model::AccountId) -> Result<SecretKey, ApiError> {
    let opened = secrets::access_key_secret(&node.sealer, account_id, key);
    let secret = opened.map_err(|error| codes::INTERNAL_ERROR.error().log(error))?;
    Ok(SecretKey::new(secret))
}
