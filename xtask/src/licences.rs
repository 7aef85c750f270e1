//! `check`: the licences of everything that is linked in. A new one is a decision and a line here.

use serde::Deserialize;
use std::path::Path;
use std::process::Command;

/// Licences under which code may be linked into an Apache-2.0 program.
const ALLOWED: &[&str] = &[
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "MIT",
    "ISC",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "Zlib",
    "Unicode-3.0",
    "Unlicense",
    "CC0-1.0",
    "0BSD",
    // The list of public certificate authorities: data.
    "CDLA-Permissive-2.0",
    // File by file: changes to those files would have to be published. There are none here.
    "MPL-2.0",
    "MPL-2.0+",
];

/// Why the licences are not as they should be.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LicencesError {
    /// `cargo metadata` did not answer.
    #[error("cannot ask cargo for the dependencies: {0}")]
    Cargo(String),
    /// Packages whose licence is not on the list.
    #[error("{}\nadd the licence to xtask/src/licences.rs with a reason, or find another package", .0.join("\n"))]
    NotAllowed(Vec<String>),
}

#[derive(Debug, Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Debug, Deserialize)]
struct Package {
    name: String,
    version: String,
    license: Option<String>,
}

/// Compares every package that cargo would build with the list.
pub(crate) fn check(root: &Path) -> Result<String, LicencesError> {
    let asked = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(root)
        .output()
        .map_err(|e| LicencesError::Cargo(e.to_string()))?;
    if !asked.status.success() {
        return Err(LicencesError::Cargo(String::from_utf8_lossy(&asked.stderr).into_owned()));
    }
    let metadata: Metadata = serde_json::from_slice(&asked.stdout).map_err(|e| LicencesError::Cargo(e.to_string()))?;
    let refused: Vec<String> = metadata
        .packages
        .iter()
        .filter(|package| !package.license.as_deref().is_some_and(is_allowed))
        .map(|p| format!("{} {}: {}", p.name, p.version, p.license.as_deref().unwrap_or("no licence")))
        .collect();
    if !refused.is_empty() {
        return Err(LicencesError::NotAllowed(refused));
    }
    Ok(format!("the licences of {} packages are on the list", metadata.packages.len()))
}

/// Whether an SPDX expression can be fulfilled: every `AND` part has an allowed `OR` choice. `/` is an old way to write `OR`.
fn is_allowed(expression: &str) -> bool {
    let choices = |part: &str| {
        let part = part.replace('/', " OR ");
        part.split(" OR ").any(|choice| ALLOWED.contains(&choice.trim()))
    };
    let plain = expression.replace(['(', ')'], "");
    plain.split(" AND ").all(choices)
}

#[cfg(test)]
mod tests {
    use super::is_allowed;

    #[test]
    fn every_part_of_an_expression_needs_an_allowed_choice() {
        for good in ["MIT", "MIT/Apache-2.0", "(MIT OR GPL-3.0) AND Unicode-3.0", "Apache-2.0 WITH LLVM-exception OR X"]
        {
            assert!(is_allowed(good), "{good}");
        }
        for bad in ["GPL-3.0", "MIT AND GPL-3.0", "", "LGPL-2.1 OR GPL-2.0"] {
            assert!(!is_allowed(bad), "{bad}");
        }
    }
}
