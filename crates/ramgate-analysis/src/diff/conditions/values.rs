//! Values worth trying: every cell of a key's values has one of them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ramgate_policy::{Condition, Key, KeyType, Number, Timestamp};

use crate::regions::classes::{Question, classes};
use crate::regions::glob::{Fold, Glob, Token};
use crate::regions::{Budget, Exhausted};

/// Values to try, the most telling first.
pub(super) struct Candidates {
    pub(super) texts: Vec<String>,
    /// Whether cells may be without one.
    pub(super) inexact: bool,
}

/// Values to try for the key that all the conditions are on. A `simple` key has values of its operators' type only.
pub(super) fn candidates(
    conditions: &[&Condition],
    simple: bool,
    budget: &mut Budget,
) -> Result<Candidates, Exhausted> {
    let has = |key_type: KeyType| conditions.iter().any(|condition| condition.operator.key_type() == key_type);
    let mut texts = Vec::new();
    if has(KeyType::Bool) {
        texts.extend(["true".to_owned(), "false".to_owned()]);
    }
    if has(KeyType::Ip) {
        texts.extend(addresses(conditions));
    }
    if has(KeyType::Numeric) {
        texts.extend(numbers(conditions));
    }
    if has(KeyType::Date) {
        texts.extend(times(conditions));
    }
    budget.spend(texts.len() * conditions.len())?;
    let typed = !texts.is_empty();
    if has(KeyType::String) {
        if typed {
            // The same values in other spellings, which the text operators tell apart.
            let more: Vec<String> = texts.iter().flat_map(|text| spellings(text)).collect();
            texts.extend(more);
        }
        texts.extend(strings(conditions, budget)?);
    } else if !simple {
        texts.push("x".to_owned());
    }
    // Between text patterns and values of another type on one key there may be more than was tried.
    Ok(Candidates { inexact: typed && has(KeyType::String), texts })
}

/// Other texts that are read as the same value.
fn spellings(text: &str) -> Vec<String> {
    let mut all = vec![text.to_ascii_uppercase(), format!("+{text}"), format!("0{text}"), format!("{text}.0")];
    all.extend(text.strip_suffix('Z').map(|time| format!("{time}.0Z")));
    all
}

fn strings(conditions: &[&Condition], budget: &mut Budget) -> Result<Vec<String>, Exhausted> {
    let read = |fold: Fold| {
        let of_strings = conditions.iter().filter(|condition| condition.operator.key_type() == KeyType::String);
        let each = of_strings.flat_map(|condition| condition.values.iter().map(|value| (condition.operator, value)));
        let globs = each.map(|(operator, value)| match (operator.is_pattern(), operator.ignores_case()) {
            (true, _) => Glob::pattern(value, fold),
            (false, true) => Glob::literal(value, Fold::Full),
            (false, false) => Glob::literal(value, fold),
        });
        let mut globs: Vec<Glob> = globs.collect();
        globs.sort();
        globs.dedup();
        globs
    };
    let principal = conditions.first().is_some_and(|condition| condition.key == Key::PrincipalArn);
    if !principal {
        let globs = read(Fold::Exact);
        let question = Question { globs: globs.iter().collect(), ..Question::default() };
        return Ok(classes(&question, budget)?.into_iter().map(|class| class.text).collect());
    }
    // The name of a role ignores case, all other names do not.
    let roles = [role_name()];
    let mut texts = Vec::new();
    let preferred = ["acs:ram::1000000000000001:role/operator"];
    let folded = read(Fold::Ascii);
    let question =
        Question { globs: folded.iter().collect(), some_of: &roles, preferred: &preferred, ..Question::default() };
    texts.extend(classes(&question, budget)?.into_iter().map(|class| class.text));
    let preferred = ["acs:ram::1000000000000001:user/alice"];
    let exact = read(Fold::Exact);
    let question =
        Question { globs: exact.iter().collect(), none_of: &roles, preferred: &preferred, ..Question::default() };
    texts.extend(classes(&question, budget)?.into_iter().map(|class| class.text));
    Ok(texts)
}

/// `acs:ram:<region>:<account>:role/<name>`
fn role_name() -> Glob {
    let literal = |text: &'static str| text.chars().map(Token::Char);
    let tokens = literal("acs:ram:")
        .chain([Token::Field, Token::Char(':'), Token::Field])
        .chain(literal(":role/"))
        .chain([Token::Star]);
    Glob { tokens: tokens.collect(), fold: Fold::Ascii }
}

/// The ends of ranges, and a number in each gap.
fn numbers(conditions: &[&Condition]) -> Vec<String> {
    let mut ends: Vec<Number> = conditions.iter().flat_map(|condition| condition.numbers()).copied().collect();
    ends.sort_unstable();
    ends.dedup();
    let lows = std::iter::once(None).chain(ends.iter().copied().map(Some));
    let highs = ends.iter().copied().map(Some).chain([None]);
    let gaps = lows.zip(highs).filter_map(|(low, high)| Number::between(low, high));
    ends.iter().copied().chain(gaps).map(|number| number.to_string()).collect()
}

/// Points in time that can be written: of the years 0 to 9999.
fn times(conditions: &[&Condition]) -> Vec<String> {
    const SECOND: i128 = 1_000_000_000;
    let nanos = |time: Timestamp| i128::from(time.seconds) * SECOND + i128::from(time.nanos);
    let bound = |text: &str| Timestamp::parse(text).map_or(0, nanos);
    let (first, last) = (bound("0000-01-01T00:00:00Z"), bound("9999-12-31T23:59:59.999999999Z"));
    let mut ends: Vec<i128> = conditions.iter().flat_map(|condition| condition.times()).copied().map(nanos).collect();
    ends.retain(|end| (first..=last).contains(end));
    ends.sort_unstable();
    ends.dedup();
    // The second after an end, the nanosecond where there is no room; before the first end the other way round.
    let after = |(number, end): (usize, &i128)| {
        let next = ends.get(number + 1).copied().unwrap_or(last + 1);
        [end + SECOND, end + 1].into_iter().find(|time| *time < next)
    };
    let mut tried: Vec<i128> = vec![bound("2026-01-01T00:00:00Z")];
    tried.extend(&ends);
    tried.extend(ends.iter().enumerate().filter_map(after));
    tried.extend(ends.first().and_then(|end| [end - SECOND, end - 1].into_iter().find(|time| *time >= first)));
    let text = |nanos: i128| {
        let seconds = i64::try_from(nanos.div_euclid(SECOND)).unwrap_or_default();
        Timestamp { seconds, nanos: nanos.rem_euclid(SECOND) as u32 }.to_string()
    };
    tried.into_iter().map(text).collect()
}

/// An address of each range that no block divides, of both families.
fn addresses(conditions: &[&Condition]) -> Vec<String> {
    // IPv4 addresses written as IPv6 are IPv4 addresses; the hole they leave has ends, too.
    let hole = u128::from(Ipv6Addr::new(0, 0, 0, 0, 0, 0xffff, 0, 0));
    let behind = hole + (1 << 32);
    let (mut v4, mut v6): (Vec<u64>, Vec<u128>) = (vec![0], vec![0, behind]);
    for (first, last) in conditions.iter().flat_map(|condition| condition.networks()).map(|network| network.bounds()) {
        match (first, last) {
            (IpAddr::V4(first), IpAddr::V4(last)) => {
                v4.extend([u64::from(u32::from(first)), u64::from(u32::from(last)) + 1]);
            }
            (IpAddr::V6(first), IpAddr::V6(last)) => {
                v6.push(first.into());
                v6.extend(u128::from(last).checked_add(1));
            }
            _ => {}
        }
    }
    v4.sort_unstable();
    v4.dedup();
    v6.sort_unstable();
    v6.dedup();
    // Addresses that look like some, where they will do.
    let mut texts = vec!["203.0.113.1".to_owned(), "10.0.0.1".to_owned(), "2001:db8::1".to_owned()];
    for (at, start) in v4.iter().enumerate() {
        let end = v4.get(at + 1).copied().unwrap_or(1 << 32);
        // Rather a host than a network.
        let nice = if start + 1 < end { start + 1 } else { *start };
        texts.extend(u32::try_from(nice).map(|address| Ipv4Addr::from(address).to_string()));
    }
    for (at, start) in v6.iter().enumerate() {
        let end = v6.get(at + 1).copied().unwrap_or(u128::MAX);
        let nice = start.checked_add(1).filter(|next| *next < end).unwrap_or(*start);
        texts.push(Ipv6Addr::from(nice).to_string());
    }
    texts
}
