//! The report in lines, for terminals.

use super::{Finding, Place, Report, Step};
use crate::who_can::Values;
use ramgate_policy::Severity;
use std::fmt::{self, Display, Formatter};

impl Display for Report {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.findings.iter().try_for_each(|finding| finding.fmt(f))?;
        let count = |severity| self.findings.iter().filter(|finding| finding.severity == severity).count();
        let counted = |n: usize, one: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") };
        let policies = if self.policies == 1 { "1 policy".to_owned() } else { format!("{} policies", self.policies) };
        writeln!(
            f,
            "{}, {policies}: {}, {}, {}",
            counted(self.principals, "principal"),
            counted(count(Severity::SecurityWarning), "security warning"),
            counted(count(Severity::Warning) + count(Severity::Error), "warning"),
            counted(count(Severity::Suggestion), "suggestion")
        )
    }
}

impl Display for Finding {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::SecurityWarning => "security warning",
            Severity::Warning => "warning",
            Severity::Suggestion => "suggestion",
        };
        write!(f, "{severity}[{:?}] ", self.code)?;
        match (&self.principal, &self.place) {
            (Some(principal), None) => writeln!(f, "{principal}")?,
            (_, Some(place)) => writeln!(f, "{place}")?,
            (None, None) => writeln!(f)?,
        }
        writeln!(f, "  {}", self.message)?;
        for (number, step) in (1..).zip(&self.steps) {
            writeln!(f, "  {number}. {step}")?;
        }
        writeln!(f, "  → {}", self.suggestion)
    }
}

impl Display for Place {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.policy_type {
            Some(kind) => write!(f, "{} ({kind}) {}, line {}", self.policy_name, self.place, self.line),
            None => write!(f, "trust policy of `{}` {}, line {}", self.policy_name, self.place, self.line),
        }
    }
}

impl Display for Step {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{} calls {} on {}", self.caller, self.action, self.resources.join(" and "))?;
        if !self.context.is_empty() {
            write!(f, " with {}", Values(&self.context))?;
        }
        write!(f, ": {}", self.does)
    }
}
