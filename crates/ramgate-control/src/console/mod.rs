//! The console's logon service: JSON endpoints on the management port that make, show and end sessions. With a session,
//! operations are called as with a signature; see [`authenticate`].
//!
//! ```text
//! POST /console/api/logon      name and password              -> the next step, or a session
//! POST /console/api/logon/mfa  ticket and one-time code(s)    -> the next step, or a session
//! POST /console/api/password   ticket and new password        -> a session
//! GET  /console/api/session    cookie                         -> who is logged on, with the token for calls
//! POST /console/api/logout     cookie and token               -> nothing
//! ```
//!
//! Not for: pages (they are clients of this), or what users may do (their policies say so, as for any caller).

mod cookies;
pub(crate) mod domain;
pub(crate) mod limits;
mod origin;
mod record;
mod sessions;
mod steps;
mod ticket;

pub(crate) use sessions::{authenticate, presented, sweep};

use crate::clock::iso8601;
use crate::dispatch::{Answer, RawRequest};
use crate::identities::LogonNames;
use crate::logon::settings;
use crate::node::Node;
use cookies::Cookie;
use ramgate_api::console::codes;
use ramgate_api::{ApiError, Secret};
use ramgate_model::{AccountId, ConsoleSession, PasswordPolicy, Timestamp, User};
use record::Attempt;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use sessions::Open;
use std::sync::Arc;
use steps::{Begun, Reached, Steps};

/// Where the endpoints are.
pub(crate) const PREFIX: &str = "/console/api/";

/// An answer with the cookies it sets.
pub(crate) struct Reply {
    pub(crate) answer: Answer,
    /// `Set-Cookie` headers.
    pub(crate) cookies: Vec<String>,
}

/// What an endpoint came to.
#[derive(Default)]
struct Done {
    body: Map<String, Value>,
    cookies: Vec<String>,
    /// The code in the audit record.
    code: &'static str,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct LogonRequest {
    login_name: String,
    password: Secret,
    #[serde(default)]
    authentication_code: Option<Secret>,
    #[serde(default, rename = "RememberMFA")]
    remember: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct MfaRequest {
    ticket: Secret,
    #[serde(default)]
    authentication_code: Option<Secret>,
    #[serde(default)]
    authentication_code1: Option<Secret>,
    #[serde(default)]
    authentication_code2: Option<Secret>,
    #[serde(default, rename = "RememberMFA")]
    remember: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct PasswordRequest {
    ticket: Secret,
    new_password: Secret,
}

/// Answers a request below [`PREFIX`]. What has begun is finished also where the client goes away.
pub(crate) async fn answer(node: &Arc<Node>, request: RawRequest) -> Reply {
    let work = {
        let node = node.clone();
        tokio::spawn(async move { answer_now(&node, &request).await })
    };
    match work.await {
        Ok(reply) => reply,
        Err(failure) => {
            tracing::error!(error = %failure, "a console request did not end");
            let attempt = Attempt::new(node, "", "");
            refusal(attempt, &ramgate_api::codes::INTERNAL_ERROR.error(), "")
        }
    }
}

/// Answers a request that could not be read.
pub(crate) fn refuse(node: &Node, error: &ApiError) -> Reply {
    refusal(Attempt::new(node, "", ""), error, "")
}

async fn answer_now(node: &Node, request: &RawRequest) -> Reply {
    let path = request.target.split('?').next().unwrap_or_default();
    let endpoint = path.strip_prefix(PREFIX).unwrap_or_default();
    let (operation, step) = match endpoint {
        "logon" => ("ConsoleLogon", "Password"),
        "logon/mfa" => ("ConsoleLogon", "AuthenticationCode"),
        "password" => ("ConsoleLogon", "NewPassword"),
        "logout" => ("ConsoleLogout", ""),
        "session" => ("ConsoleSession", ""),
        _ => ("", ""),
    };
    let mut attempt = Attempt::new(node, operation, step);
    let outcome = match (request.method.as_str(), endpoint) {
        ("POST", "logon" | "logon/mfa" | "password") => logon(node, request, &mut attempt, endpoint).await,
        ("POST", "logout") => logout(node, request, &mut attempt).await,
        ("GET", "session") => return finish(attempt, request, session(node, request)),
        (_, _) if operation.is_empty() => return finish(attempt, request, Err(codes::ENDPOINT_NOT_FOUND.error())),
        _ => return finish(attempt, request, Err(codes::METHOD_NOT_ALLOWED.error())),
    };
    let recorded = attempt.close(node, request, outcome.as_ref().map(|done| done.code)).await;
    let outcome = recorded.and(outcome);
    finish(attempt, request, outcome)
}

async fn logon(node: &Node, request: &RawRequest, attempt: &mut Attempt, endpoint: &str) -> Result<Done, ApiError> {
    origin::check(request)?;
    let mut steps = Steps { node, request, attempt };
    let reached = match endpoint {
        "logon" => {
            let body: LogonRequest = body(request)?;
            let code = body.authentication_code.as_ref().map(Secret::expose).filter(|code| !code.is_empty());
            steps.password(&body.login_name, &body.password, code, body.remember).await?
        }
        "logon/mfa" => {
            let body: MfaRequest = body(request)?;
            let given = [&body.authentication_code, &body.authentication_code1, &body.authentication_code2];
            match given.map(|code| code.as_ref().map(Secret::expose)) {
                [Some(code), None, None] => steps.code(body.ticket.expose(), code, body.remember).await?,
                [None, Some(first), Some(second)] => {
                    steps.device(body.ticket.expose(), [first, second], body.remember).await?
                }
                _ => {
                    let text =
                        "Either `AuthenticationCode` is given, or `AuthenticationCode1` and `AuthenticationCode2`.";
                    return Err(ramgate_api::codes::INVALID_PARAMETER.with(text));
                }
            }
        }
        _ => {
            let body: PasswordRequest = body(request)?;
            steps.new_password(body.ticket.expose(), &body.new_password).await?
        }
    };
    Ok(shown(node, request, attempt, reached))
}

/// A step as the client sees it.
fn shown(node: &Node, request: &RawRequest, attempt: &Attempt, reached: Reached) -> Done {
    let mut done = Done { code: reached.name(), ..Done::default() };
    done.body.insert("Step".to_owned(), reached.name().into());
    match reached {
        Reached::Code { ticket } => {
            done.body.insert("Ticket".to_owned(), ticket.into());
        }
        Reached::Device { ticket, device } => {
            done.body.insert("Ticket".to_owned(), ticket.into());
            done.body.insert("VirtualMFADevice".to_owned(), serde_json::to_value(device).unwrap_or_default());
        }
        Reached::Password { ticket } => {
            let state = node.feed.state();
            let account = attempt.account_id.as_ref().and_then(|id| state.account(id)).cloned().unwrap_or_default();
            done.body.insert("Ticket".to_owned(), ticket.into());
            done.body.insert("PasswordPolicy".to_owned(), rules(&settings::password_policy(&account)));
        }
        Reached::Session(begun) => {
            let Begun { account_id, user, session, secret, remembered } = *begun;
            let seconds = (session.expires_at - session.created_at) / 1000;
            done.cookies.push(Cookie::Session.set(request.secure, &secret, seconds));
            if let Some(remembered) = remembered {
                let seconds = sessions::REMEMBERED_FOR / 1000;
                done.cookies.push(Cookie::Remembered.set(request.secure, &remembered, seconds));
            }
            let token = sessions::csrf_token(&secret);
            done.body
                .insert("Session".to_owned(), view(node, &account_id, &user, &session, session.expires_at, &token));
        }
    }
    done
}

/// What a new password must be like, for whoever has to choose one.
fn rules(policy: &PasswordPolicy) -> Value {
    json!({
        "MinimumPasswordLength": policy.minimum_length,
        "MinimumPasswordDifferentCharacter": policy.minimum_different_characters,
        "RequireLowercaseCharacters": policy.require_lowercase,
        "RequireUppercaseCharacters": policy.require_uppercase,
        "RequireNumbers": policy.require_numbers,
        "RequireSymbols": policy.require_symbols,
        "PasswordNotContainUserName": policy.not_contain_user_name,
        "PasswordReusePrevention": policy.reuse_prevention.max(1),
    })
}

/// The full logon name of a user.
fn principal_name(node: &Node, account_id: &AccountId, user: &User) -> String {
    let account = node.feed.state().account(account_id).cloned().unwrap_or_default();
    LogonNames::new(account_id, &node.config.logon_domain_suffix).logon_name(&account, &user.name)
}

fn view(
    node: &Node,
    account_id: &AccountId,
    user: &User,
    session: &ConsoleSession,
    expires_at: Timestamp,
    csrf_token: &str,
) -> Value {
    json!({
        "AccountId": account_id.as_str(),
        "UserId": user.id.as_str(),
        "UserName": user.name,
        "DisplayName": user.display_name,
        "UserPrincipalName": principal_name(node, account_id, user),
        "Arn": format!("acs:ram::{account_id}:user/{}", user.name),
        "MFAPresent": session.mfa,
        "CreateDate": iso8601(session.created_at),
        "ExpireDate": iso8601(expires_at),
        "CsrfToken": csrf_token,
    })
}

fn session(node: &Node, request: &RawRequest) -> Result<Done, ApiError> {
    origin::check(request)?;
    let Open { account_id, user, session, expires_at, csrf_token } =
        sessions::open(&node.feed.state(), request, node.clock.now())?;
    let mut done = Done::default();
    done.body.insert("Session".to_owned(), view(node, &account_id, &user, &session, expires_at, &csrf_token));
    Ok(done)
}

async fn logout(node: &Node, request: &RawRequest, attempt: &mut Attempt) -> Result<Done, ApiError> {
    let open = sessions::open_to_act(&node.feed.state(), request, attempt.now)?;
    attempt.account_id = Some(open.account_id.clone());
    attempt.user = Some(open.user.value.clone());
    attempt.mfa = open.session.mfa;
    attempt.open(node, request).await?;
    let ended = node.transact(&open.account_id, |tx| tx.clear::<ConsoleSession>(&open.session.digest));
    let ((), revision) = ended.await?;
    attempt.changed = Some(revision.0);
    Ok(Done { cookies: vec![Cookie::Session.remove(request.secure)], code: "OK", ..Done::default() })
}

/// The JSON body of a request. Forms of other sites cannot send one.
fn body<T: DeserializeOwned>(request: &RawRequest) -> Result<T, ApiError> {
    let malformed = |text: &str| ramgate_api::codes::MALFORMED_BODY.with(text);
    let kind = request.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    let kind = kind.map(|(_, value)| String::from_utf8_lossy(value).to_ascii_lowercase()).unwrap_or_default();
    if kind.split(';').next().map(str::trim) != Some("application/json") {
        return Err(malformed("The request body must be JSON, with the content type application/json."));
    }
    // The reader's message could repeat what it read.
    serde_json::from_slice(&request.body).map_err(|_| malformed("The request body is not what this endpoint takes."))
}

fn finish(attempt: Attempt, request: &RawRequest, outcome: Result<Done, ApiError>) -> Reply {
    match outcome {
        Ok(Done { mut body, cookies, .. }) => {
            body.insert("RequestId".to_owned(), attempt.request_id.as_str().into());
            Reply { answer: answered(attempt, 200, Value::Object(body)), cookies }
        }
        Err(error) => {
            let host = request.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("host"));
            let host = host.map(|(_, value)| String::from_utf8_lossy(value).into_owned()).unwrap_or_default();
            refusal(attempt, &error, &host)
        }
    }
}

fn refusal(attempt: Attempt, error: &ApiError, host: &str) -> Reply {
    if error.status >= 500 {
        tracing::error!(code = error.code, detail = %error.log, "a console request failed");
    }
    let body = json!({
        "RequestId": attempt.request_id, "HostId": host, "Code": error.code, "Message": error.message,
    });
    Reply { answer: answered(attempt, error.status, body), cookies: Vec::new() }
}

fn answered(attempt: Attempt, status: u16, body: Value) -> Answer {
    Answer {
        product: record::PRODUCT,
        operation: attempt.operation,
        elapsed: attempt.started.elapsed(),
        status,
        request_id: attempt.request_id,
        body,
    }
}
