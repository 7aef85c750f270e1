//! Questions about whole accounts: who may do something, what is wrong, what is enough.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use cpu_time::ThreadTime;
use ramgate_analysis::least::{Options, Subject, Used, Wildcards, least};
use ramgate_analysis::lint::{self, lint};
use ramgate_analysis::who_can::{Question, ask};
use ramgate_analysis::{Estate, EstateIndex, EstatePrincipal, PrincipalId};
use ramgate_policy::{
    AccessLevel, ActionSpec, Attached, AttachedEntity, Catalog, Compiled, Context, Document, PolicyKind, PrincipalKind,
    PrincipalPolicies,
};

use crate::ours;
use crate::workload::{Req, Rng, requests, statements, with_conditions};

const ACCOUNT: &str = "1234567890123456";

/// What was measured.
pub struct Row {
    pub name: String,
    /// Median processor time.
    pub median: Duration,
    /// What came of it, in words.
    pub found: String,
    /// At most so many milliseconds.
    pub bar: Option<f64>,
}

pub fn measure() -> Vec<Row> {
    let mut rows = Vec::new();
    let shared = shared(10_000, 2_000, 10);
    who_can("10 of 2,000 shared policies each", &shared, &mut rows);
    drop(shared);
    who_can("a policy of its own each", &own(10_000), &mut rows);
    let mixed = mixed(1_000);
    let catalog = catalog();
    let options = lint::Options::default();
    let report = lint(&mixed, &catalog, &options);
    rows.push(Row {
        name: "lint of 1,000 users with 20 policies each".into(),
        median: time(5, || drop(black_box(lint(&mixed, &catalog, &options)))),
        found: format!("{} findings", report.findings.len()),
        bar: Some(1_000.0),
    });
    least_of(&mixed, &catalog, &mut rows);
    rows
}

fn time(rounds: usize, mut run: impl FnMut()) -> Duration {
    let mut runs: Vec<Duration> = (0..rounds)
        .map(|_| {
            let started = ThreadTime::now();
            run();
            started.elapsed()
        })
        .collect();
    runs.sort();
    runs[runs.len() / 2]
}

/// Questions to an account; the answers for some users are compared with their own compilation.
fn who_can(what: &str, estate: &Estate, rows: &mut Vec<Row>) {
    let catalog = ours::catalog();
    let built = time(3, || drop(black_box(EstateIndex::new(estate, &catalog))));
    let index = EstateIndex::new(estate, &catalog);
    let statements = with_conditions(statements(2_000, 5));
    let asked: Vec<Req> = requests(&statements, 24, 17);
    let (mut listed, mut runs) = (0, Vec::new());
    for request in &asked {
        let question =
            Question { action: request.action.clone(), resource: request.resource.clone(), ..Question::default() };
        let answer = ask(&index, &question).expect("a question");
        runs.push(time(5, || drop(black_box(ask(&index, &question)))));
        listed += answer.always.len() + answer.under_conditions.len();
        for principal in estate.principals.iter().step_by(estate.principals.len() / 50) {
            let always = answer.always.iter().any(|holder| holder.principal == principal.id);
            let sometimes = answer.under_conditions.iter().any(|holder| holder.principal == principal.id);
            let compiled = Compiled::new(&principal.policies, &catalog);
            let context = Context { source_ip: Some([10, 1, 2, 3].into()), ..Context::default() };
            let allowed = compiled.decide(&request.action, &request.resource, &context).is_allowed();
            assert!(sometimes || always == allowed, "{request:?} {}", principal.id);
        }
    }
    runs.sort();
    let people = estate.principals.len();
    let name = format!("who can, {people} users, {what}");
    rows.push(Row { name: format!("{name}: preparing"), median: built, found: String::new(), bar: None });
    let found = format!("{} users on average", listed / asked.len());
    rows.push(Row { name: name.clone(), median: runs[runs.len() / 2], found, bar: Some(10.0) });
    rows.push(Row {
        name: format!("{name}: slowest"),
        median: runs[runs.len() - 1],
        found: String::new(),
        bar: Some(10.0),
    });
}

fn user(number: usize, attached: Vec<Attached>) -> EstatePrincipal {
    let policies = PrincipalPolicies { account: attached, ..PrincipalPolicies::new(PrincipalKind::User) };
    EstatePrincipal { id: PrincipalId::User(format!("user-{number:05}")), policies, trust: None }
}

fn estate(principals: Vec<EstatePrincipal>) -> Estate {
    Estate { account_id: ACCOUNT.into(), principals, ..Estate::default() }
}

/// Users with some of a pool of policies of ten statements.
fn shared(users: usize, pool: usize, each: usize) -> Estate {
    let pool = ours::attached(&with_conditions(statements(pool * 10, 5)));
    let mut random = Rng(11);
    let of = |number| user(number, (0..each).map(|_| random.pick(&pool).clone()).collect());
    estate((0..users).map(of).collect())
}

/// Users with a policy of ten statements that nobody else has.
fn own(users: usize) -> Estate {
    let policies = ours::attached(&with_conditions(statements(users * 10, 23)));
    estate(policies.into_iter().enumerate().map(|(number, policy)| user(number, vec![policy])).collect())
}

fn written(name: String, statement: serde_json::Value) -> Attached {
    let text = serde_json::json!({ "Version": "1", "Statement": [statement] }).to_string();
    Attached {
        policy_name: name.into(),
        policy_type: PolicyKind::Custom,
        version: "v1".into(),
        entity: AttachedEntity::User,
        document: Arc::new(Document::parse_stored(&text).expect("a policy")),
    }
}

/// Users with 14 of 500 shared policies, five of their own, and one for their own access keys. One in fifty makes access
/// keys for everyone, and one is an administrator.
fn mixed(users: usize) -> Estate {
    let pool = ours::attached(&with_conditions(statements(5_000, 7)));
    let own = ours::attached(&with_conditions(statements(users * 50, 31)));
    let mut random = Rng(13);
    let mut principals: Vec<EstatePrincipal> = Vec::new();
    for number in 0..users {
        let mut attached: Vec<Attached> = (0..14).map(|_| random.pick(&pool).clone()).collect();
        attached.extend(own[number * 5..number * 5 + 5].iter().cloned());
        let whose = if number % 50 == 1 { "*".to_owned() } else { format!("user-{number:05}") };
        let resource = format!("acs:ram:*:*:user/{whose}");
        let keys = serde_json::json!({ "Effect": "Allow", "Action": "ram:*AccessKey*", "Resource": resource });
        attached.push(written(format!("keys-{number}"), keys));
        principals.push(user(number, attached));
    }
    let everything = serde_json::json!({ "Effect": "Allow", "Action": "*", "Resource": "*" });
    principals[0].policies.account.push(written("everything".into(), everything));
    estate(principals)
}

/// The workload's actions and those with which permissions are given.
fn catalog() -> Catalog {
    let mut builder = ours::catalog().to_builder();
    for name in ["CreateAccessKey", "AttachPolicyToUser", "CreatePolicyVersion", "AddUserToGroup", "UpdateRole"] {
        builder
            .action(ActionSpec::new(format!("ram:{name}"), AccessLevel::None).on("acs:ram::{account}:user/{UserName}"));
    }
    builder.build()
}

/// Proposals for one user from 1,000 different records.
fn least_of(estate: &Estate, catalog: &Catalog, rows: &mut Vec<Row>) {
    let source = with_conditions(statements(5_000, 7));
    let record = |request: Req| Used {
        action: request.action,
        resource: request.resource,
        context: Context { source_ip: Some([10, 1, 2, 3].into()), ..Context::default() },
        count: 3,
        last_used: None,
    };
    let used: Vec<Used> = requests(&source, 1_000, 3).into_iter().map(record).collect();
    let principal = &estate.principals[2];
    for (what, wildcards) in [("no wildcards", Wildcards::None), ("wildcards", Wildcards::Both)] {
        let subject = Subject { id: &principal.id, account_id: ACCOUNT, present: Some(&principal.policies) };
        let options = Options { wildcards, ..Options::default() };
        let proposal = least(subject, catalog, &used, &options).expect("a proposal");
        rows.push(Row {
            name: format!("least for one user, 20 policies, 1,000 records, {what}"),
            median: time(5, || drop(black_box(least(subject, catalog, &used, &options)))),
            found: format!("{} policies, {} records proven", proposal.policies.len(), proposal.proof.allowed),
            bar: Some(1_000.0),
        });
    }
}
