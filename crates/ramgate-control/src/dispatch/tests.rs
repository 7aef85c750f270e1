//! What the dispatcher promises whatever handlers do. The rest of it is tested over its wire.

use super::*;
use crate::clock::SystemClock;
use crate::config::ControlConfig;
use crate::ids::Ids;
use crate::replay::ReplayStore;
use crate::state::Feed;
use ramgate_api::ram::{CreateUser, CreateUserResponse};
use ramgate_api::sts::{GetCallerIdentity, GetCallerIdentityResponse};
use ramgate_audit::{Audit, Entry, Filter, Page};
use ramgate_signing::{Call, Credentials, Limits, SecretKey, UnixTime};
use ramgate_store::sealing::Sealer;
use ramgate_store_sqlite::{Options, SqliteStore};
use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicBool, Ordering};
use tempfile::TempDir;
use tokio::sync::Notify;

/// A node with an account and nothing else.
pub(crate) async fn node() -> (TempDir, Arc<Node>) {
    let directory = tempfile::tempdir().unwrap();
    let config = ControlConfig {
        listen: (Ipv4Addr::LOCALHOST, 0).into(),
        data_dir: directory.path().to_owned(),
        account_id: "1000000000000001".into(),
        region: "cn-hangzhou".into(),
        entry_host: Ipv4Addr::LOCALHOST.into(),
        entry_ports: 20_000..=20_001,
        domain_suffix: "ramgate.test".to_owned(),
        logon_domain_suffix: "onaliyun.com".to_owned(),
        trusted_proxies: Vec::new(),
        issuer_networks: Vec::new(),
        max_body_bytes: 1024,
        signatures: Limits::default(),
        root_access_key: Some(("testid".to_owned(), "testsecret".to_owned())),
    };
    let store = Arc::new(SqliteStore::open(Options::new(directory.path().join("store.db"))).await.unwrap());
    let clock = Arc::new(SystemClock);
    let node = Node {
        feed: Feed::start(store.clone()).await.unwrap(),
        store,
        sealer: Sealer::new(&[7; 32]),
        audit: Audit::open(directory.path().join("audit.db")).unwrap(),
        ids: Ids::new(clock.clone()),
        numbers: Default::default(),
        decisions: Default::default(),
        prepared: Default::default(),
        key_uses: Default::default(),
        logon: Default::default(),
        sessions: Default::default(),
        issuers: Default::default(),
        turns: Default::default(),
        replay: ReplayStore::open(directory.path(), &config.signatures, 0).unwrap(),
        clock,
        config,
        data_plane: None,
    };
    crate::bootstrap::bootstrap(&node).await.unwrap();
    (directory, Arc::new(node))
}

/// A signed call of an RPC operation.
fn request(node: &Node, version: &str, action: &str, query: &[(&str, &str)]) -> RawRequest {
    let secret = SecretKey::new("testsecret".to_owned());
    let call = Call {
        method: "POST",
        host: "localhost",
        path: "/",
        query,
        version,
        action: Some(action),
        headers: &[],
        content_type: None,
        body: &[],
        time: UnixTime::from_secs(node.clock.now() / 1000),
        nonce: &node.ids.request_id(),
    };
    let credentials = Credentials { access_key_id: "testid", secret: &secret, security_token: None };
    let signed = ramgate_signing::sign_v3(&call, &credentials).unwrap();
    RawRequest {
        method: "POST".to_owned(),
        target: signed.target,
        headers: signed.headers.into_iter().map(|(name, value)| (name, value.into_bytes())).collect(),
        body: Bytes::new(),
        source_ip: Ipv4Addr::LOCALHOST.into(),
        secure: false,
    }
}

async fn record_of(node: &Node, request_id: &str) -> Entry {
    let filter = Filter { request_id: Some(request_id.to_owned()), ..Filter::default() };
    node.audit.query(filter, Page::default()).await.unwrap().entries.remove(0)
}

async fn panics(_: Cx, call: Authorized<CreateUser>) -> Result<CreateUserResponse, ApiError> {
    panic!("{} made it panic", call.request.user_name);
}

async fn panics_later(_: Cx, _: Authorized<GetCallerIdentity>) -> Result<GetCallerIdentityResponse, ApiError> {
    tokio::task::yield_now().await;
    panic!("a read made it panic");
}

#[tokio::test]
async fn a_panic_in_a_handler_costs_one_request_and_is_recorded() {
    let (_directory, node) = node().await;
    let dispatcher = Arc::new(Dispatcher::default().on(panics).on(panics_later));
    for (version, action) in [("2015-05-01", "CreateUser"), ("2015-04-01", "GetCallerIdentity")] {
        for _ in 0..2 {
            let answer = dispatcher.call(&node, request(&node, version, action, &[("UserName", "mallory")])).await;
            assert_eq!((answer.status, answer.operation), (500, action));
            assert_eq!(answer.body["Code"], "InternalError");
            assert!(!answer.body.to_string().contains("panic"), "{}", answer.body);
            let outcome = record_of(&node, &answer.request_id).await.outcome.unwrap();
            assert_eq!((outcome.status, outcome.code.as_str(), outcome.revision), (500, "InternalError", None));
        }
    }
}

#[tokio::test]
async fn a_change_that_has_begun_is_finished_and_recorded_also_where_the_client_goes_away() {
    let (_directory, node) = node().await;
    let (begun, go_on, done) = (Arc::new(Notify::new()), Arc::new(Notify::new()), Arc::new(AtomicBool::new(false)));
    let signals = (begun.clone(), go_on.clone(), done.clone());
    let handler = move |_: Cx, _: Authorized<CreateUser>| {
        let (begun, go_on, done) = signals.clone();
        async move {
            begun.notify_one();
            go_on.notified().await;
            done.store(true, Ordering::SeqCst);
            Err(codes::SERVICE_UNAVAILABLE.error())
        }
    };
    let dispatcher = Arc::new(Dispatcher::default().on(handler));
    let request = request(&node, "2015-05-01", "CreateUser", &[("UserName", "alice")]);
    tokio::select! {
        _ = dispatcher.call(&node, request) => panic!("it was not told to go on"),
        () = begun.notified() => {}
    }
    // Its record is there before it acts, and tells of no end.
    let open = node.audit.query(Filter::default(), Page::default()).await.unwrap().entries.remove(0);
    assert_eq!((open.call.operation.as_str(), &open.outcome), ("CreateUser", &None));
    go_on.notify_one();
    let ended = async {
        loop {
            let record = record_of(&node, &open.call.request_id).await;
            if let Some(outcome) = record.outcome {
                return outcome;
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    let outcome = tokio::time::timeout(Duration::from_secs(10), ended).await.unwrap();
    assert_eq!(outcome.status, 503);
    assert!(done.load(Ordering::SeqCst));
}
