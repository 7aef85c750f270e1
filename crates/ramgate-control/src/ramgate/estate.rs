//! The identities of an account as the analysis wants them.

use crate::authorize::{InForce, self_service};
use crate::logon::settings::security_preference;
use crate::state::AccountState;
use crate::system_policies;
use ramgate_analysis::{Estate, EstateGroup, EstateIndex, EstatePolicy, EstatePrincipal, PrincipalId};
use ramgate_api::policy_catalog;
use ramgate_model::{AccountId, Group, Membership, Policy, PrincipalRef, Role, User};
use ramgate_policy::{Document, DocumentKind, PolicyKind, PrincipalPolicies};
use ramgate_store::Revision;
use std::sync::{Arc, Mutex, PoisonError};

/// The account last asked about, prepared; good until something that could change a decision changes.
#[derive(Default)]
pub(crate) struct Prepared {
    last: Mutex<Option<(AccountId, Revision, Arc<EstateIndex>)>>,
}

impl Prepared {
    /// The account as of this state, prepared for questions. Takes up to some tenths of a second where something changed.
    pub(super) fn of(&self, account_id: &AccountId, account: &AccountState) -> Arc<EstateIndex> {
        let authority = account.authority();
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((of, at, index)) = last
            && of == *account_id
            && at == authority
        {
            return index;
        }
        let estate = estate(account_id, account, |in_force, principal| {
            with_self_service(in_force, account_id, account, principal)
        });
        let index = Arc::new(EstateIndex::new(&estate, policy_catalog()));
        let kept = (account_id.clone(), authority, index.clone());
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(kept);
        index
    }
}

/// What counts for a principal, and what the security preference lets a user do to itself as far as nothing denies it.
pub(super) fn with_self_service(
    in_force: &mut InForce<'_>,
    account_id: &AccountId,
    account: &AccountState,
    principal: &PrincipalRef,
) -> PrincipalPolicies {
    let mut policies = in_force.of(principal);
    if let PrincipalRef::User { user_id } = principal
        && let Some(user) = account.get::<User>(user_id.as_str())
    {
        policies.account.extend(self_service(account_id, user, &security_preference(account)));
    }
    policies
}

/// Everyone in the account with everything that decides for them, which `policies` tells.
pub(super) fn estate<'a>(
    account_id: &AccountId,
    account: &'a AccountState,
    policies: impl Fn(&mut InForce<'a>, &PrincipalRef) -> PrincipalPolicies,
) -> Estate {
    let mut in_force = InForce::new(account);
    let mut principals = Vec::new();
    for user in account.table::<User>().iter() {
        let policies = policies(&mut in_force, &PrincipalRef::User { user_id: user.id.clone() });
        principals.push(EstatePrincipal { id: PrincipalId::User(user.name.clone()), policies, trust: None });
    }
    for role in account.table::<Role>().iter() {
        let policies = policies(&mut in_force, &PrincipalRef::Role { role_id: role.id.clone() });
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
