//! The account's alias and the domain of logon names, through both APIs.

use crate::context::TestContext;

async fn alias(cx: &TestContext) -> String {
    cx.admin().ram("GetAccountAlias", &[]).await.ok()["AccountAlias"].as_str().unwrap().to_owned()
}

async fn domain(cx: &TestContext) -> String {
    cx.admin().ims("GetDefaultDomain", &[]).await.ok()["DefaultDomainName"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn an_alias_is_set_once_shown_by_both_apis_and_cleared() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    assert_eq!((alias(&cx).await, domain(&cx).await), (String::new(), "1000000000000001.onaliyun.com".to_owned()));
    admin.ram("SetAccountAlias", &[("AccountAlias", "my-company")]).await.ok();
    assert_eq!((alias(&cx).await, domain(&cx).await), ("my-company".to_owned(), "my-company.onaliyun.com".to_owned()));
    let again = admin.ram("SetAccountAlias", &[("AccountAlias", "other")]).await;
    again.refused(409, "EntityAlreadyExists.AccountAlias");
    for _ in 0..2 {
        admin.ram("ClearAccountAlias", &[]).await.ok();
        assert_eq!((alias(&cx).await, domain(&cx).await), (String::new(), "1000000000000001.onaliyun.com".to_owned()));
    }
}

#[tokio::test]
async fn the_default_domain_replaces_the_alias_and_the_one_of_the_id_takes_it_away() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    for name in ["first", "second"] {
        let full = format!("{name}.onaliyun.com");
        let set = admin.ims("SetDefaultDomain", &[("DefaultDomainName", &full)]).await.ok();
        assert_eq!(set["DefaultDomainName"], full);
        assert_eq!((alias(&cx).await, domain(&cx).await), (name.to_owned(), full));
    }
    let id = "1000000000000001.onaliyun.com";
    admin.ims("SetDefaultDomain", &[("DefaultDomainName", id)]).await.ok();
    assert_eq!((alias(&cx).await, domain(&cx).await), (String::new(), id.to_owned()));
}

#[tokio::test]
async fn aliases_and_domains_out_of_their_form_are_refused() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let revision = cx.revision().await;
    let long = "a".repeat(33);
    for (value, code) in [
        ("ab", "Length"),
        (&*long, "Length"),
        ("Company", "Format"),
        ("-abc", "Format"),
        ("abc-", "Format"),
        ("a--b", "Format"),
        ("a_b", "Format"),
        ("c\u{43e}mpany", "Format"),
        // It could be taken for an account's id.
        ("2000000000000002", "Format"),
    ] {
        let answer = admin.ram("SetAccountAlias", &[("AccountAlias", value)]).await;
        answer.refused(400, &format!("InvalidParameter.AccountAlias.{code}"));
        let domain = format!("{value}.onaliyun.com");
        let answer = admin.ims("SetDefaultDomain", &[("DefaultDomainName", &domain)]).await;
        assert_eq!(answer.status, 400, "{value}: {}", answer.body);
    }
    for (domain, code) in [("abc.example.com", "Format"), ("abc", "Format"), ("abc.onaliyun.com.cn", "Format")] {
        let answer = admin.ims("SetDefaultDomain", &[("DefaultDomainName", domain)]).await;
        answer.refused(400, &format!("InvalidParameter.DefaultDomainName.{code}"));
    }
    admin.ims("SetDefaultDomain", &[]).await.refused(400, "MissingParameter");
    assert_eq!(cx.revision().await, revision);
}

#[tokio::test]
async fn the_suffix_is_the_installations() {
    let setup = crate::context::Setup {
        config: Some(|config| config.logon_domain_suffix = "logon.example".to_owned()),
        ..Default::default()
    };
    let cx = TestContext::start_with(setup).await;
    assert_eq!(domain(&cx).await, "1000000000000001.logon.example");
    let admin = cx.admin();
    admin.ram("CreateUser", &[("UserName", "alice")]).await.ok();
    let found = admin.ims("GetUser", &[("UserPrincipalName", "alice@1000000000000001.logon.example")]).await;
    assert_eq!(found.ok()["User"]["UserPrincipalName"], "alice@1000000000000001.logon.example");
    let elsewhere = admin.ims("GetUser", &[("UserPrincipalName", "alice@1000000000000001.onaliyun.com")]).await;
    elsewhere.refused(404, "EntityNotExist.User");
}

#[tokio::test]
async fn users_log_on_to_the_console_by_alias_and_by_id_and_are_shown_with_the_alias() {
    const PASSWORD: &str = "plum-orbit-7";
    let cx = TestContext::start().await;
    let admin = cx.admin();
    cx.user_with_password("alice", PASSWORD).await;
    admin.ram("SetAccountAlias", &[("AccountAlias", "my-company")]).await.ok();
    for name in [
        "alice",
        "alice@my-company",
        "Alice@My-Company.onaliyun.com",
        "alice@1000000000000001",
        "alice@1000000000000001.onaliyun.com",
    ] {
        let done = cx.browser().logon(name, PASSWORD).await.ok();
        assert_eq!(done["Session"]["UserPrincipalName"], "alice@my-company.onaliyun.com", "{name}");
    }
    let named = [("UserPrincipalName", "alice@my-company.onaliyun.com")];
    let profile = admin.ims("GetLoginProfile", &named).await.ok();
    assert_eq!(profile["LoginProfile"]["UserPrincipalName"], named[0].1);
    let user = admin.ims("GetUser", &named).await.ok();
    assert_eq!(user["User"]["LastLoginDate"], "2026-01-02T03:04:05Z");
    admin.ram("ClearAccountAlias", &[]).await.ok();
    for name in ["alice@my-company", "alice@my-company.onaliyun.com"] {
        cx.browser().logon(name, PASSWORD).await.refused(401, "LogonFailed");
    }
}
