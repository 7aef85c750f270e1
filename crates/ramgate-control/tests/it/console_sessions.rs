//! Console sessions: what they need, what ends them, what is kept of them.

use crate::browser::{Browser, set_cookies};
use crate::client::version;
use crate::context::{Setup, TestContext, attachment};
use ramgate_control::ControlConfig;
use serde_json::json;

const PASSWORD: &str = "plum-orbit-7";
const HOUR: i64 = 3_600_000;

async fn logged_on(cx: &TestContext) -> Browser {
    let mut browser = cx.browser();
    browser.logon("alice", PASSWORD).await.ok();
    browser.session().await.ok();
    browser
}

/// Asserts that a session is over, for the console as for operations.
async fn assert_over(browser: &mut Browser) {
    browser.session().await.refused(401, "InvalidConsoleSession");
    browser.ram("ListUsers", &[]).await.refused(401, "InvalidConsoleSession");
}

#[tokio::test]
async fn logging_out_ends_this_session_and_no_other() {
    let cx = TestContext::start().await;
    cx.user_with_password("alice", PASSWORD).await;
    let (mut browser, mut other) = (logged_on(&cx).await, logged_on(&cx).await);
    let mut stolen = browser.clone();
    let answer = browser.post("logout", json!({})).await;
    assert!(set_cookies(&answer)[0].starts_with("ramgate-session=; Path=/; Max-Age=0"));
    answer.ok();
    assert!(browser.cookies.is_empty());
    assert_over(&mut stolen).await;
    stolen.post("logout", json!({})).await.refused(401, "InvalidConsoleSession");
    other.session().await.ok();
}

#[tokio::test]
async fn a_session_ends_when_the_preference_says_and_at_once_when_it_says_less() {
    let cx = TestContext::start().await;
    cx.user_with_password("alice", PASSWORD).await;
    let mut browser = logged_on(&cx).await;
    cx.clock.advance(6 * HOUR - 1);
    browser.session().await.ok();
    cx.clock.advance(1);
    assert_over(&mut browser).await;

    let mut browser = logged_on(&cx).await;
    cx.clock.advance(2 * HOUR);
    cx.admin().ram("SetSecurityPreference", &[("LoginSessionDuration", "2")]).await.ok();
    assert_over(&mut browser).await;
    // A longer duration is for sessions that begin under it.
    cx.admin().ram("SetSecurityPreference", &[("LoginSessionDuration", "24")]).await.ok();
    assert_eq!(browser.session().await.ok()["Session"]["ExpireDate"], "2026-01-02T15:04:05Z");
    let mut long = logged_on(&cx).await;
    cx.clock.advance(24 * HOUR - 1);
    long.session().await.ok();
    assert_over(&mut browser).await;
}

#[tokio::test]
async fn what_an_administrator_takes_away_ends_the_sessions_at_once() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let user = cx.user_with_password("alice", PASSWORD).await;
    let named = [("UserName", "alice")];
    let ims = async |action: &str, parameters: &[(&str, &str)]| admin.rpc(version::IMS, action, parameters).await.ok();

    let mut browser = logged_on(&cx).await;
    admin.ram("UpdateLoginProfile", &[named[0], ("Password", PASSWORD)]).await.ok();
    assert_over(&mut browser).await;

    let mut browser = logged_on(&cx).await;
    ims("UpdateLoginProfile", &[("UserPrincipalName", "alice@1000000000000001.onaliyun.com"), ("Status", "Inactive")])
        .await;
    assert_over(&mut browser).await;
    cx.browser().logon("alice", PASSWORD).await.refused(401, "LogonFailed");
    ims("UpdateLoginProfile", &[("UserPrincipalName", "alice@1000000000000001.onaliyun.com"), ("Status", "Active")])
        .await;
    assert_over(&mut browser).await;

    let mut browser = logged_on(&cx).await;
    admin.ram("DeleteLoginProfile", &named).await.ok();
    assert_over(&mut browser).await;
    let again = [named[0], ("Password", PASSWORD)];
    admin.ram("CreateLoginProfile", &again).await.ok();
    assert_over(&mut browser).await;

    let mut browser = logged_on(&cx).await;
    admin.ram("DeleteLoginProfile", &named).await.ok();
    admin.ram("DeleteAccessKey", &[named[0], ("UserAccessKeyId", user.access_key_id())]).await.ok();
    admin.ram("DeleteUser", &named).await.ok();
    assert_over(&mut browser).await;
    // A new user of the same name is another one.
    cx.user_with_password("alice", PASSWORD).await;
    assert_over(&mut browser).await;
}

#[tokio::test]
async fn who_changes_the_own_password_stays_and_ends_all_other_sessions() {
    let cx = TestContext::start().await;
    cx.user_with_password("alice", PASSWORD).await;
    let (mut browser, mut other) = (logged_on(&cx).await, logged_on(&cx).await);
    let change = [("OldPassword", PASSWORD), ("NewPassword", "tangerine-9")];
    browser.ram("ChangePassword", &change).await.ok();
    browser.session().await.ok();
    assert_over(&mut other).await;
}

#[tokio::test]
async fn a_session_acts_by_the_policies_of_the_moment() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    cx.user_with_password("alice", PASSWORD).await;
    let mut browser = logged_on(&cx).await;
    browser.ram("ListUsers", &[]).await.refused(403, "NoPermission");
    admin.ram("AttachPolicyToUser", &attachment("System", "ReadOnlyAccess", "alice")).await.ok();
    browser.ram("ListUsers", &[]).await.ok();
    admin.ram("DetachPolicyFromUser", &attachment("System", "ReadOnlyAccess", "alice")).await.ok();
    browser.ram("ListUsers", &[]).await.refused(403, "NoPermission");
    // A rename does not lose it.
    admin.ram("UpdateUser", &[("UserName", "alice"), ("NewUserName", "anna")]).await.ok();
    assert_eq!(browser.session().await.ok()["Session"]["UserName"], "anna");
}

#[tokio::test]
async fn sessions_outlive_a_restart_and_the_store_does_not_tell_their_secret() {
    let mut cx = TestContext::start().await;
    cx.user_with_password("alice", PASSWORD).await;
    let browser = logged_on(&cx).await;
    cx.restart().await;
    let mut after = cx.browser();
    after.cookies.clone_from(&browser.cookies);
    let session = after.session().await.ok()["Session"].clone();
    assert_eq!(session["CsrfToken"].as_str(), browser.csrf.as_deref());
    cx.stop().await;
    for secret in [&browser.cookies["ramgate-session"], browser.csrf.as_ref().unwrap()] {
        assert_eq!(cx.files_with(secret), Vec::<std::path::PathBuf>::new());
    }
}

#[tokio::test]
async fn a_user_has_twenty_sessions_at_most_and_loses_the_oldest() {
    let cx = TestContext::start().await;
    cx.user_with_password("alice", PASSWORD).await;
    let mut browsers = Vec::new();
    for _ in 0..21 {
        browsers.push(logged_on(&cx).await);
        cx.clock.advance(5000);
    }
    assert_over(&mut browsers[0]).await;
    browsers[1].session().await.ok();
    browsers[20].session().await.ok();
}

#[tokio::test]
async fn over_tls_cookies_are_for_this_host_alone() {
    fn behind_a_proxy(config: &mut ControlConfig) {
        config.trusted_proxies = vec!["127.0.0.0/8".parse().unwrap()];
    }
    let cx = TestContext::start_with(Setup { config: Some(behind_a_proxy), ..Setup::default() }).await;
    cx.user_with_password("alice", PASSWORD).await;
    let mut browser = cx.browser();
    browser.headers = vec![
        ("x-forwarded-proto".to_owned(), "https".to_owned()),
        ("host".to_owned(), "gate.example".to_owned()),
        ("origin".to_owned(), "https://gate.example".to_owned()),
    ];
    let answer = browser.logon("alice", PASSWORD).await;
    let cookie = &set_cookies(&answer)[0];
    assert!(cookie.starts_with("__Host-ramgate-session="), "{cookie}");
    assert!(cookie.ends_with("; Path=/; Max-Age=21600; HttpOnly; SameSite=Strict; Secure"), "{cookie}");
    browser.session().await.ok();
    // The same value under the name without TLS does not count, nor the same cookie without TLS.
    let secret = browser.cookies["__Host-ramgate-session"].clone();
    let mut downgraded = browser.clone();
    downgraded.cookies = [("ramgate-session".to_owned(), secret)].into();
    downgraded.session().await.refused(401, "InvalidConsoleSession");
    browser.headers.clear();
    browser.session().await.refused(401, "InvalidConsoleSession");
}
