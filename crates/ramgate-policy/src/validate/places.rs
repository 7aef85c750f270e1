//! Where the elements of a document stand, found by walking its JSON once more.

use crate::json::{self, Node, Value};
use crate::problem::{Lines, Position};

/// An element of a statement.
#[derive(Debug, Clone, Copy)]
pub(super) enum Element<'a> {
    /// The statement itself.
    Whole,
    /// A member, for example `NotAction`.
    Member(&'a str),
    /// An entry of a member that is a string or a list.
    Entry(&'a str, usize),
    /// A condition key under an operator.
    Key(&'a str, &'a str),
    /// A value of a condition key.
    Value(&'a str, &'a str, usize),
}

/// The places of one document.
pub(super) struct Places<'a> {
    statements: Vec<Node>,
    lines: Lines<'a>,
}

impl<'a> Places<'a> {
    pub(super) fn new(text: &'a str) -> Places<'a> {
        let mut statements = Vec::new();
        if let Ok(Node { value: Value::Object(members), .. }) = json::read(text) {
            for member in members.into_iter().filter(|member| member.name == "Statement") {
                match member.node.value {
                    Value::Array(items) => statements.extend(items),
                    _ => statements.push(member.node),
                }
            }
        }
        Places { statements, lines: Lines::new(text) }
    }

    /// Place and position of an element, or of what of it can be found.
    pub(super) fn find(&self, statement: usize, element: Element<'_>) -> (String, Position) {
        let mut place = format!("Statement[{statement}]");
        let mut offset = 0;
        if let Some(node) = self.statements.get(statement) {
            let steps: &[Step<'_>] = &match element {
                Element::Whole => [Step::Stay, Step::Stay, Step::Stay, Step::Stay],
                Element::Member(name) => [Step::Into(name), Step::Stay, Step::Stay, Step::Stay],
                Element::Entry(name, i) => [Step::Into(name), Step::At(i), Step::Stay, Step::Stay],
                Element::Key(operator, key) => {
                    [Step::Into("Condition"), Step::Into(operator), Step::Into(key), Step::Stay]
                }
                Element::Value(operator, key, i) => {
                    [Step::Into("Condition"), Step::Into(operator), Step::Into(key), Step::At(i)]
                }
            };
            offset = walk(node, steps, &mut place);
        }
        (place, self.lines.position(offset))
    }
}

enum Step<'a> {
    Stay,
    Into(&'a str),
    At(usize),
}

/// Follows the steps as far as they lead; returns the offset reached.
fn walk(mut node: &Node, steps: &[Step<'_>], place: &mut String) -> usize {
    let mut offset = node.span.start;
    for step in steps {
        match (step, &node.value) {
            (Step::Into(name), Value::Object(members)) => {
                let Some(member) = members.iter().find(|member| member.name == *name) else { return offset };
                place.push('.');
                place.push_str(name);
                offset = member.name_span.start;
                node = &member.node;
            }
            (Step::At(i), Value::Array(items)) => {
                let Some(item) = items.get(*i) else { return offset };
                place.push_str(&format!("[{i}]"));
                offset = item.span.start;
                node = item;
            }
            // A value that stands alone instead of in a list.
            (Step::At(_), _) => offset = node.span.start,
            _ => {}
        }
    }
    offset
}
