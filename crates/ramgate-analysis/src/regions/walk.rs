//! Classes of arbitrary patterns: a walk through the product of their automata, breadth first.
//!
//! A state is, for every pattern that can still match, the set of its positions. Characters that no pattern waits for
//! lead to the same state, so that one of them stands for all. A class is what the patterns of a state say together.

use std::collections::{HashMap, HashSet};

use super::classes::{Class, Question};
use super::glob::Glob;
use super::hash::Quick;
use super::{Budget, Exhausted};

/// Positions of all live patterns: the pattern in the upper half, the position in the lower.
type State = Vec<u32>;

/// Where a state was reached from, and by which character.
struct Step {
    state: State,
    from: usize,
    by: char,
}

/// The classes of any question.
pub(super) fn classes(question: &Question<'_>, budget: &mut Budget) -> Result<Vec<Class>, Exhausted> {
    let listed = question.globs.len();
    let refused = listed + question.some_of.len();
    let globs: Vec<&Glob> = question.globs.iter().copied().chain(question.some_of).chain(question.none_of).collect();
    let mut start = State::new();
    for (number, glob) in globs.iter().enumerate() {
        start.extend(glob.start().into_iter().map(|position| pack(number, position)));
    }
    // The empty text stands for its class only when no other does, so its state may be reached again.
    let mut seen: HashSet<State, Quick> = HashSet::default();
    let mut steps = vec![Step { state: start, from: 0, by: ' ' }];
    let mut found: Vec<Class> = Vec::new();
    let mut known: HashMap<Vec<u32>, usize, Quick> = HashMap::default();
    let mut head = 0;
    let mut letters = Vec::new();
    while let Some(step) = steps.get(head) {
        let state = step.state.clone();
        budget.spend(state.len() + 8)?;
        letters.clear();
        let mut matched = Vec::new();
        let (mut some, mut none) = (false, false);
        for (number, positions) in patterns(&state) {
            let Some(glob) = globs.get(number) else { continue };
            glob.awaited(&positions, &mut letters);
            if glob.accepts(&positions) {
                match number {
                    own if own < listed => matched.push(own as u32),
                    listed if listed < refused => some = true,
                    _ => none = true,
                }
            }
        }
        let within = question.within.is_none_or(|within| matched.contains(&(within as u32)));
        if within && !none && (some || question.some_of.is_empty()) {
            match known.get(&matched) {
                None => {
                    known.insert(matched.clone(), found.len());
                    found.push(Class { matched, text: text(&steps, head) });
                }
                Some(at) => {
                    if let Some(class) = found.get_mut(*at).filter(|class| class.text.is_empty()) {
                        class.text = text(&steps, head);
                    }
                }
            }
        }
        let mut kept: HashSet<char, Quick> = HashSet::default();
        // In the order of the patterns, so that texts are spelled as they are.
        letters.retain(|letter| kept.insert(*letter));
        letters.push(question.fresh(&letters));
        for letter in letters.iter().filter(|letter| !(question.field && **letter == ':')) {
            budget.spend(state.len() * 4 + 16)?;
            let next = advance(&globs, &state, *letter);
            let hopeless = question.within.is_some_and(|within| !next.iter().any(|packed| unpack(*packed).0 == within));
            if !hopeless && !seen.contains(&next) {
                // States are kept, so that they cost memory as well.
                budget.spend(next.len() * 8 + 64)?;
                seen.insert(next.clone());
                steps.push(Step { state: next, from: head, by: *letter });
            }
        }
        head += 1;
    }
    Ok(found)
}

fn pack(pattern: usize, position: u16) -> u32 {
    (pattern as u32) << 16 | u32::from(position)
}

fn unpack(packed: u32) -> (usize, u16) {
    ((packed >> 16) as usize, packed as u16)
}

/// The positions of each pattern in a state.
fn patterns(state: &State) -> impl Iterator<Item = (usize, Vec<u16>)> {
    state.chunk_by(|a, b| a >> 16 == b >> 16).map(|chunk| {
        let number = chunk.first().map_or(0, |packed| unpack(*packed).0);
        (number, chunk.iter().map(|packed| unpack(*packed).1).collect())
    })
}

fn advance(globs: &[&Glob], state: &State, letter: char) -> State {
    let mut next = State::with_capacity(state.len());
    for (number, positions) in patterns(state) {
        if let Some(glob) = globs.get(number) {
            next.extend(glob.step(&positions, letter).into_iter().map(|position| pack(number, position)));
        }
    }
    next
}

fn text(steps: &[Step], mut at: usize) -> String {
    let mut letters = Vec::new();
    while at != 0 {
        let Some(step) = steps.get(at) else { break };
        letters.push(step.by);
        at = step.from;
    }
    letters.iter().rev().collect()
}
