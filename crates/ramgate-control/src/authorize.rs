//! Whether a caller may do what it asks: its policies, compiled and kept, against the resources that the call touches.

mod assume_role;
mod conditions;
mod denied;
pub(crate) mod diagnostic;
mod own;
mod policies;
mod self_service;

pub(crate) use assume_role::trust_policy;
pub(crate) use denied::Denied;
pub(crate) use policies::{Decisions, InForce};
pub(crate) use self_service::self_service;

use crate::caller::{Caller, Identity};
use crate::node::{Connection, Cx, Node};
use crate::state::{Row, State};
use ramgate_api::{ApiError, OpSpec, Resource, Target, TargetId};
use ramgate_audit::DecidedBy;
use ramgate_model::{AccessKey, Arn, Gateway, KeyOwner, Timestamp, User};
use ramgate_policy::Outcome;
use serde_json::Value;

/// One call to decide on.
pub(crate) struct Check<'a> {
    pub(crate) node: &'a Node,
    pub(crate) state: &'a State,
    pub(crate) caller: &'a Caller,
    pub(crate) spec: &'static OpSpec,
    pub(crate) parameters: &'a Value,
    pub(crate) connection: &'a Connection,
    pub(crate) now: Timestamp,
}

impl Cx {
    /// Refuses the caller unless it may also do this: for operations that do the work of several.
    ///
    /// # Errors
    /// The denial, as if the caller had called that operation.
    pub(crate) fn permits(
        &self,
        caller: &Caller,
        spec: &'static OpSpec,
        targets: Vec<Target<'_>>,
        parameters: &Value,
    ) -> Result<(), ApiError> {
        let check = Check {
            node: &self.node,
            state: &self.state,
            caller,
            spec,
            parameters,
            connection: &self.connection,
            now: self.now,
        };
        check.decide(targets).decision.map(drop).map_err(|denied| denied.error(caller))
    }
}

/// The decision, and the resources it is about.
pub(crate) struct Verdict {
    /// Resource names, for the audit record.
    pub(crate) resources: Vec<String>,
    /// What allowed it, or the denial to report.
    pub(crate) decision: Result<Option<DecidedBy>, Denied>,
}

impl Check<'_> {
    /// Decides on every target; all must be allowed. An explicit deny is reported before an implicit one.
    pub(crate) fn decide(&self, targets: Vec<Target<'_>>) -> Verdict {
        let arns: Vec<Arn> = targets.iter().map(|target| self.arn(target)).collect();
        let resources: Vec<String> = arns.iter().map(Arn::to_string).collect();
        if let ([target], [arn]) = (targets.as_slice(), arns.as_slice())
            && self.assumes_role()
        {
            return self.decide_assume_role(target, arn);
        }
        let exempt = matches!(self.spec.resource, Resource::Exempt);
        if exempt || matches!(self.caller.identity, Identity::Root) {
            return Verdict { resources, decision: Ok(None) };
        }
        if arns.is_empty() || matches!(self.caller.identity, Identity::Anonymous) {
            // An empty list of targets would be allowed by saying nothing about nothing; nobody has no policies.
            return Verdict { resources, decision: Err(self.denied_without_target()) };
        }
        let compiled = self.node.decisions.of(self.state, self.caller);
        let actions = self.spec.full_actions();
        let mut allowed_by = None;
        let mut implicit = None;
        for (target, name) in targets.iter().zip(&resources) {
            let context = self.context(target);
            // Under an alias of the product's code the resource is spelled with the alias, too.
            let names: Vec<String> = self.spec.product.spellings(name);
            let spellings: Vec<(&str, &str)> =
                actions.iter().zip(&names).map(|(action, name)| (action.as_str(), name.as_str())).collect();
            let decision = compiled.decide_spellings(&spellings, &context);
            match decision.outcome {
                Outcome::Allow => allowed_by = allowed_by.or_else(|| policies::decided_by(&compiled, &decision)),
                Outcome::ExplicitDeny => {
                    let mut denied = self.denied(&compiled, &decision, &spellings, &context);
                    denied.resource = self.shown(target, name);
                    return Verdict { resources, decision: Err(denied) };
                }
                Outcome::ImplicitDeny => match self.allowed_on_own(target) {
                    Some(by) => allowed_by = allowed_by.or(Some(by)),
                    None => {
                        implicit = implicit.or_else(|| {
                            let mut denied = self.denied(&compiled, &decision, &spellings, &context);
                            denied.resource = self.shown(target, name);
                            Some(denied)
                        });
                    }
                },
            }
        }
        let decision = match implicit {
            Some(denied) => Err(denied),
            None => Ok(allowed_by),
        };
        Verdict { resources, decision }
    }

    /// The name of a target, as policies see it.
    fn arn(&self, target: &Target<'_>) -> Arn {
        let product = self.spec.product;
        let account = self.caller.account_id.as_str();
        let region = if product.regional { self.node.config.region.as_str() } else { "" };
        let Some(resource_type) = target.resource_type else {
            return Arn::new(product.ram_code, region, account, "*");
        };
        // The pattern's own service and region: RAM's operations on STS roles name `ram` resources.
        let service = resource_type.pattern.split(':').nth(1).unwrap_or(product.ram_code);
        let kind = resource_type.kind;
        // Names of roles are lower case in resource names.
        let of = |id: &str| match kind {
            "role" => Arn::new(service, region, account, format!("{kind}/{}", id.to_ascii_lowercase())),
            _ => Arn::new(service, region, account, format!("{kind}/{id}")),
        };
        match &target.id {
            TargetId::Any => of("*"),
            TargetId::Id(id) => of(id),
            // It may lie in another account; what is no resource name matches no pattern but `*`.
            TargetId::Arn(name) => match name.parse::<Arn>() {
                Ok(arn) if kind == "role" => {
                    Arn { region: String::new(), relative_id: arn.relative_id.to_ascii_lowercase(), ..arn }
                }
                Ok(arn) => arn,
                Err(_) => of(name),
            },
            TargetId::Caller => match self.caller.user() {
                Some(user) => of(&user.name),
                None => of(""),
            },
            TargetId::UserId(id) => match self.state.account(&self.caller.account_id).and_then(|a| a.get::<User>(id)) {
                Some(user) => of(&user.name),
                // Nobody has this id: what is asked for is no user's name either.
                None => of(id),
            },
            TargetId::KeyOwner(key) => match self.key_owner(key) {
                Some(user) => of(&user.name),
                None => of(key),
            },
            TargetId::SystemPolicy(name) => Arn::new(service, region, "system", format!("{kind}/{name}")),
            TargetId::GatewayNumber(number) => match self.gateway_by_number(*number) {
                Some(id) => of(&id),
                None => of(&number.to_string()),
            },
        }
    }

    /// The user that an access key belongs to.
    fn key_owner(&self, access_key_id: &str) -> Option<&Row<User>> {
        let account = self.state.account(&self.caller.account_id)?;
        match &account.get::<AccessKey>(access_key_id)?.owner {
            KeyOwner::User { user_id } => account.get::<User>(user_id.as_str()).map(|user| &**user),
            KeyOwner::Root => None,
        }
    }

    /// What a denial shows of a resource: who may not look at a user does not learn the name behind an id.
    fn shown(&self, target: &Target<'_>, name: &str) -> String {
        match (&target.id, target.resource_type) {
            (TargetId::UserId(id) | TargetId::KeyOwner(id), Some(_)) => match name.rsplit_once('/') {
                Some((kind, _)) => format!("{kind}/{id}"),
                None => id.to_string(),
            },
            _ => name.to_owned(),
        }
    }

    fn gateway_by_number(&self, number: i64) -> Option<String> {
        let account = self.state.account(&self.caller.account_id)?;
        let found = account.table::<Gateway>().indexed(&format!("number/{number}")).next()?;
        Some(found.id.to_string())
    }
}
