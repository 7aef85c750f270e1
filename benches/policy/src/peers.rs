//! The peers, each in the encodings that suit it best.
//!
//! None of them was made for a thousand wildcard rules on one principal, and whoever cuts the rules down beforehand
//! pays less; cutting them down is what the index of ramgate-policy does. Requests are built before the clock starts.
//! Case is folded beforehand for all.

mod casbin;
mod cedar;
mod rego;

use std::time::Duration;

use crate::Row;
use crate::workload::{Req, Stmt};

type Timer = fn(&str, &[Req], Duration, &mut dyn FnMut(usize) -> bool) -> Row;

/// Region and relative id of a resource name.
fn parts(resource: &str) -> (&str, &str) {
    let parts: Vec<&str> = resource.splitn(5, ':').collect();
    (parts[2], parts[4])
}

/// Times every peer on the same statements and requests.
pub fn rows(statements: &[Stmt], requests: &[Req], time: Timer) -> Vec<Row> {
    let budget = Duration::from_millis(1500);
    let mut rows = Vec::new();
    for (name, plain) in [("cedar, `like` on strings", true), ("cedar, scopes and action groups", false)] {
        let cedar = cedar::Cedar::new(statements, plain);
        let asked: Vec<_> = requests.iter().map(|request| cedar::request(request, plain)).collect();
        rows.push(time(name, requests, budget, &mut |i| cedar.decide(&asked[i])));
    }
    for (name, plain, machine) in [
        ("regorus, glob.match, interpreter", true, false),
        ("regorus, glob.match, virtual machine", true, true),
        ("regorus, fields, interpreter", false, false),
        ("regorus, fields, virtual machine", false, true),
    ] {
        let mut rego = rego::Rego::new(statements, plain, machine);
        let asked: Vec<_> = requests.iter().map(|request| rego::input(request, plain)).collect();
        rows.push(time(name, requests, budget, &mut |i| rego.decide(&asked[i])));
    }
    for (name, builtin) in [("casbin, regexMatch", true), ("casbin, native matcher", false)] {
        let casbin = casbin::Casbin::new(statements, builtin);
        rows.push(time(name, requests, budget, &mut |i| casbin.decide(&requests[i])));
    }
    rows
}
