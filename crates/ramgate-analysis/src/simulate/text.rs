//! Results in lines, for terminals.

use super::{Compared, Difference, Simulation, WhatIf};
use ramgate_policy::Explanation;
use std::fmt::{self, Display, Formatter};

impl Display for Simulation {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.results.iter().try_for_each(|result| writeln!(f, "{}  {}", result.outcome, result.text))
    }
}

impl Display for WhatIf {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.results.iter().try_for_each(|compared| compared.fmt(f))?;
        writeln!(f, "{} of {} requests gained, {} lost", self.gained, self.results.len(), self.lost)
    }
}

/// `+` for what is gained, `-` for what is lost, `~` for what is decided otherwise.
impl Display for Compared {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (before, after) = (&self.before, &self.after);
        let mark = match self.effect {
            Difference::Gained => '+',
            Difference::Lost => '-',
            Difference::RefusedOtherwise | Difference::DecidedOtherwise => '~',
            Difference::Same => ' ',
        };
        write!(f, "{mark} {} on {}  ", after.action, after.resource)?;
        match self.effect {
            Difference::Same => writeln!(f, "{}{}", after.outcome, by(after)),
            _ => writeln!(f, "{}{} → {}{}", before.outcome, by(before), after.outcome, by(after)),
        }
    }
}

fn by(explanation: &Explanation) -> String {
    explanation
        .deciding
        .first()
        .map_or(String::new(), |first| format!(" by {}[{}]", first.policy_name, first.statement))
}
