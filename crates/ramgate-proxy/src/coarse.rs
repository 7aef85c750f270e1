//! Coarse deadlines for everything on a worker thread: one tick for all, instead of one timer wheel entry for each
//! request. Arming and clearing is a store to a cell; a deadline is met up to [`TICK`] late, never early.

use slab::Slab;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::task::{Context, Waker};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::Instant;

/// The granularity of all timeouts of the data plane.
pub(crate) const TICK: Duration = Duration::from_millis(100);

/// The deadlines of one worker thread.
#[derive(Debug)]
pub(crate) struct Timers {
    now: Cell<u32>,
    ticked: Cell<Instant>,
    slots: RefCell<Slab<Slot>>,
    first: Notify,
}

/// A tick count; zero means "not armed".
type Deadline = u32;

#[derive(Debug, Default)]
struct Slot {
    deadlines: [Deadline; 3],
    waker: Option<Waker>,
}

/// Which deadline of a [`Timer`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lane {
    /// Reads, or the only one.
    Read = 0,
    /// Writes.
    Write = 1,
    /// The answer that the request of a connection waits for; asked about with [`Timer::has_passed`].
    Answer = 2,
}

/// The deadlines of one task. Freed when dropped.
#[derive(Debug)]
pub(crate) struct Timer {
    timers: Rc<Timers>,
    slot: usize,
}

impl Default for Timers {
    fn default() -> Self {
        Self { now: Cell::new(0), ticked: Cell::new(Instant::now()), slots: RefCell::default(), first: Notify::new() }
    }
}

impl Timers {
    /// Ticks until dropped.
    pub(crate) async fn run(self: Rc<Self>) {
        loop {
            if self.slots.borrow().is_empty() {
                self.first.notified().await;
                self.ticked.set(Instant::now());
            }
            tokio::time::sleep(TICK).await;
            self.tick();
        }
    }

    fn tick(&self) {
        let now = self.now.get().wrapping_add(1).max(1);
        self.now.set(now);
        self.ticked.set(Instant::now());
        let mut due = Vec::new();
        for (_, slot) in self.slots.borrow_mut().iter_mut() {
            if slot.deadlines.iter().any(|&d| d != 0 && d <= now) {
                due.extend(slot.waker.take());
            }
        }
        due.into_iter().for_each(Waker::wake);
    }

    /// Wakes every task that has a timer, so that it looks at its drain signal.
    pub(crate) fn wake_all(&self) {
        let wakers: Vec<Waker> = self.slots.borrow_mut().iter_mut().filter_map(|(_, s)| s.waker.take()).collect();
        wakers.into_iter().for_each(Waker::wake);
    }

    /// About now: the time of the last tick. Spares a look at the clock for what need not be exact.
    pub(crate) fn coarse_now(&self) -> Instant {
        self.ticked.get()
    }

    /// A timer with nothing armed.
    pub(crate) fn timer(self: &Rc<Self>) -> Timer {
        let mut slots = self.slots.borrow_mut();
        if slots.is_empty() {
            self.first.notify_one();
        }
        Timer { timers: self.clone(), slot: slots.insert(Slot::default()) }
    }
}

impl Slot {
    fn is_due(&self, lane: Lane, now: u32) -> bool {
        let deadline = self.deadlines[lane as usize];
        deadline != 0 && deadline <= now
    }
}

impl Timer {
    fn with<R>(&self, f: impl FnOnce(&mut Slot, u32) -> R) -> Option<R> {
        let now = self.timers.now.get();
        self.timers.slots.borrow_mut().get_mut(self.slot).map(|slot| f(slot, now))
    }

    /// Arms one deadline, `after` from now.
    pub(crate) fn arm(&self, lane: Lane, after: Duration) {
        let ticks = after.as_millis().div_ceil(TICK.as_millis());
        let ticks = u32::try_from(ticks).unwrap_or(u32::MAX / 2);
        // One more, because the present tick has begun already.
        self.with(|slot, now| slot.deadlines[lane as usize] = now.saturating_add(ticks).saturating_add(1));
    }

    /// Disarms one deadline.
    pub(crate) fn clear(&self, lane: Lane) {
        self.with(|slot, _| slot.deadlines[lane as usize] = 0);
    }

    /// True where this deadline has passed. Whoever drives the task polls the timer, so that it is woken.
    pub(crate) fn has_passed(&self, lane: Lane) -> bool {
        self.with(|slot, now| slot.is_due(lane, now)) == Some(true)
    }

    /// The deadline of reads or writes that has passed, if any; otherwise the task is woken when one does, or by [`Timers::wake_all`].
    pub(crate) fn poll(&self, cx: &mut Context<'_>) -> Option<Lane> {
        self.with(|slot, now| {
            let due = |lane: Lane| Some(lane).filter(|&lane| slot.is_due(lane, now));
            if let Some(lane) = due(Lane::Read).or_else(|| due(Lane::Write)) {
                return Some(lane);
            }
            if !slot.waker.as_ref().is_some_and(|w| w.will_wake(cx.waker())) {
                slot.waker = Some(cx.waker().clone());
            }
            None
        })
        .flatten()
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        self.timers.slots.borrow_mut().try_remove(self.slot);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_is_never_early_and_at_most_two_ticks_late() {
        let timers = Rc::new(Timers::default());
        let timer = timers.timer();
        let cx = &mut Context::from_waker(Waker::noop());
        timer.arm(Lane::Read, TICK * 3);
        for _ in 0..3 {
            timers.tick();
            assert_eq!(timer.poll(cx), None);
        }
        timers.tick();
        assert_eq!(timer.poll(cx), Some(Lane::Read));
        timer.clear(Lane::Read);
        assert_eq!(timer.poll(cx), None);
        timer.arm(Lane::Write, Duration::ZERO);
        timers.tick();
        assert_eq!(timer.poll(cx), Some(Lane::Write));
    }

    #[test]
    fn the_deadline_of_an_answer_wakes_and_is_no_deadline_of_the_connection() {
        let timers = Rc::new(Timers::default());
        let timer = timers.timer();
        let cx = &mut Context::from_waker(Waker::noop());
        timer.arm(Lane::Answer, TICK);
        assert_eq!((timer.poll(cx), timer.has_passed(Lane::Answer)), (None, false));
        timers.tick();
        timers.tick();
        assert!(timers.slots.borrow().iter().all(|(_, slot)| slot.waker.is_none()), "the task was not woken");
        assert_eq!((timer.poll(cx), timer.has_passed(Lane::Answer)), (None, true));
        timer.clear(Lane::Answer);
        assert!(!timer.has_passed(Lane::Answer));
    }

    #[test]
    fn a_dropped_timer_frees_its_slot() {
        let timers = Rc::new(Timers::default());
        drop(timers.timer());
        assert!(timers.slots.borrow().is_empty());
    }
}
