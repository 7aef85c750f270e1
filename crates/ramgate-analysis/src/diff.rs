//! What a change of policies changes: equivalent, strictly narrower, strictly wider or incomparable.
//!
//! ```text
//!  old, new ── space ──► units: effect × pattern × conditions, with the actions of each side
//!                │          └── those whose actions differ are the seeds; equal policies have none
//!                ▼
//!  each seed ── solve ─► resource names cut into atoms, all actions at once, conditions as decision diagrams
//!                │
//!                ▼
//!            report ───► regions gained and lost, each with a request that the engine decides as claimed
//! ```
//!
//! **What is compared.** The requests that each side allows: an Allow matches and no Deny does. Whether a refusal is
//! explicit or implicit makes no difference here; beside other policies it may, which the answer notes. The requests are
//! all of `<service>:<name>` on a name with five fields, under any condition values: actions that no catalog lists and
//! absent keys included. A key that the catalog knows has values of its type, and one at a time unless the catalog says
//! otherwise; keys that it does not know may have any texts. Times are those of the years 0 to 9999.
//!
//! **What is claimed.** The regions are complete: a request that the sides decide differently lies in one of them, and a
//! request that lies in one of them is decided differently. When a question is larger than its budget, the answer is
//! [`Relation::Unknown`] with what was found so far, never "equal".

mod actions;
mod addresses;
mod conditions;
mod formula;
mod near;
mod report;
mod resources;
mod solve;
mod space;

use ramgate_policy::{Attached, Catalog, Outcome};
use serde::Serialize;
use std::collections::BTreeMap;

use crate::regions::{Budget, Exhausted};
use near::Near;
use solve::{Difference, Formulas};
use space::Space;

/// How much work a question may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Steps of some ten nanoseconds each.
    pub steps: u64,
}

impl Default for Limits {
    /// About a second, and a hundred megabytes at worst.
    fn default() -> Self {
        Limits { steps: 200_000_000 }
    }
}

/// How the new policies relate to the old ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Relation {
    /// Both allow the same.
    Equivalent,
    /// The new ones allow less, and nothing that the old ones did not.
    Narrower,
    /// The new ones allow more, and everything that the old ones did.
    Wider,
    /// Each allows something that the other does not.
    Incomparable,
    /// The question is too large for its budget.
    Unknown,
}

/// What changes from old to new policies.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Diff {
    /// How the new policies relate to the old ones.
    pub relation: Relation,
    /// Whether the regions are all there are.
    pub complete: bool,
    /// What the new policies allow and the old ones did not.
    pub gained: Vec<Region>,
    /// What the old policies allowed and the new ones do not.
    pub lost: Vec<Region>,
    /// What else is worth knowing, in words.
    pub notes: Vec<String>,
}

/// Requests that are gained or lost for the same actions under the same conditions.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Region {
    /// The actions: any of these.
    pub actions: Vec<Names>,
    /// Those of the actions that the catalog lists or a policy spells out, sorted.
    pub listed_actions: Vec<String>,
    /// Whether actions that nobody lists are among them.
    pub unlisted_actions: bool,
    /// The resource names: any of these.
    pub resources: Vec<Names>,
    /// The conditions: any of these, each of which is a list of terms that all must come true. A list without terms comes
    /// true always.
    pub conditions: Vec<Vec<Term>>,
    /// One of the requests.
    pub example: Example,
    /// What the old policies say to it.
    pub old: Decided,
    /// What the new policies say to it.
    pub new: Decided,
}

impl Region {
    /// The listed actions in fewer words: `mse:Get*` stands for all actions of the catalog that it matches.
    pub fn short_actions(&self, catalog: &Catalog) -> Vec<String> {
        actions::shortened(&self.listed_actions, catalog)
    }
}

/// Names that all of some patterns match and none of some others do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Names {
    /// The patterns that match; never empty.
    pub matching: Vec<String>,
    /// The patterns that do not.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<String>,
}

impl Names {
    fn new(mut matching: Vec<String>, mut except: Vec<String>) -> Names {
        matching.sort();
        except.sort();
        if matching.is_empty() {
            matching.push("*".to_owned());
        }
        Names { matching, except }
    }
}

/// A condition that holds, or does not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Term {
    /// The operator.
    pub operator: String,
    /// The key.
    pub key: String,
    /// The values.
    pub values: Vec<String>,
    /// Whether the condition holds.
    pub holds: bool,
}

/// A request, as the simulator takes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Example {
    /// The action.
    pub action: String,
    /// The resource name.
    pub resource: String,
    /// The values of each condition key; keys that are not named are absent.
    pub context: BTreeMap<String, Vec<String>>,
}

/// What a side says to a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Decided {
    /// The outcome.
    pub outcome: Outcome,
    /// The statement that decided; none for an implicit deny.
    pub by: Option<Site>,
}

/// The place of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Site {
    /// Name of the policy.
    pub policy: String,
    /// Number of the statement in its document, from 0.
    pub statement: usize,
    /// Line on which the statement starts, from 1.
    pub line: usize,
    /// Column at which the statement starts, from 1.
    pub column: usize,
}

/// Compares two sets of policies, each decided together: any Deny that matches refuses, else any Allow that matches allows.
pub fn diff(old: &[Attached], new: &[Attached], catalog: &Catalog, limits: Limits) -> Diff {
    let mut budget = Budget::new(limits.steps);
    let Ok(mut space) = Space::new([old, new], catalog, &mut budget) else {
        return report::unknown();
    };
    let mut formulas = Formulas::default();
    let (found, complete) = differences(&mut space, &mut formulas, &mut budget);
    let complete = complete && !space.conditions.inexact;
    let report = report::Report { space: &space, formulas: &formulas, old, new, catalog };
    let mut answer = report.finish(found, complete);
    if answer.relation == Relation::Equivalent && denies_differ(&mut space, &mut budget) {
        answer.notes.push(report::DENIES.to_owned());
    }
    answer
}

/// Whether the sides explicitly deny different requests, or may for all that the budget allows to know.
fn denies_differ(space: &mut Space<'_>, budget: &mut Budget) -> bool {
    space.turn_to_denies();
    let (found, complete) = differences(space, &mut Formulas::default(), budget);
    !found.is_empty() || !complete
}

/// All differences that the budget allows to find, and whether these are all.
fn differences(space: &mut Space<'_>, formulas: &mut Formulas, budget: &mut Budget) -> (Vec<Difference>, bool) {
    let seeds = space.seeds();
    if seeds.is_empty() {
        return (Vec::new(), true);
    }
    let near = Near::new(&space.resources);
    let Ok(seeds) = space.leave_to_wider(seeds, &near, budget) else { return (Vec::new(), false) };
    let mut found = Vec::new();
    let mut complete = true;
    for seed in &seeds {
        match budget.share(|budget| solve::solve(seed, space, &near, formulas, budget)) {
            Ok(more) => found.extend(more),
            Err(Exhausted) => complete = false,
        }
    }
    (found, complete)
}
