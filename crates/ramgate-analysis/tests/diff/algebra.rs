//! Laws that hold for all policies: rewriting changes nothing, a Deny never adds, an Allow never takes away.

use proptest::prelude::*;
use ramgate_analysis::diff::Relation;
use serde_json::{Value, json};

use crate::exhaustive::list;
use crate::support::compare;

fn statements(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

/// One statement for each of its actions and each of its resources, where these are no exclusions.
fn split(statement: &Value) -> Vec<Value> {
    let mut parts = vec![statement.clone()];
    for element in ["Action", "Resource"] {
        parts = parts
            .into_iter()
            .flat_map(|part| match part[element].as_array() {
                Some(list) if list.len() > 1 => {
                    let one = |value: &Value| {
                        let mut one = part.clone();
                        one[element] = value.clone();
                        one
                    };
                    list.iter().map(one).collect()
                }
                _ => vec![part],
            })
            .collect();
    }
    parts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn order_repetition_and_grouping_change_nothing(old in list(0..3)) {
        let mut reversed = statements(&old);
        reversed.reverse();
        let twice: Vec<Value> = statements(&old).into_iter().flat_map(|s| [s.clone(), s]).collect();
        let apart: Vec<Value> = statements(&old).iter().flat_map(split).collect();
        for new in [reversed, twice, apart] {
            prop_assert_eq!(compare(old.clone(), json!(new)).relation, Relation::Equivalent);
        }
    }

    #[test]
    fn one_more_deny_never_widens_and_one_more_allow_never_narrows(old in list(0..2), more in list(0..2)) {
        let Some(more) = statements(&more).pop() else { return Ok(()) };
        for (effect, never) in [("Deny", Relation::Wider), ("Allow", Relation::Narrower)] {
            let mut new = statements(&old);
            let mut more = more.clone();
            more["Effect"] = json!(effect);
            new.push(more);
            let relation = compare(old.clone(), json!(new)).relation;
            prop_assert!(relation != never && relation != Relation::Incomparable, "{effect} made it {relation:?}");
        }
    }
}
