//! What users may do to themselves without a policy, as the security preference says.

use crate::browser::bind_device;
use crate::client::version;
use crate::context::{ACCOUNT, TestContext, document, statement};
use serde_json::json;

const PASSWORD: &str = "plum-orbit-7";

#[tokio::test]
async fn users_manage_their_own_keys_where_the_preference_lets_them_and_nobody_elses() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let user = cx.user_named("alice").await;
    cx.user_named("bob").await;
    user.ram("CreateAccessKey", &[]).await.refused(403, "NoPermission");
    admin.ram("SetSecurityPreference", &[("AllowUserToManageAccessKeys", "true")]).await.ok();
    let answer = user.ram("CreateAccessKey", &[]).await;
    let by = cx.record_of(&answer).await.call.decided_by.unwrap();
    assert_eq!((by.policy.as_str(), by.policy_type.as_str()), ("AllowUserToManageAccessKeys", "SecurityPreference"));
    let key = answer.ok()["AccessKey"]["AccessKeyId"].as_str().unwrap().to_owned();
    let own = [("UserName", "ALICE"), ("UserAccessKeyId", key.as_str()), ("Status", "Inactive")];
    user.ram("ListAccessKeys", &own[..1]).await.ok();
    user.ram("UpdateAccessKey", &own).await.ok();
    user.ram("DeleteAccessKey", &own[1..2]).await.ok();
    for (action, parameters) in [
        ("CreateAccessKey", &[("UserName", "bob")][..]),
        ("ListAccessKeys", &[("UserName", "bob")]),
        ("CreateAccessKey", &[("UserName", "nobody")]),
        ("GetUser", &[("UserName", "alice")]),
        ("CreateLoginProfile", &[("UserName", "alice"), ("Password", PASSWORD)]),
    ] {
        user.ram(action, parameters).await.refused(403, "NoPermission");
    }
    admin.ram("SetSecurityPreference", &[("AllowUserToManageAccessKeys", "false")]).await.ok();
    user.ram("ListAccessKeys", &[]).await.refused(403, "NoPermission");
}

#[tokio::test]
async fn a_deny_wins_over_the_preference() {
    let cx = TestContext::start().await;
    let user = cx.user_with_password("alice", PASSWORD).await;
    let change = [("OldPassword", PASSWORD), ("NewPassword", "tangerine-9")];
    cx.grant(&user, document(&[statement("Deny", &["ram:ChangePassword"], &["*"])])).await;
    let denied = user.ram("ChangePassword", &change).await;
    denied.refused(403, "NoPermission");
    assert_eq!(denied.body["AccessDeniedDetail"]["NoPermissionType"], "ExplicitDeny");
    let denied = user.rpc(version::IMS, "ChangePassword", &change).await;
    assert_eq!(denied.body["AccessDeniedDetail"]["NoPermissionType"], "ExplicitDeny");
}

#[tokio::test]
async fn users_set_up_a_device_of_their_own_name_and_bind_it_to_themselves() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let user = cx.user_named("alice").await;
    cx.user_named("bob").await;
    for name in ["bob", "alice2", "Alice"] {
        let made = user.ram("CreateVirtualMFADevice", &[("VirtualMFADeviceName", name)]).await;
        made.refused(403, "NoPermission");
    }
    let made = user.ram("CreateVirtualMFADevice", &[("VirtualMFADeviceName", "alice")]).await.ok();
    let seed = made["VirtualMFADevice"]["Base32StringSeed"].as_str().unwrap();
    let serial = made["VirtualMFADevice"]["SerialNumber"].as_str().unwrap();
    user.ram("DeleteVirtualMFADevice", &[("SerialNumber", "acs:ram::1000000000000001:mfa/bob")])
        .await
        .refused(403, "NoPermission");
    user.ram("DeleteVirtualMFADevice", &[("SerialNumber", serial)]).await.ok();
    user.ram("ListVirtualMFADevices", &[]).await.refused(403, "NoPermission");
    let _ = seed;

    let made = user.ram("CreateVirtualMFADevice", &[("VirtualMFADeviceName", "alice")]).await.ok();
    let seed = made["VirtualMFADevice"]["Base32StringSeed"].as_str().unwrap();
    let browser = cx.browser();
    let (first, second) = (browser.code(seed, -1), browser.code(seed, 0));
    let bind = |who: &'static str| {
        [
            ("UserName", who),
            ("SerialNumber", serial),
            ("AuthenticationCode1", first.as_str()),
            ("AuthenticationCode2", second.as_str()),
        ]
    };
    user.ram("BindMFADevice", &bind("bob")).await.refused(403, "NoPermission");
    user.ram("BindMFADevice", &bind("alice")).await.ok();
    assert_eq!(user.ram("GetUserMFAInfo", &[("UserName", "alice")]).await.ok()["MFADevice"]["Type"], "VMFA");
    assert_eq!(user.rpc(version::IMS, "GetUserMFAInfo", &[]).await.ok()["IsMFAEnable"], true);
    admin.ram("SetSecurityPreference", &[("AllowUserToManageMFADevices", "false")]).await.ok();
    user.ram("GetUserMFAInfo", &[("UserName", "alice")]).await.refused(403, "NoPermission");
}

#[tokio::test]
async fn a_second_factor_is_given_up_only_by_who_has_just_shown_it() {
    let cx = TestContext::start().await;
    let user = cx.user_with_password("alice", PASSWORD).await;
    let mut plain = cx.browser();
    plain.logon("alice", PASSWORD).await.ok();
    let seed = bind_device(&cx, "alice").await;
    cx.clock.advance(30_000);
    let principal = format!("alice@{ACCOUNT}.onaliyun.com");
    let (by_name, by_principal) = ([("UserName", "alice")], [("UserPrincipalName", principal.as_str())]);
    // Neither an access key nor a session that was begun without a code will do.
    user.ram("UnbindMFADevice", &by_name).await.refused(403, "NoPermission");
    user.rpc(version::IMS, "DisableVirtualMFA", &by_principal).await.refused(403, "NoPermission");
    plain.ram("UnbindMFADevice", &by_name).await.refused(403, "NoPermission");
    let mut browser = cx.browser();
    let code = browser.code(&seed, 0);
    let all = json!({ "LoginName": "alice", "Password": PASSWORD, "AuthenticationCode": code });
    browser.post("logon", all).await.ok();
    browser.call(version::IMS, "DisableVirtualMFA", &by_principal).await.ok();
}

#[tokio::test]
async fn keys_that_nobody_uses_are_refused_until_they_are_switched_on_again() {
    const DAY: i64 = 86_400_000;
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let user = cx.user_named("alice").await;
    admin.rpc(version::IMS, "SetSecurityPreference", &[("MaxIdleDaysForAccessKeys", "90")]).await.ok();
    cx.clock.advance(89 * DAY);
    user.sts("GetCallerIdentity", &[]).await.ok();
    cx.clock.advance(89 * DAY);
    user.sts("GetCallerIdentity", &[]).await.ok();
    cx.clock.advance(90 * DAY);
    user.sts("GetCallerIdentity", &[]).await.refused(400, "InvalidAccessKeyId.Inactive");
    // The account's own key is not; it is what helps.
    let key = [("UserName", "alice"), ("UserAccessKeyId", user.access_key_id()), ("Status", "Inactive")];
    admin.ram("UpdateAccessKey", &key).await.ok();
    admin.ram("UpdateAccessKey", &[key[0], key[1], ("Status", "Active")]).await.ok();
    user.sts("GetCallerIdentity", &[]).await.ok();
}
