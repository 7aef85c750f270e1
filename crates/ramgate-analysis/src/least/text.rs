//! The proposal in lines, for terminals.

use super::{Proposal, StatementUse};
use crate::who_can::Values;
use ramgate_policy::Effect;
use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter};

/// Entries of a list that are shown at most; JSON has them all.
const SHOWN: usize = 10;

impl Display for Proposal {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for policy in &self.policies {
            writeln!(f, "{} ({} characters)\n{}", policy.policy_name, policy.characters, policy.document)?;
        }
        let proof = &self.proof;
        let calls = counted(proof.calls, "call");
        writeln!(f, "proof: {} of {} records ({calls}) are allowed", proof.allowed, proof.records)?;
        for record in &proof.not_allowed_today {
            let then = if record.proposed { "new in the proposal" } else { "left out" };
            writeln!(f, "  {} on {}: {} today, {then}", record.action, record.resource, record.outcome)?;
        }
        for record in &proof.assumed {
            let with = Values(&record.values);
            writeln!(f, "  {} on {}: allowed today only with {with}", record.action, record.resource)?;
        }
        if !self.statements.is_empty() {
            writeln!(f, "\nthe present policies")?;
            self.statements.iter().try_for_each(|statement| statement.fmt(f))?;
            writeln!(f, "\ndropped actions: {}", shortened(&self.dropped_actions))?;
            let mut narrowed: BTreeMap<(&[String], &[String]), Vec<String>> = BTreeMap::new();
            for one in &self.narrowed {
                narrowed.entry((&one.present, &one.proposed)).or_default().push(one.action.clone());
            }
            for ((present, proposed), actions) in narrowed {
                let (present, proposed) = (shortened(present), shortened(proposed));
                writeln!(f, "narrowed: {}\n  from {present}\n  to {proposed}", shortened(&actions))?;
            }
        }
        self.remarks.iter().try_for_each(|remark| writeln!(f, "note: {remark}"))
    }
}

impl Display for StatementUse {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let at = &self.statement;
        write!(f, "  {} {}, line {}: ", at.policy_name, at.place, at.line)?;
        match at.effect {
            Effect::Deny => writeln!(f, "Deny"),
            Effect::Allow if self.calls == 0 => writeln!(f, "unused"),
            Effect::Allow => {
                let used: Vec<String> = self.used.iter().map(|used| used.action.clone()).collect();
                writeln!(f, "{}; used {}", counted(self.calls, "call"), shortened(&used))?;
                if !self.unused_actions.is_empty() {
                    writeln!(f, "    unused {}", shortened(&self.unused_actions))?;
                }
                Ok(())
            }
        }
    }
}

/// `1 call`, `2 calls`
fn counted(n: u64, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}

fn shortened(names: &[String]) -> String {
    let shown = names.get(..names.len().min(SHOWN)).unwrap_or(names).join(", ");
    match names.len().saturating_sub(SHOWN) {
        0 if names.is_empty() => "none".to_owned(),
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
