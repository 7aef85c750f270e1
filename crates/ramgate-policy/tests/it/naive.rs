//! A deliberately naive third evaluator, written from the rules and sharing no code with the engine.
//!
//! It works on generated policies in a form of its own ([`NaiveStatement`]), matches patterns by trying every way to
//! stretch every star, and computes on characters and strings throughout. Slow, and obviously right.

use std::collections::BTreeMap;

/// A statement in the words of the test, not of the engine.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct NaiveStatement {
    pub(crate) deny: bool,
    pub(crate) not_action: bool,
    pub(crate) actions: Vec<String>,
    pub(crate) not_resource: bool,
    pub(crate) resources: Vec<String>,
    /// Operator, key, values.
    pub(crate) conditions: Vec<(String, String, Vec<String>)>,
}

/// Values of a request by key as spelled in the tests.
pub(crate) type NaiveContext = BTreeMap<String, Vec<String>>;

/// Tries every way to stretch every star.
fn like(pattern: &[char], text: &[char]) -> bool {
    match (pattern.first(), text.first()) {
        (None, None) => true,
        (None, Some(_)) => false,
        (Some('*'), _) => (0..=text.len()).any(|taken| like(&pattern[1..], &text[taken..])),
        (Some('?'), Some(_)) => like(&pattern[1..], &text[1..]),
        (Some(wanted), Some(found)) => wanted == found && like(&pattern[1..], &text[1..]),
        (Some(_), None) => false,
    }
}

fn matches(pattern: &str, text: &str) -> bool {
    like(&pattern.chars().collect::<Vec<_>>(), &text.chars().collect::<Vec<_>>())
}

fn lower(text: &str) -> String {
    text.to_ascii_lowercase()
}

fn action_matches(pattern: &str, action: &str) -> bool {
    if pattern == "*" {
        return true;
    }
    let pattern: Vec<String> = lower(pattern).splitn(2, ':').map(str::to_owned).collect();
    let action: Vec<String> = lower(action).splitn(2, ':').map(str::to_owned).collect();
    pattern.len() == 2 && action.len() == 2 && matches(&pattern[0], &action[0]) && matches(&pattern[1], &action[1])
}

fn resource_matches(pattern: &str, resource: &str) -> bool {
    if pattern == "*" {
        return true;
    }
    let mut wanted: Vec<String> = pattern.splitn(5, ':').map(str::to_owned).collect();
    let mut found: Vec<String> = resource.splitn(5, ':').map(str::to_owned).collect();
    if wanted.len() < 5 || found.len() < 5 || lower(&found[0]) != "acs" {
        return false;
    }
    for field in 0..4 {
        wanted[field] = lower(&wanted[field]);
        found[field] = lower(&found[field]);
    }
    if ["ram", "sts", "ims"].contains(&found[1].as_str()) {
        found[2] = String::new();
    }
    let kind = lower(found[4].split('/').next().unwrap());
    let named = ["user", "group", "role", "policy"].contains(&kind.as_str()) && found[4].contains('/');
    if ["ram", "ims"].contains(&found[1].as_str()) && named {
        wanted[4] = lower(&wanted[4]);
        found[4] = lower(&found[4]);
    }
    (0..5).all(|field| matches(&wanted[field], &found[field]))
}

/// Seconds since the epoch, counted day by day.
fn seconds(time: &str) -> Option<i64> {
    let part = |from: usize, to: usize| time.get(from..to)?.parse::<i64>().ok();
    let (year, month, day) = (part(0, 4)?, part(5, 7)?, part(8, 10)?);
    let mut days = 0;
    for y in 1970..year {
        days += if (y % 4 == 0 && y % 100 != 0) || y % 400 == 0 { 366 } else { 365 };
    }
    for m in 1..month {
        let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        days += [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][m as usize - 1];
    }
    let local = (days + day - 1) * 86_400 + part(11, 13)? * 3600 + part(14, 16)? * 60 + part(17, 19)?;
    let zone = match time.get(19..)? {
        "Z" => 0,
        zone => {
            let sign = if zone.starts_with('-') { -1 } else { 1 };
            sign * (zone.get(1..3)?.parse::<i64>().ok()? * 3600 + zone.get(4..6)?.parse::<i64>().ok()? * 60)
        }
    };
    Some(local - zone)
}

/// An IPv4 address as 32 characters of `0` and `1`.
fn bits(address: &str) -> Option<String> {
    let parts: Vec<u8> = address.split('.').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    (parts.len() == 4).then(|| parts.iter().map(|part| format!("{part:08b}")).collect())
}

/// Whether one request value matches one policy value; `None` when the request value is of another type.
fn value_matches(operator: &str, wanted: &str, found: &str, fold: bool) -> Option<bool> {
    let operator = operator.replacen("Not", "", 1);
    let order = |ordering: std::cmp::Ordering| match operator.trim_start_matches("Numeric").trim_start_matches("Date") {
        "Equals" => ordering.is_eq(),
        "LessThan" => ordering.is_lt(),
        "LessThanEquals" => ordering.is_le(),
        "GreaterThan" => ordering.is_gt(),
        "GreaterThanEquals" => ordering.is_ge(),
        other => panic!("{other}"),
    };
    Some(match operator.as_str() {
        "StringEquals" if fold => lower(wanted) == lower(found),
        "StringLike" if fold => matches(&lower(wanted), &lower(found)),
        "StringEquals" => wanted == found,
        "StringEqualsIgnoreCase" => lower(wanted) == lower(found),
        "StringLike" => matches(wanted, found),
        "Bool" => match lower(found).as_str() {
            "true" | "false" => lower(wanted) == lower(found),
            _ => return None,
        },
        "IpAddress" => {
            let found = bits(found)?;
            let (address, prefix) = wanted.split_once('/').unwrap_or((wanted, "32"));
            let prefix: usize = prefix.parse().unwrap();
            bits(address).unwrap()[..prefix] == found[..prefix]
        }
        numeric if numeric.starts_with("Numeric") => {
            let number = |text: &str| text.parse::<f64>().ok().filter(|_| !text.is_empty());
            order(number(found)?.partial_cmp(&number(wanted).unwrap()).unwrap())
        }
        _ => order(seconds(found)?.cmp(&seconds(wanted).unwrap())),
    })
}

fn condition_holds(operator: &str, key: &str, wanted: &[String], context: &NaiveContext) -> bool {
    let negated = operator.contains("Not");
    let found = match context.iter().find(|(known, _)| known.eq_ignore_ascii_case(key)) {
        Some((_, values)) if !values.is_empty() => values,
        _ => return negated,
    };
    let role = |value: &str| lower(key) == "acs:principalarn" && lower(value).contains(":role/");
    let mut any = false;
    let mut typed = true;
    for value in found {
        for policy_value in wanted {
            match value_matches(operator, policy_value, value, role(value)) {
                Some(matched) => any |= matched,
                None => typed = false,
            }
        }
    }
    if negated { typed && !any } else { any }
}

impl NaiveStatement {
    pub(crate) fn covers_action(&self, action: &str) -> bool {
        self.actions.iter().any(|pattern| action_matches(pattern, action)) != self.not_action
    }

    pub(crate) fn matches(&self, action: &str, resource: &str, context: &NaiveContext) -> bool {
        self.covers_action(action)
            && self.resources.iter().any(|pattern| resource_matches(pattern, resource)) != self.not_resource
            && self.conditions.iter().all(|(operator, key, values)| condition_holds(operator, key, values, context))
    }
}

/// The outcome of one unit with the position of the statement that decided.
pub(crate) fn unit(
    statements: &[NaiveStatement],
    action: &str,
    resource: &str,
    context: &NaiveContext,
) -> (&'static str, Option<usize>) {
    let found = |deny: bool| statements.iter().position(|s| s.deny == deny && s.matches(action, resource, context));
    match (found(true), found(false)) {
        (Some(deny), _) => ("ExplicitDeny", Some(deny)),
        (None, Some(allow)) => ("Allow", Some(allow)),
        (None, None) => ("ImplicitDeny", None),
    }
}

#[test]
fn the_naive_evaluator_knows_the_rules() {
    assert!(action_matches("*:Describe*", "ecs:DescribeX") && !action_matches("mse*", "mse:x"));
    assert!(resource_matches("acs:ram:*:1:role/A", "acs:ram:x:1:role/a"));
    assert!(!resource_matches("acs:mse:*:1:role/A", "acs:mse:x:1:role/a"));
    assert_eq!(seconds("2019-08-12T17:00:00+08:00"), seconds("2019-08-12T09:00:00Z"));
    assert_eq!(seconds("1970-01-02T00:00:01Z"), Some(86_401));
    assert_eq!(value_matches("NotIpAddress", "10.0.0.0/8", "10.1.1.1", false), Some(true));
}
