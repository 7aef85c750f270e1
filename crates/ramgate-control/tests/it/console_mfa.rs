//! Logging on with a second factor.

use crate::browser::{Browser, bind_device};
use crate::client::{Answer, version};
use crate::context::{TestContext, document};
use serde_json::{Value, json};

const PASSWORD: &str = "plum-orbit-7";
const STEP: i64 = 30_000;
const DAY: i64 = 86_400_000;

/// A user with a password and a device, and the device's seed. The code of the present step is not spent.
async fn user_with_device(cx: &TestContext) -> (crate::context::TestUser, String) {
    let user = cx.user_with_password("alice", PASSWORD).await;
    let seed = bind_device(cx, "alice").await;
    cx.clock.advance(STEP);
    (user, seed)
}

async fn give(browser: &mut Browser, ticket: &Value, code: &str) -> Answer {
    browser.post("logon/mfa", json!({ "Ticket": ticket, "AuthenticationCode": code })).await
}

#[tokio::test]
async fn a_user_with_a_device_gives_a_code_and_is_then_known_to_have_given_one() {
    let cx = TestContext::start().await;
    let (user, seed) = user_with_device(&cx).await;
    let only_with_mfa = document(&[json!({
        "Effect": "Allow", "Action": "ram:ListUsers", "Resource": "*",
        "Condition": { "Bool": { "acs:MFAPresent": "true" } },
    })]);
    cx.grant(&user, only_with_mfa).await;
    user.ram("ListUsers", &[]).await.refused(403, "NoPermission");

    let mut browser = cx.browser();
    let asked = browser.logon("alice", PASSWORD).await.ok();
    assert_eq!((&asked["Step"], asked.get("Session")), (&json!("AuthenticationCode"), None));
    browser.session().await.refused(401, "InvalidConsoleSession");
    give(&mut browser, &asked["Ticket"], "000000").await.refused(401, "AuthenticationCodeFailed");
    let code = browser.code(&seed, 0);
    let done = give(&mut browser, &asked["Ticket"], &code).await.ok();
    assert_eq!((&done["Step"], &done["Session"]["MFAPresent"]), (&json!("Done"), &json!(true)));
    browser.ram("ListUsers", &[]).await.ok();

    // Without the second factor the same user may not.
    cx.admin().ram("UnbindMFADevice", &[("UserName", "alice")]).await.ok();
    let mut plain = cx.browser();
    assert_eq!(plain.logon("alice", PASSWORD).await.ok()["Session"]["MFAPresent"], false);
    plain.ram("ListUsers", &[]).await.refused(403, "NoPermission");
    browser.ram("ListUsers", &[]).await.ok();
}

#[tokio::test]
async fn name_password_and_code_are_given_at_once_by_those_who_know_that_one_is_needed() {
    let cx = TestContext::start().await;
    let (_user, seed) = user_with_device(&cx).await;
    let mut browser = cx.browser();
    let all =
        |code: &str, password: &str| json!({ "LoginName": "alice", "Password": password, "AuthenticationCode": code });
    let code = browser.code(&seed, 0);
    browser.post("logon", all(&code, "wrong-orbit-7")).await.refused(401, "LogonFailed");
    browser.post("logon", all("123456", PASSWORD)).await.refused(401, "AuthenticationCodeFailed");
    assert_eq!(browser.post("logon", all(&code, PASSWORD)).await.ok()["Session"]["MFAPresent"], true);
}

#[tokio::test]
async fn a_code_is_accepted_once_and_none_before_it_afterwards() {
    let cx = TestContext::start().await;
    let (_user, seed) = user_with_device(&cx).await;
    let logon = async |steps: i64| {
        let mut browser = cx.browser();
        let ticket = browser.logon("alice", PASSWORD).await.ok()["Ticket"].clone();
        let code = browser.code(&seed, steps);
        give(&mut browser, &ticket, &code).await
    };
    logon(0).await.ok();
    logon(0).await.refused(401, "AuthenticationCodeFailed");
    logon(-1).await.refused(401, "AuthenticationCodeFailed");
    logon(2).await.refused(401, "AuthenticationCodeFailed");
    logon(1).await.ok();
    cx.clock.advance(STEP);
    logon(0).await.refused(401, "AuthenticationCodeFailed");
    cx.clock.advance(STEP);
    logon(0).await.ok();
}

#[tokio::test]
async fn of_many_who_show_the_same_code_at_once_one_gets_in() {
    let cx = TestContext::start().await;
    let (_user, seed) = user_with_device(&cx).await;
    let ticket = cx.browser().logon("alice", PASSWORD).await.ok()["Ticket"].clone();
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..6 {
        let (mut browser, ticket) = (cx.browser(), ticket.clone());
        let code = browser.code(&seed, 0);
        tasks.spawn(async move { give(&mut browser, &ticket, &code).await });
    }
    let answers = tasks.join_all().await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1, "{answers:?}");
}

#[tokio::test]
async fn ten_wrong_codes_lock_the_second_factor_for_an_hour() {
    let cx = TestContext::start().await;
    let (_user, seed) = user_with_device(&cx).await;
    let mut browser = cx.browser();
    let ticket = browser.logon("alice", PASSWORD).await.ok()["Ticket"].clone();
    for n in 0..10 {
        give(&mut browser, &ticket, &format!("00000{n}")).await.refused(401, "AuthenticationCodeFailed");
    }
    let code = browser.code(&seed, 0);
    give(&mut browser, &ticket, &code).await.refused(401, "AuthenticationCodeFailed");
    // Nor does the password lead to a new ticket.
    browser.logon("alice", PASSWORD).await.refused(401, "LogonFailed");
    cx.clock.advance(3_600_000);
    let ticket = browser.logon("alice", PASSWORD).await.ok()["Ticket"].clone();
    let code = browser.code(&seed, 0);
    give(&mut browser, &ticket, &code).await.ok();
}

#[tokio::test]
async fn who_must_have_a_device_sets_one_up_at_logon() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    cx.user_with_password("al_ice", PASSWORD).await;
    let must = [("UserName", "al_ice"), ("MFABindRequired", "true"), ("PasswordResetRequired", "true")];
    admin.ram("UpdateLoginProfile", &must).await.ok();
    let mut browser = cx.browser();
    let asked = browser.logon("al_ice", PASSWORD).await.ok();
    assert_eq!(asked["Step"], "BindMFADevice");
    let seed = asked["VirtualMFADevice"]["Base32StringSeed"].as_str().unwrap();
    let serial = asked["VirtualMFADevice"]["SerialNumber"].as_str().unwrap();
    assert!(serial.ends_with(":mfa/al-ice"), "{serial}");
    // Nothing is stored before the codes are right.
    let listed = admin.ram("ListVirtualMFADevices", &[]).await.ok();
    assert_eq!(listed["VirtualMFADevices"]["VirtualMFADevice"], json!([]));
    let pair = |first: String, second: String| json!({ "Ticket": asked["Ticket"], "AuthenticationCode1": first, "AuthenticationCode2": second });
    let (first, second) = (browser.code(seed, -1), browser.code(seed, 0));
    let wrong = browser.post("logon/mfa", pair(second.clone(), first.clone())).await;
    wrong.refused(401, "AuthenticationCodeFailed");
    // A ticket for one step is none for another.
    give(&mut browser, &asked["Ticket"], &second).await.refused(401, "InvalidLogonTicket");
    let skip = json!({ "Ticket": asked["Ticket"], "NewPassword": "tangerine-9" });
    browser.post("password", skip).await.refused(401, "InvalidLogonTicket");
    let next = browser.post("logon/mfa", pair(first, second)).await.ok();
    assert_eq!(next["Step"], "NewPassword");
    let done = browser.post("password", json!({ "Ticket": next["Ticket"], "NewPassword": "tangerine-9" })).await.ok();
    assert_eq!(done["Session"]["MFAPresent"], true);
    let info = admin.ram("GetUserMFAInfo", &must[..1]).await.ok();
    assert_eq!(info["MFADevice"]["SerialNumber"], serial);
    assert_eq!(cx.browser().logon("al_ice", "tangerine-9").await.ok()["Step"], "AuthenticationCode");
}

#[tokio::test]
async fn an_account_can_ask_everyone_for_a_second_factor() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    cx.user_with_password("alice", PASSWORD).await;
    assert_eq!(cx.browser().logon("alice", PASSWORD).await.ok()["Step"], "Done");
    admin.rpc(version::IMS, "SetSecurityPreference", &[("MFAOperationForLogin", "mandatory")]).await.ok();
    assert_eq!(cx.browser().logon("alice", PASSWORD).await.ok()["Step"], "BindMFADevice");
}

#[tokio::test]
async fn a_browser_is_remembered_for_seven_days_where_the_account_allows_it() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let (_user, seed) = user_with_device(&cx).await;
    let with_code = |browser: &Browser| {
        json!({
            "LoginName": "alice", "Password": PASSWORD, "RememberMFA": true,
            "AuthenticationCode": browser.code(&seed, 0),
        })
    };
    let mut browser = cx.browser();
    browser.post("logon", with_code(&browser.clone())).await.ok();
    assert!(!browser.cookies.contains_key("ramgate-mfa"), "the account does not allow it");
    admin.ram("SetSecurityPreference", &[("EnableSaveMFATicket", "true")]).await.ok();
    cx.clock.advance(STEP);
    browser.post("logon", with_code(&browser.clone())).await.ok();
    assert!(browser.cookies.contains_key("ramgate-mfa"));
    cx.clock.advance(7 * DAY - 1000);
    let again = browser.logon("alice", PASSWORD).await.ok();
    assert_eq!((&again["Step"], &again["Session"]["MFAPresent"]), (&json!("Done"), &json!(false)));
    // Not in another browser, not of another user, not without the password.
    assert_eq!(cx.browser().logon("alice", PASSWORD).await.ok()["Step"], "AuthenticationCode");
    browser.clone().logon("alice", "wrong-orbit-7").await.refused(401, "LogonFailed");
    let mut unlike = browser.clone();
    cx.clock.advance(1000);
    assert_eq!(browser.logon("alice", PASSWORD).await.ok()["Step"], "AuthenticationCode");

    // A new device, a new password or the account's change of mind end it at once.
    cx.clock.advance(-1000);
    admin.ram("SetSecurityPreference", &[("EnableSaveMFATicket", "false")]).await.ok();
    assert_eq!(unlike.logon("alice", PASSWORD).await.ok()["Step"], "AuthenticationCode");
    admin.ram("SetSecurityPreference", &[("EnableSaveMFATicket", "true")]).await.ok();
    assert_eq!(unlike.logon("alice", PASSWORD).await.ok()["Step"], "Done");
    admin
        .rpc(version::IMS, "DisableVirtualMFA", &[("UserPrincipalName", "alice@1000000000000001.onaliyun.com")])
        .await
        .ok();
    bind_device(&cx, "alice").await;
    assert_eq!(unlike.logon("alice", PASSWORD).await.ok()["Step"], "AuthenticationCode");
}
