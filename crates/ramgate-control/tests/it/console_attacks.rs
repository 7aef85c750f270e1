//! What attackers try on the console.

use crate::browser::{Browser, bind_device};
use crate::client::Answer;
use crate::context::{TestContext, allow};
use serde_json::json;
use std::sync::{Arc, Mutex};

const PASSWORD: &str = "plum-orbit-7";

#[tokio::test]
async fn nothing_tells_who_exists_who_can_log_on_and_who_is_locked() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    admin.ram("SetPasswordPolicy", &[("MaxLoginAttemps", "2")]).await.ok();
    cx.user_with_password("alice", PASSWORD).await;
    cx.user_with_password("locked", PASSWORD).await;
    cx.user_with_password("inactive", PASSWORD).await;
    cx.user_named("keys-only").await;
    let status = [("UserPrincipalName", "inactive@1000000000000001.onaliyun.com"), ("Status", "Inactive")];
    admin.rpc(crate::client::version::IMS, "UpdateLoginProfile", &status).await.ok();
    for _ in 0..2 {
        cx.browser().logon("locked", "wrong-orbit-7").await.refused(401, "LogonFailed");
    }
    let mut seen = Vec::new();
    for (name, password) in [
        ("alice", "wrong-orbit-7"),
        ("alice", ""),
        ("locked", PASSWORD),
        ("locked", "wrong-orbit-7"),
        ("inactive", PASSWORD),
        ("inactive", "wrong-orbit-7"),
        ("keys-only", PASSWORD),
        ("nobody", PASSWORD),
        ("nobody@2000000000000002.onaliyun.com", PASSWORD),
        ("-", PASSWORD),
    ] {
        let (hashes, revision) = (cx.hashes_computed().await, cx.revision().await.0);
        let answer = cx.browser().logon(name, password).await;
        let headers: Vec<String> = answer.headers.keys().map(ToString::to_string).collect();
        let mut body = answer.body.clone();
        body.as_object_mut().unwrap().remove("RequestId");
        // The work done is part of the answer: one hash, one write.
        let work = (cx.hashes_computed().await - hashes, cx.revision().await.0 - revision);
        seen.push((name, (answer.status, headers, body, work)));
    }
    let (_, first) = &seen[0];
    assert_eq!((first.0, first.3), (401, (1, 1)));
    for (name, answer) in &seen {
        assert_eq!(answer, first, "{name}");
    }
}

#[tokio::test]
async fn too_many_wrong_passwords_lock_a_user_for_an_hour_also_over_a_restart() {
    let mut cx = TestContext::start().await;
    cx.admin().ram("SetPasswordPolicy", &[("MaxLoginAttemps", "3")]).await.ok();
    cx.user_with_password("alice", PASSWORD).await;
    cx.user_with_password("bob", PASSWORD).await;
    for n in 0..3 {
        // A success in between begins the count anew.
        if n == 2 {
            cx.browser().logon("alice", PASSWORD).await.ok();
        }
        cx.browser().logon("alice", "wrong-orbit-7").await.refused(401, "LogonFailed");
    }
    cx.browser().logon("ALICE", "wrong-orbit-7").await.refused(401, "LogonFailed");
    cx.browser().logon("alice@1000000000000001", "wrong-orbit-7").await.refused(401, "LogonFailed");
    cx.browser().logon("alice", PASSWORD).await.refused(401, "LogonFailed");
    cx.browser().logon("bob", PASSWORD).await.ok();
    cx.restart().await;
    cx.clock.advance(3_600_000 - 1);
    cx.browser().logon("alice", PASSWORD).await.refused(401, "LogonFailed");
    cx.clock.advance(1);
    cx.browser().logon("alice", PASSWORD).await.ok();

    // An administrator lifts a lock with a new password.
    for _ in 0..3 {
        cx.browser().logon("alice", "wrong-orbit-7").await.refused(401, "LogonFailed");
    }
    cx.admin().ram("UpdateLoginProfile", &[("UserName", "alice"), ("Password", "tangerine-9")]).await.ok();
    cx.browser().logon("alice", "tangerine-9").await.ok();
}

#[tokio::test]
async fn many_guesses_at_once_are_no_more_guesses_than_one_after_the_other() {
    let cx = TestContext::start().await;
    cx.admin().ram("SetPasswordPolicy", &[("MaxLoginAttemps", "3")]).await.ok();
    cx.user_with_password("alice", PASSWORD).await;
    let mut tasks = tokio::task::JoinSet::new();
    for n in 0..8 {
        let mut browser = cx.browser();
        tasks.spawn(async move { browser.logon("alice", &format!("wrong-orbit-{n}")).await });
    }
    assert!(tasks.join_all().await.iter().all(|answer| answer.status == 401));
    cx.browser().logon("alice", PASSWORD).await.refused(401, "LogonFailed");
}

#[tokio::test]
async fn a_flood_of_attempts_is_slowed_down_for_every_name_alike() {
    let cx = TestContext::start().await;
    cx.user_with_password("alice", PASSWORD).await;
    for name in ["alice", "nobody"] {
        for _ in 0..20 {
            cx.browser().logon(name, "wrong-orbit-7").await.refused(401, "LogonFailed");
        }
        let hashes = cx.hashes_computed().await;
        cx.browser().logon(name, PASSWORD).await.refused(429, "Throttling.User");
        assert_eq!(cx.hashes_computed().await, hashes, "what is refused costs nothing");
    }
    cx.clock.advance(5000);
    cx.browser().logon("alice", PASSWORD).await.ok();
}

#[tokio::test]
async fn a_session_that_somebody_planted_is_not_the_one_after_logon() {
    let cx = TestContext::start().await;
    cx.user_with_password("alice", PASSWORD).await;
    cx.user_with_password("mallory", PASSWORD).await;
    // A value of the attacker's making.
    let mut browser = cx.browser();
    let planted = "A".repeat(43);
    browser.cookies.insert("ramgate-session".to_owned(), planted.clone());
    browser.logon("alice", PASSWORD).await.ok();
    assert_ne!(browser.cookies["ramgate-session"], planted);
    // The attacker's own session: it is ended, and not turned into the victim's.
    let mut mallory = cx.browser();
    mallory.logon("mallory", PASSWORD).await.ok();
    let mut victim = cx.browser();
    victim.cookies.clone_from(&mallory.cookies);
    victim.logon("alice", PASSWORD).await.ok();
    assert_ne!(victim.cookies, mallory.cookies);
    mallory.session().await.refused(401, "InvalidConsoleSession");
    assert_eq!(victim.session().await.ok()["Session"]["UserName"], "alice");
}

/// A log in memory.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A user who may do everything to users, logged on.
async fn powerful(cx: &TestContext) -> Browser {
    let user = cx.user_with_password("alice", PASSWORD).await;
    cx.grant(&user, allow(&["ram:*"], &["*"])).await;
    let mut browser = cx.browser();
    browser.logon("alice", PASSWORD).await.ok();
    browser
}

#[tokio::test]
async fn a_call_that_another_site_made_the_browser_send_is_refused() {
    let cx = TestContext::start().await;
    let browser = powerful(&cx).await;
    let mut other = cx.browser();
    other.logon("alice", PASSWORD).await.ok();
    let revision = cx.revision().await;
    let create = async |browser: &mut Browser| -> Answer { browser.ram("CreateUser", &[("UserName", "eve")]).await };

    let mut without = browser.clone();
    without.csrf = None;
    create(&mut without).await.refused(403, "MissingCsrfToken");
    // A simple request, as a form or an image of another site can send it.
    let target = "/?Version=2015-05-01&Action=CreateUser&UserName=eve";
    without.send("GET", target, &[], "").await.refused(403, "MissingCsrfToken");
    without.post("logout", json!({})).await.refused(403, "MissingCsrfToken");
    for wrong in ["", "x", other.csrf.as_deref().unwrap()] {
        let mut forged = browser.clone();
        forged.csrf = Some(wrong.to_owned());
        create(&mut forged).await.refused(403, "InvalidCsrfToken");
    }
    for (name, value) in [("origin", "http://evil.example"), ("origin", "null"), ("sec-fetch-site", "cross-site")] {
        let mut cross = browser.clone();
        cross.headers = vec![(name.to_owned(), value.to_owned())];
        create(&mut cross).await.refused(403, "CrossSiteRequest");
        cross.session().await.refused(403, "CrossSiteRequest");
        // Nor can another site log the browser on as somebody else.
        cross.logon("alice", PASSWORD).await.refused(403, "CrossSiteRequest");
    }
    assert_eq!(cx.revision().await, revision);
    let mut own = browser.clone();
    own.headers = vec![("origin".to_owned(), format!("http://{}", cx.address()))];
    create(&mut own).await.ok();
}

#[tokio::test]
async fn a_session_beside_a_signature_gives_the_call_nothing() {
    let cx = TestContext::start().await;
    let browser = powerful(&cx).await;
    let nobody = cx.user().await;
    let cookie = format!("ramgate-session={}", browser.cookies["ramgate-session"]);
    let request = crate::client::Request {
        version: crate::client::version::RAM,
        action: Some("ListUsers"),
        ..crate::client::Request::new()
    };
    let mut signed = nobody.sign(&request);
    signed.headers.push(("cookie".to_owned(), cookie.clone()));
    signed.headers.push(("x-ramgate-csrf".to_owned(), browser.csrf.clone().unwrap()));
    nobody.submit(&signed).await.refused(403, "NoPermission");
    // A signature that does not hold is not made good by a session either.
    let mut forged = nobody.with_secret("wrong").sign(&request);
    forged.headers.push(("cookie".to_owned(), cookie));
    forged.headers.push(("x-ramgate-csrf".to_owned(), browser.csrf.clone().unwrap()));
    nobody.submit(&forged).await.refused(400, "SignatureDoesNotMatch");
}

#[tokio::test]
async fn tickets_can_be_neither_altered_nor_used_for_another_step() {
    let cx = TestContext::start().await;
    cx.user_with_password("alice", PASSWORD).await;
    let seed = bind_device(&cx, "alice").await;
    cx.clock.advance(30_000);
    let mut browser = cx.browser();
    let ticket = browser.logon("alice", PASSWORD).await.ok()["Ticket"].as_str().unwrap().to_owned();
    let skip = json!({ "Ticket": ticket, "NewPassword": "tangerine-9" });
    browser.post("password", skip).await.refused(401, "InvalidLogonTicket");
    let code = browser.code(&seed, 0);
    for (at, _) in ticket.char_indices().step_by(7) {
        let other = if ticket.as_bytes()[at] == b'A' { "B" } else { "A" };
        let altered = format!("{}{other}{}", &ticket[..at], &ticket[at + 1..]);
        cx.clock.advance(5000);
        let answer = browser.post("logon/mfa", json!({ "Ticket": altered, "AuthenticationCode": code })).await;
        answer.refused(401, "InvalidLogonTicket");
    }
    // What was given before a change of the password is worth nothing after it.
    cx.admin().ram("UpdateLoginProfile", &[("UserName", "alice"), ("Password", "tangerine-9")]).await.ok();
    let code = browser.code(&seed, 0);
    let late = browser.post("logon/mfa", json!({ "Ticket": ticket, "AuthenticationCode": code })).await;
    late.refused(401, "InvalidLogonTicket");
}

#[tokio::test]
async fn no_file_and_no_record_holds_a_secret_of_a_logon() {
    let log = Log::default();
    let written = log.clone();
    let subscriber =
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || written.clone());
    // Everything of this test runs on this thread, but for hashes.
    let _logging = tracing::subscriber::set_default(subscriber.finish());
    let mut cx = TestContext::start().await;
    let admin = cx.admin();
    let mut secrets = vec![PASSWORD.to_owned(), "tangerine-9".to_owned(), "wrong-orbit-7".to_owned()];
    let user = cx.user_with_password("alice", PASSWORD).await;
    let made = admin.ram("CreateUser", &[("UserName", "bob")]).await.ok();
    assert!(made["User"].is_object());
    let made = admin.ram("CreateLoginProfile", &[("UserName", "bob"), ("GeneratePassword", "true")]).await.ok();
    secrets.push(made["LoginProfile"]["Password"].as_str().unwrap().to_owned());
    let seed = bind_device(&cx, "alice").await;
    admin.ram("SetSecurityPreference", &[("EnableSaveMFATicket", "true")]).await.ok();
    cx.clock.advance(30_000);
    let mut browser = cx.browser();
    browser.logon("alice", "wrong-orbit-7").await.refused(401, "LogonFailed");
    // The password where the name belongs, and the name where the password belongs.
    browser.logon(PASSWORD, "alice").await.refused(401, "LogonFailed");
    let asked = browser.logon("alice", PASSWORD).await.ok();
    let code = browser.code(&seed, 0);
    let body = json!({ "Ticket": asked["Ticket"], "AuthenticationCode": code, "RememberMFA": true });
    browser.post("logon/mfa", body).await.ok();
    secrets.extend([seed, asked["Ticket"].as_str().unwrap().to_owned()]);
    secrets.extend(browser.cookies.values().cloned().chain(browser.csrf.clone()));
    assert_eq!(browser.cookies.len(), 2);
    let change = [("OldPassword", PASSWORD), ("NewPassword", "tangerine-9")];
    browser.ram("ChangePassword", &change).await.ok();
    user.ram("ChangePassword", &change).await.refused(403, "InvalidParameter.OldPassword");
    let wrong = [
        ("UserName", "bob"),
        ("SerialNumber", "acs:ram::1000000000000001:mfa/x"),
        ("AuthenticationCode1", "731942"),
        ("AuthenticationCode2", "731943"),
    ];
    admin.ram("BindMFADevice", &wrong).await.refused(404, "EntityNotExist.VirtualMFADevice");
    secrets.extend(["731942".to_owned(), "731943".to_owned()]);
    cx.stop().await;
    let log = log.text();
    assert!(log.contains("ChangePassword") && log.contains("DEBUG"), "the log was caught: {log}");
    for secret in secrets {
        assert_eq!(cx.files_with(&secret), Vec::<std::path::PathBuf>::new(), "{secret}");
        assert!(!log.contains(&secret), "{secret} is in the log");
    }
    assert!(cx.files_with("alice").len() >= 2, "store and audit log name the user");
    assert_eq!(cx.files_with("$argon2id$"), Vec::<std::path::PathBuf>::new(), "hashes are sealed");
}
