//! A management plane of one's own for each test: a real server on a free port, its own data directory, store and clock,
//! and clients that sign as the SDKs do.
//!
//! ```ignore
//! let cx = TestContext::start().await;
//! let admin = cx.admin();
//! admin.ram("CreateUser", &[("UserName", "alice")]).await.ok();
//! let user = cx.user_with_policy(allow(&["ram:GetUser"], &["*"])).await;
//! user.ram("GetUser", &[("UserName", "alice")]).await.ok();
//! user.ram("DeleteUser", &[("UserName", "alice")]).await.refused(403, "NoPermission");
//! ```

use crate::client::{Answer, Client, Scheme};
use ramgate_audit::{Entry, Filter, Page, Reader};
use ramgate_control::clock::{Clock, ManualClock};
use ramgate_control::{Control, ControlConfig, DataPlane};
use ramgate_model::{AccessKey, AccessKeyId, AccessKeyStatus, Account, AccountId, KeyOwner, Resource};
use ramgate_signing::Limits;
use ramgate_store::sealing::{self, Sealer};
use ramgate_store::{Key, Revision, Store, Transaction};
use ramgate_store_sqlite::{Options, SqliteStore};
use serde_json::{Value, json};
use std::net::{Ipv4Addr, SocketAddr};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The account of every test.
pub(crate) const ACCOUNT: &str = "1000000000000001";
/// The region of every test.
pub(crate) const REGION: &str = "cn-hangzhou";
/// What the clock of every test says at first: 2026-01-02T03:04:05Z.
pub(crate) const START: i64 = 1_767_323_045_000;

const ROOT_KEY: &str = "testid-root";
const ROOT_SECRET: &str = "testsecret-root";
/// Longest wait for something that happens beside the answers.
const PATIENCE: Duration = Duration::from_secs(10);

/// How a management plane is set up where it is not as usual.
#[derive(Clone, Default)]
pub(crate) struct Setup {
    /// Changes the settings.
    pub(crate) config: Option<fn(&mut ControlConfig)>,
    /// Largest size of the store's file, in bytes.
    pub(crate) store_max_bytes: Option<u64>,
    /// The data plane that changes are waited for.
    pub(crate) data_plane: Option<Arc<dyn DataPlane>>,
}

/// A management plane, running.
pub(crate) struct TestContext {
    /// The server's clock, which clients sign with. It stands until it is moved.
    pub(crate) clock: ManualClock,
    setup: Setup,
    directory: TempDir,
    /// `None` only between two runs.
    running: Option<Running>,
    n_users: AtomicUsize,
}

struct Running {
    control: Control,
    store: Arc<SqliteStore>,
}

impl TestContext {
    /// A new one, as usual.
    pub(crate) async fn start() -> Self {
        Self::start_with(Setup::default()).await
    }

    /// A new one, set up otherwise.
    pub(crate) async fn start_with(setup: Setup) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let clock = ManualClock::at(START);
        let running = Running::start(directory.path(), &clock, &setup).await;
        Self { clock, setup, directory, running: Some(running), n_users: AtomicUsize::new(0) }
    }

    /// Stops it and starts it again on the same data, at another port.
    pub(crate) async fn restart(&mut self) {
        if let Some(running) = self.running.take() {
            running.stop().await;
        }
        self.running = Some(Running::start(self.directory.path(), &self.clock, &self.setup).await);
    }

    /// Stops it. What it has written can then be read.
    pub(crate) async fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            running.stop().await;
        }
    }

    fn running(&self) -> &Running {
        self.running.as_ref().expect("the management plane was stopped")
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.running().control.address()
    }

    /// The data directory.
    pub(crate) fn path(&self) -> &Path {
        self.directory.path()
    }

    /// The revision of the store: where two are equal, nothing was changed in between.
    pub(crate) async fn revision(&self) -> Revision {
        self.running().store.revision().await.unwrap()
    }

    /// What the server's clock says, in milliseconds.
    pub(crate) fn now(&self) -> i64 {
        self.clock.now()
    }

    /// A client with this key.
    pub(crate) fn client(&self, access_key_id: &str, secret: &str) -> Client {
        Client::new(self.address(), self.clock.clone(), access_key_id, secret)
    }

    /// A client with the account's own key, whom nothing is refused.
    pub(crate) fn admin(&self) -> Client {
        self.client(ROOT_KEY, ROOT_SECRET)
    }

    /// A new user without any policy.
    pub(crate) async fn user(&self) -> TestUser {
        let name = format!("user-{}", self.n_users.fetch_add(1, Ordering::Relaxed));
        self.user_named(&name).await
    }

    /// A new user of this name without any policy.
    pub(crate) async fn user_named(&self, name: &str) -> TestUser {
        let admin = self.admin();
        let made = admin.ram("CreateUser", &[("UserName", name)]).await.ok();
        let key = admin.ram("CreateAccessKey", &[("UserName", name)]).await.ok();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let client = self.client(&text(&key["AccessKey"]["AccessKeyId"]), &text(&key["AccessKey"]["AccessKeySecret"]));
        TestUser { name: name.to_owned(), id: text(&made["User"]["UserId"]), client }
    }

    /// A new user with one policy of its own, see [`TestContext::grant`].
    pub(crate) async fn user_with_policy(&self, document: Value) -> TestUser {
        let user = self.user().await;
        self.grant(&user, document).await;
        user
    }

    /// Gives a user a new policy, whose name is answered.
    pub(crate) async fn grant(&self, user: &TestUser, document: Value) -> String {
        let admin = self.admin();
        let n = self.n_users.fetch_add(1, Ordering::Relaxed);
        let name = format!("policy-{n}-of-{}", user.name.replace(['_', '.'], "-"));
        let document = document.to_string();
        admin.ram("CreatePolicy", &[("PolicyName", &name), ("PolicyDocument", &document)]).await.ok();
        admin.ram("AttachPolicyToUser", &attachment("Custom", &name, &user.name)).await.ok();
        name
    }

    /// Writes objects past the API, for states that would take too many calls to make.
    pub(crate) async fn seed<R: Resource>(&self, objects: &[R]) {
        self.seed_in(ACCOUNT, objects).await;
    }

    /// As [`TestContext::seed`], in another account.
    pub(crate) async fn seed_in<R: Resource>(&self, account: &str, objects: &[R]) {
        for objects in objects.chunks(Transaction::MAX_WRITES) {
            let put = |transaction: Transaction, object: &R| {
                let key = Key::new(object.key(&account.into())).unwrap();
                transaction.put(key, ramgate_store::Value::json(object).unwrap())
            };
            let transaction = objects.iter().fold(Transaction::new(), put);
            self.running().store.commit(transaction).await.unwrap();
        }
    }

    /// Another account, whose root key the client has.
    pub(crate) async fn other_account(&self, account: &str) -> Client {
        let account_id = AccountId::from(account);
        self.seed_in(
            account,
            &[Account { id: account_id.clone(), created_at: START, alias: None, network_policy: None }],
        )
        .await;
        let (id, secret) = (format!("testid-root-{account}"), "testsecret-other");
        let mut key = AccessKey {
            id: AccessKeyId(id.clone()),
            owner: KeyOwner::Root,
            status: AccessKeyStatus::Active,
            sealed_secret: String::new(),
            created_at: START,
            network_policy: None,
            updated_at: None,
        };
        let sealer = Sealer::open_or_create(&self.path().join("sealing.key")).unwrap();
        let place = sealing::place(&Key::new(key.key(&account_id)).unwrap(), "sealed_secret");
        key.sealed_secret = sealer.seal(secret.as_bytes(), &place).unwrap().as_str().to_owned();
        self.seed_in(account, &[key]).await;
        let client = self.client(&id, secret);
        // What was written past the API is seen a moment later.
        let deadline = Instant::now() + PATIENCE;
        while client.sts("GetCallerIdentity", &[]).await.status != 200 {
            assert!(Instant::now() < deadline, "the other account does not show");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        client
    }

    /// The audit record of the call that this is the answer to, once it has ended.
    pub(crate) async fn record_of(&self, answer: &Answer) -> Entry {
        let filter = Filter { request_id: Some(answer.request_id()), ..Filter::default() };
        let deadline = Instant::now() + PATIENCE;
        loop {
            let mut found = self.records(&filter);
            assert!(found.len() < 2, "a call has more than one record: {found:?}");
            match found.pop() {
                Some(entry) if entry.outcome.is_some() => return entry,
                other => assert!(Instant::now() < deadline, "no record of {answer:?}, but {other:?}"),
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// The audit records on disk, newest first.
    pub(crate) fn records(&self, filter: &Filter) -> Vec<Entry> {
        let reader = Reader::open(self.path().join("audit.db")).unwrap();
        reader.query(filter, &Page { limit: 1000, cursor: None }).unwrap().entries
    }

    /// The files of the data directory that hold this text.
    pub(crate) fn files_with(&self, text: &str) -> Vec<PathBuf> {
        let files = std::fs::read_dir(self.path()).unwrap().map(|entry| entry.unwrap().path());
        let holds = |path: &PathBuf| {
            std::fs::read(path).is_ok_and(|bytes| bytes.windows(text.len()).any(|part| part == text.as_bytes()))
        };
        files.filter(holds).collect()
    }
}

impl Running {
    async fn start(directory: &Path, clock: &ManualClock, setup: &Setup) -> Self {
        let options = Options { max_bytes: setup.store_max_bytes, ..Options::new(directory.join("store.db")) };
        let store = Arc::new(SqliteStore::open(options).await.unwrap());
        let sealer = Sealer::open_or_create(&directory.join("sealing.key")).unwrap();
        sealer.bind(store.as_ref()).await.unwrap();
        let mut config = ControlConfig {
            listen: (Ipv4Addr::LOCALHOST, 0).into(),
            data_dir: directory.to_owned(),
            account_id: ACCOUNT.into(),
            region: REGION.into(),
            entry_host: Ipv4Addr::LOCALHOST.into(),
            entry_ports: 20_000..=20_199,
            domain_suffix: "ramgate.test".to_owned(),
            logon_domain_suffix: "onaliyun.com".to_owned(),
            trusted_proxies: Vec::new(),
            issuer_networks: Vec::new(),
            max_body_bytes: 1024 * 1024,
            signatures: Limits::default(),
            root_access_key: Some((ROOT_KEY.to_owned(), ROOT_SECRET.to_owned())),
        };
        if let Some(change) = setup.config {
            change(&mut config);
        }
        let data_plane = setup.data_plane.clone();
        let started = Control::start_with_clock(config, store.clone(), sealer, data_plane, Arc::new(clock.clone()));
        let (control, _) = started.await.unwrap();
        Self { control, store }
    }

    async fn stop(self) {
        self.control.stop().await;
        self.store.close().await.unwrap();
    }
}

/// A user with a key. Calls on it are its calls.
pub(crate) struct TestUser {
    pub(crate) name: String,
    pub(crate) id: String,
    client: Client,
}

impl TestUser {
    /// Its client, with another signature scheme.
    pub(crate) fn signing(&self, scheme: Scheme) -> Client {
        self.client.signing(scheme)
    }
}

impl Deref for TestUser {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

/// The parameters that name a policy and a user.
pub(crate) fn attachment<'a>(kind: &'a str, policy: &'a str, user: &'a str) -> [(&'static str, &'a str); 3] {
    [("PolicyType", kind), ("PolicyName", policy), ("UserName", user)]
}

/// A document of these statements.
pub(crate) fn document(statements: &[Value]) -> Value {
    json!({ "Version": "1", "Statement": statements })
}

/// A statement.
pub(crate) fn statement(effect: &str, actions: &[&str], resources: &[&str]) -> Value {
    json!({ "Effect": effect, "Action": actions, "Resource": resources })
}

/// A document that allows.
pub(crate) fn allow(actions: &[&str], resources: &[&str]) -> Value {
    document(&[statement("Allow", actions, resources)])
}

/// A trust policy that lets these resource names assume the role.
pub(crate) fn trust(names: &[&str]) -> Value {
    trust_if(names, json!({}))
}

/// As [`trust`], on conditions.
pub(crate) fn trust_if(names: &[&str], condition: Value) -> Value {
    document(&[json!({
        "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "RAM": names }, "Condition": condition,
    })])
}

impl TestContext {
    /// A new role with this trust policy, whose resource name is answered.
    pub(crate) async fn role(&self, name: &str, trust: Value) -> String {
        role_of(&self.admin(), name, trust).await
    }

    /// Gives a role a new policy, whose name is answered.
    pub(crate) async fn grant_role(&self, role: &str, document: Value) -> String {
        let admin = self.admin();
        let name = format!("policy-{}-of-{role}", self.n_users.fetch_add(1, Ordering::Relaxed));
        let document = document.to_string();
        admin.ram("CreatePolicy", &[("PolicyName", &name), ("PolicyDocument", &document)]).await.ok();
        let attachment = [("PolicyType", "Custom"), ("PolicyName", &name), ("RoleName", role)];
        admin.ram("AttachPolicyToRole", &attachment).await.ok();
        name
    }

    /// A client with the credentials that an answer holds.
    pub(crate) fn session(&self, answer: &Value) -> Client {
        let text = |field: &str| answer["Credentials"][field].as_str().unwrap().to_owned();
        self.client(&text("AccessKeyId"), &text("AccessKeySecret")).with_token(&text("SecurityToken"))
    }
}

/// As [`TestContext::role`], made by this client.
pub(crate) async fn role_of(admin: &Client, name: &str, trust: Value) -> String {
    let trust = trust.to_string();
    let made = admin.ram("CreateRole", &[("RoleName", name), ("AssumeRolePolicyDocument", &trust)]).await.ok();
    made["Role"]["Arn"].as_str().unwrap().to_owned()
}

impl Client {
    /// Assumes a role under the session name `test`.
    pub(crate) async fn assume(&self, role: &str, more: &[(&str, &str)]) -> Answer {
        let mut parameters = vec![("RoleArn", role), ("RoleSessionName", "test")];
        parameters.extend(more);
        self.sts("AssumeRole", &parameters).await
    }
}
