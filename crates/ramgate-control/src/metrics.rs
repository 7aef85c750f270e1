//! Metrics of the management plane, in Prometheus' text format. Labels take their values from the catalog and from status
//! classes, so there is a bound to them.

use crate::dispatch::Answer;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Mutex, PoisonError};

/// Counters of calls.
#[derive(Default)]
pub(crate) struct Metrics {
    calls: Mutex<BTreeMap<Labels, Totals>>,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Labels {
    product: &'static str,
    operation: &'static str,
    status: u16,
}

#[derive(Default)]
struct Totals {
    calls: u64,
    seconds: f64,
}

impl Metrics {
    /// Counts an answer.
    pub(crate) fn count(&self, answer: &Answer) {
        let labels = Labels { product: answer.product, operation: answer.operation, status: answer.status };
        let mut calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        let totals = calls.entry(labels).or_default();
        totals.calls += 1;
        totals.seconds += answer.elapsed.as_secs_f64();
    }

    /// The page.
    pub(crate) fn render(&self) -> String {
        let calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        let mut page = String::new();
        let mut series = |name: &str, help: &str, value: &dyn Fn(&Totals) -> String| {
            let _ = writeln!(page, "# HELP {name} {help}\n# TYPE {name} counter");
            for (labels, totals) in calls.iter() {
                let Labels { product, operation, status } = labels;
                let value = value(totals);
                let _ = writeln!(
                    page,
                    "{name}{{product=\"{product}\",operation=\"{operation}\",status=\"{status}\"}} {value}"
                );
            }
        };
        series("ramgate_control_calls_total", "Management calls answered.", &|t| t.calls.to_string());
        series("ramgate_control_call_seconds_total", "Time spent on management calls.", &|t| {
            format!("{:.6}", t.seconds)
        });
        page
    }
}
