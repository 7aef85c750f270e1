//! Logging on to the console: names, passwords and what they lead to.

use crate::browser::set_cookies;
use crate::context::{ACCOUNT, TestContext};
use ramgate_audit::{Decision, Filter, PrincipalKind};
use serde_json::json;

const PASSWORD: &str = "plum-orbit-7";
const DAY: i64 = 86_400_000;

#[tokio::test]
async fn a_user_logs_on_and_calls_operations_as_itself() {
    let cx = TestContext::start().await;
    let user = cx.user_with_password("alice", PASSWORD).await;
    cx.grant(&user, crate::context::allow(&["ram:ListUsers"], &["*"])).await;
    let mut browser = cx.browser();
    let answer = browser.logon(&format!("alice@{ACCOUNT}.onaliyun.com"), PASSWORD).await;
    let cookies = set_cookies(&answer);
    assert_eq!(cookies.len(), 1);
    let (pair, attributes) = cookies[0].split_once(';').unwrap();
    let (name, secret) = pair.split_once('=').unwrap();
    assert_eq!((name, secret.len()), ("ramgate-session", 43));
    assert_eq!(attributes, " Path=/; Max-Age=21600; HttpOnly; SameSite=Strict");
    assert_eq!(answer.headers["cache-control"], "no-store");
    let body = answer.ok();
    let expected = json!({
        "AccountId": ACCOUNT, "UserId": user.id, "UserName": "alice", "DisplayName": "alice",
        "UserPrincipalName": format!("alice@{ACCOUNT}.onaliyun.com"), "Arn": format!("acs:ram::{ACCOUNT}:user/alice"),
        "MFAPresent": false, "CreateDate": "2026-01-02T03:04:05Z", "ExpireDate": "2026-01-02T09:04:05Z",
        "CsrfToken": browser.csrf,
    });
    assert_eq!((&body["Step"], &body["Session"]), (&json!("Done"), &expected));
    assert_eq!(browser.session().await.ok()["Session"], expected);

    let listed = browser.ram("ListUsers", &[]).await.ok();
    assert_eq!(listed["Users"]["User"][0]["UserName"], "alice");
    browser.ram("DeleteUser", &[("UserName", "alice")]).await.refused(403, "NoPermission");
    let who = browser.call(crate::client::version::STS, "GetCallerIdentity", &[]).await;
    let record = cx.record_of(&who).await;
    assert_eq!((record.call.access_key_id, record.call.principal.name.as_str()), (None, "alice"));
    assert_eq!(who.ok()["Arn"], format!("acs:ram::{ACCOUNT}:user/alice"));

    // ROA operations as well.
    let csrf = browser.csrf.clone().unwrap();
    let headers =
        [("x-acs-version", "2024-03-27"), ("x-acs-action", "ListGateways"), ("x-ramgate-csrf", csrf.as_str())];
    browser.send("GET", "/v1/gateways", &headers, "").await.refused(403, "NoPermission").saying("apig:ListGateways");
}

#[tokio::test]
async fn logon_names_are_written_in_several_ways() {
    let cx = TestContext::start().await;
    cx.user_with_password("Alice.B", PASSWORD).await;
    for name in [
        "Alice.B".to_owned(),
        format!("alice.b@{ACCOUNT}"),
        format!("ALICE.B@{ACCOUNT}.onaliyun.com"),
        format!("  alice.b@{ACCOUNT}.OnAliyun.com "),
    ] {
        assert_eq!(cx.browser().logon(&name, PASSWORD).await.ok()["Step"], "Done", "{name}");
    }
    for name in ["", "@", "alice.b@", "alice.b@2000000000000002", "alice.b@example.com", "alice.b@x.onaliyun.com"] {
        cx.browser().logon(name, PASSWORD).await.refused(401, "LogonFailed");
    }
}

#[tokio::test]
async fn passwords_that_have_expired_are_replaced_at_logon_or_by_an_administrator() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    cx.user_with_password("alice", PASSWORD).await;
    admin.ram("SetPasswordPolicy", &[("MaxPasswordAge", "30"), ("MinimumPasswordLength", "10")]).await.ok();
    cx.browser().logon("alice", PASSWORD).await.ok();
    cx.clock.advance(30 * DAY);
    let mut browser = cx.browser();
    let asked = browser.logon("alice", PASSWORD).await;
    assert_eq!(set_cookies(&asked), Vec::<String>::new());
    let asked = asked.ok();
    assert_eq!(
        (&asked["Step"], &asked["PasswordPolicy"]["MinimumPasswordLength"]),
        (&json!("NewPassword"), &json!(10))
    );
    let ticket = asked["Ticket"].as_str().unwrap();
    let set = |new: &str| json!({ "Ticket": ticket, "NewPassword": new });
    browser.post("password", set("short")).await.refused(400, "InvalidParameter.Password.TooWeak");
    browser.post("password", set(PASSWORD)).await.refused(400, "InvalidParameter.Password.TooWeak");
    let done = browser.post("password", set("tangerine-9")).await.ok();
    assert_eq!(done["Step"], "Done");
    browser.session().await.ok();
    // The ticket is worth nothing any more.
    cx.browser().post("password", set("tangerine-10")).await.refused(401, "InvalidLogonTicket");
    cx.browser().logon("alice", PASSWORD).await.refused(401, "LogonFailed");

    admin.ram("SetPasswordPolicy", &[("HardExpiry", "true")]).await.ok();
    cx.clock.advance(30 * DAY);
    cx.browser().logon("alice", "tangerine-9").await.refused(403, "PasswordExpired").saying("administrator");
    cx.browser().logon("alice", PASSWORD).await.refused(401, "LogonFailed");
    admin.ram("UpdateLoginProfile", &[("UserName", "alice"), ("Password", "cucumber-11")]).await.ok();
    cx.browser().logon("alice", "cucumber-11").await.ok();
}

#[tokio::test]
async fn a_password_that_must_be_reset_gives_no_session_before_it_is() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    cx.user_with_password("alice", PASSWORD).await;
    let reset = [("UserName", "alice"), ("PasswordResetRequired", "true")];
    admin.ram("UpdateLoginProfile", &reset).await.ok();
    // Not even where users may not change passwords otherwise.
    admin.ram("SetSecurityPreference", &[("AllowUserToChangePassword", "false")]).await.ok();
    let mut browser = cx.browser();
    let ticket = browser.logon("alice", PASSWORD).await.ok()["Ticket"].clone();
    browser.session().await.refused(401, "InvalidConsoleSession");
    cx.clock.advance(600_000);
    let late = browser.post("password", json!({ "Ticket": ticket, "NewPassword": "tangerine-9" })).await;
    late.refused(401, "InvalidLogonTicket");
    let ticket = browser.logon("alice", PASSWORD).await.ok()["Ticket"].clone();
    browser.post("password", json!({ "Ticket": ticket, "NewPassword": "tangerine-9" })).await.ok();
    browser.session().await.ok();
    let profile = admin.ram("GetLoginProfile", &reset[..1]).await.ok();
    assert_eq!(profile["LoginProfile"]["PasswordResetRequired"], false);
    assert_eq!(cx.browser().logon("alice", "tangerine-9").await.ok()["Step"], "Done");
}

#[tokio::test]
async fn users_who_stay_away_too_long_cannot_log_on_until_they_are_switched_on_again() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    cx.user_with_password("alice", PASSWORD).await;
    let ims = async |action: &str, parameters: &[(&str, &str)]| {
        admin.rpc(crate::client::version::IMS, action, parameters).await.ok()
    };
    ims("SetSecurityPreference", &[("MaxIdleDaysForUsers", "90")]).await;
    cx.browser().logon("alice", PASSWORD).await.ok();
    cx.clock.advance(89 * DAY);
    cx.browser().logon("alice", PASSWORD).await.ok();
    cx.clock.advance(90 * DAY);
    cx.browser().logon("alice", PASSWORD).await.refused(401, "LogonFailed");
    let named = [("UserPrincipalName", "alice@1000000000000001.onaliyun.com"), ("Status", "Active")];
    assert_eq!(ims("GetLoginProfile", &named[..1]).await["LoginProfile"]["Status"], "Inactive");
    ims("UpdateLoginProfile", &[named[0], ("Status", "Inactive")]).await;
    ims("UpdateLoginProfile", &named).await;
    cx.browser().logon("alice", PASSWORD).await.ok();
}

#[tokio::test]
async fn the_console_is_used_from_the_networks_that_are_named_and_operations_from_everywhere() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let user = cx.user_with_password("alice", PASSWORD).await;
    let mut browser = cx.browser();
    browser.logon("alice", PASSWORD).await.ok();
    admin.ram("SetSecurityPreference", &[("LoginNetworkMasks", "10.0.0.0/8")]).await.ok();
    for name in ["alice", "nobody"] {
        cx.browser().logon(name, PASSWORD).await.refused(403, "LogonAddressNotAllowed");
    }
    // Sessions that began before count no more from elsewhere, keys do.
    browser.session().await.refused(403, "LogonAddressNotAllowed");
    browser.ram("GetUser", &[("UserName", "alice")]).await.refused(403, "LogonAddressNotAllowed");
    user.sts("GetCallerIdentity", &[]).await.ok();
    admin.ram("SetSecurityPreference", &[("LoginNetworkMasks", "10.0.0.0/8;127.0.0.1")]).await.ok();
    browser.session().await.ok();
    admin.ram("SetSecurityPreference", &[("LoginNetworkMasks", "")]).await.ok();
    cx.browser().logon("alice", PASSWORD).await.ok();
}

#[tokio::test]
async fn every_attempt_is_recorded_with_whom_it_named_and_what_it_came_to() {
    let cx = TestContext::start().await;
    let user = cx.user_with_password("alice", PASSWORD).await;
    let mut browser = cx.browser();
    browser.headers = vec![("user-agent".to_owned(), "tests/1.0".to_owned())];
    let wrong = browser.logon("alice", "wrong-orbit-7").await;
    let record = cx.record_of(&wrong).await;
    assert_eq!((record.call.product.as_str(), record.call.operation.as_str()), ("Console", "ConsoleLogon"));
    assert_eq!((record.call.principal.kind, record.call.principal.id.as_str()), (PrincipalKind::Anonymous, &*user.id));
    assert_eq!((record.call.account_id.as_str(), record.call.decision), (ACCOUNT, Decision::NotChecked));
    assert_eq!(record.call.source_ip.unwrap().to_string(), "127.0.0.1");
    assert_eq!(record.call.user_agent.as_deref(), Some("tests/1.0"));
    assert_eq!(record.call.parameters, json!({ "Step": "Password", "MFA": false }));
    let outcome = record.outcome.unwrap();
    assert_eq!((outcome.status, outcome.code.as_str()), (401, "LogonFailed"));

    // What is typed where a name belongs may be a password.
    let unknown = cx.record_of(&browser.logon("my-secret-pass", "alice").await).await;
    assert_eq!(unknown.call.principal.kind, PrincipalKind::Anonymous);
    assert!(!format!("{unknown:?}").contains("my-secret-pass"));

    let right = browser.logon("alice", PASSWORD).await;
    let record = cx.record_of(&right).await;
    assert_eq!((record.call.principal.kind, record.call.mutation), (PrincipalKind::User, true));
    let outcome = record.outcome.unwrap();
    assert_eq!((outcome.status, outcome.code.as_str(), outcome.revision), (200, "Done", Some(cx.revision().await.0)));
    let out = browser.post("logout", json!({})).await;
    assert_eq!(cx.record_of(&out).await.call.operation, "ConsoleLogout");
    let filter = Filter { action: Some("console:ConsoleLogon".to_owned()), ..Filter::default() };
    assert_eq!(cx.records(&filter).len(), 3);
}

#[tokio::test]
async fn a_logon_that_cannot_be_recorded_does_not_happen() {
    let cx = TestContext::start().await;
    cx.user_with_password("alice", PASSWORD).await;
    let other = rusqlite::Connection::open(cx.path().join("audit.db")).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let mut browser = cx.browser();
    let answer = browser.logon("alice", PASSWORD).await;
    answer.refused(503, "ServiceUnavailable");
    assert_eq!(set_cookies(&answer), Vec::<String>::new());
    other.execute_batch("ROLLBACK").unwrap();
    let profile = [("UserPrincipalName", "alice@1000000000000001.onaliyun.com")];
    let shown = cx.admin().rpc(crate::client::version::IMS, "GetLoginProfile", &profile).await.ok();
    assert_eq!(shown["LoginProfile"].get("LastLoginTime"), None);
    browser.logon("alice", PASSWORD).await.ok();
}

#[tokio::test]
async fn requests_that_are_no_logon_say_what_is_wrong() {
    let cx = TestContext::start().await;
    let mut browser = cx.browser();
    browser.send("GET", "/console/api/logon", &[], "").await.refused(405, "MethodNotAllowed");
    browser.send("POST", "/console/api/session", &[], "").await.refused(405, "MethodNotAllowed");
    browser.send("POST", "/console/api/elsewhere", &[], "").await.refused(404, "NotFound.ConsoleEndpoint");
    let json = [("content-type", "application/json; charset=utf-8")];
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let body = r#"{"LoginName":"alice","Password":"plum-orbit-7"}"#;
    browser.send("POST", "/console/api/logon", &form, body).await.refused(400, "InvalidParameter.Body");
    browser.send("POST", "/console/api/logon", &[], body).await.refused(400, "InvalidParameter.Body");
    for body in ["", "[]", "{", r#"{"LoginName":"alice"}"#, r#"{"LoginName":1,"Password":"x"}"#] {
        let answer = browser.send("POST", "/console/api/logon", &json, body).await;
        answer.refused(400, "InvalidParameter.Body");
    }
    browser.send("POST", "/console/api/logon", &json, body).await.refused(401, "LogonFailed");
    let long = format!(r#"{{"LoginName":"alice","Password":"{}"}}"#, "x".repeat(2 * 1024 * 1024));
    browser.send("POST", "/console/api/logon", &json, &long).await;
    let ticketless = json!({ "Ticket": "x", "AuthenticationCode": "123456" });
    browser.post("logon/mfa", ticketless).await.refused(401, "InvalidLogonTicket");
    browser.post("logon/mfa", json!({ "Ticket": "x" })).await.refused(400, "InvalidParameter");
}
