//! Who signed a request, and everything that makes a signature worth nothing.

use crate::client::{Request, Scheme, version};
use crate::context::{START, TestContext};

const WHO: Request<'static> = Request {
    method: "POST",
    path: "/",
    version: version::STS,
    action: Some("GetCallerIdentity"),
    query: &[],
    headers: &[],
    content_type: None,
    body: &[],
};

#[tokio::test]
async fn a_signature_that_does_not_match_is_refused_in_the_words_that_clients_parse() {
    let cx = TestContext::start().await;
    let forger = cx.admin().with_secret("wrong");
    let v3 = forger.send(&WHO).await;
    v3.refused(400, "SignatureDoesNotMatch");
    let text = "Specified signature does not match our calculation. server StringToSign is [ACS3-HMAC-SHA256\n";
    v3.saying(text);
    let v1 = forger.signing(Scheme::RpcV1).send(&WHO).await;
    v1.refused(400, "SignatureDoesNotMatch");
    v1.saying("Specified signature is not matched with our calculation. server string to sign is:POST&%2F&");
    let path = Request { path: "/v1/gateways", method: "GET", version: version::APIG, action: None, ..WHO };
    let roa = forger.signing(Scheme::RoaV1).send(&path).await;
    roa.refused(400, "SignatureDoesNotMatch").saying("server string to sign is:GET\n");
}

#[tokio::test]
async fn what_was_signed_cannot_be_altered() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let revision = cx.revision().await;
    let query = [("UserName", "alice")];
    let request = Request { version: version::RAM, action: Some("CreateUser"), query: &query, ..Request::new() };
    for scheme in [Scheme::V3, Scheme::RpcV1] {
        let mut signed = admin.signing(scheme).sign(&request);
        signed.target = signed.target.replace("alice", "mallory");
        admin.submit(&signed).await.refused(400, "SignatureDoesNotMatch");
    }
    let mut signed = admin.sign(&request);
    for (name, value) in &mut signed.headers {
        if name == "x-acs-action" {
            *value = "DeleteUser".to_owned();
        }
    }
    admin.submit(&signed).await.refused(400, "SignatureDoesNotMatch");
    let mut signed = admin.sign(&request);
    signed.body = b"UserName=mallory".to_vec();
    signed.headers.push(("content-type".to_owned(), "application/x-www-form-urlencoded".to_owned()));
    assert_eq!(admin.submit(&signed).await.status, 400);
    assert_eq!(cx.revision().await, revision);
}

#[tokio::test]
async fn without_a_signature_or_with_an_unknown_key_nothing_is_done() {
    let cx = TestContext::start().await;
    let mut unsigned = cx.admin().sign(&WHO);
    unsigned.headers.retain(|(name, _)| name != "authorization");
    cx.admin().submit(&unsigned).await.refused(400, "MissingAccessKeyId");
    for scheme in [Scheme::V3, Scheme::RpcV1] {
        let unknown = cx.client("LTAInobody", "testsecret").signing(scheme);
        let answer = unknown.send(&WHO).await;
        answer.refused(404, "InvalidAccessKeyId.NotFound").saying("Specified access key is not found.");
    }
}

#[tokio::test]
async fn a_request_is_accepted_once_also_after_a_restart() {
    let mut cx = TestContext::start().await;
    let query = [("UserName", "alice")];
    let request = Request { version: version::RAM, action: Some("CreateUser"), query: &query, ..Request::new() };
    for scheme in [Scheme::V3, Scheme::RpcV1] {
        let signed = cx.admin().signing(scheme).sign(&request);
        let first = cx.admin().submit(&signed).await;
        assert_ne!(first.code(), "SignatureNonceUsed");
        let again = cx.admin().submit(&signed).await;
        again.refused(400, "SignatureNonceUsed").saying("Specified signature nonce was used already.");
        let port = cx.address().port();
        cx.restart().await;
        // The signature covers the host of the first server, which the second one is not told from.
        let again = crate::client::submit(cx.address(), &signed).await;
        again.refused(400, "SignatureNonceUsed");
        assert!(signed.headers.iter().any(|(name, value)| name == "host" && value.ends_with(&port.to_string())));
    }
}

#[tokio::test]
async fn a_nonce_of_a_refused_signature_is_not_used_up() {
    let cx = TestContext::start().await;
    let signed = cx.admin().sign(&WHO);
    let mut forged = signed.clone();
    for (name, value) in &mut forged.headers {
        if name == "authorization" {
            value.pop();
            value.push('x');
        }
    }
    assert_eq!(cx.admin().submit(&forged).await.status, 400);
    cx.admin().submit(&signed).await.ok();
}

#[tokio::test]
async fn clocks_may_differ_by_a_quarter_of_an_hour() {
    let cx = TestContext::start().await;
    let at = async |scheme, seconds: i64| cx.admin().signing(scheme).ahead(seconds).send(&WHO).await;
    for (scheme, past) in [(Scheme::V3, 15 * 60), (Scheme::RpcV1, 31 * 60)] {
        at(scheme, -past).await.ok();
        at(scheme, 15 * 60).await.ok();
        for seconds in [-past - 1, 15 * 60 + 1] {
            let answer = at(scheme, seconds).await;
            answer.refused(400, "InvalidTimeStamp.Expired").saying("Specified time stamp or date value is expired.");
        }
    }
}

#[tokio::test]
async fn a_request_that_was_kept_back_is_too_old_before_its_nonce_is_forgotten() {
    let cx = TestContext::start().await;
    // As far ahead as is allowed, hence acceptable for as long as possible.
    let signed = cx.admin().ahead(15 * 60).sign(&WHO);
    cx.admin().submit(&signed).await.ok();
    for minutes in 1..=50 {
        cx.clock.advance(60_000);
        let answer = cx.admin().submit(&signed).await;
        let expected = if minutes <= 30 { "SignatureNonceUsed" } else { "InvalidTimeStamp.Expired" };
        answer.refused(400, expected);
    }
}

#[tokio::test]
async fn a_security_token_with_a_long_term_key_is_refused() {
    let cx = TestContext::start().await;
    for scheme in [Scheme::V3, Scheme::RpcV1] {
        let answer = cx.admin().with_token("testtoken").signing(scheme).send(&WHO).await;
        answer.refused(400, "InvalidSecurityToken.MismatchWithAccessKey");
    }
}

#[tokio::test]
async fn the_time_of_a_call_is_the_servers() {
    let cx = TestContext::start().await;
    let made = cx.admin().ahead(600).ram("CreateUser", &[("UserName", "alice")]).await.ok();
    assert_eq!(made["User"]["CreateDate"], "2026-01-02T03:04:05Z");
    assert_eq!(START, 1_767_323_045_000);
}
