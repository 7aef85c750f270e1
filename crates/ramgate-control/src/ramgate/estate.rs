//! The identities of an account as the analysis wants them.

use crate::authorize::InForce;
use crate::state::AccountState;
use crate::system_policies;
use ramgate_analysis::{Estate, EstateGroup, EstatePolicy, EstatePrincipal, PrincipalId};
use ramgate_model::{AccountId, Group, Membership, Policy, PrincipalRef, Role, User};
use ramgate_policy::{Document, DocumentKind, PolicyKind};
use std::sync::Arc;

/// Everyone in the account with everything that decides for them.
pub(super) fn estate(account_id: &AccountId, account: &AccountState) -> Estate {
    let mut in_force = InForce::new(account);
    let mut principals = Vec::new();
    for user in account.table::<User>().iter() {
        let policies = in_force.of(&PrincipalRef::User { user_id: user.id.clone() });
        principals.push(EstatePrincipal { id: PrincipalId::User(user.name.clone()), policies, trust: None });
    }
    for role in account.table::<Role>().iter() {
        let policies = in_force.of(&PrincipalRef::Role { role_id: role.id.clone() });
        // A trust policy that cannot be read trusts nobody.
        let trust = Document::parse_stored_as(&role.trust_policy, DocumentKind::Trust).ok().map(Arc::new);
        principals.push(EstatePrincipal { id: PrincipalId::Role(role.name.clone()), policies, trust });
    }
    let group = |group: &Group, in_force: &mut InForce<'_>| {
        let principal = PrincipalRef::Group { group_id: group.id.clone() };
        let members = account.table::<Membership>().indexed(&principal.key());
        let name = |m: &Membership| account.get::<User>(m.user_id.as_str()).map(|user| user.name.clone());
        EstateGroup {
            name: group.name.clone(),
            policies: in_force.of(&principal).account,
            members: members.filter_map(|row| name(row)).collect(),
        }
    };
    let groups = account.table::<Group>().iter().map(|row| group(row, &mut in_force)).collect();
    let custom = account.table::<Policy>().iter().filter_map(|policy| {
        let (document, _) = in_force.custom(&policy.name)?;
        Some(EstatePolicy { name: policy.name.as_str().into(), kind: PolicyKind::Custom, document })
    });
    let system = system_policies::all().iter().map(|policy| EstatePolicy {
        name: policy.name.into(),
        kind: PolicyKind::System,
        document: policy.document.clone(),
    });
    let policies = custom.chain(system).collect();
    Estate { account_id: account_id.to_string(), principals, groups, policies }
}
