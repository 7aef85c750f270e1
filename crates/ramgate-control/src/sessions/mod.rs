//! Sessions of roles: temporary credentials, the security tokens that carry them, and whether a session is still alive.
//!
//! Nothing of a session is stored. All of it is in its security token, sealed with a key of the role's account (see
//! [`token`] for the form, [`keys`] for the keys and their turns). What can end a session before its time is looked at
//! whenever it is used, see [`live`]; what its role may do is decided at use, like for any other principal.

mod keys;
mod live;
mod token;

pub(crate) use live::{Link, ProviderKind, trusted_caller};
pub(crate) use token::Claims;

use crate::caller::RoleSession;
use crate::node::{Cx, Node};
use crate::state::{AccountState, Row, State};
use ramgate_api::{ApiError, codes};
use ramgate_model::{AccountId, Arn, Role, Timestamp};
use ramgate_policy::{Document, DocumentKind};
use ramgate_signing::{SecretKey, SecurityToken, TokenProblem};
use ramgate_store::Revision;
use ring::digest::{SHA256, digest};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// Longest chain of roles assumed one out of the other, whoever began it included.
pub(crate) const MAX_CHAIN: usize = 16;
/// How many opened tokens are kept.
const MAX_KEPT: usize = 10_000;

/// What a session is to be.
pub(crate) struct Grant {
    /// From whoever began to the role of the session, which comes last.
    pub(crate) chain: Vec<Link>,
    pub(crate) name: String,
    /// The text of the session policy, checked before.
    pub(crate) policy: Option<String>,
    pub(crate) source_identity: Option<String>,
    pub(crate) seconds: u32,
}

/// Temporary credentials as they are handed out.
pub(crate) struct Issued {
    pub(crate) access_key_id: String,
    pub(crate) secret: String,
    pub(crate) token: String,
    pub(crate) expires_at: Timestamp,
}

/// Makes temporary credentials. `account_id` is the account of the session's role.
///
/// # Errors
/// Where a new token key cannot be stored.
pub(crate) async fn issue(cx: &Cx, account_id: &AccountId, grant: Grant) -> Result<Issued, ApiError> {
    let key = keys::current(&cx.node, account_id).await?;
    let claims = Claims {
        access_key_id: cx.ids().temporary_access_key().to_string(),
        secret: cx.ids().temporary_access_key_secret(),
        name: grant.name,
        policy: grant.policy,
        source_identity: grant.source_identity,
        expires_at: cx.now() + i64::from(grant.seconds) * 1000,
        chain: grant.chain,
    };
    let token = token::seal(&key, account_id, &claims, cx.ids().bytes())?;
    let Claims { access_key_id, secret, expires_at, .. } = claims;
    Ok(Issued { access_key_id, secret, token, expires_at })
}

/// Tokens opened lately.
#[derive(Default)]
pub(crate) struct Sessions {
    kept: RwLock<HashMap<[u8; 32], Arc<Opened>>>,
}

/// An opened token.
pub(crate) struct Opened {
    pub(crate) account_id: AccountId,
    pub(crate) access_key_id: String,
    pub(crate) secret: SecretKey,
    pub(crate) expires_at: Timestamp,
    claims: Claims,
    policy: Option<Arc<Document>>,
    /// The session as it was found alive, and as of what.
    alive: Mutex<Option<(AsOf, Arc<RoleSession>)>>,
}

/// The accounts on the way to a session, each with the last revision that could have ended it.
type AsOf = Vec<(AccountId, Revision)>;

impl Sessions {
    /// Opens a token. Says nothing yet about whether the session has ended.
    ///
    /// # Errors
    /// [`TokenProblem::Malformed`] for everything that no key of this installation has sealed.
    pub(crate) fn open(&self, node: &Node, state: &State, token: &SecurityToken) -> Result<Arc<Opened>, TokenProblem> {
        let mut hash = [0; 32];
        hash.copy_from_slice(digest(&SHA256, token.expose().as_bytes()).as_ref());
        if let Some(opened) = self.kept.read().unwrap_or_else(PoisonError::into_inner).get(&hash) {
            return Ok(opened.clone());
        }
        let opened = Arc::new(open(node, state, token.expose()).ok_or(TokenProblem::Malformed)?);
        let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MAX_KEPT {
            let now = node.clock.now();
            kept.retain(|_, opened| opened.expires_at > now);
            if kept.len() >= MAX_KEPT {
                kept.clear();
            }
        }
        kept.insert(hash, opened.clone());
        Ok(opened)
    }
}

fn open(node: &Node, state: &State, text: &str) -> Option<Opened> {
    let sealed = token::Token::parse(text)?;
    let account_id = AccountId::from(sealed.account_id());
    let key = keys::find(node, state.account(&account_id)?, &account_id, &sealed.key_id())?;
    let claims = sealed.open(&key)?;
    let policy = match &claims.policy {
        // Checked when the session was made. What this version cannot read any more must not widen the session.
        Some(text) => Some(Arc::new(Document::parse_stored_as(text, DocumentKind::Session).ok()?)),
        None => None,
    };
    Some(Opened {
        account_id,
        access_key_id: claims.access_key_id.clone(),
        secret: SecretKey::new(claims.secret.clone()),
        expires_at: claims.expires_at,
        claims,
        policy,
        alive: Mutex::default(),
    })
}

impl Opened {
    /// The session, where it is still alive.
    ///
    /// # Errors
    /// `InvalidSecurityToken` where somebody on its way was removed or lost the trust.
    pub(crate) fn session(&self, state: &State) -> Result<Arc<RoleSession>, ApiError> {
        let as_of: AsOf = self.claims.chain.iter().map(|link| seen(state, link)).collect();
        let mut alive = self.alive.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, session)) = &*alive
            && *at == as_of
        {
            return Ok(session.clone());
        }
        let found = live::follow(state, &self.claims.chain).map_err(|ended| {
            let text = format!("Specified SecurityToken is not accepted: {ended}.");
            codes::INVALID_SECURITY_TOKEN.with(text)
        })?;
        let session = Arc::new(RoleSession {
            role: found.role,
            name: self.claims.name.clone(),
            policy: self.policy.clone(),
            source_identity: self.claims.source_identity.clone(),
            provider: found.provider,
            chain: self.claims.chain.clone(),
            expires_at: self.expires_at,
        });
        *alive = Some((as_of, session.clone()));
        Ok(session)
    }
}

/// The account of a link, and the last revision there that could have ended a session.
fn seen(state: &State, link: &Link) -> (AccountId, Revision) {
    let account_id = link.account_id().clone();
    let revision = state.account(&account_id).map(|account| account.authority()).unwrap_or_default();
    (account_id, revision)
}

/// The role that a resource name means, and its account.
pub(crate) fn role_of_arn(state: &State, arn: &Arn) -> Option<(AccountId, Arc<Row<Role>>)> {
    let account_id = AccountId::from(arn.account.as_str());
    let account: &AccountState = state.account(&account_id)?;
    let role = crate::ram::find_role(account, arn.relative_id.strip_prefix("role/")?)?.clone();
    Some((account_id, role))
}
