//! Temporary credentials in use: what is accepted, what ends them, and that nobody can make them up.

use crate::client::{Client, Request, Scheme, version};
use crate::context::{ACCOUNT, TestContext, TestUser, allow, trust};
use ramgate_audit::Filter;
use serde_json::Value;

const ANYONE: &str = "acs:ram::1000000000000001:root";
const HOUR: i64 = 3_600_000;

/// A user who may assume every role, and a role that whoever may can assume and that may list users.
async fn world(cx: &TestContext) -> (TestUser, String) {
    let role = cx.role("ops", trust(&[ANYONE])).await;
    cx.grant_role("ops", allow(&["ram:ListUsers", "apig:*"], &["*"])).await;
    (cx.user_with_policy(allow(&["sts:AssumeRole"], &["*"])).await, role)
}

fn token(answer: &Value) -> String {
    answer["Credentials"]["SecurityToken"].as_str().unwrap().to_owned()
}

/// A client with the key of an answer and without its token.
fn without_token(cx: &TestContext, answer: &Value) -> Client {
    let text = |field: &str| answer["Credentials"][field].as_str().unwrap().to_owned();
    cx.client(&text("AccessKeyId"), &text("AccessKeySecret"))
}

#[tokio::test]
async fn temporary_credentials_sign_in_every_scheme() {
    let cx = TestContext::start().await;
    let (user, role) = world(&cx).await;
    let session = cx.session(&user.assume(&role, &[]).await.ok());
    for scheme in [Scheme::V3, Scheme::RpcV1] {
        session.signing(scheme).ram("ListUsers", &[]).await.ok();
    }
    let old = session.signing(Scheme::RoaV1);
    let list = Request { method: "GET", path: "/v1/gateways", version: version::APIG, ..Request::new() };
    old.send(&list).await.ok();
    for scheme in [Scheme::V3, Scheme::RpcV1] {
        let forged = session.signing(scheme).with_secret("testsecret").ram("ListUsers", &[]).await;
        forged.refused(400, "SignatureDoesNotMatch");
    }
}

#[tokio::test]
async fn key_and_token_go_together() {
    let cx = TestContext::start().await;
    let (user, role) = world(&cx).await;
    let (first, second) = (user.assume(&role, &[]).await.ok(), user.assume(&role, &[]).await.ok());
    for scheme in [Scheme::V3, Scheme::RpcV1] {
        let bare = without_token(&cx, &first).signing(scheme);
        let answer = bare.sts("GetCallerIdentity", &[]).await;
        answer.refused(400, "MissingSecurityToken").saying("SecurityToken is mandatory for this action.");
        let mixed = bare.with_token(&token(&second)).sts("GetCallerIdentity", &[]).await;
        mixed.refused(400, "InvalidSecurityToken.MismatchWithAccessKey");
        let long_term = user.signing(scheme).with_token(&token(&first)).sts("GetCallerIdentity", &[]).await;
        long_term.refused(400, "InvalidSecurityToken.MismatchWithAccessKey");
        let made_up = cx.client("STS.testidtestidtestid00", "testsecret").signing(scheme);
        made_up
            .with_token("testtoken")
            .sts("GetCallerIdentity", &[])
            .await
            .refused(400, "InvalidSecurityToken.Malformed");
    }
}

#[tokio::test]
async fn a_token_that_was_changed_is_refused_wherever_it_was_changed() {
    let cx = TestContext::start().await;
    let (user, role) = world(&cx).await;
    let answer = user.assume(&role, &[]).await.ok();
    let (bare, text) = (without_token(&cx, &answer), token(&answer));
    bare.with_token(&text).sts("GetCallerIdentity", &[]).await.ok();
    // Each character in its turn would take too long here; the form's own tests change each bit.
    for i in (0..text.len()).step_by(11) {
        let mut forged: Vec<u8> = text.clone().into_bytes();
        forged[i] = if forged[i] == b'A' { b'B' } else { b'A' };
        let forged = String::from_utf8(forged).unwrap();
        let refused = bare.with_token(&forged).sts("GetCallerIdentity", &[]).await;
        refused.refused(400, "InvalidSecurityToken.Malformed");
    }
    for forged in [&text[..text.len() - 4], &format!("{text}AAAA"), &text.to_uppercase(), "*"] {
        bare.with_token(forged).sts("GetCallerIdentity", &[]).await.refused(400, "InvalidSecurityToken.Malformed");
    }
}

#[tokio::test]
async fn the_token_is_part_of_what_is_signed() {
    let cx = TestContext::start().await;
    let (user, role) = world(&cx).await;
    let answer = user.assume(&role, &[]).await.ok();
    let session = cx.session(&answer);
    let request = Request { version: version::STS, action: Some("GetCallerIdentity"), ..Request::new() };
    let mut signed = session.sign(&request);
    signed.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("x-acs-security-token"));
    assert_eq!(session.submit(&signed).await.status, 400);
    // A token put beside what a long-term key signed is refused as well.
    let mut signed = user.sign(&request);
    signed.headers.push(("x-acs-security-token".to_owned(), token(&answer)));
    assert_eq!(session.submit(&signed).await.status, 400);
}

#[tokio::test]
async fn a_call_of_a_session_cannot_be_sent_twice() {
    let cx = TestContext::start().await;
    let (user, role) = world(&cx).await;
    let session = cx.session(&user.assume(&role, &[]).await.ok());
    let request = Request { version: version::STS, action: Some("GetCallerIdentity"), ..Request::new() };
    let signed = session.sign(&request);
    session.submit(&signed).await.ok();
    session.submit(&signed).await.refused(400, "SignatureNonceUsed");
}

#[tokio::test]
async fn sessions_end_with_their_role_and_a_new_role_of_the_name_does_not_revive_them() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let role = cx.role("brief", trust(&[ANYONE])).await;
    let user = cx.user_with_policy(allow(&["sts:AssumeRole"], &["*"])).await;
    let session = cx.session(&user.assume(&role, &[]).await.ok());
    session.sts("GetCallerIdentity", &[]).await.ok();
    admin.ram("DeleteRole", &[("RoleName", "brief")]).await.ok();
    let answer = session.sts("GetCallerIdentity", &[]).await;
    answer.refused(400, "InvalidSecurityToken").saying("does not exist any more");
    cx.role("brief", trust(&[ANYONE])).await;
    session.sts("GetCallerIdentity", &[]).await.refused(400, "InvalidSecurityToken");
    // Who cannot sign learns nothing of it.
    session.with_secret("testsecret").sts("GetCallerIdentity", &[]).await.refused(400, "SignatureDoesNotMatch");
}

#[tokio::test]
async fn sessions_end_when_the_trust_of_their_role_is_taken_away() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let (user, role) = world(&cx).await;
    let other = cx.user_named("other").await;
    cx.grant(&other, allow(&["sts:AssumeRole"], &["*"])).await;
    let (mine, theirs) =
        (cx.session(&user.assume(&role, &[]).await.ok()), cx.session(&other.assume(&role, &[]).await.ok()));
    let only = trust(&["acs:ram::1000000000000001:user/other"]).to_string();
    let update = |policy: &str| [("RoleName", "ops".to_owned()), ("NewAssumeRolePolicyDocument", policy.to_owned())];
    let set = async |policy: &str| {
        let owned = update(policy);
        let parameters: Vec<(&str, &str)> = owned.iter().map(|(n, v)| (*n, v.as_str())).collect();
        admin.ram("UpdateRole", &parameters).await.ok();
    };
    set(&only).await;
    mine.ram("ListUsers", &[]).await.refused(400, "InvalidSecurityToken").saying("does not trust");
    theirs.ram("ListUsers", &[]).await.ok();
    // A Deny without conditions ends sessions too; conditions were about the moment of assuming.
    let root = format!("acs:ram::{ACCOUNT}:root");
    let statements = |condition: &str| {
        format!(
            r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{{"RAM":"{root}"}},
            "Condition":{{"StringEquals":{{"sts:ExternalId":"x"}}}}}},{{"Effect":"Deny","Action":"sts:AssumeRole",
            "Principal":{{"RAM":"acs:ram::{ACCOUNT}:user/other"}}{condition}}}]}}"#
        )
    };
    set(&statements("")).await;
    theirs.ram("ListUsers", &[]).await.refused(400, "InvalidSecurityToken");
    mine.ram("ListUsers", &[]).await.ok();
    set(&statements(r#","Condition":{"Bool":{"acs:SecureTransport":"false"}}"#)).await;
    theirs.ram("ListUsers", &[]).await.ok();
    theirs.assume(&role, &[]).await.refused(403, "NoPermission");
}

#[tokio::test]
async fn a_session_at_the_end_of_a_chain_ends_with_every_link_of_it() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let first = cx.role("first", trust(&[ANYONE])).await;
    let second = cx.role("second", trust(&["acs:ram::1000000000000001:role/first"])).await;
    let policy = cx.grant_role("first", allow(&["sts:*"], &["*"])).await;
    let user = cx.user_with_policy(allow(&["sts:AssumeRole"], &["*"])).await;
    let at_first = cx.session(&user.assume(&first, &[]).await.ok());
    let at_second = cx.session(&at_first.assume(&second, &[]).await.ok());
    // What the first role may do now is not asked again.
    let attachment = [("PolicyType", "Custom"), ("PolicyName", policy.as_str()), ("RoleName", "first")];
    admin.ram("DetachPolicyFromRole", &attachment).await.ok();
    at_second.sts("GetCallerIdentity", &[]).await.ok();
    let other = trust(&["acs:ram::2000000000000002:root"]).to_string();
    let back = trust(&[ANYONE]).to_string();
    admin.ram("UpdateRole", &[("RoleName", "first"), ("NewAssumeRolePolicyDocument", &other)]).await.ok();
    at_second.sts("GetCallerIdentity", &[]).await.refused(400, "InvalidSecurityToken");
    admin.ram("UpdateRole", &[("RoleName", "first"), ("NewAssumeRolePolicyDocument", &back)]).await.ok();
    at_second.sts("GetCallerIdentity", &[]).await.ok();
    admin.ram("DeleteRole", &[("RoleName", "first")]).await.ok();
    at_second.sts("GetCallerIdentity", &[]).await.refused(400, "InvalidSecurityToken");
}

#[tokio::test]
async fn a_chain_of_roles_does_not_grow_for_ever() {
    let cx = TestContext::start().await;
    let role = cx.role("loop", trust(&[ANYONE])).await;
    cx.grant_role("loop", allow(&["sts:*"], &["*"])).await;
    let user = cx.user_with_policy(allow(&["sts:AssumeRole"], &["*"])).await;
    let mut session = cx.session(&user.assume(&role, &[]).await.ok());
    for _ in 0..14 {
        session = cx.session(&session.assume(&role, &[]).await.ok());
    }
    session.assume(&role, &[]).await.refused(409, "LimitExceeded.RoleChain");
}

#[tokio::test]
async fn token_keys_take_turns_and_go_when_nothing_needs_them() {
    let mut cx = TestContext::start().await;
    let (user, role) = world(&cx).await;
    cx.admin().ram("UpdateRole", &[("RoleName", "ops"), ("NewMaxSessionDuration", "43200")]).await.ok();
    let long = [("DurationSeconds", "43200")];
    let keys = |cx: &TestContext| -> i64 {
        let store = rusqlite::Connection::open(cx.path().join("store.db")).unwrap();
        let count = "SELECT count(*) FROM entries WHERE key LIKE 'a/%/token-key/%'";
        store.query_row(count, [], |row| row.get(0)).unwrap()
    };
    user.assume(&role, &long).await.ok();
    assert_eq!(keys(&cx), 1);
    cx.clock.advance(24 * HOUR - 1);
    let late = cx.session(&user.assume(&role, &long).await.ok());
    assert_eq!(keys(&cx), 1, "the first key is in use for a day");
    cx.clock.advance(1);
    let next = cx.session(&user.assume(&role, &long).await.ok());
    assert_eq!(keys(&cx), 2);
    cx.clock.advance(12 * HOUR - 1000);
    late.ram("ListUsers", &[]).await.ok();
    next.ram("ListUsers", &[]).await.ok();
    // Also after a restart, with nothing in memory.
    cx.restart().await;
    let late = cx.client(late.access_key_id(), late.secret()).with_token(&late.token());
    late.ram("ListUsers", &[]).await.ok();
    cx.clock.advance(24 * HOUR);
    let user = cx.client(user.access_key_id(), user.secret());
    user.assume(&role, &long).await.ok();
    assert_eq!(keys(&cx), 2, "the first one is gone, the second one has a successor");
    late.ram("ListUsers", &[]).await.refused(400, "InvalidSecurityToken.Expired");
}

#[tokio::test]
async fn sessions_asked_for_at_the_same_time_share_one_new_key() {
    let cx = TestContext::start().await;
    let (user, role) = world(&cx).await;
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (client, role) = (user.signing(Scheme::V3), role.clone());
        calls.spawn(async move { client.assume(&role, &[]).await.ok() });
    }
    let answers = calls.join_all().await;
    let key_id = |answer: &Value| token(answer)[..34].to_owned();
    assert!(answers.iter().all(|answer| key_id(answer) == key_id(&answers[0])));
}

#[tokio::test]
async fn secrets_and_tokens_are_kept_nowhere() {
    let mut cx = TestContext::start().await;
    let (user, role) = world(&cx).await;
    let answer = user.assume(&role, &[]).await;
    let request_id = answer.request_id();
    let body = answer.ok();
    let session = cx.session(&body);
    session.ram("ListUsers", &[]).await.ok();
    session.signing(Scheme::RpcV1).ram("ListUsers", &[]).await.ok();
    session
        .with_secret("wrong")
        .signing(Scheme::RpcV1)
        .ram("ListUsers", &[])
        .await
        .refused(400, "SignatureDoesNotMatch");
    let record = cx.records(&Filter { request_id: Some(request_id), ..Filter::default() });
    assert_eq!(record.len(), 1);
    cx.stop().await;
    let text = |field: &str| body["Credentials"][field].as_str().unwrap().to_owned();
    assert!(!cx.files_with(&text("AccessKeyId")).is_empty(), "the key's id is recorded with its calls");
    assert!(cx.files_with(&text("AccessKeySecret")).is_empty());
    assert!(cx.files_with(&text("SecurityToken")).is_empty());
    // Nor in part.
    assert!(cx.files_with(&text("SecurityToken")[100..160]).is_empty());
}
