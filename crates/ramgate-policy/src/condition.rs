//! Conditions: the operators of the policy language and what they mean.
//!
//! A statement's conditions must all hold. One condition compares the values that a request has for one key with the
//! values that the policy lists:
//!
//! - a positive operator holds when any request value matches any policy value, and never for an absent key;
//! - a negated operator holds when no request value matches any policy value, and always for an absent key;
//! - a request value that is not of the operator's type makes both kinds fail.
//!
//! Policy values are read once, when the document is; nothing here allocates.

use std::net::IpAddr;
use std::sync::Arc;

use crate::catalog::Catalog;
use crate::context::{Context, RequestValue};
use crate::key::{Key, KeyType};
use crate::pattern::{Arn, glob};
use crate::problem::Position;
use crate::value::{Network, Number, Timestamp, parse_bool};

/// A condition operator: how it compares, and whether the result is negated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Operator {
    name: &'static str,
    comparison: Comparison,
    negated: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Comparison {
    StringEquals,
    StringEqualsIgnoreCase,
    StringLike,
    Numeric(Relation),
    Date(Relation),
    Bool,
    Ip,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Relation {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Relation {
    fn holds<T: Ord>(self, request: &T, policy: &T) -> bool {
        match self {
            Relation::Equal => request == policy,
            Relation::Less => request < policy,
            Relation::LessOrEqual => request <= policy,
            Relation::Greater => request > policy,
            Relation::GreaterOrEqual => request >= policy,
        }
    }
}

/// Every operator of the policy language.
///
/// Source: RAM documentation, "Conditional operators". `…IfExists`, `Null`, `Arn…`, `ForAnyValue:` and `ForAllValues:`
/// are not part of it.
pub const OPERATORS: [Operator; 21] = {
    use Comparison::{Bool, Date, Ip, Numeric, StringEquals, StringEqualsIgnoreCase, StringLike};
    use Relation::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual};
    const fn op(name: &'static str, comparison: Comparison, negated: bool) -> Operator {
        Operator { name, comparison, negated }
    }
    [
        op("StringEquals", StringEquals, false),
        op("StringNotEquals", StringEquals, true),
        op("StringEqualsIgnoreCase", StringEqualsIgnoreCase, false),
        op("StringNotEqualsIgnoreCase", StringEqualsIgnoreCase, true),
        op("StringLike", StringLike, false),
        op("StringNotLike", StringLike, true),
        op("NumericEquals", Numeric(Equal), false),
        op("NumericNotEquals", Numeric(Equal), true),
        op("NumericLessThan", Numeric(Less), false),
        op("NumericLessThanEquals", Numeric(LessOrEqual), false),
        op("NumericGreaterThan", Numeric(Greater), false),
        op("NumericGreaterThanEquals", Numeric(GreaterOrEqual), false),
        op("DateEquals", Date(Equal), false),
        op("DateNotEquals", Date(Equal), true),
        op("DateLessThan", Date(Less), false),
        op("DateLessThanEquals", Date(LessOrEqual), false),
        op("DateGreaterThan", Date(Greater), false),
        op("DateGreaterThanEquals", Date(GreaterOrEqual), false),
        op("Bool", Bool, false),
        op("IpAddress", Ip, false),
        op("NotIpAddress", Ip, true),
    ]
};

impl Operator {
    /// The operator of this name, compared exactly.
    pub fn read(name: &str) -> Option<Operator> {
        OPERATORS.iter().find(|operator| operator.name == name).copied()
    }

    /// Name as policies write it.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Whether the operator holds when nothing matches (`StringNotEquals`, `NotIpAddress`, …).
    pub fn is_negated(&self) -> bool {
        self.negated
    }

    /// The type of keys that the operator is for.
    pub fn key_type(&self) -> KeyType {
        match self.comparison {
            Comparison::StringEquals | Comparison::StringEqualsIgnoreCase | Comparison::StringLike => KeyType::String,
            Comparison::Numeric(_) => KeyType::Numeric,
            Comparison::Date(_) => KeyType::Date,
            Comparison::Bool => KeyType::Bool,
            Comparison::Ip => KeyType::Ip,
        }
    }

    /// Whether `*` and `?` are wildcards in the operator's values.
    pub fn is_pattern(&self) -> bool {
        self.comparison == Comparison::StringLike
    }

    /// Whether the operator compares text ignoring case (`StringEqualsIgnoreCase`, `StringNotEqualsIgnoreCase`).
    pub fn ignores_case(&self) -> bool {
        self.comparison == Comparison::StringEqualsIgnoreCase
    }

    /// What the operator's values look like, in words.
    pub(crate) fn wants(&self) -> &'static str {
        match self.key_type() {
            KeyType::String => "text",
            KeyType::Numeric => "a decimal number",
            KeyType::Date => "a date and time such as `2026-01-31T23:59:59Z` or `2026-01-31T23:59:59+08:00`",
            KeyType::Bool => "`true` or `false`",
            KeyType::Ip => "an IP address or a CIDR block",
        }
    }
}

/// One comparison of a statement: operator, key, values.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// The operator.
    pub operator: Operator,
    /// The key as written.
    pub key_name: String,
    /// The key, resolved.
    pub key: Key,
    /// The values as written.
    pub values: Vec<String>,
    /// Where the key stands in the text.
    pub position: Position,
    wanted: Wanted,
}

/// Policy values in the form that is compared.
#[derive(Debug, Clone, PartialEq)]
enum Wanted {
    /// `values` of the condition itself.
    Texts,
    Numbers(Vec<Number>),
    Times(Vec<Timestamp>),
    Bools(Vec<bool>),
    Networks(Vec<Network>),
}

impl Condition {
    /// Builds a condition. Fails with the index of the first value that is not of the operator's type.
    pub(crate) fn new(
        operator: Operator,
        key_name: String,
        values: Vec<String>,
        position: Position,
    ) -> Result<Condition, usize> {
        fn read<T>(values: &[String], parse: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, usize> {
            values.iter().enumerate().map(|(i, value)| parse(value).ok_or(i)).collect()
        }
        let wanted = match operator.key_type() {
            KeyType::String => Wanted::Texts,
            KeyType::Numeric => Wanted::Numbers(read(&values, Number::parse)?),
            KeyType::Date => Wanted::Times(read(&values, Timestamp::parse)?),
            KeyType::Bool => Wanted::Bools(read(&values, parse_bool)?),
            KeyType::Ip => Wanted::Networks(read(&values, Network::parse)?),
        };
        let key = Key::read(&key_name);
        Ok(Condition { operator, key_name, key, values, position, wanted })
    }

    /// Whether the operator is one for the type that the catalog gives the key; keys it does not know take any.
    pub fn fits(&self, catalog: &Catalog) -> bool {
        catalog.key_type(&self.key_name).is_none_or(|known| known == self.operator.key_type())
    }

    /// Whether the condition holds for a request.
    pub fn holds(&self, context: &Context) -> bool {
        let matched = match context.value(&self.key) {
            RequestValue::Absent | RequestValue::Texts([]) => return self.operator.negated,
            RequestValue::Text(text) => self.matches_text(text),
            RequestValue::Texts(texts) => self.matches_any(texts),
            RequestValue::Time(time) => self.matches_time(time),
            RequestValue::Bool(value) => self.matches_bool(value),
            RequestValue::Ip(address) => self.matches_ip(address),
        };
        matched.is_some_and(|matched| matched != self.operator.negated)
    }

    /// The networks the condition lists; empty for operators of other types.
    pub fn networks(&self) -> &[Network] {
        match &self.wanted {
            Wanted::Networks(networks) => networks,
            _ => &[],
        }
    }

    /// The numbers the condition lists; empty for operators of other types.
    pub fn numbers(&self) -> &[Number] {
        match &self.wanted {
            Wanted::Numbers(numbers) => numbers,
            _ => &[],
        }
    }

    /// The points in time the condition lists; empty for operators of other types.
    pub fn times(&self) -> &[Timestamp] {
        match &self.wanted {
            Wanted::Times(times) => times,
            _ => &[],
        }
    }

    /// Whether any of several request values matches. `None` when one of them is not of the operator's type and no
    /// other matches: neither "matches" nor "does not match" can be said then.
    fn matches_any(&self, texts: &[Arc<str>]) -> Option<bool> {
        let mut all_typed = true;
        for text in texts {
            match self.matches_text(text) {
                Some(true) => return Some(true),
                Some(false) => {}
                None => all_typed = false,
            }
        }
        all_typed.then_some(false)
    }

    fn matches_text(&self, text: &str) -> Option<bool> {
        match &self.wanted {
            Wanted::Texts => Some(self.matches_string(text)),
            Wanted::Numbers(_) => self.matches_number(Number::parse(text)?),
            Wanted::Times(_) => self.matches_time(Timestamp::parse(text)?),
            Wanted::Bools(_) => self.matches_bool(parse_bool(text)?),
            Wanted::Networks(_) => self.matches_ip(text.parse().ok()?),
        }
    }

    fn matches_string(&self, text: &str) -> bool {
        // A role name has one spelling whatever its case, also when it is part of the caller's name.
        let fold = self.key == Key::PrincipalArn && Arn::parse(text).is_some_and(|arn| is_role(&arn));
        self.values.iter().any(|value| match self.operator.comparison {
            Comparison::StringLike => glob(value, text, fold),
            Comparison::StringEqualsIgnoreCase => equals_ignoring_case(value, text),
            _ => value == text || (fold && value.eq_ignore_ascii_case(text)),
        })
    }

    fn matches_number(&self, number: Number) -> Option<bool> {
        match (self.operator.comparison, &self.wanted) {
            (Comparison::Numeric(relation), Wanted::Numbers(numbers)) => {
                Some(numbers.iter().any(|wanted| relation.holds(&number, wanted)))
            }
            _ => None,
        }
    }

    fn matches_time(&self, time: Timestamp) -> Option<bool> {
        match (self.operator.comparison, &self.wanted) {
            (Comparison::Date(relation), Wanted::Times(times)) => {
                Some(times.iter().any(|wanted| relation.holds(&time, wanted)))
            }
            _ => None,
        }
    }

    fn matches_bool(&self, value: bool) -> Option<bool> {
        match &self.wanted {
            Wanted::Bools(wanted) => Some(wanted.contains(&value)),
            _ => None,
        }
    }

    fn matches_ip(&self, address: IpAddr) -> Option<bool> {
        match &self.wanted {
            Wanted::Networks(networks) => Some(networks.iter().any(|network| network.contains(address))),
            _ => None,
        }
    }
}

fn is_role(arn: &Arn<'_>) -> bool {
    arn.service.eq_ignore_ascii_case("ram")
        && arn.relative.split_once('/').is_some_and(|(kind, _)| kind.eq_ignore_ascii_case("role"))
}

/// Equality ignoring case, character by character, without building lower-case copies.
fn equals_ignoring_case(a: &str, b: &str) -> bool {
    if a.is_ascii() && b.is_ascii() {
        return a.eq_ignore_ascii_case(b);
    }
    a.chars().flat_map(char::to_lowercase).eq(b.chars().flat_map(char::to_lowercase))
}
