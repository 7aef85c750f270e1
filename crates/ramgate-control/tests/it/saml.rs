//! AssumeRoleWithSAML, and the SAML identity providers that it believes.

use crate::client::{Answer, Client, version};
use crate::context::{TestContext, allow, document};
use crate::oidc::anonymous;
use crate::saml_idp::{Idp, PROVIDER, RECIPIENT, ROLE, Says, Signed};
use serde_json::{Value, json};

const INVALID: &str = "AuthenticationFail.SAMLAssertion.Invalid";
const NAMED: (&str, &str) = ("SAMLProviderName", "corp");

async fn ims(client: &Client, action: &str, parameters: &[(&str, &str)]) -> Answer {
    client.rpc(version::IMS, action, parameters).await
}

fn trust(condition: Value) -> Value {
    document(&[json!({
        "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "Federated": PROVIDER }, "Condition": condition,
    })])
}

async fn make(client: &Client, idp: &Idp) -> Answer {
    let metadata = idp.metadata();
    let parameters = [("SAMLProviderName", "Corp"), ("EncodedSAMLMetadataDocument", metadata.as_str())];
    ims(client, "CreateSAMLProvider", &parameters).await
}

/// With a provider, and a role that trusts it.
async fn world(idp: &Idp) -> TestContext {
    let cx = TestContext::start().await;
    make(&cx.admin(), idp).await.ok();
    cx.role("Operator", trust(json!({ "StringEquals": { "saml:recipient": RECIPIENT } }))).await;
    cx.grant_role("Operator", allow(&["ram:ListUsers"], &["*"])).await;
    cx
}

async fn assume(cx: &TestContext, response: &str, more: &[(&str, &str)]) -> Answer {
    let mut parameters = vec![("SAMLProviderArn", PROVIDER), ("RoleArn", ROLE), ("SAMLAssertion", response)];
    parameters.extend(more);
    anonymous(cx, "AssumeRoleWithSAML", &parameters).await
}

fn says(id: &str) -> Says {
    Says { id: id.to_owned(), ..Says::default() }
}

#[tokio::test]
async fn the_bearer_of_an_assertion_gets_a_session_of_a_role_that_trusts_its_issuer() {
    let idp = Idp::new();
    let cx = world(&idp).await;
    for (id, signed) in [("_1", Signed::Assertion), ("_2", Signed::Response), ("_3", Signed::Both)] {
        let answer = assume(&cx, &idp.response(&says(id), signed), &[]).await.ok();
        assert_eq!(answer["AssumedRoleUser"]["Arn"], "acs:ram::1000000000000001:assumed-role/operator/alice");
        let expected = json!({
            "Issuer": "https://idp.example.com/saml", "Recipient": RECIPIENT, "Subject": "alice@example.com",
            "SubjectType": "persistent",
        });
        assert_eq!(answer["SAMLAssertionInfo"], expected);
        let session = cx.session(&answer);
        session.ram("ListUsers", &[]).await.ok();
        let denied = session.ram("CreateUser", &[("UserName", "x")]).await;
        assert_eq!(denied.body["AccessDeniedDetail"]["AuthPrincipalDisplayName"], "saml-provider/Corp");
    }
}

#[tokio::test]
async fn an_assertion_is_good_once_also_after_a_restart() {
    let idp = Idp::new();
    let mut cx = world(&idp).await;
    let response = idp.response(&says("_1"), Signed::Assertion);
    assume(&cx, &response, &[("DurationSeconds", "9999999")]).await.refused(400, "InvalidParameter.DurationSeconds");
    // What was refused is not spent.
    assume(&cx, &response, &[]).await.ok();
    assume(&cx, &response, &[]).await.refused(400, "AuthenticationFail.SAMLAssertion.Used");
    cx.restart().await;
    assume(&cx, &response, &[]).await.refused(400, "AuthenticationFail.SAMLAssertion.Used");
    // The same assertion signed again, in another response, is the same assertion.
    let again = idp.response(&says("_1"), Signed::Both);
    assume(&cx, &again, &[]).await.refused(400, "AuthenticationFail.SAMLAssertion.Used");
    cx.clock.advance(300_000);
    assume(&cx, &response, &[]).await.refused(400, "AuthenticationFail.SAMLAssertion.Expired");
}

#[tokio::test]
async fn of_two_that_use_an_assertion_at_once_one_gets_a_session() {
    let idp = Idp::new();
    let cx = world(&idp).await;
    let response = idp.response(&says("_1"), Signed::Assertion);
    let (a, b) = tokio::join!(assume(&cx, &response, &[]), assume(&cx, &response, &[]));
    let mut statuses = [a.status, b.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 400], "{} {}", a.body, b.body);
}

#[tokio::test]
async fn what_is_not_signed_for_this_place_is_refused_and_tells_nothing() {
    let (idp, other) = (Idp::new(), Idp::new());
    let cx = world(&idp).await;
    let refused = [
        assume(&cx, &other.response(&says("_1"), Signed::Assertion), &[]).await,
        assume(&cx, &idp.response(&says("_2"), Signed::Nothing), &[]).await,
        assume(&cx, "bm90IHhtbA==", &[]).await,
        assume(&cx, "not base64", &[]).await,
    ];
    let response = idp.response(&says("_3"), Signed::Assertion);
    let ghost = [("SAMLProviderArn", "acs:ram::1000000000000001:saml-provider/ghost"), ("RoleArn", ROLE)];
    let mut parameters = ghost.to_vec();
    parameters.push(("SAMLAssertion", response.as_str()));
    let unknown = anonymous(&cx, "AssumeRoleWithSAML", &parameters).await;
    for answer in refused.iter().chain([&unknown]) {
        answer.refused(400, INVALID);
        assert_eq!(answer.message(), unknown.message());
    }
    let elsewhere = Says { audience: "urn:someone:else".into(), ..says("_4") };
    assume(&cx, &idp.response(&elsewhere, Signed::Assertion), &[])
        .await
        .refused(400, INVALID)
        .saying("another audience");
}

#[tokio::test]
async fn the_trust_policy_decides_alone() {
    let idp = Idp::new();
    let cx = world(&idp).await;
    let admin = cx.admin();
    let other = trust(json!({ "StringEquals": { "saml:recipient": "https://other.example.com" } })).to_string();
    admin.ram("UpdateRole", &[("RoleName", "operator"), ("NewAssumeRolePolicyDocument", &other)]).await.ok();
    let response = idp.response(&says("_1"), Signed::Assertion);
    assume(&cx, &response, &[]).await.refused(403, "AuthenticationFail.NoPermission");
    // A role that is not there is one that does not trust.
    admin.ram("DetachPolicyFromRole", &detach(&admin).await).await.ok();
    admin.ram("DeleteRole", &[("RoleName", "operator")]).await.ok();
    assume(&cx, &response, &[]).await.refused(403, "AuthenticationFail.NoPermission");
}

/// The parameters that detach the only policy of the role.
async fn detach(admin: &Client) -> Vec<(&'static str, &'static str)> {
    let listed = admin.ram("ListPoliciesForRole", &[("RoleName", "operator")]).await.ok();
    let name = listed["Policies"]["Policy"][0]["PolicyName"].as_str().unwrap().to_owned();
    vec![("PolicyType", "Custom"), ("PolicyName", name.leak()), ("RoleName", "operator")]
}

#[tokio::test]
async fn a_session_lasts_no_longer_than_the_assertion_allows() {
    let idp = Idp::new();
    let cx = world(&idp).await;
    let attribute = |seconds: u32| {
        format!(
            r#"<saml:AttributeStatement><saml:Attribute Name="https://www.aliyun.com/SAML-Role/Attributes/SessionDuration"><saml:AttributeValue>{seconds}</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>"#
        )
    };
    let response = |id: &str, more: String| idp.response(&Says { more, ..says(id) }, Signed::Assertion);
    let expiration = |answer: &Value| answer["Credentials"]["Expiration"].as_str().unwrap().to_owned();
    let answer = assume(&cx, &response("_1", attribute(900)), &[]).await.ok();
    assert_eq!(expiration(&answer), "2026-01-02T03:19:05Z");
    let longer = assume(&cx, &response("_2", attribute(900)), &[("DurationSeconds", "901")]).await;
    longer.refused(400, "InvalidParameter.DurationSeconds");
    let ending = r#"<saml:AuthnStatement SessionNotOnOrAfter="2026-01-02T03:14:05Z"/>"#.to_owned();
    let answer = assume(&cx, &response("_3", ending), &[]).await.ok();
    assert_eq!(expiration(&answer), "2026-01-02T03:14:05Z");
}

#[tokio::test]
async fn sessions_end_with_their_provider_and_new_metadata_counts_at_once() {
    let (idp, other) = (Idp::new(), Idp::new());
    let cx = world(&idp).await;
    let admin = cx.admin();
    let session = cx.session(&assume(&cx, &idp.response(&says("_1"), Signed::Assertion), &[]).await.ok());
    let metadata = other.metadata();
    ims(&admin, "UpdateSAMLProvider", &[NAMED, ("NewEncodedSAMLMetadataDocument", &metadata)]).await.ok();
    assume(&cx, &idp.response(&says("_2"), Signed::Assertion), &[]).await.refused(400, INVALID);
    assume(&cx, &other.response(&says("_3"), Signed::Assertion), &[]).await.ok();
    session.ram("ListUsers", &[]).await.ok();
    ims(&admin, "DeleteSAMLProvider", &[NAMED]).await.ok();
    session.ram("ListUsers", &[]).await.refused(400, "InvalidSecurityToken").saying("identity provider");
    make(&admin, &idp).await.ok();
    session.ram("ListUsers", &[]).await.refused(400, "InvalidSecurityToken");
}

#[tokio::test]
async fn a_provider_is_shown_as_it_was_made_and_changed() {
    let cx = TestContext::start().await;
    let (admin, idp) = (cx.admin(), Idp::new());
    let made = make(&admin, &idp).await.ok();
    let mut expected = json!({
        "Arn": PROVIDER, "AuthnSignAlgo": "rsa-sha1", "CreateDate": "2026-01-02T03:04:05Z", "Description": "",
        "SAMLProviderName": "Corp", "UpdateDate": "2026-01-02T03:04:05Z",
    });
    assert_eq!(made["SAMLProvider"], expected);
    let got = ims(&admin, "GetSAMLProvider", &[NAMED]).await.ok();
    assert_eq!(got["SAMLProvider"]["EncodedSAMLMetadataDocument"], idp.metadata());
    cx.clock.advance(60_000);
    let changes = [NAMED, ("NewDescription", "our people"), ("AuthnSignAlgo", "rsa-sha256")];
    expected["Description"] = "our people".into();
    expected["AuthnSignAlgo"] = "rsa-sha256".into();
    expected["UpdateDate"] = "2026-01-02T03:05:05Z".into();
    assert_eq!(ims(&admin, "UpdateSAMLProvider", &changes).await.ok()["SAMLProvider"], expected);
    expected.as_object_mut().unwrap().remove("AuthnSignAlgo");
    let listed = ims(&admin, "ListSAMLProviders", &[]).await.ok();
    assert_eq!(listed["SAMLProviders"]["SAMLProvider"], json!([expected]));
    make(&admin, &idp).await.refused(409, "EntityAlreadyExists.SAMLProvider");
    let bad = [("SAMLProviderName", "x"), ("EncodedSAMLMetadataDocument", "PGEvPg==")];
    ims(&admin, "CreateSAMLProvider", &bad).await.refused(400, "InvalidParameter.SAMLMetadataDocument");
    ims(&admin, "DeleteSAMLProvider", &[NAMED]).await.ok();
    ims(&admin, "GetSAMLProvider", &[NAMED]).await.refused(404, "EntityNotExist.SAMLProvider");
    cx.user().await.rpc(version::IMS, "ListSAMLProviders", &[]).await.refused(403, "NoPermission");
}

#[tokio::test]
async fn logon_of_users_through_a_provider_is_set_with_its_metadata() {
    let cx = TestContext::start().await;
    let (admin, idp) = (cx.admin(), Idp::new());
    let first = ims(&admin, "GetUserSsoSettings", &[]).await.ok();
    let mut expected = json!({ "AuthnSignAlgo": "rsa-sha1", "SsoEnabled": false, "SsoLoginWithDomain": true });
    assert_eq!(first["UserSsoSettings"], expected);
    let bare = ims(&admin, "SetUserSsoSettings", &[("SsoEnabled", "true")]).await;
    bare.refused(400, "InvalidParameter.MetadataDocument");
    let bad = ims(&admin, "SetUserSsoSettings", &[("MetadataDocument", "PGEvPg==")]).await;
    bad.refused(400, "InvalidParameter.MetadataDocument");
    let metadata = idp.metadata();
    let all = [("SsoEnabled", "true"), ("MetadataDocument", metadata.as_str()), ("AuxiliaryDomain", "corp.example")];
    ims(&admin, "SetUserSsoSettings", &all).await.ok();
    expected["SsoEnabled"] = true.into();
    expected["MetadataDocument"] = metadata.as_str().into();
    expected["AuxiliaryDomain"] = "corp.example".into();
    assert_eq!(ims(&admin, "GetUserSsoSettings", &[]).await.ok()["UserSsoSettings"], expected);
    cx.user().await.rpc(version::IMS, "SetUserSsoSettings", &all).await.refused(403, "NoPermission");
}

#[tokio::test]
async fn assertions_are_kept_nowhere() {
    let idp = Idp::new();
    let mut cx = world(&idp).await;
    let response = idp.response(&says("_1"), Signed::Assertion);
    assume(&cx, &response, &[]).await.ok();
    cx.stop().await;
    let middle = response.len() / 2;
    assert!(cx.files_with(&response[middle..middle + 60]).is_empty());
    assert!(cx.files_with("alice@example.com").is_empty());
}
