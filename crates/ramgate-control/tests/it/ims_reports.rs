//! Reports on the whole account.

use crate::client::Client;
use crate::context::{TestContext, allow};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ramgate_model::User;
use serde_json::{Value, json};

const HOUR: i64 = 60 * 60 * 1000;

fn content(page: &Value) -> String {
    String::from_utf8(STANDARD.decode(page["Content"].as_str().unwrap()).unwrap()).unwrap()
}

async fn report(admin: &Client) -> Value {
    let state = admin.ims("GenerateCredentialReport", &[]).await.ok();
    assert_eq!(state["State"], "COMPLETED");
    admin.ims("GetCredentialReport", &[]).await.ok()
}

#[tokio::test]
async fn the_summary_counts_what_there_is_and_tells_every_limit() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let user = cx.user().await;
    cx.user().await;
    cx.grant(&user, allow(&["ram:GetUser"], &["*"])).await;
    admin.ram("CreateGroup", &[("GroupName", "dev")]).await.ok();
    let summary = admin.ims("GetAccountSummary", &[]).await.ok()["SummaryMap"].clone();
    let expected = json!({
        "Users": 2, "Groups": 1, "Roles": 0, "Policies": 1, "MFADevices": 0, "MFADevicesInUse": 0,
        "UsersQuota": 1000, "GroupsQuota": 50, "GroupsPerUserQuota": 5, "RolesQuota": 1000, "PoliciesQuota": 1500,
        "VersionsPerPolicyQuota": 5, "PolicySizeQuota": 6144, "VirtualMFADevicesQuota": 1000,
        "AccessKeysPerUserQuota": 2, "AccountAccessKeysPerAccountQuota": 2,
        "AttachedPoliciesPerUserQuota": 10, "AttachedPoliciesPerGroupQuota": 5, "AttachedPoliciesPerRoleQuota": 5,
        "AttachedSystemPoliciesPerUserQuota": 20, "AttachedSystemPoliciesPerGroupQuota": 20,
        "AttachedSystemPoliciesPerRoleQuota": 20, "ConditionsPerAKPolicyQuota": 8, "IPItemsPerAKPolicyQuota": 50,
        "AuthorizedClientPerUserQuota": 0, "ServiceCredentialsPerUserPerServiceQuota": 0,
    });
    assert_eq!(summary, expected);
}

#[tokio::test]
async fn the_credential_report_tells_of_every_user_and_of_the_account() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    admin.ims("GetCredentialReport", &[]).await.refused(404, "EntityNotExist.CredentialReport");
    let user = cx.user_named("alice").await;
    user.sts("GetCallerIdentity", &[]).await.ok();
    cx.clock.advance(1000);
    let second = admin.ram("CreateAccessKey", &[("UserName", "alice")]).await.ok();
    let id = second["AccessKey"]["AccessKeyId"].as_str().unwrap();
    let off = [("UserName", "alice"), ("UserAccessKeyId", id), ("Status", "Inactive")];
    admin.ram("UpdateAccessKey", &off).await.ok();
    admin.ram("CreateUser", &[("UserName", "bob")]).await.ok();
    let page = report(&admin).await;
    assert_eq!((&page["IsTruncated"], &page["GeneratedTime"]), (&json!("false"), &json!("2026-01-02T03:04:06Z")));
    let lines: Vec<String> = content(&page).lines().map(str::to_owned).collect();
    assert_eq!(lines.len(), 4, "{lines:?}");
    assert!(lines[0].starts_with("user,user_creation_time,user_last_logon,password_exist,"), "{}", lines[0]);
    assert!(lines.iter().all(|line| line.split(',').count() == 16), "{lines:?}");
    assert_eq!(
        lines[1..],
        [
            "<root>,2026-01-02T03:04:05Z,-,FALSE,N/A,N/A,N/A,FALSE,\
             TRUE,TRUE,2026-01-02T03:04:05Z,2026-01-02T03:04:06Z,FALSE,N/A,N/A,N/A",
            "alice@1000000000000001.onaliyun.com,2026-01-02T03:04:05Z,-,FALSE,N/A,N/A,N/A,FALSE,\
             TRUE,TRUE,2026-01-02T03:04:05Z,2026-01-02T03:04:05Z,TRUE,FALSE,2026-01-02T03:04:06Z,-",
            "bob@1000000000000001.onaliyun.com,2026-01-02T03:04:06Z,-,FALSE,N/A,N/A,N/A,FALSE,\
             FALSE,N/A,N/A,N/A,FALSE,N/A,N/A,N/A",
        ]
    );
}

#[tokio::test]
async fn a_report_is_made_anew_after_four_hours() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    report(&admin).await;
    admin.ram("CreateUser", &[("UserName", "alice")]).await.ok();
    cx.clock.advance(4 * HOUR - 1000);
    assert!(!content(&report(&admin).await).contains("alice"));
    cx.clock.advance(1000);
    let page = report(&admin).await;
    assert!(content(&page).contains("alice"));
    assert_eq!(page["GeneratedTime"], "2026-01-02T07:04:05Z");
}

#[tokio::test]
async fn a_report_on_all_users_there_may_be_is_read_page_by_page() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let seeded = |n: usize| User {
        id: format!("2{n:017}").as_str().into(),
        name: format!("{n:04}{}", "n".repeat(60)),
        display_name: "x".to_owned(),
        mobile_phone: String::new(),
        email: String::new(),
        comments: String::new(),
        tags: Default::default(),
        created_at: i64::try_from(n).unwrap(),
        updated_at: 0,
    };
    cx.seed(&(0..999).map(seeded).collect::<Vec<_>>()).await;
    // Any further change is applied behind the seeds.
    admin.ram("CreateUser", &[("UserName", "last")]).await.ok();
    let whole = content(&report(&admin).await);
    assert_eq!(whole.lines().count(), 1002);
    let (mut pages, mut token) = (String::new(), String::new());
    let mut n_pages = 0;
    loop {
        let page = admin.ims("GetCredentialReport", &[("MaxItems", "300"), ("NextToken", &token)]).await.ok();
        pages += &content(&page);
        n_pages += 1;
        assert_eq!(page["IsTruncated"] == "true", page.get("NextToken").is_some());
        match page.get("NextToken") {
            Some(next) => token = next.as_str().unwrap().to_owned(),
            None => break,
        }
    }
    assert_eq!((n_pages, pages), (4, whole));
    // A report made anew has other pages, and what is no token of it is refused.
    let first = admin.ims("GetCredentialReport", &[("MaxItems", "300")]).await.ok();
    let stale = first["NextToken"].as_str().unwrap().to_owned();
    cx.clock.advance(5 * HOUR);
    report(&admin).await;
    for token in [stale.as_str(), "x", "Y3JlZA"] {
        let answer = admin.ims("GetCredentialReport", &[("NextToken", token)]).await;
        answer.refused(400, "InvalidParameter").saying("`NextToken`");
    }
    for size in ["0", "3502"] {
        admin.ims("GetCredentialReport", &[("MaxItems", size)]).await.refused(400, "InvalidParameter");
    }
}

#[tokio::test]
async fn the_reports_tell_of_passwords_and_devices() {
    const PASSWORD: &str = "plum-orbit-7";
    const DAY: i64 = 24 * HOUR;
    let cx = TestContext::start().await;
    let admin = cx.admin();
    for name in ["alice", "bob"] {
        cx.user_with_password(name, PASSWORD).await;
        cx.clock.advance(1000);
    }
    let off = [("UserPrincipalName", "bob@1000000000000001.onaliyun.com"), ("Status", "Inactive")];
    admin.ims("UpdateLoginProfile", &off).await.ok();
    cx.browser().logon("alice", PASSWORD).await.ok();
    crate::browser::bind_device(&cx, "alice").await;
    admin.ram("CreateVirtualMFADevice", &[("VirtualMFADeviceName", "spare")]).await.ok();
    admin.ram("SetPasswordPolicy", &[("MaxPasswordAge", "30")]).await.ok();
    let summary = admin.ims("GetAccountSummary", &[]).await.ok()["SummaryMap"].clone();
    assert_eq!((&summary["MFADevices"], &summary["MFADevicesInUse"]), (&json!(2), &json!(1)));

    let columns = |page: &Value| -> Vec<String> {
        let lines = content(page);
        lines.lines().skip(2).map(|line| line.splitn(9, ',').take(8).collect::<Vec<_>>()[2..].join(",")).collect()
    };
    let first = columns(&report(&admin).await);
    assert_eq!(
        first,
        [
            "2026-01-02T03:04:07Z,TRUE,TRUE,2026-01-02T03:04:05Z,2026-02-01T03:04:05Z,TRUE",
            "-,TRUE,FALSE,2026-01-02T03:04:06Z,2026-02-01T03:04:06Z,FALSE",
        ]
    );
    // A password that is over its age is not active.
    cx.clock.advance(30 * DAY);
    assert!(columns(&report(&admin).await)[0].starts_with("2026-01-02T03:04:07Z,TRUE,FALSE,"));
}

#[tokio::test]
async fn the_practice_report_tells_what_is_old_unused_and_weak_and_scores_it() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let report =
        async || admin.ims("GetAccountSecurityPracticeReport", &[]).await.ok()["AccountSecurityPracticeInfo"].clone();
    let facts = |report: &Value, name: &str| report["AccountSecurityPracticeUserInfo"][name].clone();
    let user = cx.user().await;
    cx.user().await;
    let fresh = report().await;
    // The root key is there, and passwords may be weak: two of five.
    assert_eq!(fresh["Score"], 60, "{fresh:#}");
    assert_eq!(
        fresh["AccountSecurityPracticeUserInfo"],
        json!({ "BindMfa": false, "OldAkNum": 0, "RootWithAccessKey": 1, "SubUser": 2, "SubUserBindMfa": 0,
            "SubUserPwdLevel": "low", "SubUserWithOldAccessKey": 0, "SubUserWithUnusedAccessKey": 0, "UnusedAkNum": 0 })
    );
    let strong = [("MinimumPasswordLength", "12"), ("RequireNumbers", "true"), ("RequireSymbols", "true")];
    admin.ram("SetPasswordPolicy", &[&strong[..], &[("RequireUppercaseCharacters", "true")]].concat()).await.ok();
    let strong = report().await;
    assert_eq!((&strong["Score"], facts(&strong, "SubUserPwdLevel")), (&json!(80), json!("high")));
    // Who can log on without a second factor takes it away again.
    let profile = [("UserName", user.name.as_str()), ("Password", "Testpassword-1")];
    admin.ram("CreateLoginProfile", &profile).await.ok();
    assert_eq!(report().await["Score"], 60);
    cx.clock.advance(91 * 24 * HOUR);
    user.sts("GetCallerIdentity", &[]).await.ok();
    let later = report().await;
    let counts = ["SubUserWithOldAccessKey", "SubUserWithUnusedAccessKey", "OldAkNum", "UnusedAkNum"];
    assert_eq!(counts.map(|name| facts(&later, name)), [json!(2), json!(1), json!(1), json!(0)], "{later:#}");
    assert_eq!(later["Score"], 20);
    cx.user().await.ims("GetAccountSecurityPracticeReport", &[]).await.refused(403, "NoPermission");
}
