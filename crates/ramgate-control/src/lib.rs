//! The management plane: the API that changes what gateways do and who may change it.
//!
//! [`dispatch`] carries every call through the same steps; handlers (`ram`, `sts`, `mse`, `apig`, `cas`) hold product
//! behaviour only; [`state`] is what they read, [`transact`] how they write. Not for: traffic (the data plane never sees this
//! crate; both meet in the store), or for reading settings.

mod apig;
mod authenticate;
mod authorize;
mod bootstrap;
mod caller;
mod cas;
pub mod clock;
mod config;
mod console;
mod dispatch;
mod error;
mod federation;
mod gateways;
mod http;
mod idempotency;
mod identities;
mod ids;
mod ims;
mod key_uses;
mod logon;
mod metrics;
mod mse;
mod node;
mod numbers;
mod ram;
mod ramgate;
mod replay;
mod secrets;
mod sessions;
pub mod state;
mod sts;
mod transact;

pub use bootstrap::{BootstrapError, CREDENTIALS_FILE, RootCredentials};
pub use caller::{Caller, Identity};
pub use config::ControlConfig;
pub use control::{Control, ControlError, operations};
pub use dispatch::{Answer, Authorized, Dispatcher, RawRequest};
pub use ids::Ids;
pub use node::{Cx, DataPlane, Node};
pub use ramgate_api::system_policies;
pub use secrets::certificate_key;
pub use transact::Tx;

mod control;

/// A future on the heap.
pub(crate) type BoxFuture<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'a>>;
