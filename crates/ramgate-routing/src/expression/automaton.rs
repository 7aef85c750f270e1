//! The small automaton that most expressions become: one byte for each state and class of bytes, shared by all threads,
//! walked without allocation.

use regex_automata::dfa::{Automaton as _, StartKind, dense};
use regex_automata::nfa::thompson;
use regex_automata::util::primitives::StateID;
use regex_automata::{Anchored, Input};
use std::collections::HashMap;

/// Bounds of what is tried; beyond them the expression runs on the general engine.
const DFA_LIMIT: usize = 64 << 10;
const DETERMINIZE_LIMIT: usize = 256 << 10;
const DEAD: u8 = 0;
const START: u8 = 1;

/// Decides whether the whole of a text matches.
#[derive(Clone)]
pub(super) struct Automaton {
    /// Bytes that no transition tells apart have one class.
    classes: [u8; 256],
    n_classes: usize,
    /// The next state, by state and class. State 0 is dead, state 1 the start.
    next: Box<[u8]>,
    /// Which states accept at the end of the text.
    accepting: [u64; 4],
}

impl Automaton {
    /// The automaton of an expression that is anchored at both ends; `None` where it would have more than 255 states.
    pub(super) fn build(nfa: &thompson::NFA) -> Option<Self> {
        let config = dense::Config::new()
            .start_kind(StartKind::Anchored)
            .accelerate(false)
            .prefilter(None)
            .dfa_size_limit(Some(DFA_LIMIT))
            .determinize_size_limit(Some(DETERMINIZE_LIMIT));
        let dfa = dense::Builder::new().configure(config).build_from_nfa(nfa).ok()?;
        let representatives: Vec<u8> =
            dfa.byte_classes().representatives(0..=255).filter_map(|unit| unit.as_u8()).collect();
        let mut classes = [0; 256];
        for (byte, class) in classes.iter_mut().enumerate() {
            *class = dfa.byte_classes().get(byte as u8);
        }
        let start = dfa.start_state_forward(&Input::new(b"").anchored(Anchored::Yes)).ok()?;
        // Breadth first; each state gets the next free number when it is first seen.
        let mut numbers = HashMap::from([(start, START)]);
        let mut queue = vec![start];
        let mut next = vec![DEAD; representatives.len()];
        let mut accepting = [0_u64; 4];
        let mut done = 0;
        while let Some(&state) = queue.get(done) {
            done += 1;
            for &byte in &representatives {
                let target = dfa.next_state(state, byte);
                if dfa.is_quit_state(target) {
                    return None;
                }
                next.push(if dfa.is_dead_state(target) { DEAD } else { number(target, &mut numbers, &mut queue)? });
            }
            // Matches are found one byte late, here at the end of the text.
            if dfa.is_match_state(dfa.next_eoi_state(state)) {
                *accepting.get_mut(done / 64)? |= 1 << (done % 64);
            }
        }
        Some(Self { classes, n_classes: representatives.len(), next: next.into(), accepting })
    }

    pub(super) fn is_match(&self, text: &[u8]) -> bool {
        let mut state = START;
        for byte in text {
            let class = usize::from(self.classes[usize::from(*byte)]);
            state = self.next.get(usize::from(state) * self.n_classes + class).copied().unwrap_or(DEAD);
            if state == DEAD {
                return false;
            }
        }
        self.accepting[usize::from(state / 64)] >> (state % 64) & 1 == 1
    }
}

fn number(state: StateID, numbers: &mut HashMap<StateID, u8>, queue: &mut Vec<StateID>) -> Option<u8> {
    if let Some(number) = numbers.get(&state) {
        return Some(*number);
    }
    queue.push(state);
    let number = u8::try_from(queue.len()).ok()?;
    numbers.insert(state, number);
    Some(number)
}
