//! `cargo xtask`: tasks of this repository.
//!
//! - `gen` writes the files that are drawn from the declarations: the catalog, the reference of actions, the OpenAPI
//!   files. `gen --check` writes nothing and fails where a committed file is not what `gen` would write.
//! - `check` compares the dependencies between the crates with the table in `edges.rs`, and the licences of all packages
//!   with the list in `licences.rs`.
//!
//! Not for: building or testing (that is `make`), or anything at run time.

mod edges;
mod generate;
mod licences;
mod openapi;
mod reference;
mod wired;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "usage: cargo xtask gen [--check] | check";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["gen"] => generate::write(&root()).map_err(|e| e.to_string()),
        ["gen", "--check"] => generate::check(&root()).map_err(|e| e.to_string()),
        ["check"] => check(&root()),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(report) => {
            println!("{report}");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn check(root: &Path) -> Result<String, String> {
    let edges = edges::check(root).map_err(|e| e.to_string())?;
    let licences = licences::check(root).map_err(|e| e.to_string())?;
    Ok(format!("{edges}\n{licences}"))
}

/// The repository.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}
