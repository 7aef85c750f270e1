//! Login profiles, passwords and the policy about them, through RAM and IMS.

use crate::client::{Answer, Client, version};
use crate::context::{ACCOUNT, TestContext, attachment};
use serde_json::{Value, json};

const PASSWORD: &str = "plum-orbit-7";
const DAY: i64 = 86_400_000;

async fn ims(client: &Client, action: &str, parameters: &[(&str, &str)]) -> Answer {
    client.rpc(version::IMS, action, parameters).await
}

fn principal(name: &str) -> String {
    format!("{name}@{ACCOUNT}.onaliyun.com")
}

#[tokio::test]
async fn a_login_profile_is_one_thing_with_two_faces() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    admin.ram("CreateUser", &[("UserName", "alice")]).await.ok();
    let named = [("UserName", "Alice")];
    admin.ram("GetLoginProfile", &named).await.refused(404, "EntityNotExist.User.LoginProfile");
    let parameters = [("UserName", "alice"), ("Password", PASSWORD), ("MFABindRequired", "true")];
    let made = admin.ram("CreateLoginProfile", &parameters).await.ok();
    let expected = json!({
        "UserName": "alice", "CreateDate": "2026-01-02T03:04:05Z", "MFABindRequired": true,
        "PasswordResetRequired": false,
    });
    assert_eq!(made["LoginProfile"], expected);
    assert_eq!(admin.ram("GetLoginProfile", &named).await.ok()["LoginProfile"], expected);
    let again = admin.ram("CreateLoginProfile", &parameters).await;
    again.refused(409, "EntityAlreadyExists.User.LoginProfile");

    let alice = principal("alice");
    let got = ims(&admin, "GetLoginProfile", &[("UserPrincipalName", &alice)]).await.ok();
    let mut expected = json!({
        "AutoDisableLoginStatus": "Active", "MFABindRequired": true, "PasswordResetRequired": false,
        "PasswordStatus": "InitialValid", "Status": "Active", "UpdateDate": "2026-01-02T03:04:05Z",
        "UserPrincipalName": alice,
    });
    assert_eq!(got["LoginProfile"], expected);
    cx.clock.advance(60_000);
    let changes = [("UserPrincipalName", alice.as_str()), ("Status", "Inactive"), ("PasswordResetRequired", "true")];
    let changed = ims(&admin, "UpdateLoginProfile", &changes).await.ok();
    expected["Status"] = "Inactive".into();
    expected["PasswordResetRequired"] = true.into();
    expected["UpdateDate"] = "2026-01-02T03:05:05Z".into();
    assert_eq!(changed["LoginProfile"], expected);
    assert_eq!(admin.ram("GetLoginProfile", &named).await.ok()["LoginProfile"]["PasswordResetRequired"], true);

    ims(&admin, "DeleteLoginProfile", &[("UserPrincipalName", "alice@1000000000000001.onaliyun.com")]).await.ok();
    admin.ram("DeleteLoginProfile", &named).await.refused(404, "EntityNotExist.User.LoginProfile");
    let elsewhere =
        ims(&admin, "GetLoginProfile", &[("UserPrincipalName", "alice@2000000000000002.onaliyun.com")]).await;
    elsewhere.refused(404, "EntityNotExist.User");
}

#[tokio::test]
async fn a_user_who_can_log_on_is_not_deleted() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let user = cx.user_named("alice").await;
    let named = [("UserName", "alice")];
    admin.ram("CreateLoginProfile", &[("UserName", "alice"), ("Password", PASSWORD)]).await.ok();
    crate::browser::bind_device(&cx, "alice").await;
    admin.ram("AttachPolicyToUser", &attachment("System", "ReadOnlyAccess", "alice")).await.ok();
    // Keys are reported before the profile, the profile before the device, the device before policies.
    admin.ram("DeleteUser", &named).await.refused(409, "DeleteConflict.User.AccessKey");
    admin.ram("DeleteAccessKey", &[named[0], ("UserAccessKeyId", user.access_key_id())]).await.ok();
    admin.ram("DeleteUser", &named).await.refused(409, "DeleteConflict.User.LoginProfile");
    admin.ram("DeleteLoginProfile", &named).await.ok();
    admin.ram("DeleteUser", &named).await.refused(409, "DeleteConflict.User.MFADevice");
    admin.ram("UnbindMFADevice", &named).await.ok();
    admin.ram("DeleteUser", &named).await.refused(409, "DeleteConflict.User.Policy");
    admin.ram("DetachPolicyFromUser", &attachment("System", "ReadOnlyAccess", "alice")).await.ok();
    admin.ram("DeleteUser", &named).await.ok();
}

#[tokio::test]
async fn every_rule_of_the_password_policy_refuses_what_breaks_it() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    admin.ram("CreateUser", &[("UserName", "alice")]).await.ok();
    let create =
        async |password: &str| admin.ram("CreateLoginProfile", &[("UserName", "alice"), ("Password", password)]).await;
    create("short").await.refused(400, "InvalidParameter.Password.TooWeak").saying("at least 8 characters");
    for (rule, value, bad, why) in [
        ("MinimumPasswordLength", "12", "Abcdefgh-12", "at least 12 characters"),
        ("RequireUppercaseCharacters", "true", "abcdefgh-1234", "an upper-case letter"),
        ("RequireLowercaseCharacters", "true", "ABCDEFGH-1234", "a lower-case letter"),
        ("RequireNumbers", "true", "Abcdefgh-abcd", "a digit"),
        ("RequireSymbols", "true", "Abcdefgh12345", "a symbol"),
        ("MinimumPasswordDifferentCharacter", "8", "Abcb-1Abcb-1Abc", "at least 8 different characters"),
        ("PasswordNotContainUserName", "true", "x-ALICE-1234-y", "to leave the user's name out"),
        ("InterceptRiskPasswordOnApi", "true", "Passw0rd-123456", "to be less widely known"),
    ] {
        ims(&admin, "SetPasswordPolicy", &[(rule, value)]).await.ok();
        let answer = create(bad).await;
        answer.refused(400, "InvalidParameter.Password.TooWeak").saying(why);
        assert!(!answer.message().contains(bad), "{}", answer.message());
    }
    create("Tangerine-Orbit-7").await.ok();
    let weaker = admin.ram("UpdateLoginProfile", &[("UserName", "alice"), ("Password", "tangerine")]).await;
    weaker.refused(400, "InvalidParameter.Password.TooWeak");
}

#[tokio::test]
async fn settings_keep_what_a_change_leaves_out_and_are_the_same_under_both_faces() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let of_ram = admin.ram("GetPasswordPolicy", &[]).await.ok();
    let mut expected = json!({
        "HardExpiry": false, "MaxLoginAttemps": 0, "MaxPasswordAge": 0, "MinimumPasswordLength": 8,
        "PasswordReusePrevention": 0, "RequireLowercaseCharacters": false, "RequireNumbers": false,
        "RequireSymbols": false, "RequireUppercaseCharacters": false,
    });
    assert_eq!(of_ram["PasswordPolicy"], expected);
    let initial = ims(&admin, "GetPasswordPolicy", &[]).await.ok();
    assert_eq!(initial["PasswordPolicy"]["InitialPasswordAge"], 14);

    let changes = [("MaxLoginAttemps", "5"), ("HardExpiry", "true"), ("MaxPasswordAge", "90")];
    admin.ram("SetPasswordPolicy", &changes).await.ok();
    let changed = ims(&admin, "SetPasswordPolicy", &[("RequireNumbers", "true"), ("InitialPasswordAge", "0")]).await;
    assert_eq!(
        changed.ok()["PasswordPolicy"],
        json!({
            "HardExpire": true, "InitialPasswordAge": 0, "InterceptRiskPasswordOnApi": false, "MaxLoginAttemps": 5,
            "MaxPasswordAge": 90, "MinimumPasswordDifferentCharacter": 0, "MinimumPasswordLength": 8,
            "PasswordNotContainUserName": false, "PasswordReusePrevention": 0, "RequireLowercaseCharacters": false,
            "RequireNumbers": true, "RequireSymbols": false, "RequireUppercaseCharacters": false,
        })
    );
    expected["HardExpiry"] = true.into();
    expected["MaxLoginAttemps"] = 5.into();
    expected["MaxPasswordAge"] = 90.into();
    expected["RequireNumbers"] = true.into();
    assert_eq!(admin.ram("GetPasswordPolicy", &[]).await.ok()["PasswordPolicy"], expected);

    let default = ims(&admin, "GetSecurityPreference", &[]).await.ok()["SecurityPreference"].clone();
    assert_eq!(
        default,
        json!({
            "AccessKeyPreference": {
                "AllowUserToManageAccessKeys": false, "AllowUserToManageServiceCredentials": false,
            },
            "LoginProfilePreference": {
                "AllowUserToChangePassword": true, "AllowUserToLoginWithPasskey": true, "EnableSaveMFATicket": false,
                "LoginNetworkMasks": "", "LoginSessionDuration": 6, "MFAOperationForLogin": "independent",
                "OperationForRiskLogin": "autonomous",
            },
            "MFAPreference": { "AllowUserToManageMFADevices": true },
            "MaxIdleDays": { "MaxIdleDaysForAccessKeys": 730, "MaxIdleDaysForUsers": 730 },
            "PersonalInfoPreference": { "AllowUserToManagePersonalDingTalk": true },
            "VerificationPreference": { "VerificationTypes": [] },
        })
    );
    let changes = [
        ("MFAOperationForLogin", "mandatory"),
        ("VerificationTypes", r#"["sms"]"#),
        ("MaxIdleDaysForUsers", "90"),
        ("LoginNetworkMasks", "10.0.0.0/8;127.0.0.1"),
    ];
    ims(&admin, "SetSecurityPreference", &changes).await.ok();
    admin.ram("SetSecurityPreference", &[("LoginSessionDuration", "1"), ("EnableSaveMFATicket", "true")]).await.ok();
    let changed = ims(&admin, "GetSecurityPreference", &[]).await.ok()["SecurityPreference"].clone();
    let logon = &changed["LoginProfilePreference"];
    assert_eq!((&logon["MFAOperationForLogin"], &logon["LoginSessionDuration"]), (&json!("mandatory"), &json!(1)));
    assert_eq!(logon["LoginNetworkMasks"], "10.0.0.0/8;127.0.0.1");
    assert_eq!(changed["VerificationPreference"]["VerificationTypes"], json!(["sms"]));
    assert_eq!(changed["MaxIdleDays"], json!({ "MaxIdleDaysForAccessKeys": 730, "MaxIdleDaysForUsers": 90 }));
    let of_ram = admin.ram("GetSecurityPreference", &[]).await.ok()["SecurityPreference"].clone();
    assert_eq!(
        of_ram,
        json!({
            "AccessKeyPreference": { "AllowUserToManageAccessKeys": false },
            "LoginProfilePreference": {
                "AllowUserToChangePassword": true, "EnableSaveMFATicket": true,
                "LoginNetworkMasks": "10.0.0.0/8;127.0.0.1", "LoginSessionDuration": 1,
            },
            "MFAPreference": { "AllowUserToManageMFADevices": true },
            "PublicKeyPreference": { "AllowUserToManagePublicKeys": false },
        })
    );
}

#[tokio::test]
async fn settings_out_of_their_ranges_are_refused_and_change_nothing() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let revision = cx.revision().await;
    for (parameter, value, code) in [
        ("MinimumPasswordLength", "7", "InvalidParameter.MinimumPasswordLength.Range"),
        ("MinimumPasswordLength", "33", "InvalidParameter.MinimumPasswordLength.Range"),
        ("MaxLoginAttemps", "33", "InvalidParameter"),
        ("MaxLoginAttemps", "-1", "InvalidParameter"),
        ("MaxPasswordAge", "1096", "InvalidParameter"),
        ("PasswordReusePrevention", "25", "InvalidParameter"),
        ("InitialPasswordAge", "91", "InvalidParameter"),
        ("MinimumPasswordDifferentCharacter", "9", "InvalidParameter"),
    ] {
        ims(&admin, "SetPasswordPolicy", &[(parameter, value)]).await.refused(400, code).saying(parameter);
    }
    for (parameter, value) in [
        ("LoginSessionDuration", "0"),
        ("LoginSessionDuration", "25"),
        ("MaxIdleDaysForUsers", "91"),
        ("MFAOperationForLogin", "never"),
        ("LoginNetworkMasks", "10.0.0.0/33"),
    ] {
        let answer = ims(&admin, "SetSecurityPreference", &[(parameter, value)]).await;
        answer.refused(400, "InvalidParameter").saying(parameter);
    }
    assert_eq!(cx.revision().await, revision);
}

#[tokio::test]
async fn a_password_that_was_made_is_shown_once_and_opens_the_console() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    admin.ram("CreateUser", &[("UserName", "alice")]).await.ok();
    ims(&admin, "SetPasswordPolicy", &[("MinimumPasswordLength", "32"), ("RequireSymbols", "true")]).await.ok();
    admin.ram("CreateLoginProfile", &[("UserName", "alice")]).await.refused(400, "MissingParameter");
    let both = [("UserName", "alice"), ("GeneratePassword", "true"), ("Password", PASSWORD)];
    admin.ram("CreateLoginProfile", &both).await.refused(400, "InvalidParameter").saying("GeneratePassword");
    let made = admin.ram("CreateLoginProfile", &both[..2]).await.ok();
    let first = made["LoginProfile"]["Password"].as_str().unwrap().to_owned();
    assert_eq!(first.len(), 32);
    let shown = admin.ram("GetLoginProfile", &[("UserName", "alice")]).await.ok();
    assert_eq!(shown["LoginProfile"].get("Password"), None);
    let name = principal("alice");
    assert_eq!(cx.browser().logon(&name, &first).await.ok()["Step"], "Done");

    let again = ims(&admin, "UpdateLoginProfile", &[("UserPrincipalName", &name), ("GeneratePassword", "true")]).await;
    let second = again.ok()["LoginProfile"]["Password"].as_str().unwrap().to_owned();
    cx.browser().logon(&name, &first).await.refused(401, "LogonFailed");
    assert_eq!(cx.browser().logon(&name, &second).await.ok()["Step"], "Done");
}

#[tokio::test]
async fn former_passwords_are_refused_as_far_back_as_the_policy_says() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    admin.ram("CreateUser", &[("UserName", "alice")]).await.ok();
    let of = |n: usize| format!("plum-orbit-{n}");
    admin.ram("CreateLoginProfile", &[("UserName", "alice"), ("Password", &of(0))]).await.ok();
    let set = async |n: usize| admin.ram("UpdateLoginProfile", &[("UserName", "alice"), ("Password", &of(n))]).await;
    set(0).await.ok();
    for n in 1..4 {
        set(n).await.ok();
    }
    admin.ram("SetPasswordPolicy", &[("PasswordReusePrevention", "3")]).await.ok();
    for n in [3, 2, 1] {
        let answer = set(n).await;
        answer.refused(400, "InvalidParameter.Password.TooWeak").saying("one of the last 3 passwords");
    }
    // The fourth last is allowed again, and becomes the last.
    set(0).await.ok();
    set(0).await.refused(400, "InvalidParameter.Password.TooWeak");
    set(1).await.ok();
}

#[tokio::test]
async fn users_change_their_own_password_as_long_as_the_preference_lets_them() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let user = cx.user_with_password("alice", PASSWORD).await;
    let change = [("OldPassword", PASSWORD), ("NewPassword", "tangerine-9")];
    let wrong = [("OldPassword", "wrong-orbit-7"), ("NewPassword", "tangerine-9")];
    user.ram("ChangePassword", &wrong).await.refused(403, "InvalidParameter.OldPassword");
    let weak = [("OldPassword", PASSWORD), ("NewPassword", "short")];
    user.ram("ChangePassword", &weak).await.refused(400, "InvalidParameter.Password.TooWeak");
    user.ram("ChangePassword", &change).await.ok();
    user.ram("ChangePassword", &change).await.refused(403, "InvalidParameter.OldPassword");
    let name = principal("alice");
    cx.browser().logon(&name, PASSWORD).await.refused(401, "LogonFailed");
    cx.browser().logon(&name, "tangerine-9").await.ok();

    admin.ram("SetSecurityPreference", &[("AllowUserToChangePassword", "false")]).await.ok();
    let back = [("OldPassword", "tangerine-9"), ("NewPassword", PASSWORD)];
    user.ram("ChangePassword", &back).await.refused(403, "NoPermission");
    ims(&user, "ChangePassword", &back).await.refused(403, "NoPermission");
    admin.ram("ChangePassword", &back).await.refused(400, "NotSupport");
    let nobody = cx.user().await;
    admin.ram("SetSecurityPreference", &[("AllowUserToChangePassword", "true")]).await.ok();
    nobody.ram("ChangePassword", &back).await.refused(404, "EntityNotExist.User.LoginProfile");
    ims(&user, "ChangePassword", &back).await.ok();
}

#[tokio::test]
async fn guessing_the_old_password_is_locked_out_as_logging_on_is() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    admin.ram("SetPasswordPolicy", &[("MaxLoginAttemps", "3")]).await.ok();
    let user = cx.user_with_password("alice", PASSWORD).await;
    let guess = |old: &'static str| [("OldPassword", old), ("NewPassword", "tangerine-9")];
    for _ in 0..3 {
        user.ram("ChangePassword", &guess("wrong-orbit-7")).await.refused(403, "InvalidParameter.OldPassword");
    }
    user.ram("ChangePassword", &guess(PASSWORD)).await.refused(403, "InvalidParameter.OldPassword");
    cx.browser().logon("alice", PASSWORD).await.refused(401, "LogonFailed");
    cx.clock.advance(3_600_000);
    user.ram("ChangePassword", &guess(PASSWORD)).await.ok();
}

#[tokio::test]
async fn the_status_of_an_initial_password_follows_its_age_and_its_use() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    cx.user_with_password("alice", PASSWORD).await;
    let name = principal("alice");
    let status = async || {
        let got = ims(&admin, "GetLoginProfile", &[("UserPrincipalName", &name)]).await.ok();
        let profile = got["LoginProfile"].clone();
        (profile["PasswordStatus"].as_str().unwrap().to_owned(), profile.get("LastLoginTime").cloned())
    };
    assert_eq!(status().await, ("InitialValid".to_owned(), None));
    cx.clock.advance(14 * DAY);
    assert_eq!(status().await, ("InitialExpired".to_owned(), None));
    cx.browser().logon(&name, PASSWORD).await.refused(403, "PasswordExpired");
    ims(&admin, "SetPasswordPolicy", &[("InitialPasswordAge", "15")]).await.ok();
    cx.browser().logon(&name, PASSWORD).await.ok();
    let logged_on = Some(Value::from("2026-01-16T03:04:05Z"));
    assert_eq!(status().await, ("NotInitial".to_owned(), logged_on.clone()));
    let user = admin.ram("GetUser", &[("UserName", "alice")]).await.ok();
    assert_eq!(user["User"].get("LastLoginDate").cloned(), logged_on);
    cx.clock.advance(100 * DAY);
    cx.browser().logon(&name, PASSWORD).await.ok();
}
