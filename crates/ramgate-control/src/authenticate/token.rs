//! Temporary credentials: an access key that begins with `STS.`, and the security token that it goes with.

use crate::caller::{Caller, Credential, Identity};
use crate::error::signature_error;
use crate::node::Node;
use crate::state::State;
use ramgate_api::ApiError;
use ramgate_model::Timestamp;
use ramgate_signing::{Presented, SignatureError, TokenProblem, UnixTime, Verified, WireRequest};

/// Whether a request claims to be signed with temporary credentials.
pub(super) fn is_temporary(presented: &Presented) -> bool {
    presented.access_key_id.as_deref().is_some_and(|id| id.starts_with("STS."))
}

/// Checks time, token, signature, nonce, and that the session is alive, in that order: only whoever can sign learns how the
/// session has ended.
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
    let problem = |problem| signature_error(&SignatureError::Token(problem));
    let seconds = UnixTime::from_secs(now.div_euclid(1000));
    ramgate_signing::check_time(presented, seconds, &node.config.signatures).map_err(|e| signature_error(&e))?;
    let missing = SignatureError::Missing { code: "MissingSecurityToken", name: "SecurityToken" };
    let token = presented.security_token.as_ref().ok_or_else(|| signature_error(&missing))?;
    let opened = node.sessions.open(node, state, token).map_err(problem)?;
    if presented.access_key_id.as_deref() != Some(&opened.access_key_id) {
        return Err(problem(TokenProblem::MismatchWithAccessKey));
    }
    if now >= opened.expires_at {
        return Err(problem(TokenProblem::Expired));
    }
    let verified = ramgate_signing::verify(request, presented, &opened.secret, seconds, &node.config.signatures)
        .map_err(|e| signature_error(&e))?;
    node.replay.check(&opened.access_key_id, &verified.replay_nonce, seconds).map_err(|e| signature_error(&e))?;
    let session = opened.session(state)?;
    let credential = Credential::AccessKey(opened.access_key_id.clone());
    Ok((Caller { account_id: opened.account_id.clone(), identity: Identity::Role(session), credential }, verified))
}
