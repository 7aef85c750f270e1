//! Denies that meet nothing their holders are allowed.

use super::holdings::{Holdings, Unit};
use super::{Code, Finding};
use crate::estate::EstateIndex;
use crate::globs;
use ramgate_policy::{Effect, Severity, Statement};

pub(super) fn check(holdings: &Holdings, index: &EstateIndex, findings: &mut Vec<Finding>) {
    for (document, policy) in &holdings.policies {
        for (_, statement) in index.statements_of(*document).filter(|(_, s)| s.effect == Effect::Deny) {
            let units: Option<Vec<&Unit>> = policy.units.iter().map(|unit| holdings.units.get(*unit)).collect();
            // A Deny of a control or session policy is a limit to whatever comes; it is not expected to bite.
            let idle =
                units.is_some_and(|units| units.iter().all(|unit| unit.grants && !bites(statement, unit, index)));
            if idle {
                findings.push(Finding {
                    severity: Severity::Suggestion,
                    code: Code::DenyNeverBites,
                    principal: None,
                    place: Some(policy.place(statement, "")),
                    message: "nothing that its holders are allowed meets this Deny, so it refuses nothing at present"
                        .to_owned(),
                    suggestion: "keep it if it guards against later grants; otherwise check its actions and resources"
                        .to_owned(),
                    steps: Vec::new(),
                });
            }
        }
    }
}

fn bites(deny: &Statement, unit: &Unit, index: &EstateIndex) -> bool {
    let documents = unit.documents.iter().chain(&unit.beside);
    let mut statements = documents.flat_map(|document| index.statements_of(*document));
    statements.any(|(_, allow)| allow.effect == Effect::Allow && globs::statements_meet(deny, allow))
}
