//! Makes the RAM state of the account what a document says, in one transaction.
//!
//! A plan is drawn up from the state and the document; each planned change names the operation that would make the same
//! change, and the caller must be allowed to call it. The plan is then written, or only shown.

mod change;
mod plan;

use super::beside;
use crate::dispatch::Authorized;
use crate::node::Cx;
use crate::transact::Tx;
use change::Change;
use plan::Planner;
use ramgate_api::ApiError;
use ramgate_api::ramgate::{ImportAccount, ImportAccountResponse, errors};
use ramgate_model::{AccessKey, Attachment, Group, Membership, Policy, Role, User};
use ramgate_store::Transaction;

pub(super) async fn import(cx: Cx, call: Authorized<ImportAccount>) -> Result<ImportAccountResponse, ApiError> {
    let request = &call.request;
    let dry_run = request.dry_run.unwrap_or(false);
    let prune = request.prune.unwrap_or(false);
    let plan = cx
        .dry(Some(dry_run))
        .transact(|tx| {
            let account = tx.account().clone();
            let plan = Planner::new(&cx, &account).plan(&request.manifest, prune)?;
            for change in &plan {
                for (spec, targets) in &change.permissions {
                    cx.permits(&call.caller, spec, targets.clone(), &change.parameters)?;
                }
            }
            let n_writes: usize = plan.iter().map(Change::n_writes).sum();
            if n_writes > Transaction::MAX_WRITES {
                let most = Transaction::MAX_WRITES;
                return Err(errors::TOO_LARGE.with(format!(
                    "The manifest makes changes of {n_writes} entries; one import can change {most}. Import it in parts."
                )));
            }
            if !plan.is_empty() {
                hold(tx)?;
            }
            for change in &plan {
                change.write(tx)?;
            }
            Ok(plan)
        })
        .await?;
    // Changed documents are compared, each for up to a fiftieth of a second.
    let changes = beside(move || Ok(plan.iter().map(Change::shown).collect())).await?;
    Ok(ImportAccountResponse { changes, dry_run })
}

/// Holds everything that the plan was drawn up from.
fn hold(tx: &mut Tx) -> Result<(), ApiError> {
    tx.unchanged::<User>()?;
    tx.unchanged::<Group>()?;
    tx.unchanged::<Role>()?;
    tx.unchanged::<Policy>()?;
    tx.unchanged::<Membership>()?;
    tx.unchanged::<Attachment>()?;
    tx.unchanged::<AccessKey>()
}
