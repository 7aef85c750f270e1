//! From statements to documents of the permitted length, written as people write them.

use super::LeastError;
use super::gather::Written;
use super::group::Draft;
use ramgate_policy::DocumentKind;
use serde_json::Value;

const HEAD: &str = "{\n  \"Version\": \"1\",\n  \"Statement\": [\n";
const TAIL: &str = "\n  ]\n}\n";

/// The documents that hold all statements, as few as putting one after the other takes.
pub(super) fn documents(drafts: &[Draft]) -> Result<Vec<String>, LeastError> {
    let room = DocumentKind::Identity.max_characters() - HEAD.len() - TAIL.len();
    let mut documents: Vec<String> = Vec::new();
    let mut open = String::new();
    let mut length = 0;
    for draft in drafts {
        for text in pieces(draft, room)? {
            let characters = text.chars().count();
            if length > 0 && length + 2 + characters > room {
                documents.push(format!("{HEAD}{open}{TAIL}"));
                (open, length) = (String::new(), 0);
            }
            if length > 0 {
                open.push_str(",\n");
                length += 2;
            }
            open.push_str(&text);
            length += characters;
        }
    }
    if length > 0 {
        documents.push(format!("{HEAD}{open}{TAIL}"));
    }
    Ok(documents)
}

/// A statement, cut in two as often as it takes to fit.
fn pieces(draft: &Draft, room: usize) -> Result<Vec<String>, LeastError> {
    let text = statement(draft);
    if text.chars().count() <= room {
        return Ok(vec![text]);
    }
    let halves = |list: &[String]| {
        let (a, b) = list.split_at(list.len() / 2);
        (a.to_vec(), b.to_vec())
    };
    // What is named can be named in two statements; what is left out cannot.
    let (first, second) = if !draft.not_resource && draft.resources.len() > 1 {
        let (a, b) = halves(&draft.resources);
        (Draft { resources: a, ..draft.clone() }, Draft { resources: b, ..draft.clone() })
    } else if !draft.not_action && draft.actions.len() > 1 {
        let (a, b) = halves(&draft.actions);
        (Draft { actions: a, ..draft.clone() }, Draft { actions: b, ..draft.clone() })
    } else {
        return Err(LeastError::TooLong(draft.to_string()));
    };
    let mut found = pieces(&first, room)?;
    found.extend(pieces(&second, room)?);
    Ok(found)
}

fn statement(draft: &Draft) -> String {
    let name = |negated, plain| if negated { format!("Not{plain}") } else { String::from(plain) };
    let mut text = format!(
        "    {{\n      \"Effect\": \"{}\",\n      \"{}\": {},\n      \"{}\": {}",
        draft.effect,
        name(draft.not_action, "Action"),
        list(&draft.actions, 6),
        name(draft.not_resource, "Resource"),
        list(&draft.resources, 6),
    );
    if !draft.conditions.is_empty() {
        text.push_str(",\n      \"Condition\": {\n");
        text.push_str(&conditions(&draft.conditions));
        text.push_str("\n      }");
    }
    text.push_str("\n    }");
    text
}

fn conditions(conditions: &[Written]) -> String {
    let mut operators: Vec<(&str, Vec<&Written>)> = Vec::new();
    for condition in conditions {
        match operators.iter_mut().find(|(operator, _)| *operator == condition.operator) {
            Some((_, list)) => list.push(condition),
            None => operators.push((condition.operator, vec![condition])),
        }
    }
    let key = |condition: &&Written| format!("{}: {}", quoted(&condition.key), list(&condition.values, 8));
    let operator = |(operator, keys): (&str, Vec<&Written>)| {
        format!("        \"{operator}\": {{ {} }}", keys.iter().map(key).collect::<Vec<_>>().join(", "))
    };
    operators.into_iter().map(operator).collect::<Vec<_>>().join(",\n")
}

/// One value as itself, several one below the other.
fn list(values: &[String], indent: usize) -> String {
    match values {
        [one] => quoted(one),
        several => {
            let pad = " ".repeat(indent);
            let lines: Vec<String> = several.iter().map(|value| format!("{pad}  {}", quoted(value))).collect();
            format!("[\n{}\n{pad}]", lines.join(",\n"))
        }
    }
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}
