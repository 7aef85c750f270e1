//! "Did you mean": the known name that differs least from a written one.

/// The candidate nearest to what was written, if one is near enough to be worth naming.
pub(super) fn nearest<'c>(written: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let written = written.to_ascii_lowercase();
    let limit = (written.chars().count() / 3).clamp(1, 5);
    candidates
        .into_iter()
        .map(|candidate| (distance(&written, &candidate.to_ascii_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Insertions, deletions, replacements and swaps of neighbours that lead from one text to the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    // The last two rows of the table: distances of the text read so far to every beginning of `b`.
    let (mut before, mut row): (Vec<usize>, Vec<usize>) = (Vec::new(), (0..=b.len()).collect());
    let mut previous = None;
    for (i, from) in a.chars().enumerate() {
        let mut next = vec![i + 1];
        for (j, to) in b.iter().enumerate() {
            let cell = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX / 2);
            let mut least =
                (cell(&row, j) + usize::from(from != *to)).min(cell(&row, j + 1) + 1).min(cell(&next, j) + 1);
            let swapped = j.checked_sub(1).filter(|k| b.get(*k) == Some(&from) && previous == Some(*to));
            if let Some(k) = swapped {
                least = least.min(cell(&before, k) + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut row, next);
        previous = Some(from);
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_found_and_far_ones_are_not() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "ab"), 2);
        assert_eq!(distance("ab", ""), 2);
        assert_eq!(distance("apgi", "apig"), 1);
        assert_eq!(distance("ca", "abc"), 3);
        let names = ["GetGateway", "ListGateway", "DeleteGateway"];
        assert_eq!(nearest("GetGatway", names), Some("GetGateway"));
        assert_eq!(nearest("listgateways", names), Some("ListGateway"));
        assert_eq!(nearest("Frobnicate", names), None);
        assert_eq!(nearest("", names), None);
    }
}
