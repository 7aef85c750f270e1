//! Files and the standard input.

use crate::error::CliError;
use crate::host::Host;
use std::io::{self, Read};

/// The largest input that is read, in bytes. Policies and corpus files are far below it.
const MAX_INPUT: u64 = 16 * 1024 * 1024;

/// Reads a file, or the standard input for `-`.
pub(crate) fn read(host: &mut Host<'_>, name: &str) -> Result<String, CliError> {
    let mut bytes = Vec::new();
    let result = if name == "-" {
        host.input.take(MAX_INPUT + 1).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(name).and_then(|file| file.take(MAX_INPUT + 1).read_to_end(&mut bytes))
    };
    let text = result.and_then(|_| {
        if bytes.len() as u64 > MAX_INPUT {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "it is larger than 16 MiB"));
        }
        String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            io::Error::new(io::ErrorKind::InvalidData, format!("it is not UTF-8 text, see byte {at}"))
        })
    });
    text.map_err(|source| CliError::Read { name: shown(name).to_owned(), source })
}

/// How an input is called in output.
pub(crate) fn shown(name: &str) -> &str {
    if name == "-" { "<stdin>" } else { name }
}

/// The `*.json` files of a folder, by name.
pub(crate) fn json_files(folder: &str) -> Result<Vec<String>, CliError> {
    let failed = |source| CliError::Read { name: folder.to_owned(), source };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path.to_str().filter(|_| path.extension().is_some_and(|extension| extension == "json"));
        files.extend(name.filter(|_| path.is_file()).map(str::to_owned));
    }
    files.sort();
    Ok(files)
}
