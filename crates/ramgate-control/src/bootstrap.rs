//! First start: the account, and its root access key.
//!
//! The credentials file is written before the store: a process killed in between finds the file again and uses its key, so
//! there is never an account without a key that somebody knows.

use crate::node::Node;
use crate::secrets;
use ramgate_api::ApiError;
use ramgate_model::{AccessKey, AccessKeyId, AccessKeyStatus, Account, KeyOwner, Resource};
use serde::{Deserialize, Serialize};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// The root access key, as written to the credentials file.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RootCredentials {
    /// The account.
    pub account_id: String,
    /// The key's id.
    pub access_key_id: String,
    /// The key's secret.
    pub access_key_secret: String,
}

impl std::fmt::Debug for RootCredentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RootCredentials").field("access_key_id", &self.access_key_id).finish_non_exhaustive()
    }
}

/// Why the first start failed.
#[derive(Debug, thiserror::Error)]
pub enum BootstrapError {
    /// The credentials file cannot be read or written.
    #[error("cannot use the credentials file {path}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The credentials file is of another account.
    #[error(
        "the credentials file {path} is of account {found}, and account {wanted} is to be made; move it away first"
    )]
    OtherAccount {
        /// The file.
        path: PathBuf,
        /// Its account.
        found: String,
        /// The configured account.
        wanted: String,
    },
    /// The account cannot be written.
    #[error("cannot make the account")]
    Store(#[source] ApiError),
}

/// The name of the credentials file in the data directory.
pub const CREDENTIALS_FILE: &str = "root-credentials.json";

/// Makes account and root key where the store has no such account. Answers the key of an account just made.
///
/// # Errors
/// Where file or store cannot be written; nothing is half done that the next start would not finish.
pub(crate) async fn bootstrap(node: &Node) -> Result<Option<RootCredentials>, BootstrapError> {
    let account_id = node.config.account_id.clone();
    if node.feed.state().account(&account_id).is_some_and(|a| a.get::<Account>(account_id.as_str()).is_some()) {
        return Ok(None);
    }
    let path = node.config.data_dir.join(CREDENTIALS_FILE);
    let credentials = credentials(node, &path)?;
    let now = node.clock.now();
    let made = node.transact(&account_id, |tx| {
        if tx.account().get::<Account>(account_id.as_str()).is_some() {
            return Ok(false); // Another node was faster.
        }
        let account = Account { id: account_id.clone(), created_at: now, alias: None, network_policy: None };
        tx.create(&account)?;
        let mut key = AccessKey {
            id: AccessKeyId(credentials.access_key_id.clone()),
            owner: KeyOwner::Root,
            status: AccessKeyStatus::Active,
            sealed_secret: String::new(),
            created_at: now,
            updated_at: None,
            network_policy: None,
        };
        key.sealed_secret = {
            let place = key.key(&account_id);
            secrets::seal(&node.sealer, &place, secrets::ACCESS_KEY_FIELD, &credentials.access_key_secret)?
        };
        tx.create(&key)?;
        Ok(true)
    });
    let (made, _) = made.await.map_err(BootstrapError::Store)?;
    Ok(made.then_some(credentials))
}

/// The key of a start that was cut short, the configured one, or a new one; in the file afterwards.
fn credentials(node: &Node, path: &Path) -> Result<RootCredentials, BootstrapError> {
    let file_error = |source| BootstrapError::File { path: path.to_owned(), source };
    let wanted = node.config.account_id.to_string();
    match std::fs::read(path) {
        Ok(bytes) => {
            let found: RootCredentials = serde_json::from_slice(&bytes).map_err(|e| file_error(e.into()))?;
            if found.account_id != wanted {
                return Err(BootstrapError::OtherAccount { path: path.to_owned(), found: found.account_id, wanted });
            }
            return Ok(found);
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(file_error(error)),
    }
    let (access_key_id, access_key_secret) = match &node.config.root_access_key {
        Some((id, secret)) => (id.clone(), secret.clone()),
        None => (node.ids.access_key().0, node.ids.access_key_secret()),
    };
    let made = RootCredentials { account_id: wanted, access_key_id, access_key_secret };
    write_private(path, &made).map_err(file_error)?;
    Ok(made)
}

fn write_private(path: &Path, credentials: &RootCredentials) -> io::Result<()> {
    let temporary = path.with_extension("json.new");
    let mut file = std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&temporary)?;
    serde_json::to_writer_pretty(&mut file, credentials)?;
    file.write_all(b"\n")?;
    file.sync_all()?;
    std::fs::rename(&temporary, path)
}
