//! What the fuzz targets of the policy engine do with their input.
//!
//! The engine's own tests include this file and run it over `fuzz/corpus`, so that every input once found stays tested
//! without a fuzzer.

use std::sync::Arc;

use ramgate_policy::plain::Plain;
use ramgate_policy::{
    AccessLevel, ActionSpec, Arn, Attached, AttachedEntity, Catalog, Compiled, Context, Document, DocumentKind,
    KeySpec, KeyType, PolicyKind, PrincipalKind, PrincipalPolicies, Severity, validate,
};

fn catalog() -> Catalog {
    let mut builder = Catalog::builder();
    for name in
        ["mse:GetGateway", "mse:DeleteGateway", "apig:ListZones", "ram:GetUser", "ram:PassRole", "sts:AssumeRole"]
    {
        builder.action(ActionSpec::new(name, AccessLevel::None).on("acs:mse:{region}:{account}:instance/{id}"));
    }
    builder.key(KeySpec::array("apig:GatewayId", KeyType::String)).key(KeySpec::new("x:n", KeyType::Numeric));
    builder.build()
}

/// Any bytes as a policy document: never a panic, and what is said about them hangs together.
pub(crate) fn policy_json(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let catalog = catalog();
    for kind in [DocumentKind::Identity, DocumentKind::Session, DocumentKind::Trust, DocumentKind::Control] {
        let written = Document::parse(text, kind);
        let stored = Document::parse_stored_as(text, kind);
        match (&written, &stored) {
            (Ok(document), stored) => {
                assert_eq!(document.text(), text);
                assert_eq!(stored.as_ref(), Ok(document), "a document that may be written reads the same when stored");
                assert!(document.statements().iter().all(|statement| statement.defects.is_empty()));
            }
            (Err(problems), _) => {
                for problem in problems {
                    assert!(
                        problem.line >= 1 && problem.column >= 1 && problem.line <= text.lines().count().max(1) + 1
                    );
                }
            }
        }
        if let Ok(document) = &stored {
            for (position, statement) in document.statements().iter().enumerate() {
                assert_eq!(statement.index, position);
            }
            let findings = validate(document, &catalog);
            let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
            assert!(document.problems().is_empty() || errors > 0, "problems are findings");
        } else {
            let json = serde_json::from_str::<serde_json::Value>(text);
            // Another reader gives up at 128 levels, where ours skips.
            assert!(json.is_err(), "JSON is never refused once it is stored");
        }
    }
}

/// Lines: action, resource, `key=value` pairs separated by `;`, then a policy. All evaluators must agree.
pub(crate) fn evaluate(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut lines = text.splitn(4, '\n');
    let (Some(action), Some(resource), Some(values), Some(policy)) =
        (lines.next(), lines.next(), lines.next(), lines.next())
    else {
        return;
    };
    let Ok(document) = Document::parse_stored(policy) else { return };
    let mut context = Context::default();
    for (key, value) in values.split(';').filter_map(|pair| pair.split_once('=')) {
        // A value that does not fit its key is refused, and the key stays as it was.
        let _ = context.add(key, value);
    }
    let attached = Attached {
        policy_name: "fuzzed".into(),
        policy_type: PolicyKind::Custom,
        version: "v1".into(),
        entity: AttachedEntity::User,
        document: Arc::new(document),
    };
    let mut policies = PrincipalPolicies::new(PrincipalKind::User);
    policies.resource_groups.push(("rg-a".into(), vec![attached.clone()]));
    policies.account.push(attached);
    let catalog = catalog();
    let compiled = Compiled::new(&policies, &catalog);
    let decision = compiled.decide(action, resource, &context);
    assert_eq!(decision, Plain::new(&policies, &catalog).decide(action, resource, &context));
    assert_eq!(decision, compiled.decide_plain(action, resource, &context));
    assert_eq!(decision, compiled.decide_spellings(&[(action, resource)], &context));
    if let (Some(id), Some(arn)) = (catalog.action_id(action), Arn::parse(resource)) {
        assert_eq!(decision, compiled.decide_parts(id, &arn, &context));
    }
    let explanation = compiled.explain(action, resource, &context);
    assert_eq!((explanation.outcome, explanation.layer), (decision.outcome, decision.layer));
    assert_eq!(
        explanation.deciding.first().map(|first| first.statement as u32),
        decision.statement.map(|at| at.statement)
    );
}
