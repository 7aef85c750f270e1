//! Handlers of STS.

mod assume_role;
mod session;
mod with_oidc;
mod with_saml;

use crate::caller::Identity;
use crate::dispatch::{Authorized, Dispatcher};
use crate::node::Cx;
use ramgate_api::ApiError;
use ramgate_api::sts::{GetCallerIdentity, GetCallerIdentityResponse};

/// Binds the operations.
pub(crate) fn bind(dispatcher: Dispatcher) -> Dispatcher {
    dispatcher
        .on(get_caller_identity)
        .on(assume_role::assume_role)
        .on(with_oidc::assume_role)
        .on(with_saml::assume_role)
}

async fn get_caller_identity(
    _: Cx,
    call: Authorized<GetCallerIdentity>,
) -> Result<GetCallerIdentityResponse, ApiError> {
    let caller = &call.caller;
    let identity_type = match caller.identity {
        Identity::Root => "Account",
        Identity::User(_) => "RAMUser",
        Identity::Role(_) | Identity::Anonymous => "AssumedRoleUser",
    };
    Ok(GetCallerIdentityResponse {
        identity_type: identity_type.to_owned(),
        account_id: caller.account_id.to_string(),
        arn: caller.arn(),
        user_id: caller.session().is_none().then(|| caller.id()),
        role_id: caller.session().map(|session| session.role.id.to_string()),
        principal_id: caller.id(),
    })
}
