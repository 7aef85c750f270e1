//! The values of one condition key, cut into cells: within a cell every condition of the question holds or fails alike.
//!
//! Candidates come from the values that the conditions name; whether a condition holds for one is for the engine to say.

use super::strings::{TextPattern, representatives};
use super::values::{addresses, numbers, times};
use ramgate_policy::{Catalog, Condition, Context, Key, KeyType, Number, Timestamp};
use std::collections::{BTreeSet, HashSet};
use std::net::IpAddr;
use std::sync::Arc;

/// Cells of one key at most. Keys that carry several values at once may have many.
const MAX_CELLS: usize = 256;

/// A value of a condition key.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// The request has no such key.
    Absent,
    /// Of a key whose type is text, or unknown. Several only for keys that may carry several.
    Texts(Vec<String>),
    Time(Timestamp),
    Bool(bool),
    Ip(IpAddr),
}

impl Value {
    /// Puts the value into a context.
    pub(super) fn put(&self, key: &Key, context: &mut Context) {
        match (self, key) {
            (Value::Time(time), Key::CurrentTime) => context.current_time = Some(*time),
            (Value::Bool(value), Key::SecureTransport) => context.secure_transport = Some(*value),
            (Value::Bool(value), Key::MfaPresent) => context.mfa_present = Some(*value),
            (Value::Ip(address), Key::SourceIp) => context.source_ip = Some(*address),
            (Value::Ip(address), Key::VpcSourceIp) => context.vpc_source_ip = Some(*address),
            (Value::Texts(texts), key) => {
                // Text keys take every text.
                let _ = context.set(key.name(), texts);
            }
            _ => {
                let _ = context.set(key.name(), [""; 0]);
            }
        }
    }

    /// The value as text, as it is written in a policy; empty when absent.
    pub(super) fn texts(&self) -> Vec<String> {
        match self {
            Value::Absent => Vec::new(),
            Value::Texts(texts) => texts.clone(),
            Value::Time(time) => vec![time.to_string()],
            Value::Bool(value) => vec![value.to_string()],
            Value::Ip(address) => vec![address.to_string()],
        }
    }
}

/// A set of values that are the same to every condition of the question.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cell {
    /// One of them.
    pub(super) value: Value,
    /// Which conditions hold.
    pub(super) truth: Vec<bool>,
    /// Which resource group it selects.
    pub(super) group: Option<usize>,
}

/// All values of a key.
#[derive(Debug, Clone)]
pub(super) struct KeyCells {
    pub(super) key: Key,
    /// As a policy spells it.
    pub(super) name: String,
    pub(super) cells: Vec<Cell>,
    /// Whether there are no other cells for certain.
    pub(super) complete: bool,
}

/// Cuts the values of a key by conditions on it, and by the resource groups that it may select.
pub(super) fn cut(catalog: &Catalog, key: &Key, conditions: &[&Condition], groups: &[Arc<str>]) -> KeyCells {
    let name = conditions.first().map_or_else(|| key.name().to_owned(), |condition| condition.key_name.clone());
    let (mut values, mut complete) = candidates(key, conditions, groups);
    // Every request has a time and a transport.
    if !matches!(key, Key::CurrentTime | Key::SecureTransport) {
        values.insert(0, Value::Absent);
    }
    let cell = |value: Value| {
        let mut context = Context::default();
        value.put(key, &mut context);
        let group = match &value {
            Value::Texts(texts) if *key == Key::ResourceGroupId => {
                groups.iter().position(|group| texts.first().is_some_and(|text| **text == **group))
            }
            _ => None,
        };
        Cell { truth: conditions.iter().map(|condition| condition.holds(&context)).collect(), value, group }
    };
    let may_be_several = matches!(key, Key::Other(_)) && catalog.key(&name).is_none_or(|spec| spec.array);
    if may_be_several {
        let (several, all) = combined(conditions, &values);
        values.extend(several);
        complete &= all;
    }
    let mut seen = HashSet::new();
    let cells = values.into_iter().map(cell).filter(|cell| seen.insert((cell.truth.clone(), cell.group)));
    KeyCells { key: key.clone(), name, cells: cells.collect(), complete }
}

fn candidates(key: &Key, conditions: &[&Condition], groups: &[Arc<str>]) -> (Vec<Value>, bool) {
    let text = |condition: &&Condition| condition.operator.key_type();
    let of_type = |wanted: KeyType| {
        let all = conditions.iter().filter(move |condition| text(condition) == wanted);
        all.flat_map(|condition| condition.values.iter().map(String::as_str))
    };
    match key {
        Key::CurrentTime => {
            let named = of_type(KeyType::Date).filter_map(Timestamp::parse);
            (times(named).into_iter().map(Value::Time).collect(), true)
        }
        Key::SecureTransport | Key::MfaPresent => (vec![Value::Bool(true), Value::Bool(false)], true),
        Key::SourceIp | Key::VpcSourceIp => {
            (addresses(of_type(KeyType::Ip)).into_iter().map(Value::Ip).collect(), true)
        }
        _ => {
            let patterns = conditions.iter().filter(|condition| text(condition) == KeyType::String);
            let mut patterns: Vec<TextPattern<'_>> = patterns
                .flat_map(|condition| {
                    condition.values.iter().map(|value| TextPattern {
                        text: value,
                        wild: condition.operator.is_pattern(),
                        fold: condition.operator.name().ends_with("IgnoreCase"),
                    })
                })
                .collect();
            patterns.extend(groups.iter().map(|group| TextPattern { text: group, wild: false, fold: false }));
            let (mut texts, mut complete) = representatives(&patterns);
            let typed: BTreeSet<u8> = conditions.iter().map(|condition| text(condition) as u8).collect();
            // Patterns over the spelling of numbers, times or addresses: more kinds than are looked for here.
            complete &= typed.len() <= 1;
            // Names of roles ignore case in ways that are not looked into here; who asks is known in most questions.
            complete &= *key != Key::PrincipalArn;
            texts.extend(numbers(of_type(KeyType::Numeric)));
            texts.extend(times(of_type(KeyType::Date).filter_map(Timestamp::parse)).iter().map(Timestamp::to_string));
            texts.extend(of_type(KeyType::Bool).flat_map(|_| ["true".to_owned(), "false".to_owned()]));
            texts.extend(addresses(of_type(KeyType::Ip)).iter().map(IpAddr::to_string));
            (texts.into_iter().map(|text| Value::Texts(vec![text])).collect(), complete)
        }
    }
}

/// Sets of several values that no single value is like, and whether these are all there are.
///
/// What a set comes to depends on two things for each condition: whether one of its values is named, and whether one is
/// not of the condition's type. Both only grow with the set.
fn combined(conditions: &[&Condition], singles: &[Value]) -> (Vec<Value>, bool) {
    type Kind = Vec<(bool, bool)>;
    let kind = |text: &String| -> Kind {
        let mut context = Context::default();
        conditions
            .iter()
            .map(|condition| {
                let ill_typed = !typed(condition.operator.key_type(), text);
                Value::Texts(vec![text.clone()]).put(&condition.key, &mut context);
                (!ill_typed && condition.holds(&context) != condition.operator.is_negated(), ill_typed)
            })
            .collect()
    };
    let mut seen: HashSet<Kind> = HashSet::new();
    let mut kinds: Vec<(Kind, Vec<String>)> = Vec::new();
    for text in singles.iter().flat_map(Value::texts) {
        let kind = kind(&text);
        if seen.insert(kind.clone()) {
            kinds.push((kind, vec![text]));
        }
    }
    let n_singles = kinds.len();
    let mut at = 0;
    while at < kinds.len() {
        for single in 0..n_singles {
            let (Some((kind, texts)), Some((other, text))) = (kinds.get(at), kinds.get(single)) else { continue };
            let both: Kind = kind.iter().zip(other).map(|(a, b)| (a.0 | b.0, a.1 | b.1)).collect();
            if seen.contains(&both) {
                continue;
            }
            if kinds.len() >= MAX_CELLS {
                return (kinds.into_iter().skip(n_singles).map(|(_, texts)| Value::Texts(texts)).collect(), false);
            }
            let texts = texts.iter().chain(text).cloned().collect();
            seen.insert(both.clone());
            kinds.push((both, texts));
        }
        at += 1;
    }
    (kinds.into_iter().skip(n_singles).map(|(_, texts)| Value::Texts(texts)).collect(), true)
}

fn typed(key_type: KeyType, text: &str) -> bool {
    match key_type {
        KeyType::String => true,
        KeyType::Numeric => Number::parse(text).is_some(),
        KeyType::Date => Timestamp::parse(text).is_some(),
        KeyType::Bool => text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false"),
        KeyType::Ip => text.parse::<IpAddr>().is_ok(),
    }
}
