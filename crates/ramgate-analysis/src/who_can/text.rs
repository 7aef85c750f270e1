//! The answer in lines, for terminals.

use super::{Answer, Holder, Path, Wanted};
use ramgate_policy::AttachedEntity;
use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter};

impl Display for Answer {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let listed = self.always.len() + self.under_conditions.len();
        writeln!(f, "{} on {}: {listed} of {} principals", self.action, self.resource, self.principals)?;
        writeln!(f, "\nalways")?;
        if let Some(root) = &self.root {
            writeln!(f, "  {root}\n    the account itself")?;
        }
        self.always.iter().try_for_each(|holder| holder.fmt(f))?;
        if self.root.is_none() && self.always.is_empty() {
            writeln!(f, "  nobody")?;
        }
        if !self.under_conditions.is_empty() {
            writeln!(f, "\nunder conditions")?;
            self.under_conditions.iter().try_for_each(|holder| holder.fmt(f))?;
        }
        Ok(())
    }
}

impl Display for Holder {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "  {}", self.principal)?;
        for grant in &self.grants {
            writeln!(f, "    {grant}")?;
        }
        for block in &self.blocks {
            writeln!(f, "    unless {block}")?;
        }
        if let Some(example) = &self.example {
            writeln!(f, "    allowed with {}", Values(example))?;
        }
        if let Some(example) = &self.counter_example {
            writeln!(f, "    refused with {}", Values(example))?;
        }
        if !self.settled {
            writeln!(f, "    the conditions were too many to look through to the end")?;
        }
        if !self.trusted.is_empty() {
            writeln!(f, "    assumed by {}", self.trusted.join(", "))?;
        }
        Ok(())
    }
}

impl Display for Path {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let at = &self.statement;
        match &at.attached_entity {
            AttachedEntity::Group(name) => write!(f, "group `{name}` → ")?,
            AttachedEntity::Session => write!(f, "session → ")?,
            AttachedEntity::ResourceDirectoryTarget(id) => write!(f, "`{id}` → ")?,
            AttachedEntity::User | AttachedEntity::Role => {}
        }
        write!(f, "{} ({}) → {}, line {}", at.policy_name, at.policy_type, at.place, at.line)?;
        for (i, condition) in self.conditions.iter().enumerate() {
            write!(f, "{} {condition}", if i == 0 { " if" } else { " and" })?;
        }
        Ok(())
    }
}

impl Display for Wanted {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let values: Vec<String> = self.values.iter().map(|value| format!("`{value}`")).collect();
        write!(f, "{} {} {}", self.key, self.operator, values.join(" or "))
    }
}

/// Condition values, `key=value`.
pub(crate) struct Values<'a>(pub(crate) &'a BTreeMap<String, Vec<String>>);

impl Display for Values<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("none of the keys in the request");
        }
        let pairs = self.0.iter().flat_map(|(key, values)| values.iter().map(move |value| format!("{key}={value}")));
        f.write_str(&pairs.collect::<Vec<_>>().join(" "))
    }
}
