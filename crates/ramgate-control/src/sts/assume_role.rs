//! AssumeRole. That the caller may, and that the role trusts it, was decided before.

use super::session;
use crate::caller::{Caller, Identity};
use crate::dispatch::Authorized;
use crate::node::Cx;
use crate::sessions::{self, Grant, Link, MAX_CHAIN};
use ramgate_api::ApiError;
use ramgate_api::sts::{AssumeRole, AssumeRoleResponse, errors};

pub(super) async fn assume_role(cx: Cx, call: Authorized<AssumeRole>) -> Result<AssumeRoleResponse, ApiError> {
    let Authorized { request, caller, .. } = call;
    let (account_id, role) = session::role(&cx, &request.role_arn)?;
    let seconds = session::seconds(request.duration_seconds, &role)?;
    let policy = session::policy(request.policy)?;
    let source_identity = source_identity(&caller, request.source_identity)?;
    let mut chain = began_by(&caller)?;
    chain.push(Link::Role { account_id: account_id.clone(), role_id: role.id.clone() });
    if chain.len() > MAX_CHAIN {
        return Err(errors::CHAIN_TOO_LONG.error());
    }
    let name = request.role_session_name;
    let assumed_role_user = session::user(&account_id, &role, &name);
    let grant = Grant { chain, name, policy, source_identity: source_identity.clone(), seconds };
    let issued = sessions::issue(&cx, &account_id, grant).await?;
    Ok(AssumeRoleResponse { assumed_role_user, credentials: session::credentials(issued), source_identity })
}

/// What the session carries already stays; only a session that carries none takes one.
fn source_identity(caller: &Caller, asked: Option<String>) -> Result<Option<String>, ApiError> {
    let asked = asked.filter(|text| !text.is_empty());
    let carried = caller.session().and_then(|session| session.source_identity.clone());
    match (carried, asked) {
        (Some(carried), Some(asked)) if carried != asked => Err(errors::SOURCE_IDENTITY_FIXED.error()),
        (Some(carried), _) => Ok(Some(carried)),
        (None, asked) => Ok(asked),
    }
}

/// The way to the caller.
fn began_by(caller: &Caller) -> Result<Vec<Link>, ApiError> {
    match &caller.identity {
        Identity::User(user) => {
            Ok(vec![Link::User { account_id: caller.account_id.clone(), user_id: user.id.clone() }])
        }
        Identity::Role(session) => Ok(session.chain.clone()),
        Identity::Root => Err(errors::ROOT_MAY_NOT_ASSUME.error()),
        Identity::Anonymous => Err(errors::NO_PERMISSION.error()),
    }
}
