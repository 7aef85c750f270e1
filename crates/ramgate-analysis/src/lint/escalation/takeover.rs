//! Ways in which a principal becomes another one.

use super::direct::give;
use super::world::World;
use super::{Act, Way};
use crate::estate::PrincipalId;
use crate::lint::{Code, Step};
use ramgate_policy::{Document, DocumentKind, Effect, Principal};

/// Targets of one principal and one action that are looked at in full at most.
const MAX_TARGETS: usize = 200;

/// How one principal becomes another.
#[derive(Debug, Clone)]
pub(super) struct Takeover {
    pub(super) target: usize,
    pub(super) code: Code,
    pub(super) steps: Vec<Step>,
    /// What is done to the target, in words.
    end: String,
}

/// Everyone whom a principal can become in one way or another.
pub(super) fn of(world: &World<'_>, member: usize) -> Vec<Takeover> {
    let mut found = Vec::new();
    credentials(world, member, &mut found);
    roles(world, member, &mut found);
    found
}

fn credentials(world: &World<'_>, member: usize, found: &mut Vec<Takeover>) {
    for (act, does) in [
        (Act::CreateAccessKey, "makes an access key of the user"),
        (Act::CreateLoginProfile, "sets a console password of the user"),
        (Act::UpdateLoginProfile, "changes the console password of the user"),
    ] {
        if !world.names(member, act) {
            continue;
        }
        for target in world.targets(member, act).into_iter().take(MAX_TARGETS) {
            let PrincipalId::User(name) = world.id(target) else { continue };
            if let Some(step) = world.step(member, act.name(), &[&world.arn(target)], does) {
                let end = format!("can get credentials of the user `{name}`");
                found.push(Takeover { target, code: Code::EscalationCredentials, steps: vec![step], end });
            }
        }
    }
}

fn roles(world: &World<'_>, member: usize, found: &mut Vec<Takeover>) {
    if !world.names(member, Act::AssumeRole) {
        return;
    }
    let rewritten = trust_in(&world.arn(member));
    for target in world.targets(member, Act::AssumeRole).into_iter().take(MAX_TARGETS) {
        let PrincipalId::Role(name) = world.id(target) else { continue };
        let role = world.arn(target);
        let trust = world.estate.principals.get(target).and_then(|one| one.trust.as_deref());
        let assume = |trust: &Document, does| {
            let values = world.can_assume(member, &role, trust)?;
            Some(world.described(member, Act::AssumeRole.name(), &[&role], values, does))
        };
        let code = Code::EscalationRole;
        if let Some(step) =
            trust.and_then(|trust| assume(trust, "assumes the role, whose trust policy names the caller"))
        {
            let end = format!("can assume the role `{name}`");
            found.push(Takeover { target, code, steps: vec![step], end });
            continue;
        }
        let update = || {
            let does = "rewrites the trust policy of the role so that it names the caller";
            world.names(member, Act::UpdateRole).then(|| world.step(member, Act::UpdateRole.name(), &[&role], does))?
        };
        let by_rewriting =
            update().and_then(|update| Some(vec![update, assume(rewritten.as_ref()?, "assumes the role")?]));
        if let Some(steps) = by_rewriting {
            let end = format!("can rewrite the trust policy of the role `{name}` and assume it");
            found.push(Takeover { target, code, steps, end });
        }
    }
}

/// The best target of each kind, and what is gained by giving a role more or by handing it to a service.
pub(super) fn ways(world: &World<'_>, member: usize, takeovers: &[Takeover]) -> Vec<Way> {
    let mut ways: Vec<Way> = Vec::new();
    for code in [Code::EscalationCredentials, Code::EscalationRole] {
        let of_code = takeovers.iter().filter(|takeover| takeover.code == code);
        let best = of_code.filter_map(|takeover| Some((takeover, world.witness(takeover.target, member)?))).next();
        ways.extend(best.map(|(takeover, gain)| Way {
            code,
            steps: takeover.steps.clone(),
            end: takeover.end.clone(),
            gain: Some(gain),
        }));
    }
    if !ways.iter().any(|way| way.code == Code::EscalationRole) {
        ways.extend(enriched(world, member, takeovers));
    }
    ways.extend(pass(world, member));
    ways
}

/// Gives a role that the principal can become more than it has.
fn enriched(world: &World<'_>, member: usize, takeovers: &[Takeover]) -> Option<Way> {
    takeovers.iter().filter(|takeover| takeover.code == Code::EscalationRole).find_map(|takeover| {
        let mut steps = give(world, member, Act::AttachPolicyToRole, &world.arn(takeover.target))?;
        steps.extend(takeover.steps.iter().cloned());
        let end = format!("can give the {} everything and assume it", world.id(takeover.target));
        Some(Way { code: Code::EscalationRole, steps, end, gain: world.lacked(member) })
    })
}

fn pass(world: &World<'_>, member: usize) -> Option<Way> {
    if !world.names(member, Act::PassRole) {
        return None;
    }
    world.targets(member, Act::PassRole).into_iter().take(MAX_TARGETS).find_map(|target| {
        let trust = world.estate.principals.get(target)?.trust.as_deref()?;
        let allows = trust.statements().iter().filter(|statement| statement.effect == Effect::Allow);
        let service = allows.flat_map(|statement| &statement.principals).find_map(|principal| match principal {
            Principal::Service(name) => Some(name.clone()),
            _ => None,
        })?;
        let does = format!("hands the role to `{service}`");
        let step = world.step(member, Act::PassRole.name(), &[&world.arn(target)], &does)?;
        let gain = world.witness(target, member)?;
        let end = format!("can hand the {} to `{service}`, which then acts for it", world.id(target));
        Some(Way { code: Code::EscalationPassRole, steps: vec![step], end, gain: Some(gain) })
    })
}

/// A trust policy that names one principal.
pub(super) fn trust_in(arn: &str) -> Option<Document> {
    let text = serde_json::json!({
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "RAM": [arn] } }],
    });
    Document::parse(&text.to_string(), DocumentKind::Trust).ok()
}
