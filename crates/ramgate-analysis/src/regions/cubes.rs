//! From classes back to patterns: where something holds, as "these patterns, except those".

use super::{Budget, Exhausted};

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

/// Classes, indexed to be covered by cubes, perhaps several times. A class is the ascending list of patterns that match it;
/// no two classes are equal.
#[derive(Debug, Clone)]
pub(crate) struct Cover {
    classes: Vec<Vec<u32>>,
    /// Classes with the fewest patterns first.
    order: Vec<usize>,
    /// By pattern, the classes that it matches, in that order.
    matching: Vec<Vec<usize>>,
    /// By pattern, the classes of whose patterns it is the rarest, in that order.
    rarest: Vec<Vec<usize>>,
    /// The class that no pattern matches.
    bare: Option<usize>,
}

impl Cover {
    /// Indexes classes.
    pub(crate) fn new<S: AsRef<[u32]>>(classes: &[S]) -> Cover {
        let classes: Vec<Vec<u32>> = classes.iter().map(|class| class.as_ref().to_vec()).collect();
        let mut order: Vec<usize> = (0..classes.len()).collect();
        order.sort_by_key(|class| classes[*class].len());
        let patterns = classes.iter().flatten().max().map_or(0, |max| *max as usize + 1);
        let mut matching = vec![Vec::new(); patterns];
        for class in &order {
            classes[*class].iter().for_each(|pattern| matching[*pattern as usize].push(*class));
        }
        let mut rarest = vec![Vec::new(); patterns];
        let mut bare = None;
        for class in &order {
            match classes[*class].iter().min_by_key(|pattern| (matching[**pattern as usize].len(), **pattern)) {
                Some(pattern) => rarest[*pattern as usize].push(*class),
                None => bare = Some(*class),
            }
        }
        Cover { classes, order, matching, rarest, bare }
    }

    /// Covers some classes, given in ascending order, and no others. Cubes may overlap.
    pub(crate) fn cubes(&self, on: &[usize], budget: &mut Budget) -> Result<Vec<Cube>, Exhausted> {
        budget.spend(on.len() + self.classes.len() / 8)?;
        let mut is_on = vec![false; self.classes.len()];
        let mut with = vec![0usize; self.matching.len()];
        for class in on {
            is_on[*class] = true;
            self.classes[*class].iter().for_each(|pattern| with[*pattern as usize] += 1);
        }
        let mut found: Vec<Cube> = Vec::new();
        let mut covered = vec![false; self.classes.len()];
        // The exceptions of the cube at hand.
        let mut excepted = vec![false; self.matching.len()];
        let mut first: Vec<usize> = on.to_vec();
        first.sort_by_key(|class| (self.classes[*class].len(), *class));
        for class in first {
            if covered[class] {
                continue;
            }
            let cube = self.cube(class, &is_on, &with, &mut excepted, budget)?;
            let inside = self.inside(&cube.within);
            budget.spend(inside.len())?;
            for other in inside {
                let patterns = &self.classes[*other];
                covered[*other] |= cube.within.iter().all(|pattern| patterns.binary_search(pattern).is_ok())
                    && !patterns.iter().any(|pattern| excepted[*pattern as usize]);
            }
            cube.except.iter().for_each(|pattern| excepted[*pattern as usize] = false);
            found.push(cube);
        }
        Ok(found)
    }

    /// Classes among which are all that some patterns match.
    fn inside(&self, within: &[u32]) -> &[usize] {
        let rarest = within.iter().map(|pattern| &self.matching[*pattern as usize]).min_by_key(|classes| classes.len());
        rarest.unwrap_or(&self.order)
    }

    /// A cube with one class, and with none but those that are on. Its exceptions are marked in `excepted`.
    fn cube(
        &self,
        class: usize,
        is_on: &[bool],
        with: &[usize],
        excepted: &mut [bool],
        budget: &mut Budget,
    ) -> Result<Cube, Exhausted> {
        let own = &self.classes[class];
        let total = |pattern: u32| self.matching[pattern as usize].len();
        // A class that matches nothing more than this one can only be kept out by what it lacks.
        let candidates = own.iter().flat_map(|pattern| &self.rarest[*pattern as usize]).chain(&self.bare);
        let beside: Vec<&[u32]> = candidates
            .filter(|other| !is_on[**other])
            .map(|other| self.classes[*other].as_slice())
            .filter(|other| is_within(other, own))
            .collect();
        budget.spend(own.len() * (own.len() + beside.len()))?;
        let mut dropped: Vec<u32> = own.clone();
        // The most general goes first: of what says enough, the most specific says most.
        dropped.sort_by_key(|pattern| (std::cmp::Reverse(total(*pattern)), *pattern));
        let mut within = dropped.clone();
        for pattern in dropped {
            let without: Vec<u32> = within.iter().copied().filter(|kept| *kept != pattern).collect();
            if beside.iter().all(|other| without.iter().any(|pattern| other.binary_search(pattern).is_err())) {
                within = without;
            }
        }
        let mut except: Vec<u32> = Vec::new();
        let inside = self.inside(&within);
        budget.spend(inside.len())?;
        for other in inside.iter().filter(|other| !is_on[**other]).map(|other| &self.classes[*other]) {
            let inside = within.iter().all(|pattern| other.binary_search(pattern).is_ok());
            if inside && !other.iter().any(|pattern| excepted[*pattern as usize]) {
                let strange = other.iter().copied().filter(|pattern| own.binary_search(pattern).is_err());
                let best = strange.min_by_key(|pattern| {
                    let with = with[*pattern as usize];
                    (with, std::cmp::Reverse(total(*pattern) - with), *pattern)
                });
                best.iter().for_each(|pattern| excepted[*pattern as usize] = true);
                except.extend(best);
            }
        }
        within.sort_unstable();
        except.sort_unstable();
        Ok(Cube { within, except, class })
    }
}

/// Whether every pattern of one class is among those of another.
fn is_within(one: &[u32], other: &[u32]) -> bool {
    one.iter().all(|pattern| other.binary_search(pattern).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn holds(cube: &Cube, class: &[u32]) -> bool {
        is_within(&cube.within, class) && !cube.except.iter().any(|pattern| class.contains(pattern))
    }

    #[test]
    fn a_region_is_described_by_the_widest_patterns_that_do() {
        // 0 = *, 1 = gw-*, 2 = gw-1*, 3 = gw-12, 4 = gw-2
        let classes = [vec![0], vec![0, 1], vec![0, 1, 2], vec![0, 1, 2, 3], vec![0, 1, 4]];
        let said = |on: &[usize]| {
            let cubes = Cover::new(&classes).cubes(on, &mut Budget::new(1000)).unwrap();
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
            let asked: Vec<usize> = (0..classes.len()).filter(|class| on >> class & 1 == 1).collect();
            let cubes = Cover::new(&classes).cubes(&asked, &mut Budget::new(100_000)).unwrap();
            for (number, class) in classes.iter().enumerate() {
                prop_assert_eq!(cubes.iter().any(|cube| holds(cube, class)), on >> number & 1 == 1);
            }
            for cube in &cubes {
                prop_assert!(holds(cube, &classes[cube.class]));
            }
        }
    }
}
