//! What goes because the document does not name it. What somebody still uses does not go: keys and the like are not of the
//! document, and nothing here takes them away.

use super::super::change::Write;
use super::{Planner, lower, one, policy_target};
use ramgate_api::ram::{self as api, GROUP, Manifest, POLICY, ROLE, USER};
use ramgate_api::ramgate::errors;
use ramgate_api::{ApiError, OpSpec, Operation, Target};
use ramgate_model::{Attachment, Group, Membership, Policy, PolicyKind, PrincipalRef, Resource, Role, User};
use std::collections::BTreeSet;

impl Planner<'_> {
    pub(super) fn prune(&mut self, manifest: &Manifest) -> Result<(), ApiError> {
        let names = |names: Vec<&String>| -> BTreeSet<String> { names.into_iter().map(|name| lower(name)).collect() };
        let users = names(manifest.users.iter().map(|u| &u.user_name).collect());
        let groups = names(manifest.groups.iter().map(|g| &g.group_name).collect());
        let roles = names(manifest.roles.iter().map(|r| &r.role_name).collect());
        let policies = names(manifest.policies.iter().map(|p| &p.policy_name).collect());
        let account = self.account;

        let going_users: Vec<_> = account.table::<User>().iter().filter(|u| !users.contains(&lower(&u.name))).collect();
        let going_groups: Vec<_> =
            account.table::<Group>().iter().filter(|g| !groups.contains(&lower(&g.name))).collect();
        let going_roles: Vec<_> = account
            .table::<Role>()
            .iter()
            .filter(|r| r.service_name.is_none() && !roles.contains(&lower(&r.name)))
            .collect();
        for user in &going_users {
            let principal = PrincipalRef::User { user_id: user.id.clone() };
            self.detach_all(&principal, &user.name, &api::DetachPolicyFromUser::SPEC, one(&USER, &user.name));
            for row in account.table::<Membership>().indexed(&principal.key()).cloned() {
                self.leave(row);
            }
        }
        for group in &going_groups {
            let principal = PrincipalRef::Group { group_id: group.id.clone() };
            self.detach_all(&principal, &group.name, &api::DetachPolicyFromGroup::SPEC, one(&GROUP, &group.name));
            for row in account.table::<Membership>().indexed(&principal.key()).cloned() {
                self.leave(row);
            }
        }
        for role in &going_roles {
            let principal = PrincipalRef::Role { role_id: role.id.clone() };
            self.detach_all(&principal, &role.name, &api::DetachPolicyFromRole::SPEC, one(&ROLE, &role.name));
        }
        for user in going_users {
            let permission = vec![(&api::DeleteUser::SPEC, vec![one(&USER, &user.name)])];
            self.add(permission, format!("remove the user `{}`", user.name), Write::DeleteUser(user.clone()));
        }
        for group in going_groups {
            let permission = vec![(&api::DeleteGroup::SPEC, vec![one(&GROUP, &group.name)])];
            self.add(permission, format!("remove the group `{}`", group.name), Write::DeleteGroup(group.clone()));
        }
        for role in going_roles {
            let permission = vec![(&api::DeleteRole::SPEC, vec![one(&ROLE, &role.name)])];
            self.add(permission, format!("remove the role `{}`", role.name), Write::DeleteRole(role.clone()));
        }
        for policy in account.table::<Policy>().iter().filter(|p| !policies.contains(&lower(&p.name))) {
            // Whoever stays and has it was named with it, which holds it in the account.
            if self.is_attached_afterwards(policy) {
                return Err(errors::NOT_POSSIBLE.with(format!(
                    "The policy `{}` cannot be removed: the manifest gives it to someone and does not hold it.",
                    policy.name
                )));
            }
            let permission = vec![(&api::DeletePolicy::SPEC, vec![one(&POLICY, &policy.name)])];
            self.add(permission, format!("remove the policy `{}`", policy.name), Write::DeletePolicy(policy.clone()));
        }
        Ok(())
    }

    fn detach_all(&mut self, principal: &PrincipalRef, name: &str, spec: &'static OpSpec, target: Target<'static>) {
        for row in self.account.table::<Attachment>().indexed(&principal.key()).cloned() {
            let policy = policy_target(row.policy_kind, &row.policy_name);
            let summary = format!("take the policy `{}` from `{name}`", row.policy_name);
            self.add(vec![(spec, vec![target.clone(), policy])], summary, Write::Detach(row));
        }
    }

    /// Ends a membership, once.
    fn leave(&mut self, row: std::sync::Arc<crate::state::Row<Membership>>) {
        let planned = |change: &super::Change| matches!(&change.write, Write::Leave(other) if other.id() == row.id());
        if self.changes.iter().any(planned) {
            return;
        }
        let user = self.account.get::<User>(row.user_id.as_str()).map(|u| u.name.clone()).unwrap_or_default();
        let group = self.account.get::<Group>(row.group_id.as_str()).map(|g| g.name.clone()).unwrap_or_default();
        let permission = vec![(&api::RemoveUserFromGroup::SPEC, vec![one(&USER, &user), one(&GROUP, &group)])];
        self.add(permission, format!("take the user `{user}` out of the group `{group}`"), Write::Leave(row));
    }

    fn is_attached_afterwards(&self, policy: &Policy) -> bool {
        let entry = format!("policy/{}/{}", PolicyKind::Custom.as_str(), lower(&policy.name));
        let going: BTreeSet<String> = self
            .changes
            .iter()
            .filter_map(|change| match &change.write {
                Write::Detach(row) => Some(row.id()),
                _ => None,
            })
            .collect();
        let stays = self.account.table::<Attachment>().indexed(&entry).any(|row| !going.contains(&row.id()));
        let comes = self.changes.iter().any(|change| {
            matches!(&change.write, Write::Attach(a)
                if a.policy_kind == PolicyKind::Custom && lower(&a.policy_name) == lower(&policy.name))
        });
        stays || comes
    }
}
