//! `policy-bench [--gate] [--diff]`: nanoseconds per decision for one user with 10, 100, 1,000 and 10,000 statements, and
//! milliseconds to say what an edit of them changes and to answer questions about accounts. With `--diff` only the latter.
//!
//! Every engine gets the same statements and the same requests, each in the encodings that suit it best. Decisions are
//! checked before they are timed: those of the plain evaluator against a second reading of the rules in [`workload`],
//! everyone else's against them. Times are processor time of the thread, so that a busy machine disturbs less.
//!
//! With `--gate` the program fails when a bar of the project is missed.

mod actions;
mod diff;
mod estate;
mod ours;
#[cfg(feature = "peers")]
mod peers;
mod workload;

use std::hint::black_box;
use std::time::{Duration, Instant};

use cpu_time::ThreadTime;

use crate::ours::Ours;
use crate::workload::{Req, Stmt, requests, statements, with_conditions};

const SIZES: [usize; 4] = [10, 100, 1_000, 10_000];

/// One measured engine in one encoding: nanoseconds per decision over many short runs.
struct Row {
    name: String,
    median: f64,
    low: f64,
    high: f64,
    checked: usize,
}

/// Checks decisions for a quarter of `budget`, then times short runs for the rest.
fn time(name: &str, requests: &[Req], budget: Duration, mut decide: impl FnMut(usize) -> bool) -> Row {
    let started = Instant::now();
    let mut checked = 0;
    for (i, request) in requests.iter().enumerate() {
        assert_eq!(decide(i), request.allow, "{name}: {request:?}");
        checked += 1;
        if started.elapsed() > budget / 4 {
            break;
        }
    }
    let each = started.elapsed().as_secs_f64() / checked as f64;
    // Runs of a millisecond, and at least one decision.
    let rounds = ((0.001 / each) as usize).clamp(1, 1_000_000);
    let mut runs = Vec::new();
    let mut i = 0;
    while runs.len() < 5 || (started.elapsed() < budget && runs.len() < 2_000) {
        let start = ThreadTime::now();
        let mut allowed = 0usize;
        for _ in 0..rounds {
            allowed += usize::from(decide(i));
            i += 1;
            if i == checked {
                i = 0;
            }
        }
        black_box(allowed);
        runs.push(start.elapsed().as_nanos() as f64 / rounds as f64);
    }
    runs.sort_by(f64::total_cmp);
    let at = |share: usize| runs[(runs.len() - 1) * share / 100];
    Row { name: name.to_owned(), median: at(50), low: at(10), high: at(90), checked }
}

/// Everybody must agree before anybody is timed.
fn check(ours: &Ours, asked: &[Req]) {
    for request in asked {
        let decision = ours.plain.decide(&request.action, &request.resource, &ours.context);
        assert_eq!(decision.is_allowed(), request.allow, "{request:?}");
        assert_eq!(decision, ours.compiled.decide(&request.action, &request.resource, &ours.context), "{request:?}");
    }
}

/// What one number of statements came to.
struct Measured {
    strings: f64,
    conditions: f64,
    compile: Duration,
    allocations: u64,
    nearest_peer: Option<f64>,
}

fn measure(n: usize) -> Measured {
    let budget = Duration::from_millis(1500);
    let plain: Vec<Stmt> = statements(n, 7 + n as u64);
    let asked = requests(&plain, 1000, 99);
    let ours = Ours::new(&plain);
    check(&ours, &asked);
    let some: Vec<Stmt> = with_conditions(plain.clone());
    let some_asked = requests(&some, 1000, 99);
    let conditional = Ours::new(&some);
    check(&conditional, &some_asked);
    let parts = ours.parts(&asked);
    #[cfg_attr(not(feature = "peers"), expect(unused_mut, reason = "peers add their rows"))]
    let mut rows = vec![
        time("ramgate, from strings, deciding statement", &asked, budget, |i| ours.decide(&asked[i])),
        time("ramgate, the same, 1 statement in 10 conditional", &some_asked, budget, |i| {
            conditional.decide(&some_asked[i])
        }),
        time("ramgate, caller holds number and parts", &asked, budget, |i| {
            let (action, arn) = &parts[i];
            ours.compiled.decide_parts(*action, arn, &ours.context).is_allowed()
        }),
        time("ramgate, plain evaluator", &asked, budget, |i| {
            ours.plain.decide(&asked[i].action, &asked[i].resource, &ours.context).is_allowed()
        }),
    ];
    let own = rows.len();
    #[cfg(feature = "peers")]
    rows.extend(peers::rows(&plain, &asked, |name, asked, budget, decide| time(name, asked, budget, decide)));
    let (strings, conditions) = (rows[0].median, rows[1].median);
    println!("{n} statements{:>58}{:>14}{:>14}{:>12}{:>10}", "median ns", "10 %", "90 %", "x ours", "checked");
    for row in &rows {
        println!(
            "  {:<52}{:>14.1}{:>14.1}{:>14.1}{:>12.1}{:>10}",
            row.name,
            row.median,
            row.low,
            row.high,
            row.median / strings,
            row.checked
        );
    }
    let counted = allocation_counter::measure(|| {
        for request in &some_asked {
            black_box(conditional.decide(request));
        }
    });
    let compile = ours.compile_time().max(conditional.compile_time());
    println!(
        "  compilation {:.3} ms; allocations in 1,000 decisions: {}\n",
        compile.as_secs_f64() * 1e3,
        counted.count_total
    );
    let nearest_peer = rows[own..].iter().map(|row| row.median / strings).min_by(f64::total_cmp);
    Measured { strings, conditions, compile, allocations: counted.count_total, nearest_peer }
}

/// Compares sets of policies, and prints what it cost.
fn compare(n: usize) -> Vec<diff::Row> {
    let rows = diff::measure(n);
    println!("{n} statements, what an edit changes{:>36}{:>10}", "median ms", "regions");
    for row in &rows {
        println!("  {:<58}{:>10.3}{:>10}", row.name, row.median.as_secs_f64() * 1e3, row.regions);
    }
    println!();
    rows
}

/// Prints each bar with whether it is met.
#[derive(Default)]
struct Bars {
    missed: bool,
}

impl Bars {
    fn bar(&mut self, what: &str, met: bool, figure: String) {
        self.missed |= !met;
        println!("{:<9}{what}: {figure}", if met { "met" } else { "MISSED" });
    }

    fn decisions(&mut self, measured: &[Measured; 4]) {
        let [_, _, thousand, ten_thousand] = measured;
        let ns = |nanos: f64| format!("{nanos:.0} ns");
        let (once, twice) = (160.0, 2.0 * 160.0);
        for (what, bar, nanos) in [
            ("<= 160 ns at 1,000 statements", once, thousand.strings),
            ("<= 160 ns at 1,000 statements with conditions", once, thousand.conditions),
            ("<= 320 ns at 10,000 statements", twice, ten_thousand.strings),
            ("<= 320 ns at 10,000 statements with conditions", twice, ten_thousand.conditions),
        ] {
            self.bar(what, nanos <= bar, ns(nanos));
        }
        let compile = thousand.compile.as_secs_f64() * 1e3;
        self.bar("<= 2 ms to compile 1,000 statements", compile <= 2.0, format!("{compile:.3} ms"));
        let allocations: u64 = measured.iter().map(|measured| measured.allocations).sum();
        self.bar("no allocation in a decision", allocations == 0, allocations.to_string());
        if let Some(least) = thousand.nearest_peer {
            self.bar(">= 1,000 x every peer at 1,000 statements", least >= 1000.0, format!("{least:.0} x"));
        }
    }

    fn edits(&mut self, compared: &[Vec<diff::Row>; 4]) {
        let [.., thousand, _] = compared;
        for row in thousand.iter().filter(|row| row.name.starts_with("one ")) {
            let cost = row.median.as_secs_f64() * 1e3;
            let what = format!("<= 5 ms to compare 1,000 statements, {}", row.name);
            self.bar(&what, cost <= 5.0, format!("{cost:.3} ms"));
        }
    }
}

fn main() {
    let asked = |argument: &str| std::env::args().any(|given| given == argument);
    println!("processor time per decision; 1,000 requests, half of them allowed, a quarter denied by a Deny.");
    println!("\"checked\" says how many of them an engine was checked and timed on before its time was up.\n");
    let measured = (!asked("--diff")).then(|| SIZES.map(measure));
    println!("processor time from two parsed sets to all that is gained and lost, examples confirmed.\n");
    let compared = SIZES.map(compare);
    println!("processor time of questions about whole accounts.\n");
    let questions = estate::measure();
    for row in &questions {
        println!("  {:<72}{:>10.3} ms  {}", row.name, row.median.as_secs_f64() * 1e3, row.found);
    }
    println!("\nbars");
    let mut bars = Bars::default();
    if let Some(measured) = &measured {
        bars.decisions(measured);
    }
    bars.edits(&compared);
    for row in questions {
        let cost = row.median.as_secs_f64() * 1e3;
        if let Some(bar) = row.bar {
            bars.bar(&format!("<= {bar} ms, {}", row.name), cost <= bar, format!("{cost:.3} ms"));
        }
    }
    if bars.missed && asked("--gate") {
        std::process::exit(1);
    }
}
