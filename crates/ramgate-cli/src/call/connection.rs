//! Where a call goes and who makes it: the options of `call` itself, picked from among the parameters.

use crate::error::CliError;
use clap::{CommandFactory, Parser};
use ramgate_signing::SecretKey;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The options of `call` itself.
#[derive(Parser, Clone)]
#[command(name = "ramgate call", no_binary_name = true, disable_help_flag = true)]
pub(super) struct Connection {
    /// `host`, `host:port` or `http://host:port`.
    #[arg(long, env = "RAMGATE_ENDPOINT", default_value = "127.0.0.1:9080")]
    pub(super) endpoint: String,
    #[arg(long, env = "RAMGATE_ACCESS_KEY_ID", hide_env_values = true)]
    access_key_id: Option<String>,
    #[arg(long, env = "RAMGATE_ACCESS_KEY_SECRET", hide_env_values = true)]
    access_key_secret: Option<String>,
    #[arg(long, env = "RAMGATE_SECURITY_TOKEN", hide_env_values = true)]
    security_token: Option<String>,
    #[arg(long)]
    as_root: bool,
    #[arg(long, env = "RAMGATE_DATA_DIR", default_value = "./ramgate-data")]
    data_dir: PathBuf,
    /// All parameters as one JSON object.
    #[arg(long)]
    pub(super) json_body: Option<String>,
}

/// Who calls.
pub(super) struct Keys {
    pub(super) access_key_id: String,
    pub(super) secret: SecretKey,
    pub(super) security_token: Option<String>,
}

/// The file that the first start of a server writes.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct RootCredentials {
    access_key_id: String,
    access_key_secret: String,
}

impl Connection {
    /// Takes the options of `call` from the words; the rest is product, operation and parameters.
    pub(super) fn split(words: &[String]) -> Result<(Self, Vec<String>), CliError> {
        let command = Self::command();
        let own = |word: &str| {
            let name = word.strip_prefix("--")?;
            let (name, has_value) = name.split_once('=').map_or((name, false), |(name, _)| (name, true));
            let argument = command.get_arguments().find(|argument| argument.get_long() == Some(name))?;
            Some(argument.get_action().takes_values() && !has_value)
        };
        let (mut ours, mut rest) = (Vec::new(), Vec::new());
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match own(word) {
                None => rest.push(word.clone()),
                Some(value_follows) => {
                    ours.push(word.clone());
                    if value_follows {
                        ours.extend(words.next().cloned());
                    }
                }
            }
        }
        let connection = Self::try_parse_from(ours).map_err(|error| {
            let text = error.to_string();
            let line = text.lines().next().unwrap_or_default();
            CliError::Usage(line.strip_prefix("error: ").unwrap_or(line).to_owned())
        })?;
        Ok((connection, rest))
    }

    /// The key to sign with.
    pub(super) fn credentials(&self) -> Result<Keys, CliError> {
        if self.as_root {
            return root(&self.data_dir);
        }
        let given = |value: &Option<String>| value.clone().filter(|text| !text.is_empty());
        match (given(&self.access_key_id), given(&self.access_key_secret)) {
            (Some(access_key_id), Some(secret)) => {
                Ok(Keys { access_key_id, secret: SecretKey::new(secret), security_token: given(&self.security_token) })
            }
            (id, _) => {
                let missing = if id.is_none() { "RAMGATE_ACCESS_KEY_ID" } else { "RAMGATE_ACCESS_KEY_SECRET" };
                Err(CliError::Usage(format!(
                    "who calls? set RAMGATE_ACCESS_KEY_ID and RAMGATE_ACCESS_KEY_SECRET ({missing} is missing), or use \
                     --as-root beside the data directory of the server"
                )))
            }
        }
    }
}

fn root(data_dir: &Path) -> Result<Keys, CliError> {
    let path = data_dir.join("root-credentials.json");
    let cannot = |source| CliError::Read { name: path.display().to_string(), source };
    let bytes = std::fs::read(&path).map_err(cannot)?;
    let credentials: RootCredentials = serde_json::from_slice(&bytes).map_err(|error| cannot(error.into()))?;
    Ok(Keys {
        access_key_id: credentials.access_key_id,
        secret: SecretKey::new(credentials.access_key_secret),
        security_token: None,
    })
}
