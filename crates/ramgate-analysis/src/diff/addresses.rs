//! Several conditions on one address, said as one.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ramgate_policy::{Condition, KeyType, Network};

/// The blocks of the addresses for which all the conditions hold or do not, as each asks. `None` when one is not about
/// addresses, when an absent address would do as well, or when that many blocks say less than the conditions do.
pub(super) fn blocks(terms: &[(&Condition, bool)]) -> Option<Vec<String>> {
    let among = |(condition, holds): &(&Condition, bool)| condition.operator.is_negated() != *holds;
    let values: usize = terms.iter().map(|(condition, _)| condition.values.len()).sum();
    if terms.len() < 2
        || !terms.iter().any(among)
        || terms.iter().any(|(condition, _)| condition.operator.key_type() != KeyType::Ip)
    {
        return None;
    }
    let mut v4 = vec![(0, u128::from(u32::MAX))];
    // IPv4 addresses written as IPv6 are IPv4 addresses, so that a block of them would be read as one of IPv4.
    let hole = u128::from(Ipv6Addr::new(0, 0, 0, 0, 0, 0xffff, 0, 0));
    let mut v6 = vec![(0, hole - 1), (hole + (1 << 32), u128::MAX)];
    for term in terms {
        let (of_v4, of_v6) = ranges(term.0.networks());
        (v4, v6) = (narrowed(&v4, &of_v4, among(term)), narrowed(&v6, &of_v6, among(term)));
    }
    let mut found = Vec::new();
    for (ranges, width) in [(v4, 32), (v6, 128)] {
        for (first, last) in ranges {
            cover(first, last, width, values, &mut found)?;
        }
    }
    (!found.is_empty()).then_some(found)
}

type Ranges = Vec<(u128, u128)>;

/// The addresses of some blocks, by family, ascending and apart.
fn ranges(networks: &[Network]) -> (Ranges, Ranges) {
    let (mut v4, mut v6) = (Ranges::new(), Ranges::new());
    for (first, last) in networks.iter().map(Network::bounds) {
        match (first, last) {
            (IpAddr::V4(first), IpAddr::V4(last)) => v4.push((u32::from(first).into(), u32::from(last).into())),
            (IpAddr::V6(first), IpAddr::V6(last)) => v6.push((first.into(), last.into())),
            _ => {}
        }
    }
    for ranges in [&mut v4, &mut v6] {
        ranges.sort_unstable();
        ranges.dedup_by(|later, first| {
            let touches = later.0 <= first.1.saturating_add(1);
            if touches {
                first.1 = first.1.max(later.1);
            }
            touches
        });
    }
    (v4, v6)
}

/// What of some ranges is within others, or outside of them.
fn narrowed(ranges: &Ranges, others: &Ranges, within: bool) -> Ranges {
    let mut found = Ranges::new();
    for (first, last) in ranges {
        let mut at = *first;
        let mut rest = true;
        for (from, to) in others.iter().filter(|(from, to)| from <= last && to >= first) {
            if within {
                found.push(((*from).max(*first), (*to).min(*last)));
            } else if at < *from {
                found.push((at, from - 1));
            }
            match to.checked_add(1) {
                Some(next) => at = at.max(next),
                None => rest = false,
            }
        }
        if !within && rest && at <= *last {
            found.push((at, *last));
        }
    }
    found
}

/// Adds the fewest blocks that are together a range; `None` when there are more than `most` in all.
fn cover(first: u128, last: u128, width: u32, most: usize, found: &mut Vec<String>) -> Option<()> {
    let mut at = first;
    loop {
        // The largest block that begins here and does not reach beyond the end.
        let mut free = at.trailing_zeros().min(width);
        while free > 0 && (1u128.checked_shl(free).map_or(u128::MAX, |size| size - 1) > last - at) {
            free -= 1;
        }
        if found.len() == most {
            return None;
        }
        let address = if width == 32 {
            Ipv4Addr::from(u32::try_from(at).ok()?).to_string()
        } else {
            Ipv6Addr::from(at).to_string()
        };
        found.push(if free == 0 { address } else { format!("{address}/{}", width - free) });
        let size = 1u128.checked_shl(free)?;
        at = match at.checked_add(size) {
            Some(next) if next <= last => next,
            _ => return Some(()),
        };
    }
}
