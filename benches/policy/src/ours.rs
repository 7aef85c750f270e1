//! Our engine, asked as a server asks it.

use std::sync::Arc;
use std::time::Duration;

use cpu_time::ThreadTime;
use ramgate_policy::plain::Plain;
use ramgate_policy::{
    AccessLevel, ActionId, ActionSpec, Arn, Attached, AttachedEntity, Catalog, Compiled, Context, Document, PolicyKind,
    PrincipalKind, PrincipalPolicies, Timestamp,
};

use crate::actions::ACTIONS;
use crate::workload::{Req, Stmt, policy_text};

pub struct Ours {
    pub compiled: Compiled,
    pub plain: Plain,
    pub context: Context,
    pub catalog: Catalog,
    policies: PrincipalPolicies,
}

/// The actions of the workload, and as many of other services as make bitsets as wide as in the product.
pub fn catalog() -> Catalog {
    let mut builder = Catalog::builder();
    for (name, _) in ACTIONS {
        builder.action(ActionSpec::new(format!("apig:{name}"), AccessLevel::None));
    }
    for i in 0..400 {
        builder.action(ActionSpec::new(format!("svc{}:Action{i:03}", i % 7), AccessLevel::None));
    }
    builder.build()
}

/// Statements as policies: ten a policy, as the size limit of documents would have it.
pub fn attached(statements: &[Stmt]) -> Vec<Attached> {
    let policies = statements.chunks(10).enumerate().map(|(i, chunk)| Attached {
        policy_name: format!("policy-{i}").into(),
        policy_type: PolicyKind::Custom,
        version: "v1".into(),
        entity: AttachedEntity::User,
        document: Arc::new(Document::parse_stored(&policy_text(chunk)).expect("a policy")),
    });
    policies.collect()
}

impl Ours {
    pub fn new(statements: &[Stmt]) -> Ours {
        let catalog = catalog();
        let policies = PrincipalPolicies { account: attached(statements), ..PrincipalPolicies::new(PrincipalKind::User) };
        let context = Context {
            current_time: Timestamp::parse("2026-01-01T00:00:00Z"),
            source_ip: Some([10, 1, 2, 3].into()),
            secure_transport: Some(true),
            ..Context::default()
        };
        let compiled = Compiled::new(&policies, &catalog);
        let plain = Plain::new(&policies, &catalog);
        Ours { compiled, plain, context, catalog, policies }
    }

    /// Median processor time of a compilation.
    pub fn compile_time(&self) -> Duration {
        let mut runs: Vec<Duration> = (0..21)
            .map(|_| {
                let started = ThreadTime::now();
                std::hint::black_box(Compiled::new(&self.policies, &self.catalog));
                started.elapsed()
            })
            .collect();
        runs.sort();
        runs[runs.len() / 2]
    }

    /// From two strings, with the deciding statement.
    #[inline]
    pub fn decide(&self, request: &Req) -> bool {
        let decision = self.compiled.decide(&request.action, &request.resource, &self.context);
        std::hint::black_box(decision.statement);
        decision.is_allowed()
    }

    pub fn parts<'r>(&self, requests: &'r [Req]) -> Vec<(ActionId, Arn<'r>)> {
        let part = |request: &'r Req| {
            (self.catalog.action_id(&request.action).expect("known"), Arn::parse(&request.resource).expect("an ARN"))
        };
        requests.iter().map(part).collect()
    }
}
