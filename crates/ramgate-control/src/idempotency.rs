//! Client tokens: a call repeated with the same token and parameters answers what the first one answered, for a day.
//!
//! The token is claimed before the call acts and completed after it, so of two calls at the same time one waits outside. A
//! call that fails gives its token back. A claim whose process died is free again after ten minutes.

use crate::caller::Caller;
use crate::node::{Cx, Node};
use crate::state::ClientToken;
use ramgate_api::{ApiError, ErrorCode};
use ramgate_model::{AccountId, Timestamp};
use ring::digest;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// How long an answer is kept.
const KEPT_MS: i64 = 24 * 60 * 60 * 1000;
/// How long a claim without an answer holds.
const CLAIM_MS: i64 = 10 * 60 * 1000;
/// Tokens removed in one transaction of a sweep.
const AT_ONCE: usize = 100;

/// Parameters that say who calls and how, not what is asked.
const SIGNING: &[&str] = &[
    "AccessKeyId",
    "Action",
    "Format",
    "SecurityToken",
    "Signature",
    "SignatureMethod",
    "SignatureNonce",
    "SignatureType",
    "SignatureVersion",
    "Timestamp",
    "Version",
];

/// The token came back with other parameters.
static MISMATCH: ErrorCode =
    ErrorCode::new("IdempotentParameterMismatch", 400, "The client token was used with other parameters.");
/// The first call with the token has not ended.
static PROCESSING: ErrorCode =
    ErrorCode::new("IdempotentProcessing", 409, "The first call with this client token is still being carried out.");

fn hex(bytes: &[u8]) -> String {
    digest::digest(&digest::SHA256, bytes).as_ref().iter().map(|b| format!("{b:02x}")).collect()
}

/// Runs `act` once for each token. Without a token it just runs.
///
/// # Errors
/// What `act` answers, or that the token is in use or was used otherwise.
pub(crate) async fn once<T, Fut>(
    cx: &Cx,
    caller: &Caller,
    operation: &str,
    token: Option<&str>,
    act: impl FnOnce() -> Fut,
) -> Result<T, ApiError>
where
    T: Serialize + DeserializeOwned,
    Fut: Future<Output = Result<T, ApiError>>,
{
    let Some(token) = token.filter(|t| !t.is_empty() && !cx.is_dry_run()) else { return act().await };
    let name = format!("{operation}/{}/{}", caller.id(), hex(token.as_bytes()));
    let parameters = hex(asked(cx.parameters()).to_string().as_bytes());
    if let Some(answered) = claim(cx, &name, &parameters).await? {
        let answered: (T,) =
            serde_json::from_value(answered).map_err(|e| ramgate_api::codes::INTERNAL_ERROR.error().log(e))?;
        return Ok(answered.0);
    }
    let result = act().await;
    let answer = match &result {
        // In a list of one, so that an answer without content is not taken for a claim without an answer.
        Ok(response) => serde_json::to_value((response,)).ok(),
        Err(_) => None,
    };
    complete(cx, &name, &parameters, answer).await?;
    result
}

/// What is asked, without what every request has anew: RPC signatures of version 1 lie among the parameters.
fn asked(parameters: &Value) -> Value {
    let mut asked = parameters.clone();
    if let Value::Object(fields) = &mut asked {
        fields.retain(|name, _| !SIGNING.contains(&name.as_str()));
    }
    asked
}

/// Claims a token; answers the response where it has one already.
async fn claim(cx: &Cx, name: &str, parameters: &str) -> Result<Option<Value>, ApiError> {
    cx.transact(|tx| {
        let present = tx.account().get::<ClientToken>(name).cloned();
        let claim = ClientToken {
            name: name.to_owned(),
            parameters: parameters.to_owned(),
            response: Value::Null,
            at: cx.now(),
        };
        match present {
            Some(row) if !is_over(&row, cx.now()) => match (&row.response, row.parameters == parameters) {
                (_, false) => Err(MISMATCH.error()),
                (Value::Null, true) => Err(PROCESSING.error()),
                (response, true) => Ok(Some(response.clone())),
            },
            Some(row) => tx.update(&row, &claim).map(|()| None),
            None => tx.create(&claim).map(|()| None),
        }
    })
    .await
}

async fn complete(cx: &Cx, name: &str, parameters: &str, answer: Option<Value>) -> Result<(), ApiError> {
    cx.transact(|tx| {
        let Some(row) = tx.account().get::<ClientToken>(name).cloned() else { return Ok(()) };
        match &answer {
            Some(response) => {
                let (name, parameters) = (name.to_owned(), parameters.to_owned());
                tx.update(&row, &ClientToken { name, parameters, response: response.clone(), at: cx.now() })
            }
            None => tx.delete(&row),
        }
    })
    .await
}

fn is_over(token: &ClientToken, now: Timestamp) -> bool {
    let kept = if token.response.is_null() { CLAIM_MS } else { KEPT_MS };
    token.at + kept <= now
}

/// Forgets tokens whose time is over.
pub(crate) async fn sweep(node: &Node) {
    let now = node.clock.now();
    let accounts: Vec<AccountId> = node.feed.state().accounts().map(|(id, _)| AccountId::from(id)).collect();
    for account_id in accounts {
        loop {
            let swept = node
                .transact(&account_id, |tx| {
                    let over: Vec<_> = tx.account().table::<ClientToken>().iter().cloned().collect();
                    let over: Vec<_> = over.into_iter().filter(|t| is_over(t, now)).take(AT_ONCE).collect();
                    over.iter().try_for_each(|row| tx.delete(row))?;
                    Ok::<_, ApiError>(over.len())
                })
                .await;
            match swept {
                Ok((n, _)) if n == AT_ONCE => {}
                Ok(_) => break,
                Err(error) => {
                    tracing::warn!(%error, "client tokens could not be swept");
                    break;
                }
            }
        }
    }
}
