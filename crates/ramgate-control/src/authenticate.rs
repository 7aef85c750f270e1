//! Who calls: by a signature with an access key, by temporary credentials, by a console session, or by nothing where the
//! operation asks for nothing.

mod access_key;
mod token;

use crate::caller::{Caller, Credential, Identity};
use crate::console;
use crate::dispatch::RawRequest;
use crate::error::signature_error;
use crate::node::Node;
use crate::state::State;
use ramgate_api::{ApiError, OpSpec};
use ramgate_model::Timestamp;
use ramgate_signing::{Parameters, Presented, SchemeKind, SignatureError, Verified, WireRequest, rpc_parameters};

/// A caller, and which parameters of the request it vouches for.
pub(crate) struct Authenticated {
    pub(crate) caller: Caller,
    /// What the signature covers; `None` for credentials that cover the whole connection, and for none.
    verified: Option<Verified>,
}

impl Authenticated {
    /// The parameters of an RPC request, as far as the caller vouches for them.
    ///
    /// # Errors
    /// Parameters that cannot be read, or that came beside what was signed.
    pub(crate) fn rpc_parameters(&self, request: &WireRequest<'_>) -> Result<Parameters, SignatureError> {
        match &self.verified {
            Some(verified) => verified.rpc_parameters(request),
            None => rpc_parameters(request),
        }
    }
}

/// Tells who calls.
///
/// # Errors
/// The first check that fails.
pub(crate) fn authenticate(
    node: &Node,
    state: &State,
    raw: &RawRequest,
    request: &WireRequest<'_>,
    presented: &Presented,
    spec: &OpSpec,
    now: Timestamp,
) -> Result<Authenticated, ApiError> {
    if spec.anonymous {
        // Whatever is signed beside it proves nothing that the operation asks for.
        let account_id = node.config.account_id.clone();
        let caller = Caller { account_id, identity: Identity::Anonymous, credential: Credential::None };
        return Ok(Authenticated { caller, verified: None });
    }
    if presented.scheme.kind() == SchemeKind::Anonymous {
        if console::presented(raw) {
            return Ok(Authenticated { caller: console::authenticate(state, raw, now)?, verified: None });
        }
        return Err(signature_error(&SignatureError::NotSigned));
    }
    let by = if token::is_temporary(presented) { token::authenticate } else { access_key::authenticate };
    let (caller, verified) = by(node, state, request, presented, now)?;
    Ok(Authenticated { caller, verified: Some(verified) })
}
