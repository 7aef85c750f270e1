//! Numbers, points in time and addresses that stand for all of them: those that conditions name, and one from each gap.

use ramgate_policy::Timestamp;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Nanoseconds in a second.
const SECOND: i128 = 1_000_000_000;
/// Digits after the point that count.
const DIGITS: usize = 18;

/// Each point in time itself and one before, between and behind them.
pub(super) fn times(named: impl Iterator<Item = Timestamp>) -> Vec<Timestamp> {
    let nanos = |time: Timestamp| i128::from(time.seconds) * SECOND + i128::from(time.nanos);
    let time = |nanos: i128| {
        let seconds = i64::try_from(nanos.div_euclid(SECOND)).ok()?;
        Some(Timestamp { seconds, nanos: u32::try_from(nanos.rem_euclid(SECOND)).ok()? })
    };
    points(named.map(nanos).collect(), SECOND).into_iter().filter_map(time).collect()
}

/// The same for numbers as text; texts that are no numbers are left out.
pub(super) fn numbers<'a>(named: impl Iterator<Item = &'a str>) -> Vec<String> {
    let unit = 10_i128.pow(DIGITS as u32);
    points(named.filter_map(scaled).collect(), unit).into_iter().map(unscaled).collect()
}

/// The points, and one from each gap, `step` away from a point where the gap is wide enough.
fn points(mut named: Vec<i128>, step: i128) -> Vec<i128> {
    named.sort_unstable();
    named.dedup();
    let mut found = Vec::new();
    if let (Some(first), Some(last)) = (named.first(), named.last()) {
        found.push(first.saturating_sub(step));
        found.push(last.saturating_add(step));
    }
    for (at, point) in named.iter().enumerate() {
        found.push(*point);
        if let Some(next) = named.get(at + 1) {
            let gap = next - point;
            if gap > 1 {
                found.push(point + if gap > step { step } else { gap / 2 });
            }
        }
    }
    if found.is_empty() { vec![0] } else { found }
}

/// A decimal number in units of the last digit that counts.
fn scaled(text: &str) -> Option<i128> {
    ramgate_policy::Number::parse(text)?;
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (integer, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let fraction = fraction.trim_end_matches('0');
    let padded = format!("{integer}{fraction}{}", "0".repeat(DIGITS.checked_sub(fraction.len())?));
    let value: i128 = padded.parse().ok()?;
    Some(if negative { -value } else { value })
}

fn unscaled(value: i128) -> String {
    let digits = format!("{:0>width$}", value.unsigned_abs(), width = DIGITS + 1);
    let (integer, fraction) = digits.split_at(digits.len() - DIGITS);
    let fraction = fraction.trim_end_matches('0');
    let sign = if value < 0 { "-" } else { "" };
    if fraction.is_empty() { format!("{sign}{integer}") } else { format!("{sign}{integer}.{fraction}") }
}

/// One address of each kind that networks tell apart. What people recognise comes first.
pub(super) fn addresses<'a>(named: impl Iterator<Item = &'a str>) -> Vec<IpAddr> {
    let mut nice =
        vec![IpAddr::V4(Ipv4Addr::new(203, 0, 113, 1)), IpAddr::V6(Ipv6Addr::from(0x2001_0db8_u128 << 96 | 1))];
    let mut starts = vec![
        IpAddr::V4(Ipv4Addr::UNSPECIFIED),
        IpAddr::V6(Ipv6Addr::UNSPECIFIED),
        // IPv4 addresses written as IPv6 count as IPv4: here the rest of IPv6 goes on.
        IpAddr::V6(Ipv6Addr::from(1_u128 << 48)),
    ];
    for text in named {
        let (address, prefix) = text.split_once('/').unwrap_or((text, ""));
        let Ok(address) = address.parse::<IpAddr>() else { continue };
        let (value, width) = match address {
            IpAddr::V4(v4) => (u128::from(u32::from(v4)), 32),
            IpAddr::V6(v6) => (u128::from(v6), 128),
        };
        let prefix = prefix.parse().ok().filter(|prefix| *prefix <= width).unwrap_or(width);
        let host_bits = width - prefix;
        let hosts = if host_bits == 0 { 0 } else { u128::MAX >> (128 - host_bits) };
        let first = value & !hosts;
        let last = first | hosts;
        let back = |value: u128| match address {
            IpAddr::V4(_) => u32::try_from(value).ok().map(|value| IpAddr::V4(value.into())),
            IpAddr::V6(_) => Some(IpAddr::V6(value.into())),
        };
        if hosts > 1 {
            nice.extend(back(first + 1));
        }
        starts.extend(back(first));
        starts.extend(last.checked_add(1).and_then(back));
    }
    // In order of size, inner networks stand for themselves and outer ones for what is left.
    nice.extend(starts);
    nice.dedup();
    nice
}

#[cfg(test)]
mod tests {
    use super::*;
    use ramgate_policy::{Network, Number};
    use std::collections::HashSet;

    #[test]
    fn numbers_between_and_around_those_named_are_found() {
        let found = numbers(["1", "2.5", "1.000000000000000001", "-3", "1.0"].into_iter());
        let mut sorted: Vec<Number> = found.iter().map(|text| Number::parse(text).unwrap()).collect();
        sorted.sort();
        sorted.dedup();
        // Below, at and between: -4 -3 -2 1 1.000000000000000001 2.000000000000000001 2.5 3.5
        assert_eq!(sorted.len(), 8, "{found:?}");
        assert_eq!(unscaled(scaled("-0.5").unwrap()), "-0.5");
        assert_eq!(numbers(std::iter::empty()), ["0"]);
    }

    #[test]
    fn times_between_and_around_those_named_are_found() {
        let at = |text| Timestamp::parse(text).unwrap();
        let found = times([at("2026-01-01T00:00:00Z"), at("2026-01-01T00:00:01Z")].into_iter());
        assert_eq!(found.len(), 5);
        assert!(found.contains(&at("2026-01-01T00:00:00.5Z")), "{found:?}");
    }

    #[test]
    fn every_kind_of_address_is_found() {
        let named = [
            "10.0.0.0/8",
            "10.1.0.0/16",
            "10.1.2.3",
            "::/0",
            "2001:db8::/32",
            "0.0.0.0/1",
            "255.255.255.255",
            "::fffe:0:0/96",
        ];
        let networks: Vec<Network> = named.iter().map(|text| Network::parse(text).unwrap()).collect();
        let kind = |address: IpAddr| networks.iter().map(|network| network.contains(address)).collect::<Vec<bool>>();
        let kinds: HashSet<Vec<bool>> = addresses(named.into_iter()).into_iter().map(kind).collect();
        for probe in [
            "10.1.2.3",
            "10.1.2.4",
            "10.2.0.0",
            "11.0.0.0",
            "128.0.0.1",
            "255.255.255.255",
            "::1",
            "2001:db8::5",
            "fe80::1",
            "::fffe:0:1",
        ] {
            assert!(kinds.contains(&kind(probe.parse().unwrap())), "{probe}");
        }
    }
}
