//! AssumeRoleWithOIDC: which tokens are believed, and what the session is then.

use crate::client::{Answer, Signed, submit, version};
use crate::context::{ACCOUNT, Setup, TestContext, allow, document};
use crate::issuer::{Issuer, SigningKey, unsigned};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use serde_json::{Value, json};
use std::sync::Arc;
use tokio_rustls::TlsAcceptor;

const PROVIDER: &str = "acs:ram::1000000000000001:oidc-provider/Ci";
const ROLE: &str = "acs:ram::1000000000000001:role/deployer";
const INVALID: &str = "AuthenticationFail.OIDCToken.Invalid";

/// A management plane that may fetch from loopback addresses.
pub(crate) fn setup() -> Setup {
    Setup {
        config: Some(|config| {
            config.issuer_networks = vec!["127.0.0.0/8".parse().unwrap(), "::1/128".parse().unwrap()]
        }),
        ..Setup::default()
    }
}

/// A trust policy for the provider's tokens that meet a condition.
fn trust(condition: Value) -> Value {
    document(&[json!({
        "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "Federated": PROVIDER }, "Condition": condition,
    })])
}

/// With a provider for the issuer, and a role that trusts it for `repo:edge:*`.
async fn world(issuer: &Issuer) -> TestContext {
    let cx = TestContext::start_with(setup()).await;
    let provider = [("OIDCProviderName", "Ci"), ("IssuerUrl", &issuer.url), ("ClientIds", "app,other")];
    cx.admin().rpc(version::IMS, "CreateOIDCProvider", &provider).await.ok();
    let condition = json!({
        "StringEquals": { "oidc:iss": issuer.url, "oidc:aud": "app" }, "StringLike": { "oidc:sub": "repo:edge:*" },
    });
    cx.role("Deployer", trust(condition)).await;
    cx.grant_role("Deployer", allow(&["ram:ListUsers"], &["*"])).await;
    cx
}

/// Calls without any signature.
pub(crate) async fn anonymous(cx: &TestContext, action: &str, parameters: &[(&str, &str)]) -> Answer {
    let mut form = format!("Action={action}&Version={}", version::STS);
    for (name, value) in parameters {
        form.push_str(&format!("&{name}={}", ramgate_signing::percent_encode(value)));
    }
    let headers = [("host", "ramgate"), ("content-type", "application/x-www-form-urlencoded")];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    let request = Signed { method: "POST".into(), target: "/".into(), headers, body: form.into_bytes() };
    submit(cx.address(), &request).await
}

async fn assume(cx: &TestContext, token: &str) -> Answer {
    assume_with(cx, PROVIDER, ROLE, token, &[]).await
}

async fn assume_with(cx: &TestContext, provider: &str, role: &str, token: &str, more: &[(&str, &str)]) -> Answer {
    let mut parameters =
        vec![("OIDCProviderArn", provider), ("RoleArn", role), ("OIDCToken", token), ("RoleSessionName", "build-1")];
    parameters.extend(more);
    anonymous(cx, "AssumeRoleWithOIDC", &parameters).await
}

#[tokio::test]
async fn the_bearer_of_a_token_gets_a_session_of_a_role_that_trusts_its_issuer() {
    let (es256, ed25519) = (SigningKey::es256("k1"), SigningKey::ed25519("k2"));
    let issuer = Issuer::start(&[&es256, &ed25519]).await;
    let cx = world(&issuer).await;
    for key in [&es256, &ed25519] {
        let answer = assume(&cx, &key.sign(&issuer.claims(cx.now()))).await.ok();
        assert_eq!(answer["AssumedRoleUser"]["Arn"], format!("acs:ram::{ACCOUNT}:assumed-role/deployer/build-1"));
        let expected = json!({
            "Subject": "repo:edge:main", "Issuer": issuer.url, "ClientIds": "app", "VerificationInfo": "Success",
            "IssuanceTime": "2026-01-02T03:03:55Z", "ExpirationTime": "2026-01-02T03:14:05Z",
        });
        assert_eq!(answer["OIDCTokenInfo"], expected);
        let session = cx.session(&answer);
        session.ram("ListUsers", &[]).await.ok();
        let denied = session.ram("CreateUser", &[("UserName", "x")]).await;
        denied.refused(403, "NoPermission");
        let detail = &denied.body["AccessDeniedDetail"];
        assert_eq!(
            (&detail["AuthPrincipalType"], &detail["AuthPrincipalDisplayName"]),
            (&json!("Federated"), &json!("oidc-provider/Ci"))
        );
    }
    assert_eq!(issuer.n_fetches(), 1, "keys are kept");
}

#[tokio::test]
async fn a_session_policy_and_a_duration_count_as_elsewhere() {
    let key = SigningKey::es256("k1");
    let issuer = Issuer::start(&[&key]).await;
    let cx = world(&issuer).await;
    let token = key.sign(&issuer.claims(cx.now()));
    let narrow = allow(&["ram:GetUser"], &["*"]).to_string();
    let more = [("Policy", narrow.as_str()), ("DurationSeconds", "900")];
    let session = cx.session(&assume_with(&cx, PROVIDER, ROLE, &token, &more).await.ok());
    session.ram("ListUsers", &[]).await.refused(403, "NoPermission").saying("SessionPolicy");
    cx.clock.advance(900_000);
    session.sts("GetCallerIdentity", &[]).await.refused(400, "InvalidSecurityToken.Expired");
    let long = assume_with(&cx, PROVIDER, ROLE, &token, &[("DurationSeconds", "3601")]).await;
    // The token itself has ended by now, which comes first.
    long.refused(400, "AuthenticationFail.OIDCToken.Expired");
    let token = key.sign(&issuer.claims(cx.now()));
    let long = assume_with(&cx, PROVIDER, ROLE, &token, &[("DurationSeconds", "3601")]).await;
    long.refused(400, "InvalidParameter.DurationSeconds");
    assume_with(&cx, PROVIDER, ROLE, &token, &[("Policy", "{")]).await.refused(400, "InvalidParameter.PolicyGrammar");
}

#[tokio::test]
async fn a_token_is_refused_for_everything_that_can_be_wrong_with_it() {
    let (key, other) = (SigningKey::es256("k1"), SigningKey::es256("k1"));
    let issuer = Issuer::start(&[&key]).await;
    let cx = world(&issuer).await;
    let good = issuer.claims(cx.now());
    let with = |name: &str, value: Value| {
        let mut claims = good.clone();
        claims[name] = value;
        key.sign(&claims)
    };
    let now = cx.now() / 1000;
    assume(&cx, &key.sign(&good)).await.ok();
    assume(&cx, &with("exp", json!(now))).await.refused(400, "AuthenticationFail.OIDCToken.Expired");
    for (token, saying) in [
        (with("aud", json!("someone-else")), "no client id"),
        (with("iss", json!("https://idp.example.com")), "another issuer"),
        (with("iat", json!(now - 12 * 3600 - 1)), "longer ago"),
        (with("nbf", json!(now + 3600)), "not good yet"),
        (with("exp", json!("soon")), "`exp`"),
    ] {
        assume(&cx, &token).await.refused(400, INVALID).saying(saying);
    }

    let unsigned_token = |alg: &str| format!("{}.", unsigned(&json!({ "alg": alg, "kid": "k1" }), &good));
    // The public key as the secret of a shared-secret signature.
    let confused = {
        let signed = unsigned(&json!({ "alg": "HS256", "kid": "k1" }), &good);
        let secret = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, key.jwk().to_string().as_bytes());
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(ring::hmac::sign(&secret, signed.as_bytes())))
    };
    let tampered = {
        let token = key.sign(&good);
        let (_, signature) = token.rsplit_once('.').unwrap();
        let mut raised = good.clone();
        raised["sub"] = "repo:edge:admin".into();
        format!("{}.{signature}", unsigned(&json!({ "alg": "ES256", "typ": "JWT", "kid": "k1" }), &raised))
    };
    // A header that brings its own key.
    let embedded = other.sign_with(&json!({ "alg": "ES256", "kid": "k1", "jwk": other.jwk() }), &good);
    let critical = key.sign_with(&json!({ "alg": "ES256", "kid": "k1", "crit": ["b64"], "b64": false }), &good);
    for (token, what) in [
        (other.sign(&good), "signed with another key of the same id"),
        (unsigned_token("none"), "not signed"),
        (unsigned_token("ES256"), "an empty signature"),
        (confused, "confused algorithms"),
        (tampered, "changed claims"),
        (embedded, "a key of its own"),
        (critical, "unknown extensions"),
        (key.sign_with(&json!({ "alg": "ES384", "kid": "k1" }), &good), "another algorithm"),
        (key.sign_with(&json!({ "alg": "ES256", "kid": "k9" }), &good), "an unknown key"),
        ("a.b.c".to_owned(), "no token"),
        ("not a token".to_owned(), "no token at all"),
    ] {
        let answer = assume(&cx, &token).await;
        answer.refused(400, INVALID).saying("not one that the OIDC provider vouches for");
        assert!(!answer.message().contains("k1"), "{what}");
    }
}

#[tokio::test]
async fn the_trust_policy_decides_alone_and_tells_nobody_which_roles_there_are() {
    let key = SigningKey::es256("k1");
    let issuer = Issuer::start(&[&key]).await;
    let cx = world(&issuer).await;
    cx.role("closed", crate::context::trust(&["acs:ram::1000000000000001:root"])).await;
    let mut claims = issuer.claims(cx.now());
    claims["sub"] = "repo:core:main".into();
    let (token, other) = (key.sign(&issuer.claims(cx.now())), key.sign(&claims));
    let refused = [
        assume(&cx, &other).await,
        assume_with(&cx, PROVIDER, "acs:ram::1000000000000001:role/closed", &token, &[]).await,
        assume_with(&cx, PROVIDER, "acs:ram::1000000000000001:role/ghost", &token, &[]).await,
        assume_with(&cx, PROVIDER, "acs:ram::2000000000000002:role/deployer", &token, &[]).await,
    ];
    for answer in &refused {
        answer.refused(403, "AuthenticationFail.NoPermission");
        assert_eq!(answer.message(), refused[0].message());
    }
    // Nor which providers there are.
    for provider in [
        "acs:ram::1000000000000001:oidc-provider/ghost",
        "acs:ram::2000000000000002:oidc-provider/Ci",
        "acs:ram::1000000000000001:saml-provider/Ci",
        "ghost",
    ] {
        let answer = assume_with(&cx, provider, ROLE, &token, &[]).await;
        answer.refused(400, INVALID).saying("not one that the OIDC provider vouches for");
    }
    // The address of the caller counts in trust policies, too.
    let elsewhere = trust(json!({ "NotIpAddress": { "acs:SourceIp": "127.0.0.0/8" } }));
    cx.role("elsewhere", elsewhere).await;
    let answer = assume_with(&cx, PROVIDER, "acs:ram::1000000000000001:role/elsewhere", &token, &[]).await;
    answer.refused(403, "AuthenticationFail.NoPermission");
}

#[tokio::test]
async fn new_keys_are_fetched_when_a_token_names_one_and_not_more_than_once_a_minute() {
    let (old, new) = (SigningKey::es256("old"), SigningKey::es256("new"));
    let issuer = Issuer::start(&[&old]).await;
    let cx = world(&issuer).await;
    assume(&cx, &old.sign(&issuer.claims(cx.now()))).await.ok();
    issuer.publish(&[&new]);
    for _ in 0..5 {
        assume(&cx, &new.sign(&issuer.claims(cx.now()))).await.refused(400, INVALID);
    }
    assert_eq!(issuer.n_fetches(), 1);
    cx.clock.advance(60_000);
    assume(&cx, &new.sign(&issuer.claims(cx.now()))).await.ok();
    assert_eq!(issuer.n_fetches(), 2);
    // What is not published any more is not believed any more.
    assume(&cx, &old.sign(&issuer.claims(cx.now()))).await.refused(400, INVALID);

    // An issuer that is away for a while does not lock everyone out; one that is away for long does.
    issuer.page("/keys", 503, "", json!({}));
    cx.clock.advance(2 * 3_600_000);
    assume(&cx, &new.sign(&issuer.claims(cx.now()))).await.ok();
    cx.clock.advance(24 * 3_600_000);
    assume(&cx, &new.sign(&issuer.claims(cx.now()))).await.refused(400, INVALID);
    issuer.publish(&[&new]);
    cx.clock.advance(60_000);
    assume(&cx, &new.sign(&issuer.claims(cx.now()))).await.ok();
}

#[tokio::test]
async fn an_issuer_that_misbehaves_is_not_believed() {
    let key = SigningKey::es256("k1");
    let issuer = Issuer::start(&[&key]).await;
    let cx = world(&issuer).await;
    let discovery = "/.well-known/openid-configuration";
    let good = json!({ "issuer": issuer.url, "jwks_uri": format!("{}/keys", issuer.url) });
    let elsewhere = json!({ "issuer": issuer.url, "jwks_uri": "http://10.0.0.1/keys" });
    for (status, headers, body) in [
        (302, format!("location: {}/moved\r\n", issuer.url), good.clone()),
        (
            200,
            String::new(),
            json!({ "issuer": "https://idp.example.com", "jwks_uri": format!("{}/keys", issuer.url) }),
        ),
        (200, String::new(), json!({ "issuer": issuer.url })),
        (200, String::new(), elsewhere),
        (200, String::new(), json!({ "issuer": issuer.url, "jwks_uri": "file:///etc/passwd" })),
        (200, String::new(), json!("x".repeat(300_000))),
        (500, String::new(), good.clone()),
    ] {
        issuer.page(discovery, status, &headers, body.clone());
        issuer.page("/moved", 200, "", good.clone());
        let answer = assume(&cx, &key.sign(&issuer.claims(cx.now()))).await;
        answer.refused(400, INVALID);
        cx.clock.advance(60_000);
    }
    assert_eq!(issuer.n_fetches(), 0);
    issuer.page(discovery, 200, "", good);
    assume(&cx, &key.sign(&issuer.claims(cx.now()))).await.ok();
}

#[tokio::test]
async fn sessions_end_with_their_provider_and_a_new_one_of_the_name_does_not_revive_them() {
    let key = SigningKey::es256("k1");
    let issuer = Issuer::start(&[&key]).await;
    let cx = world(&issuer).await;
    let admin = cx.admin();
    let session = cx.session(&assume(&cx, &key.sign(&issuer.claims(cx.now()))).await.ok());
    session.ram("ListUsers", &[]).await.ok();
    // What the provider says of itself otherwise does not matter.
    let named = ("OIDCProviderName", "ci");
    admin.rpc(version::IMS, "UpdateOIDCProvider", &[named, ("ClientIds", "other")]).await.ok();
    session.ram("ListUsers", &[]).await.ok();
    assume(&cx, &key.sign(&issuer.claims(cx.now()))).await.refused(400, INVALID).saying("no client id");
    admin.rpc(version::IMS, "DeleteOIDCProvider", &[named]).await.ok();
    session.ram("ListUsers", &[]).await.refused(400, "InvalidSecurityToken").saying("identity provider");
    let provider = [("OIDCProviderName", "Ci"), ("IssuerUrl", &issuer.url), ("ClientIds", "app")];
    admin.rpc(version::IMS, "CreateOIDCProvider", &provider).await.ok();
    session.ram("ListUsers", &[]).await.refused(400, "InvalidSecurityToken");
    // The new one vouches for itself.
    let session = cx.session(&assume(&cx, &key.sign(&issuer.claims(cx.now()))).await.ok());
    let other = crate::context::trust(&["acs:ram::1000000000000001:root"]).to_string();
    admin.ram("UpdateRole", &[("RoleName", "deployer"), ("NewAssumeRolePolicyDocument", &other)]).await.ok();
    session.ram("ListUsers", &[]).await.refused(400, "InvalidSecurityToken").saying("does not trust");
}

#[tokio::test]
async fn an_issuer_with_a_certificate_of_its_own_is_known_by_its_fingerprint() {
    let authority_key = rcgen::KeyPair::generate().unwrap();
    let mut parameters = rcgen::CertificateParams::new(Vec::new()).unwrap();
    parameters.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let authority = parameters.self_signed(&authority_key).unwrap();
    let signer = rcgen::Issuer::new(parameters, authority_key);
    let leaf_key = rcgen::KeyPair::generate().unwrap();
    let leaf =
        rcgen::CertificateParams::new(vec!["localhost".to_owned()]).unwrap().signed_by(&leaf_key, &signer).unwrap();
    let chain = vec![CertificateDer::from(leaf.der().to_vec()), CertificateDer::from(authority.der().to_vec())];
    let tls = rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, PrivateKeyDer::try_from(leaf_key.serialize_der()).unwrap())
        .unwrap();
    let key = SigningKey::es256("k1");
    let issuer = Issuer::start_with(&[&key], Some(TlsAcceptor::from(Arc::new(tls)))).await;
    let cx = world(&issuer).await;
    let admin = cx.admin();
    // Unknown to the public authorities.
    let token = || key.sign(&issuer.claims(cx.now()));
    assume(&cx, &token()).await.refused(400, INVALID);
    let hex: String = digest(&SHA256, authority.der()).as_ref().iter().map(|byte| format!("{byte:02X}")).collect();
    let named = ("OIDCProviderName", "Ci");
    let wrong = "ab".repeat(20);
    admin.rpc(version::IMS, "AddFingerprintToOIDCProvider", &[named, ("Fingerprint", &wrong)]).await.ok();
    assume(&cx, &token()).await.refused(400, INVALID);
    admin.rpc(version::IMS, "AddFingerprintToOIDCProvider", &[named, ("Fingerprint", &hex)]).await.ok();
    assume(&cx, &token()).await.ok();
}

#[tokio::test]
async fn tokens_are_kept_nowhere() {
    let key = SigningKey::es256("k1");
    let issuer = Issuer::start(&[&key]).await;
    let mut cx = world(&issuer).await;
    let token = key.sign(&issuer.claims(cx.now()));
    assume(&cx, &token).await.ok();
    assume(&cx, &format!("{token}x")).await.refused(400, INVALID);
    cx.stop().await;
    assert!(cx.files_with(token.rsplit('.').next().unwrap()).is_empty());
}
