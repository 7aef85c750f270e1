//! The folder of an account: a manifest, and the documents as files of their own.
//!
//! In the manifest a policy says `Document: policies/<name>.json` and a role `AssumeRolePolicyDocument: roles/<name>.json`.
//! What else a folder holds is left alone, and a document that nothing names any more is removed on export.

use super::Format;
use crate::error::CliError;
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

/// The largest file that is read, in bytes.
const MAX_FILE: u64 = 16 * 1024 * 1024;

/// One kind of object with documents.
struct Kind {
    /// The list in the manifest.
    list: &'static str,
    /// The member that names an object.
    name: &'static str,
    /// The member that holds the document in requests.
    document: &'static str,
    /// The member that names the document's file.
    file: &'static str,
    /// The folder of the documents.
    folder: &'static str,
}

const KINDS: [Kind; 2] = [
    Kind { list: "Policies", name: "PolicyName", document: "PolicyDocument", file: "Document", folder: "policies" },
    Kind {
        list: "Roles",
        name: "RoleName",
        document: "AssumeRolePolicyDocument",
        file: "AssumeRolePolicyDocument",
        folder: "roles",
    },
];

/// The folder.
pub(crate) struct Folder<'a> {
    path: &'a Path,
}

impl<'a> Folder<'a> {
    pub(crate) fn new(path: &'a Path) -> Self {
        Self { path }
    }

    /// Writes a manifest with its documents. Answers what was written, in words.
    pub(super) fn write(&self, manifest: &Value, format: Format) -> Result<String, CliError> {
        let mut manifest = manifest.clone();
        fs::create_dir_all(self.path).map_err(|error| self.cannot_write(self.path, error))?;
        for kind in &KINDS {
            let folder = self.path.join(kind.folder);
            let mut kept = BTreeSet::new();
            let list = manifest.get_mut(kind.list).and_then(Value::as_array_mut);
            for object in list.into_iter().flatten().filter_map(Value::as_object_mut) {
                let name = object.get(kind.name).and_then(Value::as_str).unwrap_or_default().to_owned();
                // Names are letters, digits, `.`, `-` and `_` and hold no path; a server that says otherwise is not believed.
                if name.is_empty() || name.starts_with('.') || name.contains(['/', '\\', '\0']) {
                    return Err(CliError::Usage(format!("the server named an object `{name}`, which is no file name")));
                }
                let document = object.remove(kind.document).unwrap_or_default();
                let file = format!("{}/{name}.json", kind.folder);
                fs::create_dir_all(&folder).map_err(|error| self.cannot_write(&folder, error))?;
                self.put(&self.path.join(&file), document.as_str().unwrap_or_default())?;
                object.insert(kind.file.to_owned(), Value::String(file));
                kept.insert(format!("{name}.json"));
            }
            self.sweep(&folder, &kept)?;
        }
        let count = |list: &str| manifest.get(list).and_then(Value::as_array).map_or(0, Vec::len);
        let said = format!(
            "{} users, {} groups, {} roles, {} policies",
            count("Users"),
            count("Groups"),
            count("Roles"),
            count("Policies")
        );
        let (name, other, text) = match format {
            Format::Yaml => {
                let text = serde_saphyr::to_string(&manifest);
                let text = text.map_err(|error| self.cannot_write(self.path, io::Error::other(error)))?;
                ("manifest.yaml", "manifest.json", text)
            }
            Format::Json => ("manifest.json", "manifest.yaml", format!("{manifest:#}\n")),
        };
        self.put(&self.path.join(name), &text)?;
        // Two manifests would contradict each other.
        match fs::remove_file(self.path.join(other)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(self.cannot_write(&self.path.join(other), error))
            }
            _ => Ok(said),
        }
    }

    /// Reads the manifest with its documents, as requests want it.
    pub(crate) fn read(&self) -> Result<Value, CliError> {
        let (json, yaml) = (self.path.join("manifest.json"), self.path.join("manifest.yaml"));
        let path = match (json.exists(), yaml.exists()) {
            (true, true) => {
                let folder = self.path.display();
                return Err(CliError::Usage(format!(
                    "`{folder}` holds two manifests, manifest.json and manifest.yaml"
                )));
            }
            (true, false) => json,
            _ => yaml,
        };
        let text = self.get(&path)?;
        let malformed = |error: String| read_error(&path, io::Error::new(io::ErrorKind::InvalidData, error));
        let mut manifest: Value = match path.extension().is_some_and(|extension| extension == "json") {
            true => serde_json::from_str(&text).map_err(|error| malformed(error.to_string()))?,
            false => serde_saphyr::from_str(&text).map_err(|error| malformed(error.to_string()))?,
        };
        let object = manifest.as_object_mut().ok_or_else(|| malformed("it is no manifest".to_owned()))?;
        for kind in &KINDS {
            let list = object.get_mut(kind.list).and_then(Value::as_array_mut);
            for object in list.into_iter().flatten().filter_map(Value::as_object_mut) {
                self.inline(kind, object)?;
            }
        }
        Ok(manifest)
    }

    /// Puts a document in the place of its file's name. A document may also stand in the manifest itself.
    fn inline(&self, kind: &Kind, object: &mut Map<String, Value>) -> Result<(), CliError> {
        let name = object.get(kind.name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let given = match object.remove(kind.file) {
            None => return Ok(()),
            Some(given) => given,
        };
        let document = match &given {
            Value::String(text) if text.trim_start().starts_with('{') => text.clone(),
            Value::String(file) => self.get(&self.inside(file)?)?,
            Value::Object(_) => given.to_string(),
            _ => {
                let (list, file) = (kind.list, kind.file);
                return Err(CliError::Usage(format!("{list} `{name}`: `{file}` is the name of a file, or a document")));
            }
        };
        object.insert(kind.document.to_owned(), Value::String(document));
        Ok(())
    }

    /// A file of the folder; a manifest does not reach out of it.
    fn inside(&self, file: &str) -> Result<PathBuf, CliError> {
        let path = Path::new(file);
        let inside = !file.is_empty() && path.components().all(|part| matches!(part, Component::Normal(_)));
        match inside {
            true => Ok(self.path.join(path)),
            false => Err(CliError::Usage(format!("the manifest names the file `{file}`, which is not in its folder"))),
        }
    }

    fn get(&self, path: &Path) -> Result<String, CliError> {
        let read = fs::metadata(path).and_then(|facts| match facts.len() > MAX_FILE {
            true => Err(io::Error::new(io::ErrorKind::FileTooLarge, "it is larger than 16 MiB")),
            false => fs::read_to_string(path),
        });
        read.map_err(|error| read_error(path, error))
    }

    /// Writes a file beside its place and moves it there, so that a cut-off export leaves the older file whole.
    fn put(&self, path: &Path, text: &str) -> Result<(), CliError> {
        let mut beside = path.as_os_str().to_owned();
        beside.push(".new");
        let beside = PathBuf::from(beside);
        let written = fs::write(&beside, text).and_then(|()| fs::rename(&beside, path));
        written.map_err(|error| self.cannot_write(path, error))
    }

    /// Removes documents of objects that are no more.
    fn sweep(&self, folder: &Path, kept: &BTreeSet<String>) -> Result<(), CliError> {
        let entries = match fs::read_dir(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            other => other.map_err(|error| self.cannot_write(folder, error))?,
        };
        for entry in entries {
            let entry = entry.map_err(|error| self.cannot_write(folder, error))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.ends_with(".json") && !kept.contains(&name) {
                fs::remove_file(entry.path()).map_err(|error| self.cannot_write(&entry.path(), error))?;
            }
        }
        Ok(())
    }

    fn cannot_write(&self, path: &Path, source: io::Error) -> CliError {
        CliError::WriteFile { name: path.display().to_string(), source }
    }
}

fn read_error(path: &Path, source: io::Error) -> CliError {
    CliError::Read { name: path.display().to_string(), source }
}
