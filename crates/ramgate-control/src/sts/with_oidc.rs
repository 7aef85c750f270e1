//! AssumeRoleWithOIDC. Anyone may ask: the token is the proof, and the trust policy of the role decides alone.

use super::session;
use crate::clock::iso8601;
use crate::dispatch::Authorized;
use crate::federation::oidc::{self, Claims, TokenError};
use crate::node::Cx;
use crate::sessions::{self, Grant, Link, ProviderKind};
use ramgate_api::ApiError;
use ramgate_api::sts::{AssumeRoleWithOIDC, AssumeRoleWithOIDCResponse, OIDCTokenInfo, errors};
use ramgate_model::{AccountId, Arn, OidcProvider, Resource};
use std::error::Error;

pub(super) async fn assume_role(
    cx: Cx,
    call: Authorized<AssumeRoleWithOIDC>,
) -> Result<AssumeRoleWithOIDCResponse, ApiError> {
    let request = call.request;
    let policy = session::policy(request.policy)?;
    // Which providers there are is not for everyone to learn: one that is not there vouches for nobody.
    let unknown = || errors::OIDC_TOKEN_INVALID.error();
    let (provider_account, provider) = find(&cx, &request.oidc_provider_arn).ok_or_else(unknown)?;
    let verified = oidc::verify(&cx.node, &provider_account, &provider, request.oidc_token.expose(), cx.now()).await;
    let claims = verified.map_err(|error| refusal(&provider, &error))?;

    let arn = provider.arn(&provider_account);
    let facts = [
        ("oidc:iss", std::slice::from_ref(&claims.issuer)),
        ("oidc:sub", std::slice::from_ref(&claims.subject)),
        ("oidc:aud", claims.audience.as_slice()),
    ];
    let (account_id, role) = session::trusting_role(&cx, &request.role_arn, &arn, &facts)?;
    let seconds = session::seconds(request.duration_seconds, &role)?;
    let vouched = Link::Provider {
        account_id: provider_account,
        kind: ProviderKind::Oidc,
        name: provider.id(),
        uid: provider.uid.clone(),
    };
    let chain = vec![vouched, Link::Role { account_id: account_id.clone(), role_id: role.id.clone() }];
    let name = request.role_session_name;
    let assumed_role_user = session::user(&account_id, &role, &name);
    let issued =
        sessions::issue(&cx, &account_id, Grant { chain, name, policy, source_identity: None, seconds }).await?;
    Ok(AssumeRoleWithOIDCResponse {
        assumed_role_user,
        credentials: session::credentials(issued),
        oidc_token_info: info(claims),
    })
}

/// The provider of this resource name, and its account.
fn find(cx: &Cx, arn: &str) -> Option<(AccountId, OidcProvider)> {
    let arn: Arn = arn.parse().ok()?;
    let account_id = AccountId::from(arn.account.as_str());
    let name = arn.relative_id.strip_prefix("oidc-provider/")?.to_ascii_lowercase();
    let provider = cx.state.account(&account_id)?.get::<OidcProvider>(&name)?;
    Some((account_id, provider.value.clone()))
}

/// Why a token is refused. Until its signature holds, the answer is the same for all reasons, and for providers that are
/// not there; the log has the reason.
fn refusal(provider: &OidcProvider, error: &TokenError) -> ApiError {
    let mut chain = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        chain = format!("{chain}: {cause}");
        source = cause.source();
    }
    match error {
        TokenError::Keys(_) => {
            tracing::warn!(
                provider = provider.name,
                issuer = provider.issuer_url,
                error = chain,
                "no keys of an issuer"
            );
            errors::OIDC_TOKEN_INVALID.error().log(chain)
        }
        TokenError::Claims(claim) if claim.is_expired() => errors::OIDC_TOKEN_EXPIRED.error().log(chain),
        TokenError::Claims(claim) => {
            errors::OIDC_TOKEN_INVALID.with(format!("The OIDC token is not accepted: {claim}.")).log(chain)
        }
        _ => errors::OIDC_TOKEN_INVALID.error().log(chain),
    }
}

fn info(claims: Claims) -> OIDCTokenInfo {
    OIDCTokenInfo {
        client_ids: claims.audience.join(","),
        expiration_time: iso8601(claims.expires_at * 1000),
        issuance_time: iso8601(claims.issued_at * 1000),
        issuer: claims.issuer,
        subject: claims.subject,
        verification_info: "Success".to_owned(),
    }
}
