//! What a request must be before anything is decided: a known operation, well-formed parameters, a body of bounded size.

use crate::client::{Client, Request, Scheme, version};
use crate::context::{ACCOUNT, TestContext};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

#[tokio::test]
async fn unknown_operations_and_versions_are_refused_by_name() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let answer = admin.ram("MakeCoffee", &[]).await;
    answer.refused(404, "InvalidAction.NotFound").saying("please check your url and method").saying("MakeCoffee");
    admin.ram("createuser", &[("UserName", "a")]).await.refused(404, "InvalidAction.NotFound");
    let answer = admin.rpc("2014-01-01", "CreateUser", &[]).await;
    answer.refused(400, "InvalidVersion").saying("Version");
    // An operation of another product is none of this one.
    admin.sts("CreateUser", &[("UserName", "a")]).await.refused(404, "InvalidAction.NotFound");
}

#[tokio::test]
async fn rpc_operations_are_called_on_the_root_with_get_or_post() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let send = async |method, path| {
        let request =
            Request { method, path, version: version::STS, action: Some("GetCallerIdentity"), ..Request::new() };
        admin.send(&request).await
    };
    send("GET", "/").await.ok();
    send("POST", "/").await.ok();
    send("PUT", "/").await.refused(404, "InvalidAction.NotFound");
    send("POST", "/console").await.refused(404, "InvalidAction.NotFound");
}

#[tokio::test]
async fn parameters_come_in_the_query_or_in_a_form() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let request = Request {
        version: version::RAM,
        action: Some("CreateUser"),
        content_type: Some("application/x-www-form-urlencoded"),
        body: b"UserName=form&Comments=a+b%2Bc",
        ..Request::new()
    };
    let made = admin.send(&request).await.ok();
    assert_eq!((&made["User"]["UserName"], &made["User"]["Comments"]), (&json!("form"), &json!("a b+c")));
    admin.ram("GetUser", &[("UserName", "form")]).await.ok();
}

#[tokio::test]
async fn what_is_missing_is_named_all_of_it() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let answer = admin.ram("AttachPolicyToUser", &[("PolicyName", ""), ("PolicyType", "Custom")]).await;
    answer.refused(400, "MissingParameter").saying("\"PolicyName\"").saying("\"UserName\"");
    assert!(!answer.message().contains("PolicyType"), "{}", answer.message());
}

#[tokio::test]
async fn an_ill_typed_value_is_refused_with_its_name_and_what_was_expected() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let answer = admin.ram("DeletePolicy", &[("PolicyName", "p"), ("CascadingDelete", "perhaps")]).await;
    answer.refused(400, "InvalidParameter").saying("`CascadingDelete`").saying("`perhaps` was given");
    let answer = admin.ram("ListPolicies", &[("Tag", "[{")]).await;
    answer.refused(400, "InvalidParameter").saying("`Tag`").saying("as JSON text");
    let answer = admin.ram("ListPolicies", &[("Tag.5000.Key", "x")]).await;
    answer.refused(400, "InvalidParameter").saying("Tag.5000.Key");
    // The spellings of all SDK generations are fine.
    admin
        .ram("DeletePolicy", &[("PolicyName", "p"), ("CascadingDelete", "True")])
        .await
        .refused(404, "EntityNotExist.Policy");
}

#[tokio::test]
async fn a_body_of_a_path_operation_must_be_a_json_object() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let send = async |body: &str| {
        let request = Request {
            path: "/v1/http-apis",
            version: version::APIG,
            content_type: Some("application/json"),
            body: body.as_bytes(),
            ..Request::new()
        };
        admin.send(&request).await
    };
    for (body, says) in [("{\"name\": ", "line 1 column"), ("[1]", "must be a JSON object"), ("\"x\"", "JSON object")] {
        let answer = send(body).await;
        answer.refused(400, "InvalidParameter.Body").saying(says);
        // Clients of this product look for lower-case names.
        assert_eq!(answer.body["code"], "InvalidParameter.Body");
        assert_eq!(answer.body["requestId"], json!(answer.request_id()));
    }
    let deep = format!("{{\"name\":{}{}}}", "[".repeat(5000), "]".repeat(5000));
    send(&deep).await.refused(400, "InvalidParameter.Body");
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused_before_it_is_read_and_recorded() {
    let cx = TestContext::start_with(crate::context::Setup {
        config: Some(|config| config.max_body_bytes = 4096),
        ..Default::default()
    })
    .await;
    let admin = cx.admin();
    let body = vec![b'a'; 5000];
    let request = Request {
        version: version::RAM,
        action: Some("CreateUser"),
        content_type: Some("application/x-www-form-urlencoded"),
        body: &body,
        ..Request::new()
    };
    let answer = admin.send(&request).await;
    answer.refused(413, "RequestEntityTooLarge").saying("4096");
    let record = cx.record_of(&answer).await;
    assert_eq!(record.outcome.unwrap().code, "RequestEntityTooLarge");
    assert_eq!(record.call.principal.id, "", "nothing of it was verified");

    // Also a client that sends much more than that reads the answer.
    let body = vec![b'a'; 8 * 1024 * 1024];
    let answer = admin.send(&Request { body: &body, ..request }).await;
    answer.refused(413, "RequestEntityTooLarge");

    // A head that announces too much is enough, and the server lives on.
    let mut stream = TcpStream::connect(cx.address()).await.unwrap();
    stream.write_all(b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 99999999999\r\n\r\n").await.unwrap();
    let mut head = [0; 12];
    tokio::time::timeout(Duration::from_secs(5), stream.read_exact(&mut head)).await.unwrap().unwrap();
    assert_eq!(&head, b"HTTP/1.1 413");
    admin.sts("GetCallerIdentity", &[]).await.ok();
}

#[tokio::test]
async fn an_answer_is_a_json_object_with_the_request_id_in_body_and_header() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    let mut seen = std::collections::HashSet::new();
    for answer in [
        admin.sts("GetCallerIdentity", &[]).await,
        admin.ram("GetUser", &[("UserName", "ghost")]).await,
        admin.ram("MakeCoffee", &[]).await,
        Client::new(cx.address(), cx.clock.clone(), "unknown", "x").sts("GetCallerIdentity", &[]).await,
    ] {
        let id = answer.request_id();
        assert_eq!(answer.headers["x-acs-request-id"], id);
        assert_eq!(answer.headers["content-type"], "application/json;charset=utf-8");
        assert!(id.len() == 36 && id == id.to_uppercase(), "{id}");
        assert!(seen.insert(id));
    }
}

#[tokio::test]
async fn each_product_answers_in_its_own_envelope() {
    let cx = TestContext::start().await;
    let (admin, nobody) = (cx.admin(), cx.user().await);
    let keys = |body: &Value| {
        let mut keys: Vec<String> = body.as_object().unwrap().keys().cloned().collect();
        keys.sort_unstable();
        keys
    };

    let flat = admin.ram("ListUsers", &[]).await.ok();
    assert_eq!(keys(&flat), ["IsTruncated", "RequestId", "Users"]);
    let flat = admin.cas("ListUserCertificateOrder", &[]).await.ok();
    assert!(flat["RequestId"].is_string() && flat.get("Data").is_none(), "{flat}");

    let mse = admin.mse("ListGateway", &[]).await.ok();
    assert_eq!((&mse["Success"], &mse["Code"], &mse["HttpStatusCode"]), (&json!(true), &json!(200), &json!(200)));
    assert!(mse["Data"].is_object() && mse["RequestId"].is_string(), "{mse}");
    let denied = nobody.mse("ListGateway", &[]).await;
    denied.refused(403, "NoPermission");
    assert_eq!((&denied.body["Success"], &denied.body["ErrorCode"]), (&json!(false), &json!("NoPermission")));

    let apig = admin.apig("GET", "/v1/gateways", &[], Value::Null).await.ok();
    assert_eq!(keys(&apig), ["code", "data", "message", "requestId"]);
    assert_eq!(apig["code"], "Ok");
    let denied = nobody.apig("GET", "/v1/gateways", &[], Value::Null).await;
    denied.refused(403, "NoPermission");
    assert_eq!((&denied.body["code"], &denied.body["message"]), (&denied.body["Code"], &denied.body["Message"]));
}

#[tokio::test]
async fn the_caller_learns_who_it_is_under_every_signature() {
    let cx = TestContext::start().await;
    let user = cx.user_named("alice").await;
    let expected = |answer: Value| {
        let fields = ["IdentityType", "AccountId", "Arn", "UserId", "PrincipalId"];
        fields.map(|name| answer[name].as_str().unwrap().to_owned())
    };
    for scheme in [Scheme::V3, Scheme::RpcV1] {
        let answer = user.signing(scheme).sts("GetCallerIdentity", &[]).await.ok();
        let arn = "acs:ram::1000000000000001:user/alice";
        assert_eq!(expected(answer), ["RAMUser", ACCOUNT, arn, &user.id, &user.id]);
        let answer = cx.admin().signing(scheme).sts("GetCallerIdentity", &[]).await.ok();
        assert_eq!(expected(answer), ["Account", ACCOUNT, "acs:ram::1000000000000001:root", ACCOUNT, ACCOUNT]);
    }
}

#[tokio::test]
async fn health_pages_need_no_signature_and_tell_nothing() {
    let cx = TestContext::start().await;
    let admin = cx.admin();
    admin.sts("GetCallerIdentity", &[]).await.ok();
    let get = async |path: &str| {
        let mut stream = TcpStream::connect(cx.address()).await.unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).await.unwrap();
        text
    };
    assert!(get("/healthz").await.starts_with("HTTP/1.1 200"));
    assert!(get("/readyz").await.ends_with("ready\n"));
    let metrics = get("/metrics").await;
    let counted = r#"ramgate_control_calls_total{product="Sts",operation="GetCallerIdentity",status="200"} 1"#;
    assert!(metrics.contains(counted), "{metrics}");
    assert!(get("/").await.contains("MissingVersion"));
}
