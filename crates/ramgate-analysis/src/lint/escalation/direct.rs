//! Ways that a principal goes alone: by what counts for itself, or by a new identity of its own.

use super::world::{ADMINISTRATOR, World};
use super::{Act, Way};
use crate::estate::PrincipalId;
use crate::lint::{Code, Step};
use ramgate_policy::{AttachedEntity, Effect, PolicyKind};

/// Policies of the account that are tried at most, where the system policy for administrators cannot be attached.
const MAX_POLICIES: usize = 50;

/// Every kind of way once.
pub(super) fn ways(world: &World<'_>, member: usize) -> Vec<Way> {
    let mut ways = Vec::new();
    ways.extend(attach(world, member).or_else(|| detach(world, member)));
    ways.extend(rewrite(world, member));
    ways.extend(version(world, member));
    ways.extend(join(world, member));
    ways.extend(new_user(world, member).or_else(|| new_role(world, member)));
    ways
}

/// Attaches a policy that allows everything to the principal or to its group.
fn attach(world: &World<'_>, member: usize) -> Option<Way> {
    let arn = world.arn(member);
    let to_itself = match world.id(member) {
        PrincipalId::User(_) => Act::AttachPolicyToUser,
        PrincipalId::Role(_) => Act::AttachPolicyToRole,
    };
    let groups = world.groups.iter().filter(|group| group.users.contains(&member));
    let groups = groups.map(|group| (Act::AttachPolicyToGroup, world.own(&format!("group/{}", group.name))));
    for (act, entity) in std::iter::once((to_itself, arn)).chain(groups) {
        if let Some(steps) = give(world, member, act, &entity) {
            let to = if act == Act::AttachPolicyToGroup { "its group" } else { "itself" };
            let end = format!("can attach a policy that allows everything to {to}");
            return Some(Way { code: Code::EscalationAttach, steps, end, gain: world.lacked(member) });
        }
    }
    None
}

/// The requests that attach a policy that allows everything: the one of the platform, or a new one.
pub(super) fn give(world: &World<'_>, member: usize, act: Act, entity: &str) -> Option<Vec<Step>> {
    if !world.names(member, act) {
        return None;
    }
    let does = "attaches a policy that allows everything";
    if let Some(step) = world.step(member, act.name(), &[entity, ADMINISTRATOR], does) {
        return Some(vec![step]);
    }
    if !world.names(member, Act::CreatePolicy) && !world.names(member, Act::CreatePolicyVersion) {
        return None;
    }
    let create = world.step(
        member,
        Act::CreatePolicy.name(),
        &[&world.own("policy/*")],
        "makes a policy that allows everything",
    );
    if let Some(create) = create {
        for policy in world.new_names(member, act, "policy") {
            if let Some(step) = world.step(member, act.name(), &[entity, &policy], "attaches it") {
                return Some(vec![create, step]);
            }
        }
    }
    for policy in world.policies.values().take(MAX_POLICIES) {
        let attach = world.step(member, act.name(), &[entity, policy], "attaches the policy");
        let Some(attach) = attach else { continue };
        let does = "makes a version of the policy in force that allows everything";
        if let Some(rewrite) = world.step(member, Act::CreatePolicyVersion.name(), &[policy], does) {
            return Some(vec![attach, rewrite]);
        }
    }
    None
}

/// Frees the principal of a policy that denies.
fn detach(world: &World<'_>, member: usize) -> Option<Way> {
    let act = match world.id(member) {
        PrincipalId::User(_) => Act::DetachPolicyFromUser,
        PrincipalId::Role(_) => Act::DetachPolicyFromRole,
    };
    if !world.names(member, act) {
        return None;
    }
    let policies = &world.estate.principals.get(member)?.policies;
    let own = policies
        .account
        .iter()
        .filter(|attached| matches!(attached.entity, AttachedEntity::User | AttachedEntity::Role));
    for attached in own.filter(|attached| attached.document.statements().iter().any(|s| s.effect == Effect::Deny)) {
        let policy = match attached.policy_type {
            PolicyKind::Custom => world.own(&format!("policy/{}", attached.policy_name)),
            PolicyKind::System => format!("acs:ram::system:policy/{}", attached.policy_name),
        };
        let does = "detaches a policy that denies";
        let Some(step) = world.step(member, act.name(), &[&world.arn(member), &policy], does) else { continue };
        let mut without = policies.clone();
        without.account.retain(|other| other.policy_name != attached.policy_name);
        if let Some(gain) = world.freed(member, &without, &attached.document) {
            let end = format!("can free itself of the Denies of `{}`", attached.policy_name);
            return Some(Way { code: Code::EscalationAttach, steps: vec![step], end, gain: Some(gain) });
        }
    }
    None
}

/// Custom policies that count for the principal, with their resource names.
fn own_policies<'w>(world: &'w World<'_>, member: usize) -> impl Iterator<Item = &'w String> {
    let policies = world.estate.principals.get(member).map_or(&[][..], |one| &one.policies.account);
    let custom = policies.iter().filter(|attached| attached.policy_type == PolicyKind::Custom);
    custom.filter_map(|attached| world.policies.get(&attached.policy_name.to_ascii_lowercase()))
}

fn rewrite(world: &World<'_>, member: usize) -> Option<Way> {
    let act = Act::CreatePolicyVersion;
    if !world.names(member, act) {
        return None;
    }
    let does = "makes a version of its own policy in force that allows everything";
    let step = own_policies(world, member).find_map(|policy| world.step(member, act.name(), &[policy], does))?;
    let end = "can rewrite a policy that counts for itself".to_owned();
    Some(Way { code: Code::EscalationRewrite, steps: vec![step], end, gain: world.lacked(member) })
}

fn version(world: &World<'_>, member: usize) -> Option<Way> {
    let act = Act::SetDefaultPolicyVersion;
    // Who can write a version needs no older one.
    if !world.names(member, act) || rewrite(world, member).is_some() {
        return None;
    }
    let does = "brings an older version of its own policy into force";
    let step = own_policies(world, member).find_map(|policy| world.step(member, act.name(), &[policy], does))?;
    let end =
        "can bring another version of a policy that counts for itself into force, which may allow more".to_owned();
    Some(Way { code: Code::EscalationVersion, steps: vec![step], end, gain: None })
}

fn join(world: &World<'_>, member: usize) -> Option<Way> {
    let act = Act::AddUserToGroup;
    if !world.names(member, act) || !matches!(world.id(member), PrincipalId::User(_)) {
        return None;
    }
    let mut groups: Vec<_> = world.groups.iter().filter(|group| !group.users.contains(&member)).collect();
    groups.sort_by_key(|group| !world.is_administrator(group.member));
    groups.into_iter().find_map(|group| {
        let arn = world.own(&format!("group/{}", group.name));
        let step = world.step(member, act.name(), &[&world.arn(member), &arn], "joins the group")?;
        let gain = world.joined(group.member, member)?;
        let end = format!("can join the group `{}`", group.name);
        Some(Way { code: Code::EscalationGroup, steps: vec![step], end, gain: Some(gain) })
    })
}

fn new_user(world: &World<'_>, member: usize) -> Option<Way> {
    if !world.names(member, Act::CreateUser) {
        return None;
    }
    let create = world.step(member, Act::CreateUser.name(), &[&world.own("user/*")], "makes a user")?;
    world.new_names(member, Act::AttachPolicyToUser, "user").into_iter().find_map(|user| {
        let give = give(world, member, Act::AttachPolicyToUser, &user)?;
        let credentials = [Act::CreateAccessKey, Act::CreateLoginProfile];
        let does = "gets credentials of the new user";
        let take = credentials.into_iter().find_map(|act| world.step(member, act.name(), &[&user], does))?;
        let steps = std::iter::once(create.clone()).chain(give).chain([take]).collect();
        let end = "can make a new user that may do everything".to_owned();
        Some(Way { code: Code::EscalationNewIdentity, steps, end, gain: world.lacked(member) })
    })
}

fn new_role(world: &World<'_>, member: usize) -> Option<Way> {
    if !world.names(member, Act::CreateRole) {
        return None;
    }
    let does = "makes a role that trusts the caller";
    let create = world.step(member, Act::CreateRole.name(), &[&world.own("role/*")], does)?;
    let trust = super::takeover::trust_in(&world.arn(member))?;
    world.new_names(member, Act::AttachPolicyToRole, "role").into_iter().find_map(|role| {
        let give = give(world, member, Act::AttachPolicyToRole, &role)?;
        let values = world.can_assume(member, &role, &trust)?;
        let assume = world.described(member, Act::AssumeRole.name(), &[&role], values, "assumes the new role");
        let steps = std::iter::once(create.clone()).chain(give).chain([assume]).collect();
        let end = "can make a new role that may do everything".to_owned();
        Some(Way { code: Code::EscalationNewIdentity, steps, end, gain: world.lacked(member) })
    })
}
