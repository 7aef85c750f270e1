//! OIDC identity providers: what is kept, what is refused.

use crate::client::{Answer, Client, version};
use crate::context::{TestContext, allow, document};
use serde_json::json;

async fn ims(client: &Client, action: &str, parameters: &[(&str, &str)]) -> Answer {
    client.rpc(version::IMS, action, parameters).await
}

const NAMED: (&str, &str) = ("OIDCProviderName", "ci");

async fn make(client: &Client) -> Answer {
    let sha1 = "AB:".repeat(19) + "AB";
    let parameters = [
        ("OIDCProviderName", "Ci"),
        ("IssuerUrl", "https://idp.example.com/realms/a"),
        ("ClientIds", "app, other,app"),
        ("Fingerprints", &sha1),
        ("Description", "for builds"),
    ];
    ims(client, "CreateOIDCProvider", &parameters).await
}

#[tokio::test]
async fn a_provider_is_shown_as_it_was_made_and_changed() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let made = make(&admin).await.ok();
    let mut expected = json!({
        "Arn": "acs:ram::1000000000000001:oidc-provider/Ci", "ClientIds": "app,other",
        "CreateDate": "2026-01-02T03:04:05Z", "Description": "for builds", "Fingerprints": "ab".repeat(20),
        "GmtCreate": "1767323045000", "GmtModified": "1767323045000", "IssuanceLimitTime": 12,
        "IssuerUrl": "https://idp.example.com/realms/a", "OIDCProviderName": "Ci", "UpdateDate": "2026-01-02T03:04:05Z",
    });
    assert_eq!(made["OIDCProvider"], expected);
    assert_eq!(ims(&admin, "GetOIDCProvider", &[NAMED]).await.ok()["OIDCProvider"], expected);
    cx.clock.advance(60_000);
    let changes = [NAMED, ("NewDescription", ""), ("IssuanceLimitTime", "168")];
    let changed = ims(&admin, "UpdateOIDCProvider", &changes).await.ok();
    expected["Description"] = "".into();
    expected["IssuanceLimitTime"] = 168.into();
    expected["GmtModified"] = "1767323105000".into();
    expected["UpdateDate"] = "2026-01-02T03:05:05Z".into();
    assert_eq!(changed["OIDCProvider"], expected);
    let listed = ims(&admin, "ListOIDCProviders", &[]).await.ok();
    assert_eq!((&listed["OIDCProviders"]["OIDCProvider"], &listed["IsTruncated"]), (&json!([expected]), &json!(false)));
    ims(&admin, "DeleteOIDCProvider", &[NAMED]).await.ok();
    ims(&admin, "GetOIDCProvider", &[NAMED]).await.refused(404, "EntityNotExist.OIDCProvider");
    make(&admin).await.ok();
}

#[tokio::test]
async fn client_ids_and_fingerprints_come_and_go_one_by_one() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    make(&admin).await.ok();
    let client = |id| [NAMED, ("ClientId", id)];
    let added = ims(&admin, "AddClientIdToOIDCProvider", &client("a:b/c")).await.ok();
    assert_eq!(added["OIDCProvider"]["ClientIds"], "app,other,a:b/c");
    let again = ims(&admin, "AddClientIdToOIDCProvider", &client("app")).await;
    again.refused(409, "EntityAlreadyExists.OIDCProvider.ClientId");
    let removed = ims(&admin, "RemoveClientIdFromOIDCProvider", &client("app")).await.ok();
    assert_eq!(removed["OIDCProvider"]["ClientIds"], "other,a:b/c");
    let gone = ims(&admin, "RemoveClientIdFromOIDCProvider", &client("app")).await;
    gone.refused(404, "EntityNotExist.OIDCProvider.ClientId");
    let many: Vec<String> = (0..50).map(|n| format!("c{n}")).collect();
    ims(&admin, "UpdateOIDCProvider", &[NAMED, ("ClientIds", &many.join(","))]).await.ok();
    let over = ims(&admin, "AddClientIdToOIDCProvider", &client("one-more")).await;
    over.refused(409, "LimitExceeded.OIDCProvider.ClientId");

    for n in 1..5 {
        let text = format!("{n:02}").repeat(32);
        ims(&admin, "AddFingerprintToOIDCProvider", &[NAMED, ("Fingerprint", &text)]).await.ok();
    }
    let more = "ff".repeat(20);
    let over = ims(&admin, "AddFingerprintToOIDCProvider", &[NAMED, ("Fingerprint", &more)]).await;
    over.refused(409, "LimitExceeded.OIDCProvider.Fingerprint");
    let sha1 = "aB".repeat(20);
    ims(&admin, "RemoveFingerprintFromOIDCProvider", &[NAMED, ("Fingerprint", &sha1)]).await.ok();
    let gone = ims(&admin, "RemoveFingerprintFromOIDCProvider", &[NAMED, ("Fingerprint", &sha1)]).await;
    gone.refused(404, "EntityNotExist.OIDCProvider.Fingerprint");
}

#[tokio::test]
async fn names_and_issuers_are_unique_and_values_out_of_their_limits_are_refused() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    make(&admin).await.ok();
    let create = async |name: &str, issuer: &str| {
        ims(&admin, "CreateOIDCProvider", &[("OIDCProviderName", name), ("IssuerUrl", issuer)]).await
    };
    create("CI", "https://other.example.com").await.refused(409, "EntityAlreadyExists.OIDCProvider");
    let taken = create("two", "https://idp.example.com/realms/a").await;
    taken.refused(409, "EntityAlreadyExists.OIDCProvider.IssuerUrl");
    for bad in ["-a", "a-", "a b", "a/b", &"a".repeat(129)] {
        create(bad, "https://x.example.com").await.refused(400, "InvalidParameter").saying("`OIDCProviderName`");
    }
    for bad in ["http://x.example.com", "http://127.0.0.1:1", "https://a?b", "https://u@a", "x", "ftp://x"] {
        create("fine", bad).await.refused(400, "InvalidParameter").saying("`IssuerUrl`");
    }
    create("fine", "").await.refused(400, "MissingParameter");
    let limits = [NAMED, ("IssuanceLimitTime", "169")];
    ims(&admin, "UpdateOIDCProvider", &limits).await.refused(400, "InvalidParameter").saying("`IssuanceLimitTime`");
}

#[tokio::test]
async fn policies_may_spell_the_permission_with_ram_or_with_ims() {
    let cx = TestContext::start().await;
    make(&cx.admin()).await.ok();
    for (action, resource) in [
        ("ram:GetOIDCProvider", "acs:ram:*:*:oidc-provider/Ci"),
        ("ims:GetOIDCProvider", "acs:ims:*:*:oidc-provider/Ci"),
    ] {
        let user = cx.user_with_policy(allow(&[action], &[resource])).await;
        ims(&user, "GetOIDCProvider", &[("OIDCProviderName", "Ci")]).await.ok();
        ims(&user, "GetOIDCProvider", &[("OIDCProviderName", "other")]).await.refused(403, "NoPermission");
        ims(&user, "DeleteOIDCProvider", &[("OIDCProviderName", "Ci")]).await.refused(403, "NoPermission");
    }
}

#[tokio::test]
async fn a_role_can_trust_only_providers_of_its_account_that_are_there() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    make(&admin).await.ok();
    let trust = |provider: &str| {
        let principal = json!({ "Federated": provider });
        document(&[json!({ "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal })]).to_string()
    };
    let create =
        async |policy: &str| admin.ram("CreateRole", &[("RoleName", "r"), ("AssumeRolePolicyDocument", policy)]).await;
    for missing in ["oidc-provider/ghost", "saml-provider/Ci", "oidc-provider/ci"] {
        let name = format!("acs:ram::1000000000000001:{missing}");
        create(&trust(&name)).await.refused(400, "MalformedPolicyDocument").saying(&name);
    }
    create(&trust("acs:ram::1000000000000001:oidc-provider/Ci")).await.ok();
}
