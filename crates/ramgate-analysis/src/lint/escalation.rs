//! Principals that can give themselves more than they have.
//!
//! Every principal that is no administrator is tried with the ways below. A way counts only when the engine allows each of
//! its requests, and when its end is more than the principal has now: a request that is refused now and would be allowed
//! then. Each kind of way is reported once for a principal, with its best target.
//!
//! ```text
//!  directly          attach a policy to oneself or one's group · detach one that denies · rewrite one's policy · join a group
//!                    · make a new user or role with more
//!  through others    credentials of a user · a role by its trust, by rewriting its trust, or after giving it more
//!  step by step      through others who can go on from there
//! ```

mod direct;
mod gains;
mod takeover;
mod world;

use super::{Code, Finding, Step};
use crate::estate::{Estate, EstateIndex, PrincipalId};
use ramgate_policy::Severity;
use std::collections::{HashMap, HashSet, VecDeque};
use takeover::Takeover;
use world::World;
pub(super) use world::with_groups;

/// The actions with which permissions are given. Their order is that of [`Act`].
pub(super) const ACTIONS: [&str; 17] = [
    "ram:AttachPolicyToUser",
    "ram:AttachPolicyToGroup",
    "ram:AttachPolicyToRole",
    "ram:CreatePolicyVersion",
    "ram:SetDefaultPolicyVersion",
    "ram:AddUserToGroup",
    "ram:CreateAccessKey",
    "ram:CreateLoginProfile",
    "ram:UpdateLoginProfile",
    "ram:UpdateRole",
    "sts:AssumeRole",
    "ram:PassRole",
    "ram:CreatePolicy",
    "ram:CreateUser",
    "ram:CreateRole",
    "ram:DetachPolicyFromUser",
    "ram:DetachPolicyFromRole",
];

/// One of [`ACTIONS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    AttachPolicyToUser,
    AttachPolicyToGroup,
    AttachPolicyToRole,
    CreatePolicyVersion,
    SetDefaultPolicyVersion,
    AddUserToGroup,
    CreateAccessKey,
    CreateLoginProfile,
    UpdateLoginProfile,
    UpdateRole,
    AssumeRole,
    PassRole,
    CreatePolicy,
    CreateUser,
    CreateRole,
    DetachPolicyFromUser,
    DetachPolicyFromRole,
}

impl Act {
    fn name(self) -> &'static str {
        ACTIONS.get(self as usize).copied().unwrap_or_default()
    }
}

/// A way to more.
#[derive(Debug, Clone)]
struct Way {
    code: Code,
    steps: Vec<Step>,
    /// What it leads to, in words.
    end: String,
    /// An action and a resource that are refused now and allowed then; `None` when it depends on what is not known.
    gain: Option<(String, String)>,
}

pub(super) fn check(estate: &Estate, index: &EstateIndex, findings: &mut Vec<Finding>) {
    let world = World::new(estate, index);
    let mut direct: HashMap<usize, Vec<Way>> = HashMap::new();
    let mut edges: HashMap<usize, Vec<Takeover>> = HashMap::new();
    let able: Vec<usize> = (0..world.n_principals()).filter(|member| world.is_candidate(*member)).collect();
    for member in &able {
        direct.insert(*member, direct::ways(&world, *member));
        edges.insert(*member, takeover::of(&world, *member));
    }
    for member in able {
        let ways = direct.get(&member).map(Vec::as_slice).unwrap_or_default();
        let mut found: Vec<Way> = ways.to_vec();
        let mine = edges.get(&member).map(Vec::as_slice).unwrap_or_default();
        found.extend(takeover::ways(&world, member, mine));
        if !found.iter().any(|way| way.gain.is_some()) {
            found.extend(chain(&world, member, &direct, &edges));
        }
        let id = world.id(member);
        findings.extend(found.into_iter().map(|way| finding(id.clone(), way)));
    }
}

/// The shortest way through others to one who can go on to more than the principal has.
fn chain(
    world: &World<'_>,
    start: usize,
    direct: &HashMap<usize, Vec<Way>>,
    edges: &HashMap<usize, Vec<Takeover>>,
) -> Option<Way> {
    let mut seen = HashSet::from([start]);
    let mut queue = VecDeque::from([(start, Vec::<Step>::new())]);
    while let Some((at, steps)) = queue.pop_front() {
        if at != start {
            if let Some(gain) = world.witness(at, start) {
                let end = format!("acts as the {}", world.id(at));
                return Some(Way { code: Code::EscalationChain, steps, end, gain: Some(gain) });
            }
            let ways = direct.get(&at).map(Vec::as_slice).unwrap_or_default();
            if let Some(way) = ways.iter().find(|way| way.gain.is_some()) {
                let steps = steps.iter().chain(&way.steps).cloned().collect();
                let end = format!("{} as the {}", way.end, world.id(at));
                return Some(Way { code: Code::EscalationChain, steps, end, gain: way.gain.clone() });
            }
        }
        for edge in edges.get(&at).map(Vec::as_slice).unwrap_or_default() {
            if seen.insert(edge.target) {
                let steps = steps.iter().chain(&edge.steps).cloned().collect();
                queue.push_back((edge.target, steps));
            }
        }
    }
    None
}

fn finding(principal: PrincipalId, way: Way) -> Finding {
    let severity = match (way.code, &way.gain) {
        (Code::EscalationPassRole | Code::EscalationVersion, _) | (_, None) => Severity::Warning,
        _ => Severity::SecurityWarning,
    };
    let gain = match &way.gain {
        Some((action, resource)) => format!("; it gains `{action}` on `{resource}`"),
        None => String::new(),
    };
    let suggestion = match way.code {
        Code::EscalationAttach => "limit the resources to other identities and to policies that grant less",
        Code::EscalationRewrite | Code::EscalationVersion => {
            "limit the resources to policies that the principal does not have itself"
        }
        Code::EscalationGroup => "limit the resources to groups that grant no more than the principal has",
        Code::EscalationCredentials => "limit the resources to users that have no more than the principal",
        Code::EscalationNewIdentity => "limit the policies that may be attached",
        Code::EscalationPassRole => "limit the resources to roles that have no more than the principal",
        _ => "limit the resources to roles that have no more than the principal, and their trust to who needs them",
    };
    Finding {
        severity,
        code: way.code,
        principal: Some(principal),
        place: None,
        message: format!("it {}{gain}", way.end),
        suggestion: suggestion.to_owned(),
        steps: way.steps,
    }
}
