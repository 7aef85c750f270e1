//! From classes back to patterns: where something holds, as "these patterns, except those".

/// What all of some patterns match and none of others do.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Cube {
    /// Patterns that must match, the most general first.
    pub(crate) within: Vec<u32>,
    /// Patterns that must not.
    pub(crate) except: Vec<u32>,
    /// A class that is in the cube and has the property.
    pub(crate) class: usize,
}

/// Covers the classes for which `on` holds, and no others. A class is the ascending list of patterns that match it; no
/// two classes are equal. Cubes may overlap.
pub(crate) fn cubes<S: AsRef<[u32]>>(classes: &[S], on: impl Fn(usize) -> bool) -> Vec<Cube> {
    let on: Vec<bool> = (0..classes.len()).map(on).collect();
    let at = |class: usize| classes.get(class).map_or(&[][..], AsRef::as_ref);
    let is_on = |class: usize| on.get(class).copied().unwrap_or(false);
    let patterns = classes.iter().flat_map(|class| class.as_ref()).max().map_or(0, |max| *max as usize + 1);
    // How many classes with and without the property a pattern matches.
    let mut counts = vec![(0u32, 0u32); patterns];
    for class in 0..classes.len() {
        for pattern in at(class) {
            if let Some((with, without)) = counts.get_mut(*pattern as usize) {
                *(if is_on(class) { with } else { without }) += 1;
            }
        }
    }
    let count = |pattern: u32| counts.get(pattern as usize).copied().unwrap_or_default();
    let mut order: Vec<usize> = (0..classes.len()).collect();
    order.sort_by_key(|class| (at(*class).len(), *class));
    let mut covered = vec![false; classes.len()];
    let mut found: Vec<Cube> = Vec::new();
    for class in order.iter().copied() {
        if !is_on(class) || covered.get(class).copied().unwrap_or(true) {
            continue;
        }
        let own = at(class);
        // A class that matches nothing more than this one can only be kept out by what it lacks.
        let beside: Vec<&[u32]> = order
            .iter()
            .filter(|other| !is_on(**other))
            .map(|other| at(*other))
            .filter(|other| within(other, own))
            .collect();
        let mut needed: Vec<u32> = own.to_vec();
        needed.sort_by_key(|pattern| {
            let (with, without) = count(*pattern);
            (with + without, std::cmp::Reverse(*pattern))
        });
        let mut kept = needed.clone();
        // The most general goes first: of what says enough, the most specific says most.
        for pattern in needed.iter().rev() {
            let without: Vec<u32> = kept.iter().copied().filter(|kept| kept != pattern).collect();
            if beside.iter().all(|other| without.iter().any(|pattern| other.binary_search(pattern).is_err())) {
                kept = without;
            }
        }
        let mut cube = Cube { within: kept, except: Vec::new(), class };
        for other in order.iter().copied().filter(|other| !is_on(*other)) {
            let other = at(other);
            let inside = cube.within.iter().all(|pattern| other.binary_search(pattern).is_ok());
            if inside && !cube.except.iter().any(|pattern| other.binary_search(pattern).is_ok()) {
                let strange = other.iter().copied().filter(|pattern| own.binary_search(pattern).is_err());
                let best = strange.min_by_key(|pattern| {
                    let (with, without) = count(*pattern);
                    (with, std::cmp::Reverse(without), *pattern)
                });
                cube.except.extend(best);
            }
        }
        cube.within.sort_unstable();
        cube.except.sort_unstable();
        for (other, covered) in covered.iter_mut().enumerate() {
            let other = at(other);
            *covered |= cube.within.iter().all(|pattern| other.binary_search(pattern).is_ok())
                && !cube.except.iter().any(|pattern| other.binary_search(pattern).is_ok());
        }
        found.push(cube);
    }
    found
}

/// Whether every pattern of one class is among those of another.
fn within(one: &[u32], other: &[u32]) -> bool {
    one.iter().all(|pattern| other.binary_search(pattern).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn holds(cube: &Cube, class: &[u32]) -> bool {
        within(&cube.within, class) && !cube.except.iter().any(|pattern| class.contains(pattern))
    }

    #[test]
    fn a_region_is_described_by_the_widest_patterns_that_do() {
        // 0 = *, 1 = gw-*, 2 = gw-1*, 3 = gw-12, 4 = gw-2
        let classes = [vec![0], vec![0, 1], vec![0, 1, 2], vec![0, 1, 2, 3], vec![0, 1, 4]];
        let said = |on: &[usize]| {
            let cubes = cubes(&classes, |class| on.contains(&class));
            cubes.into_iter().map(|cube| (cube.within, cube.except)).collect::<Vec<_>>()
        };
        assert_eq!(said(&[0, 1, 2, 3, 4]), [(vec![], vec![])]);
        assert_eq!(said(&[1, 2, 4]), [(vec![1], vec![3])]);
        assert_eq!(said(&[2, 3]), [(vec![2], vec![])]);
        assert_eq!(said(&[0]), [(vec![], vec![1])]);
        assert_eq!(said(&[0, 3]), [(vec![], vec![1]), (vec![3], vec![])]);
        assert_eq!(said(&[]), []);
    }

    proptest! {
        #[test]
        fn cubes_hold_all_classes_asked_for_and_no_others(
            classes in prop::collection::btree_set(prop::collection::btree_set(0u32..6, 0..5), 1..12),
            on in any::<u16>(),
        ) {
            let classes: Vec<Vec<u32>> = classes.into_iter().map(|class: BTreeSet<u32>| class.into_iter().collect()).collect();
            let cubes = cubes(&classes, |class| on >> class & 1 == 1);
            for (number, class) in classes.iter().enumerate() {
                prop_assert_eq!(cubes.iter().any(|cube| holds(cube, class)), on >> number & 1 == 1);
            }
            for cube in &cubes {
                prop_assert!(holds(cube, &classes[cube.class]));
            }
        }
    }
}
