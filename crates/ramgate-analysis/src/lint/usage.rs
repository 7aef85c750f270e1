//! Grants that nobody used.

use super::holdings::Holdings;
use super::{Code, Finding, Options};
use crate::estate::EstateIndex;
use ramgate_policy::{Effect, Severity};
use std::collections::BTreeSet;

pub(super) fn check(holdings: &Holdings, index: &EstateIndex, options: &Options, findings: &mut Vec<Finding>) {
    let Some(usage) = &options.usage else { return };
    for (document, policy) in &holdings.policies {
        let judged: Vec<_> = policy
            .holders
            .iter()
            .filter_map(|holder| index.principals.get(*holder).and_then(|member| usage.get(&member.id)))
            .collect();
        // Somebody whose use is not known may need it.
        if judged.len() < policy.holders.len() {
            continue;
        }
        let recent = judged
            .iter()
            .flat_map(|used| used.iter())
            .filter(|(_, when)| options.since.is_none_or(|since| **when >= since));
        let used: BTreeSet<&str> = recent.map(|(action, _)| action.as_str()).collect();
        for (_, statement) in index.statements_of(*document).filter(|(_, s)| s.effect == Effect::Allow) {
            let named: Vec<&str> = index
                .catalog
                .actions()
                .iter()
                .map(|action| action.name.as_str())
                .filter(|action| statement.matches_action(action))
                .collect();
            let needed = used.iter().any(|action| statement.matches_action(action));
            if needed || named.is_empty() {
                continue;
            }
            let holders = match policy.holders.len() {
                1 => "its holder".to_owned(),
                n => format!("its {n} holders"),
            };
            let since = options.since.map_or(String::new(), |since| format!(" since {since}"));
            let example = named.first().copied().unwrap_or_default();
            findings.push(Finding {
                severity: Severity::Suggestion,
                code: Code::UnusedGrant,
                principal: None,
                place: Some(policy.place(statement, "")),
                message: match named.len() {
                    1 => format!("{holders} did not use `{example}`{since}"),
                    n => format!("{holders} used none of the {n} known actions, such as `{example}`,{since}")
                        .trim_end_matches(',')
                        .to_owned(),
                },
                suggestion: "remove the statement, or propose a policy from what was used".to_owned(),
                steps: Vec::new(),
            });
        }
    }
}
