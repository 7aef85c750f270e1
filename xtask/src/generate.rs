//! `gen` and `gen --check`.

use crate::wired::Wired;
use crate::{openapi, reference};
use ramgate_api::{PRODUCTS, catalog};
use std::io;
use std::path::{Path, PathBuf};

/// A directory in which every file is generated, so that one that is no longer written is stale.
const OWNED_DIRECTORY: &str = "api/openapi";

/// Why files are not generated, or not as they should be.
#[derive(Debug, thiserror::Error)]
pub(crate) enum GenerateError {
    /// A file cannot be read or written.
    #[error("cannot access {path}: {source}")]
    Access {
        /// Relative to the repository.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Committed files differ from what would be written.
    #[error("{}\nrun `cargo xtask gen` and look at what changed", .0.join("\n"))]
    Stale(Vec<String>),
}

struct Generated {
    path: PathBuf,
    text: String,
}

fn all() -> Vec<Generated> {
    let wired = Wired::of_control();
    let catalog = catalog(|spec| wired.has(spec));
    let json = |value: &serde_json::Value| format!("{value:#}\n");
    let mut files = vec![
        Generated { path: "api/catalog.json".into(), text: json(&serde_json::to_value(&catalog).unwrap_or_default()) },
        Generated { path: "docs/reference/actions.md".into(), text: reference::actions(&catalog) },
    ];
    for (product, operations) in PRODUCTS.iter().filter(|(product, _)| openapi::covers(product)) {
        let path = Path::new(OWNED_DIRECTORY).join(format!("{}.json", product.name.to_ascii_lowercase()));
        files.push(Generated { path, text: json(&openapi::document(product, operations, &wired)) });
    }
    files
}

/// Writes every generated file and removes those that are no longer generated.
pub(crate) fn write(root: &Path) -> Result<String, GenerateError> {
    let files = all();
    let mut changed = 0;
    for Generated { path, text } in &files {
        let target = root.join(path);
        let access = |source| GenerateError::Access { path: path.clone(), source };
        if std::fs::read_to_string(&target).is_ok_and(|old| old == *text) {
            continue;
        }
        if let Some(directory) = target.parent() {
            std::fs::create_dir_all(directory).map_err(access)?;
        }
        std::fs::write(&target, text).map_err(access)?;
        changed += 1;
    }
    for orphan in orphans(root, &files)? {
        std::fs::remove_file(root.join(&orphan)).map_err(|source| GenerateError::Access { path: orphan, source })?;
        changed += 1;
    }
    Ok(format!("{} generated files, {changed} changed", files.len()))
}

/// Fails where a committed file is not what [`write`] would write.
pub(crate) fn check(root: &Path) -> Result<String, GenerateError> {
    let files = all();
    let mut stale = Vec::new();
    for Generated { path, text } in &files {
        match std::fs::read_to_string(root.join(path)) {
            Ok(old) if old == *text => {}
            Ok(old) => stale.push(format!("{} is stale: {}", path.display(), difference(&old, text))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                stale.push(format!("{} is missing", path.display()))
            }
            Err(source) => return Err(GenerateError::Access { path: path.clone(), source }),
        }
    }
    stale.extend(orphans(root, &files)?.iter().map(|path| format!("{} is no longer generated", path.display())));
    if stale.is_empty() {
        Ok(format!("{} generated files are fresh", files.len()))
    } else {
        Err(GenerateError::Stale(stale))
    }
}

/// Files in the owned directory that are not among `files`.
fn orphans(root: &Path, files: &[Generated]) -> Result<Vec<PathBuf>, GenerateError> {
    let access = |source| GenerateError::Access { path: OWNED_DIRECTORY.into(), source };
    let entries = match std::fs::read_dir(root.join(OWNED_DIRECTORY)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(access(source)),
    };
    let mut orphans = Vec::new();
    for entry in entries {
        let path = Path::new(OWNED_DIRECTORY).join(entry.map_err(access)?.file_name());
        if !files.iter().any(|file| file.path == path) {
            orphans.push(path);
        }
    }
    orphans.sort();
    Ok(orphans)
}

/// How many lines differ, and the first of them.
fn difference(old: &str, new: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let first = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - first;
    let last = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let within = |lines: &[&str]| lines.len() - first - last;
    let line = |lines: &[&str]| lines.get(first).map_or("the end of the file", |line| line.trim()).to_owned();
    format!(
        "{} lines become {} from line {} on, `{}` becomes `{}`",
        within(&old),
        within(&new),
        first + 1,
        line(&old),
        line(&new),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_names_its_first_line_and_its_size() {
        assert_eq!(difference("a\nb\nc\n", "a\nx\ny\nc\n"), "1 lines become 2 from line 2 on, `b` becomes `x`");
        assert_eq!(difference("a\n", "a\nb\n"), "0 lines become 1 from line 2 on, `the end of the file` becomes `b`");
        assert_eq!(difference("a\na\n", "a\n"), "1 lines become 0 from line 2 on, `a` becomes `the end of the file`");
    }

    #[test]
    fn generating_twice_gives_the_same_files() {
        let texts = |files: Vec<Generated>| files.into_iter().map(|f| (f.path, f.text)).collect::<Vec<_>>();
        assert_eq!(texts(all()), texts(all()));
    }

    #[test]
    fn a_changed_a_missing_and_a_left_over_file_are_reported() {
        let root = std::env::temp_dir().join(format!("ramgate-xtask-{}", std::process::id()));
        std::fs::create_dir_all(&root).unwrap();
        write(&root).unwrap();
        assert!(check(&root).is_ok());
        std::fs::write(root.join("docs/reference/actions.md"), "old\n").unwrap();
        std::fs::remove_file(root.join("api/openapi/ram.json")).unwrap();
        std::fs::write(root.join("api/openapi/gone.json"), "{}").unwrap();
        let problem = check(&root).unwrap_err().to_string();
        for part in
            ["actions.md is stale", "ram.json is missing", "gone.json is no longer generated", "cargo xtask gen"]
        {
            assert!(problem.contains(part), "{problem}");
        }
        write(&root).unwrap();
        assert!(check(&root).is_ok());
        std::fs::remove_dir_all(&root).unwrap();
    }
}
