//! What a change of policies changes: from two parsed sets to the complete answer with confirmed examples.

use std::time::Duration;

use cpu_time::ThreadTime;
use ramgate_analysis::diff::{Diff, Limits, Relation, diff};
use ramgate_policy::{Attached, Catalog};

use crate::ours::{attached, catalog};
use crate::workload::{Stmt, catalog as action_names, statements};
use ramgate_policy::glob;

/// Time of one kind of question at one number of statements.
pub struct Row {
    pub name: &'static str,
    pub median: Duration,
    pub regions: usize,
}

/// Median processor time, and the answer.
fn time(old: &[Attached], new: &[Attached], catalog: &Catalog) -> (Duration, Diff) {
    let mut answer = diff(old, new, catalog, Limits::default());
    let mut runs: Vec<Duration> = (0..11)
        .map(|_| {
            let started = ThreadTime::now();
            answer = std::hint::black_box(diff(old, new, catalog, Limits::default()));
            started.elapsed()
        })
        .collect();
    runs.sort();
    (runs[runs.len() / 2], answer)
}

/// Edits of one statement each.
fn edits(statements: &[Stmt], edit: impl Fn(&mut Vec<Stmt>, usize) -> bool) -> impl Iterator<Item = Vec<Stmt>> {
    (0..statements.len()).filter_map(move |i| {
        let mut edited = statements.to_vec();
        edit(&mut edited, i).then_some(edited)
    })
}

/// The first edit that allows more than before: others may already allow what it does.
fn that_matters(statements: &[Stmt], catalog: &Catalog, edits: impl Iterator<Item = Vec<Stmt>>) -> Option<Vec<Stmt>> {
    let old = attached(statements);
    edits.take(50).find(|new| diff(&old, &attached(new), catalog, Limits::default()).relation == Relation::Wider)
}

/// One id widened to a prefix.
fn widened(statements: &[Stmt], catalog: &Catalog) -> Option<Vec<Stmt>> {
    let widen = |edited: &mut Vec<Stmt>, i: usize| {
        let pattern = &mut edited[i].resources[0];
        let one_id = pattern.contains('/') && !pattern.ends_with('*');
        pattern.truncate(pattern.len() - 6);
        pattern.push('*');
        one_id && edited[i].allow
    };
    that_matters(statements, catalog, edits(statements, widen))
}

/// One Deny removed.
fn without_a_deny(statements: &[Stmt], catalog: &Catalog) -> Option<Vec<Stmt>> {
    let remove = |edited: &mut Vec<Stmt>, i: usize| !edited.remove(i).allow;
    that_matters(statements, catalog, edits(statements, remove))
}

/// The same access written differently: one resource a statement, action wildcards of the catalog's verbs in halves,
/// the other way round, every seventh said twice.
fn regrouped(statements: &[Stmt]) -> Vec<Stmt> {
    let names = action_names();
    let mut out = Vec::new();
    for (i, statement) in statements.iter().enumerate() {
        for resource in &statement.resources {
            let half = statement.actions.len() / 2;
            let again = if i % 7 == 0 { &statement.actions[..] } else { &[] };
            for part in [&statement.actions[..half], &statement.actions[half..], again] {
                if !part.is_empty() {
                    let mut actions = part.to_vec();
                    // A name that a wildcard of the same statement covers says nothing new.
                    let covered = names.iter().find(|name| part.iter().any(|pattern| glob(pattern, name, false)));
                    actions.extend(covered.cloned());
                    out.push(Stmt { actions, resources: vec![resource.clone()], ..statement.clone() });
                }
            }
        }
    }
    out.reverse();
    out
}

/// All questions at one number of statements. Answers are checked before they count.
pub fn measure(n: usize) -> Vec<Row> {
    let catalog = catalog();
    let plain = statements(n, 7 + n as u64);
    let old = attached(&plain);
    let mut rows = Vec::new();
    let mut row = |name, new: &[Stmt], wanted: Relation| {
        let (median, answer) = time(&old, &attached(new), &catalog);
        assert_eq!((answer.relation, answer.complete), (wanted, true), "{name} at {n}");
        rows.push(Row { name, median, regions: answer.gained.len() + answer.lost.len() });
    };
    row("the same set", &plain, Relation::Equivalent);
    if let Some(edited) = widened(&plain, &catalog) {
        row("one id widened to a prefix", &edited, Relation::Wider);
    }
    if let Some(edited) = without_a_deny(&plain, &catalog) {
        row("one Deny removed", &edited, Relation::Wider);
    }
    row("everything regrouped, equal", &regrouped(&plain), Relation::Equivalent);
    let stars: Vec<Stmt> = plain
        .iter()
        .map(|statement| {
            let split = |pattern: &String| match pattern.strip_suffix('*').filter(|head| !head.ends_with(':')) {
                Some(head) => vec![head.to_owned(), format!("{head}?*")],
                None => vec![pattern.clone()],
            };
            Stmt { resources: statement.resources.iter().flat_map(split).collect(), ..statement.clone() }
        })
        .collect();
    row("every prefix `p*` written `p` and `p?*`, equal", &stars, Relation::Equivalent);
    rows
}
