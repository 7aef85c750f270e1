//! A principal's policies, compiled: immutable, shareable between threads, kept behind an `Arc` by whoever serves calls.

use crate::catalog::{ActionId, Catalog};
use crate::context::Context;
use crate::decision::{Decision, Layer, StatementRef};
use crate::document::Document;
use crate::flow::{ASSUME_ROLE, Layers, Verdict};
use crate::index::{ActionSets, FOLD_ROOM, First, Index, Name};
use crate::pattern::Arn;
use crate::plain::{self, Plain, Unit};
use crate::principal::{Attached, PrincipalPolicies};
use crate::trust::Caller;

/// The policies of one principal in the form that decides.
#[derive(Debug, Clone)]
pub struct Compiled {
    pub(crate) layers: Layers<CompiledUnit>,
    pub(crate) catalog: Catalog,
    policies: Vec<Attached>,
}

/// The policies of one layer, in both forms.
#[derive(Debug, Clone)]
pub(crate) struct CompiledUnit {
    pub(crate) plain: Unit,
    /// `None` when the unit is beyond what the index can number.
    index: Option<Index>,
}

/// One spelling of a request, resolved as far as the catalog and the name allow.
struct Query<'a> {
    action: &'a str,
    resource: &'a str,
    /// Action number and name, when both are within the index's model.
    indexed: Option<(u32, Name<'a>)>,
}

impl CompiledUnit {
    #[inline]
    fn first(&self, query: &Query<'_>, context: &Context) -> First {
        match (&self.index, &query.indexed) {
            (Some(index), Some((action, name))) => index.first(&self.plain, *action, name, context),
            _ => self.plain.first(query.action, query.resource, context),
        }
    }

    #[inline]
    fn verdict(&self, first: First) -> Verdict {
        self.plain.verdict(first)
    }
}

impl Compiled {
    /// Compiles the policies of a principal.
    pub fn new(policies: &PrincipalPolicies, catalog: &Catalog) -> Compiled {
        let in_order = policies
            .control
            .iter()
            .flatten()
            .chain(&policies.session)
            .chain(&policies.account)
            .chain(policies.resource_groups.iter().flat_map(|(_, attached)| attached));
        let policy_list = in_order.cloned().collect();
        let mut sets = ActionSets::new(catalog);
        let layers = Plain::new(policies, catalog).layers.map(|plain| {
            let index = Index::new(&plain, &mut sets);
            CompiledUnit { plain, index }
        });
        Compiled { layers, catalog: catalog.clone(), policies: policy_list }
    }

    /// The policy that a statement belongs to.
    pub fn policy(&self, statement: StatementRef) -> Option<&Attached> {
        self.policies.get(statement.policy as usize)
    }

    /// All policies of the principal in the order of their numbers: control policies from the root down, the session
    /// policy, those of account scope, those of resource-group scope.
    pub fn policies(&self) -> &[Attached] {
        &self.policies
    }

    /// Decides whether the principal may do `action` on `resource`.
    pub fn decide(&self, action: &str, resource: &str, context: &Context) -> Decision {
        let mut room = [0; FOLD_ROOM];
        let arn = Arn::parse(resource);
        let action_id = self.catalog.action_id(action);
        let indexed = match (action_id, arn.and_then(|arn| Name::new(arn, &mut room))) {
            (Some(id), Some(name)) => Some((id.0, name)),
            _ => None,
        };
        let query = Query { action, resource, indexed };
        self.layers.decide([(action, resource)].as_slice(), context, |unit| unit.verdict(unit.first(&query, context)))
    }

    /// As [`Compiled::decide`], for callers that know the number of the action and hold the resource name in parts.
    ///
    /// A number that does not come from the catalog of the compilation is an implicit deny.
    pub fn decide_parts(&self, action: ActionId, resource: &Arn<'_>, context: &Context) -> Decision {
        let mut room = [0; FOLD_ROOM];
        let Some(spec) = self.catalog.action_by_id(action) else {
            return self.decide_spellings(&[], context);
        };
        match Name::new(*resource, &mut room) {
            Some(name) if self.layers.all(|unit| unit.index.is_some()) => {
                let query = Query { action: &spec.name, resource: "", indexed: Some((action.0, name)) };
                self.layers
                    .decide(&(spec.name.as_str(), resource), context, |unit| unit.verdict(unit.first(&query, context)))
            }
            // Too long to fold in place: rare enough to build the text.
            _ => {
                let Arn { service, region, account, relative } = resource;
                self.decide(&spec.name, &format!("acs:{service}:{region}:{account}:{relative}"), context)
            }
        }
    }

    /// Decides an action on several resources: every one must be allowed. An explicit deny is reported before an
    /// implicit one, otherwise the first refusal. No resources at all are an implicit deny.
    pub fn decide_all(&self, action: &str, resources: &[&str], context: &Context) -> Decision {
        let each = resources.iter().map(|resource| self.decide(action, resource, context));
        Decision::all(each).unwrap_or_else(|| self.decide_spellings(&[], context))
    }

    /// Decides one request that policies may spell in several ways, each an action and the resource name that goes with
    /// it, for example `ims:GetUser` and `ram:GetUser`: a statement matches when it matches any spelling.
    pub fn decide_spellings(&self, spellings: &[(&str, &str)], context: &Context) -> Decision {
        self.layers.decide(spellings, context, |unit| unit.verdict(self.first_of(unit, spellings, context)))
    }

    fn first_of(&self, unit: &CompiledUnit, spellings: &[(&str, &str)], context: &Context) -> First {
        spellings.iter().fold(First::NOTHING, |first, (action, resource)| {
            let mut room = [0; FOLD_ROOM];
            let name = Arn::parse(resource).and_then(|arn| Name::new(arn, &mut room));
            let indexed = self.catalog.action_id(action).zip(name).map(|(id, name)| (id.0, name));
            first.merge(unit.first(&Query { action, resource, indexed }, context))
        })
    }

    /// Decides by the plain evaluator alone, for comparing a sample of decisions with those of the index.
    pub fn decide_plain(&self, action: &str, resource: &str, context: &Context) -> Decision {
        self.layers.decide([(action, resource)].as_slice(), context, |unit| {
            unit.verdict(unit.plain.first(action, resource, context))
        })
    }

    /// Decides whether the principal, who is `caller` to the trust policy, may assume `role`: both its own policies and
    /// the trust policy of the role must allow it. The account itself never may.
    pub fn decide_assume_role(&self, role: &str, trust: &Document, caller: &Caller<'_>, context: &Context) -> Decision {
        self.decide_with_trust(ASSUME_ROLE, role, trust, caller, context)
    }

    /// As [`Compiled::decide_assume_role`] for another action that needs the trust of the role as well
    /// (`sts:SetSourceIdentity`).
    pub fn decide_with_trust(
        &self,
        action: &str,
        role: &str,
        trust: &Document,
        caller: &Caller<'_>,
        context: &Context,
    ) -> Decision {
        let trust = plain::trust_verdict(trust, &self.catalog, action, caller, context);
        let spellings = [(action, role)];
        self.layers.decide_assume_role(|unit| unit.verdict(self.first_of(unit, &spellings, context)), trust)
    }
}

/// Decides by the trust policy alone: cloud services, and users whom an identity provider vouches for.
pub fn decide_trust(
    trust: &Document,
    catalog: &Catalog,
    action: &str,
    caller: &Caller<'_>,
    context: &Context,
) -> Decision {
    let Verdict { outcome, statement } = plain::trust_verdict(trust, catalog, action, caller, context);
    Decision { outcome, layer: Layer::AssumeRolePolicy, statement }
}
