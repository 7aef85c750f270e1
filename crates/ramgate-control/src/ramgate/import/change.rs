//! One change of an import: the operation that it stands for, and what it writes.

use crate::identities::users;
use crate::ram::{GROUP_NAMES, ROLE_NAMES, USER_NAMES};
use crate::state::Row;
use crate::transact::Tx;
use ramgate_analysis::diff;
use ramgate_api::ram::errors;
use ramgate_api::ramgate::{PlannedChange, errors as import};
use ramgate_api::{ApiError, OpSpec, Target, TargetId};
use ramgate_model::{Attachment, Group, Membership, Policy, Role, User};
use ramgate_policy::{Attached, AttachedEntity, Document, PolicyKind};
use serde_json::Value;
use std::sync::Arc;

/// An operation, and what its permission is checked on.
pub(super) type Permission = (&'static OpSpec, Vec<Target<'static>>);

/// A planned change.
pub(super) struct Change {
    /// The operations that would make it, each with what its permission is checked on; the first is shown.
    pub(super) permissions: Vec<Permission>,
    /// What of that operation's parameters conditions can ask for.
    pub(super) parameters: Value,
    pub(super) summary: String,
    pub(super) write: Write,
}

/// What is written.
pub(super) enum Write {
    CreatePolicy(Policy),
    UpdatePolicy(Arc<Row<Policy>>, Policy),
    DeletePolicy(Arc<Row<Policy>>),
    CreateGroup(Group),
    UpdateGroup(Arc<Row<Group>>, Group),
    DeleteGroup(Arc<Row<Group>>),
    CreateUser(User),
    UpdateUser(Arc<Row<User>>, User),
    DeleteUser(Arc<Row<User>>),
    CreateRole(Role),
    UpdateRole(Arc<Row<Role>>, Role),
    DeleteRole(Arc<Row<Role>>),
    Join(Membership),
    Leave(Arc<Row<Membership>>),
    Attach(Attachment),
    Detach(Arc<Row<Attachment>>),
}

impl Change {
    /// Entries of the store that it writes, its claim on a name included.
    pub(super) fn n_writes(&self) -> usize {
        match &self.write {
            Write::CreateGroup(_) | Write::DeleteGroup(_) => 2,
            Write::CreateUser(_) | Write::DeleteUser(_) => 2,
            Write::CreateRole(_) | Write::DeleteRole(_) => 2,
            // A new spelling of a name in other case keeps its claim.
            _ => 1,
        }
    }

    /// Writes it.
    ///
    /// # Errors
    /// What still keeps a user from being removed.
    pub(super) fn write(&self, tx: &mut Tx) -> Result<(), ApiError> {
        match &self.write {
            Write::CreatePolicy(policy) => tx.create(policy),
            Write::UpdatePolicy(row, policy) => tx.update(row, policy),
            Write::DeletePolicy(row) => tx.delete(row),
            Write::CreateGroup(group) => {
                let name = group.name.to_ascii_lowercase();
                tx.claim::<Group>(GROUP_NAMES, &name, group.id.as_str(), || errors::GROUP_EXISTS.error())?;
                tx.create(group)
            }
            Write::UpdateGroup(row, group) => tx.update(row, group),
            Write::DeleteGroup(row) => {
                tx.release::<Group>(GROUP_NAMES, &row.name.to_ascii_lowercase())?;
                tx.delete(row)
            }
            Write::CreateUser(user) => {
                let name = user.name.to_ascii_lowercase();
                tx.claim::<User>(USER_NAMES, &name, user.id.as_str(), || errors::USER_EXISTS.error())?;
                tx.create(user)
            }
            Write::UpdateUser(row, user) => tx.update(row, user),
            Write::DeleteUser(row) => {
                users::check_no_credentials(tx, row).map_err(|error| {
                    import::NOT_POSSIBLE.with(format!("The user `{}` cannot be removed: {}", row.name, error.message))
                })?;
                users::erase(tx, row)
            }
            Write::CreateRole(role) => {
                let name = role.name.to_ascii_lowercase();
                tx.claim::<Role>(ROLE_NAMES, &name, role.id.as_str(), || errors::ROLE_EXISTS.error())?;
                tx.create(role)
            }
            Write::UpdateRole(row, role) => tx.update(row, role),
            Write::DeleteRole(row) => {
                tx.release::<Role>(ROLE_NAMES, &row.name.to_ascii_lowercase())?;
                tx.delete(row)
            }
            Write::Join(membership) => tx.create(membership),
            Write::Leave(row) => tx.delete(row),
            Write::Attach(attachment) => tx.create(attachment),
            Write::Detach(row) => tx.delete(row),
        }
    }

    /// How a changed document relates to the one before.
    fn relation(&self) -> Option<String> {
        let Write::UpdatePolicy(row, policy) = &self.write else { return None };
        let (old, new) = (row.default()?, policy.default()?);
        if old.document == new.document {
            return None;
        }
        let side = |text: &str| -> Option<Vec<Attached>> {
            Some(vec![Attached {
                policy_name: policy.name.as_str().into(),
                policy_type: PolicyKind::Custom,
                version: "".into(),
                entity: AttachedEntity::User,
                document: Arc::new(Document::parse_stored(text).ok()?),
            }])
        };
        // A plan may hold many documents, so each gets a fiftieth of a second at most.
        let limits = diff::Limits { steps: 2_000_000 };
        let diff = diff::diff(&side(&old.document)?, &side(&new.document)?, ramgate_api::policy_catalog(), limits);
        Some(format!("{:?}", diff.relation))
    }

    pub(super) fn shown(&self) -> PlannedChange {
        let name = |target: &Target<'_>| {
            let kind = target.resource_type.map_or("", |t| t.kind);
            match &target.id {
                TargetId::Id(id) => format!("{kind}/{id}"),
                TargetId::SystemPolicy(name) => format!("system:{kind}/{name}"),
                _ => format!("{kind}/*"),
            }
        };
        // The permission to make something is not about the thing made; the summary names it.
        let (action, resource) = match self.permissions.first() {
            Some((spec, targets)) => (spec.full_action(), targets.iter().map(name).collect::<Vec<_>>().join(", ")),
            None => Default::default(),
        };
        PlannedChange { action, resource, summary: self.summary.clone(), relation: self.relation() }
    }
}
