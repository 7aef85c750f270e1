//! What calls leave in the audit log, and that no secret is left anywhere.

use crate::client::{Request, Scheme, version};
use crate::context::{ACCOUNT, TestContext, allow, document, statement};
use ramgate_audit::{Decision, Filter, PrincipalKind};
use serde_json::json;

#[tokio::test]
async fn an_allowed_change_is_recorded_with_the_statement_that_allowed_it() {
    let cx = TestContext::start().await;
    let user = cx.user().await;
    let list = statement("Allow", &["ram:List*"], &["*"]);
    let create = statement("Allow", &["ram:CreateUser"], &["acs:ram:*:*:user/*"]);
    let policy = cx.grant(&user, document(&[list, create])).await;
    let request = Request {
        version: version::RAM,
        action: Some("CreateUser"),
        query: &[("UserName", "alice"), ("Comments", "new")],
        headers: &[("user-agent", "tests/1.0")],
        ..Request::new()
    };
    let answer = user.send(&request).await;
    let revision = cx.revision().await;
    let record = cx.record_of(&answer).await;
    let (call, outcome) = (record.call, record.outcome.unwrap());
    assert_eq!((call.account_id.as_str(), call.time), (ACCOUNT, crate::context::START));
    assert_eq!((call.principal.kind, call.principal.id.as_str()), (PrincipalKind::User, user.id.as_str()));
    assert_eq!(call.principal.arn, format!("acs:ram::{ACCOUNT}:user/{}", user.name));
    assert_eq!(call.access_key_id.as_deref(), Some(user.access_key_id()));
    assert_eq!((call.operation.as_str(), call.action.as_str()), ("CreateUser", "ram:CreateUser"));
    assert_eq!((call.access_level.as_str(), call.mutation), ("create", true));
    assert_eq!(call.source_ip.unwrap().to_string(), "127.0.0.1");
    assert_eq!(call.user_agent.as_deref(), Some("tests/1.0"));
    assert_eq!(call.resources, [format!("acs:ram::{ACCOUNT}:user/*")]);
    assert_eq!(call.decision, Decision::Allowed);
    let by = call.decided_by.unwrap();
    assert_eq!((by.policy, by.policy_type.as_str(), by.version.as_str(), by.statement), (policy, "Custom", "v1", 1));
    assert_eq!(call.parameters, json!({ "UserName": "alice", "Comments": "new" }));
    assert_eq!((outcome.status, outcome.code.as_str(), outcome.revision), (200, "OK", Some(revision.0)));
}

#[tokio::test]
async fn denials_are_recorded_with_the_statement_that_denied() {
    let cx = TestContext::start().await;
    let user = cx.user_with_policy(allow(&["ram:*"], &["*"])).await;
    let deny = cx.grant(&user, document(&[statement("Deny", &["ram:DeleteUser"], &["*"])])).await;
    let explicit = cx.record_of(&user.ram("DeleteUser", &[("UserName", "alice")]).await).await;
    assert_eq!(explicit.call.decision, Decision::ExplicitDeny);
    assert_eq!(explicit.call.decided_by.unwrap().policy, deny);
    assert_eq!(explicit.call.resources, [format!("acs:ram::{ACCOUNT}:user/alice")]);
    assert_eq!(explicit.call.layer.as_deref(), Some("AccountLevelIdentityBasedPolicy"));
    let outcome = explicit.outcome.unwrap();
    assert_eq!((outcome.status, outcome.code.as_str(), outcome.revision), (403, "NoPermission", None));

    let nobody = cx.user().await;
    let implicit = cx.record_of(&nobody.ram("DeleteUser", &[("UserName", "alice")]).await).await;
    assert_eq!((implicit.call.decision, implicit.call.decided_by), (Decision::ImplicitDeny, None));
}

#[tokio::test]
async fn every_failure_is_recorded_with_what_was_known_of_it() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let records = |answer| {
        let cx = &cx;
        async move {
            let record = cx.record_of(&answer).await;
            let outcome = record.outcome.unwrap();
            assert_eq!((outcome.status, outcome.code.as_str()), (answer.status, answer.code()));
            assert_eq!(outcome.revision, None);
            (record.call.operation, record.call.decision, record.call.principal.kind)
        }
    };
    let (root, anonymous) = (PrincipalKind::Root, PrincipalKind::Anonymous);
    let missing = admin.ram("CreateUser", &[]).await;
    assert_eq!(records(missing).await, ("CreateUser".into(), Decision::Allowed, root));
    let not_found = admin.ram("GetUser", &[("UserName", "ghost")]).await;
    assert_eq!(records(not_found).await, ("GetUser".into(), Decision::Allowed, root));
    let ill_typed = admin.ram("ListUsers", &[("MaxItems", "x")]).await;
    assert_eq!(records(ill_typed).await, ("ListUsers".into(), Decision::NotChecked, root));
    let forged = admin.with_secret("wrong").ram("ListUsers", &[]).await;
    assert_eq!(records(forged).await, ("ListUsers".into(), Decision::NotChecked, anonymous));
    let unknown = admin.ram("MakeCoffee", &[]).await;
    assert_eq!(records(unknown).await, ("".into(), Decision::NotChecked, anonymous));
    let unsigned = cx.client("LTAInobody", "x").ram("ListUsers", &[]).await;
    assert_eq!(records(unsigned).await, ("ListUsers".into(), Decision::NotChecked, anonymous));
}

#[tokio::test]
async fn reads_are_recorded_too_and_the_chain_holds() {
    let mut cx = TestContext::start().await;
    let admin = cx.admin();
    let answer = admin.ram("ListUsers", &[]).await;
    let record = cx.record_of(&answer).await;
    assert!(!record.call.mutation);
    assert_eq!(record.call.principal.kind, PrincipalKind::Root);
    cx.stop().await;
    let reader = ramgate_audit::Reader::open(cx.path().join("audit.db")).unwrap();
    reader.verify(None).unwrap();
}

#[tokio::test]
async fn a_secret_of_a_key_is_nowhere_on_disk() {
    let mut cx = TestContext::start().await;
    let admin = cx.admin();
    let user = cx.user_named("alice").await;
    let secret = user.secret().to_owned();
    for scheme in [Scheme::V3, Scheme::RpcV1] {
        user.signing(scheme).sts("GetCallerIdentity", &[]).await.ok();
        user.signing(scheme).ram("ListUsers", &[]).await.refused(403, "NoPermission");
    }
    admin.ram("ListAccessKeys", &[("UserName", "alice")]).await.ok();
    cx.stop().await;
    assert_eq!(cx.files_with(&secret), Vec::<std::path::PathBuf>::new());
    let encoded = base64_of(&secret);
    assert_eq!(cx.files_with(&encoded), Vec::<std::path::PathBuf>::new());
    // The search does find what is there.
    assert!(cx.files_with(user.access_key_id()).len() >= 2, "store and audit log name the key");
    // What opens the account at first start stands in the file made for it, and nowhere else.
    assert_eq!(cx.files_with("testsecret-root"), [cx.path().join("root-credentials.json")]);
}

fn base64_of(text: &str) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD_NO_PAD.encode(text)
}

#[tokio::test]
async fn a_password_is_recorded_neither_with_the_call_nor_with_its_failure() {
    let mut cx = TestContext::start().await;
    let parameters = [("UserName", "alice"), ("Password", "Testpassword1")];
    let admin = cx.admin();
    for scheme in [Scheme::V3, Scheme::RpcV1] {
        let client = admin.signing(scheme);
        client.ram("CreateLoginProfile", &parameters).await.refused(404, "EntityNotExist.User");
        // A forged call is answered with what the server would have signed, which holds the parameters.
        let forged = client.with_secret("wrong").ram("CreateLoginProfile", &parameters).await;
        forged.refused(400, "SignatureDoesNotMatch");
        let record = cx.record_of(&forged).await;
        assert!(record.outcome.unwrap().message.starts_with("Specified signature"));
    }
    let filter = Filter { code: Some("EntityNotExist.User".to_owned()), ..Filter::default() };
    let records = cx.records(&filter);
    assert_eq!(records.len(), 2);
    for record in records {
        assert_eq!(record.call.parameters["Password"], "[redacted]");
        assert_eq!(record.call.parameters["UserName"], "alice");
    }
    cx.stop().await;
    assert_eq!(cx.files_with("Testpassword1"), Vec::<std::path::PathBuf>::new());
}
