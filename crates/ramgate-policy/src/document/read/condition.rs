//! Reads the `Condition` of a statement.

use std::ops::Range;

use super::{Element, Reader, only, within};
use crate::condition::{Condition, OPERATORS, Operator};
use crate::json::{Member, Node, Value};
use crate::key::{KeyType, common_key_type};
use crate::problem::title;

impl Reader<'_> {
    /// The conditions that can be read. Those that cannot are defects of the statement, so that its Allow does not
    /// apply and its Deny is not narrowed by them.
    pub(super) fn conditions(&mut self, members: &[Member], place: &str) -> Vec<Condition> {
        let place = within(place, "Condition");
        let Element::Present(node) = only(members, "Condition") else { return Vec::new() };
        let Some((operators, unclear)) = self.object(node, &place) else { return Vec::new() };
        let mut conditions = Vec::new();
        for operator in operators {
            let place = within(&place, &operator.name);
            let Some(known) = Operator::read(&operator.name) else {
                let mut message = format!("the condition operator `{}` is not supported", operator.name);
                if let Some(name) = nearest_operator(&operator.name) {
                    message.push_str(&format!("; did you mean `{name}`"));
                }
                self.defect(&place, &operator.name_span, title::INVALID_CONDITION_OPERATOR, message);
                continue;
            };
            let Some((keys, unclear_keys)) = self.object(&operator.node, &place) else { continue };
            if keys.is_empty() {
                self.defect(&place, &operator.node.span, title::EMPTY_ELEMENT, "no condition key is named");
            }
            if unclear.contains(operator.name.as_str()) {
                continue;
            }
            for key in keys {
                let clear = !unclear_keys.contains(key.name.as_str());
                if let Some(condition) = self.condition(known, key, &place).filter(|_| clear) {
                    conditions.push(condition);
                }
            }
        }
        conditions
    }

    fn condition(&mut self, operator: Operator, key: &Member, place: &str) -> Option<Condition> {
        let place = within(place, &key.name);
        let well_formed =
            key.name.split_once(':').is_some_and(|(code, name)| !code.is_empty() && !name.trim().is_empty());
        if !well_formed {
            let message = format!("`{}` is not of the form `<ram-code>:<condition-key>`", key.name);
            self.defect(&place, &key.name_span, title::INVALID_CONDITION_KEY_FORMAT, message);
            return None;
        }
        if let Some(key_type) = common_key_type(&key.name).filter(|key_type| *key_type != operator.key_type()) {
            let message = format!(
                "the operator `{}` does not fit the condition key `{}`, which is of type {key_type:?}",
                operator.name(),
                key.name
            );
            self.defect(&place, &key.name_span, title::DATA_TYPE_MISMATCH, message);
            return None;
        }
        let (values, spans) = self.condition_values(&key.node, &place)?;
        if operator.key_type() == KeyType::Bool && values.len() > 1 {
            let message = format!("a Boolean condition takes one value, not {}", values.len());
            self.defect(&place, &key.node.span, title::INVALID_CONDITION_MULTIPLE_BOOLEAN, message);
            return None;
        }
        let position = self.lines.position(key.name_span.start);
        match Condition::new(operator, key.name.clone(), values.clone(), position) {
            Ok(condition) => Some(condition),
            Err(_) => {
                for (value, (place, span)) in values.iter().zip(&spans) {
                    let alone = Condition::new(operator, key.name.clone(), vec![value.clone()], position);
                    if alone.is_err() {
                        let message = format!("`{value}` is not {}, as `{}` needs", operator.wants(), operator.name());
                        self.defect(place, span, title::DATA_TYPE_MISMATCH, message);
                    }
                }
                None
            }
        }
    }

    /// The values of a condition as text; unquoted booleans and numbers count as their text.
    #[expect(clippy::type_complexity, reason = "values and their places travel together to one caller")]
    fn condition_values(&mut self, node: &Node, place: &str) -> Option<(Vec<String>, Vec<(String, Range<usize>)>)> {
        let scalar = |value: &Value| match value {
            Value::String(text) | Value::Number(text) => Some(text.clone()),
            Value::Bool(value) => Some(value.to_string()),
            _ => None,
        };
        if let Some(text) = scalar(&node.value) {
            return Some((vec![text], vec![(place.to_owned(), node.span.clone())]));
        }
        let Value::Array(items) = &node.value else {
            let message = format!("must be a string or a list of strings, not {}", node.value.describe());
            self.defect(place, &node.span, title::DATA_TYPE_MISMATCH, message);
            return None;
        };
        if items.is_empty() {
            self.defect(place, &node.span, title::EMPTY_ELEMENT, "the list is empty");
            return None;
        }
        let (mut values, mut places) = (Vec::new(), Vec::new());
        let mut complete = true;
        for (i, item) in items.iter().enumerate() {
            let place = format!("{place}[{i}]");
            match scalar(&item.value) {
                Some(text) => {
                    values.push(text);
                    places.push((place, item.span.clone()));
                }
                None => {
                    let message = format!("must be a string, not {}", item.value.describe());
                    self.defect(&place, &item.span, title::DATA_TYPE_MISMATCH, message);
                    complete = false;
                }
            }
        }
        complete.then_some((values, places))
    }
}

/// A supported operator that someone may have meant.
fn nearest_operator(written: &str) -> Option<&'static str> {
    let bare = written.rsplit(':').next().unwrap_or(written);
    let bare = bare.strip_suffix("IfExists").unwrap_or(bare).to_ascii_lowercase();
    let bare = match bare.strip_prefix("arn") {
        Some(rest) => format!("string{rest}"),
        None => bare,
    };
    OPERATORS.iter().map(|operator| operator.name()).find(|name| name.eq_ignore_ascii_case(&bare))
}
