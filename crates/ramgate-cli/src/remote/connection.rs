//! Where a call goes and who makes it.

use crate::error::CliError;
use clap::Args;
use ramgate_signing::SecretKey;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The options that say where and who.
#[derive(Args, Clone)]
pub struct Connection {
    /// Where the management API is
    #[arg(long, value_name = "HOST:PORT", env = "RAMGATE_ENDPOINT", default_value = "127.0.0.1:9080")]
    pub(crate) endpoint: String,
    /// Whose call it is
    #[arg(long, value_name = "ID", env = "RAMGATE_ACCESS_KEY_ID", hide_env_values = true)]
    access_key_id: Option<String>,
    /// Better given as RAMGATE_ACCESS_KEY_SECRET
    #[arg(long, value_name = "SECRET", env = "RAMGATE_ACCESS_KEY_SECRET", hide_env_values = true)]
    access_key_secret: Option<String>,
    /// Of temporary credentials
    #[arg(long, value_name = "TOKEN", env = "RAMGATE_SECURITY_TOKEN", hide_env_values = true)]
    security_token: Option<String>,
    /// With the key in root-credentials.json
    #[arg(long)]
    as_root: bool,
    /// Where that is
    #[arg(long, value_name = "DIR", env = "RAMGATE_DATA_DIR", default_value = "./ramgate-data")]
    data_dir: PathBuf,
}

impl std::fmt::Debug for Connection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Connection").field("endpoint", &self.endpoint).finish_non_exhaustive()
    }
}

/// Who calls.
pub(crate) struct Keys {
    pub(crate) access_key_id: String,
    pub(crate) secret: SecretKey,
    pub(crate) security_token: Option<String>,
}

/// The file that the first start of a server writes.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct RootCredentials {
    access_key_id: String,
    access_key_secret: String,
}

impl Connection {
    /// The key to sign with.
    pub(crate) fn credentials(&self) -> Result<Keys, CliError> {
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
