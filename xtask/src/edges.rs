//! `check`: which crate of the workspace may use which. A new edge is a design change and a line in this table.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// A crate and the crates of the workspace that it may use. What is not here may use anything that is.
const EDGES: &[(&str, &[&str])] = &[
    ("ramgate-model", &[]),
    ("ramgate-policy", &["ramgate-model"]),
    // Questions about policies stand on the engine alone, so that the command line answers them from files.
    ("ramgate-analysis", &["ramgate-policy"]),
    ("ramgate-signing", &["ramgate-model"]),
    ("ramgate-store", &["ramgate-model"]),
    ("ramgate-audit", &["ramgate-model"]),
    ("ramgate-routing", &["ramgate-model"]),
    ("ramgate-api", &["ramgate-model", "ramgate-policy"]),
    ("ramgate-plugins", &["ramgate-model", "ramgate-routing"]),
    ("ramgate-store-sqlite", &["ramgate-model", "ramgate-store"]),
    ("ramgate-store-etcd", &["ramgate-model", "ramgate-store"]),
    ("ramgate-proxy", &["ramgate-model", "ramgate-plugins", "ramgate-routing", "ramgate-store"]),
    (
        "ramgate-control",
        &[
            "ramgate-analysis",
            "ramgate-api",
            "ramgate-audit",
            "ramgate-model",
            "ramgate-policy",
            "ramgate-routing",
            "ramgate-signing",
            "ramgate-store",
        ],
    ),
    // It works on files and on the API; it never sees the management plane.
    ("ramgate-cli", &["ramgate-analysis", "ramgate-api", "ramgate-audit", "ramgate-policy", "ramgate-signing"]),
    ("ramgate-testkit", &["ramgate-api", "ramgate-model", "ramgate-policy", "ramgate-signing", "ramgate-store"]),
];

/// Wires everything; nothing uses it.
const TOP: &[&str] = &["ramgate", "xtask"];
/// For tests only.
const TEST_ONLY: &str = "ramgate-testkit";
/// Crates that do no I/O, and what would be a sign that one does.
const PURE: &[&str] = &["ramgate-model", "ramgate-policy", "ramgate-analysis", "ramgate-api", "ramgate-routing"];
const IMPURE: &[&str] = &["tokio", "hyper", "hyper-util", "axum", "rusqlite", "rustls", "tokio-rustls"];

/// Why the dependencies are not as they should be.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EdgesError {
    /// `cargo metadata` did not answer.
    #[error("cannot ask cargo for the dependencies: {0}")]
    Cargo(String),
    /// Edges that the table does not have.
    #[error("{}\na new edge is a design change: add it to xtask/src/edges.rs with a reason, or find another way", .0.join("\n"))]
    Unexpected(Vec<String>),
}

#[derive(Debug, Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Debug, Deserialize)]
struct Package {
    name: String,
    dependencies: Vec<Dependency>,
}

#[derive(Debug, Deserialize)]
struct Dependency {
    name: String,
    /// `null` for an ordinary one.
    kind: Option<String>,
}

/// Compares the workspace with the table.
pub(crate) fn check(root: &Path) -> Result<String, EdgesError> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo)
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .current_dir(root)
        .output()
        .map_err(|error| EdgesError::Cargo(error.to_string()))?;
    if !output.status.success() {
        return Err(EdgesError::Cargo(String::from_utf8_lossy(&output.stderr).trim().to_owned()));
    }
    let metadata: Metadata =
        serde_json::from_slice(&output.stdout).map_err(|error| EdgesError::Cargo(error.to_string()))?;
    let unexpected = problems(&metadata);
    if unexpected.is_empty() {
        Ok(format!("the edges between {} crates are as the table says", metadata.packages.len()))
    } else {
        Err(EdgesError::Unexpected(unexpected))
    }
}

fn problems(metadata: &Metadata) -> Vec<String> {
    let allowed: BTreeMap<&str, &[&str]> = EDGES.iter().copied().collect();
    let members: Vec<&str> = metadata.packages.iter().map(|package| package.name.as_str()).collect();
    let mut problems = Vec::new();
    for Package { name, dependencies } in &metadata.packages {
        if !allowed.contains_key(name.as_str()) && !TOP.contains(&name.as_str()) {
            problems.push(format!("{name} is not in the table of crates"));
            continue;
        }
        for Dependency { name: used, kind } in dependencies {
            let test_only = kind.as_deref() == Some("dev");
            let used = used.as_str();
            if !test_only && PURE.contains(&name.as_str()) && IMPURE.contains(&used) {
                problems.push(format!("{name} does no input or output, and uses {used}"));
            }
            if !members.contains(&used) {
                continue;
            }
            if TOP.contains(&used) {
                problems.push(format!("{name} uses {used}, which nothing may use"));
            } else if test_only {
                // Tests may use whatever they need.
            } else if used == TEST_ONLY {
                problems.push(format!("{name} uses {used} outside of tests"));
            } else if allowed.get(name.as_str()).is_some_and(|allowed| !allowed.contains(&used)) {
                problems.push(format!("{name} uses {used}"));
            }
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems_of(name: &str, used: &str, kind: Option<&str>) -> Vec<String> {
        let package = |name: &str, dependencies| Package { name: name.to_owned(), dependencies };
        let dependency = Dependency { name: used.to_owned(), kind: kind.map(str::to_owned) };
        let mut packages = vec![package(name, vec![dependency])];
        if used.starts_with("ramgate") {
            packages.push(package(used, Vec::new()));
        }
        problems(&Metadata { packages })
    }

    #[test]
    fn an_edge_outside_the_table_is_reported() {
        assert_eq!(problems_of("ramgate-proxy", "ramgate-control", None), ["ramgate-proxy uses ramgate-control"]);
        assert_eq!(problems_of("ramgate-control", "ramgate-policy", None), [""; 0]);
        assert_eq!(problems_of("ramgate", "ramgate-proxy", None), [""; 0]);
        assert_eq!(problems_of("ramgate-cli", "ramgate", None), ["ramgate-cli uses ramgate, which nothing may use"]);
    }

    #[test]
    fn the_test_kit_is_for_tests() {
        assert_eq!(problems_of("ramgate-control", "ramgate-testkit", Some("dev")), [""; 0]);
        let expected = ["ramgate-control uses ramgate-testkit outside of tests"];
        assert_eq!(problems_of("ramgate-control", "ramgate-testkit", None), expected);
    }

    #[test]
    fn pure_crates_stay_without_a_runtime() {
        let expected = ["ramgate-policy does no input or output, and uses tokio"];
        assert_eq!(problems_of("ramgate-policy", "tokio", None), expected);
        assert_eq!(problems_of("ramgate-store", "tokio", None), [""; 0]);
    }

    #[test]
    fn a_crate_that_the_table_does_not_know_is_reported() {
        let package = Package { name: "ramgate-new".to_owned(), dependencies: Vec::new() };
        assert_eq!(problems(&Metadata { packages: vec![package] }), ["ramgate-new is not in the table of crates"]);
    }
}
