//! From records to grants: what was used, under which conditions it is allowed today, and which Denies go with it.

use super::{Assumed, LeastError, MAX_RECORDS, NotAllowed, Proposed, Used, is_request};
use crate::estate::{EstateIndex, Sid, borrowed, spellings};
use crate::who_can::{Asked, Question, Verdict};
use ramgate_policy::{
    Catalog, Compiled, Condition, Context, DocumentKind, Effect, Outcome, PrincipalPolicies, Timestamp,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// Records that differ in more than their number.
#[derive(Debug, Clone)]
pub(super) struct Record {
    pub(super) action: String,
    pub(super) resource: String,
    pub(super) context: Context,
    pub(super) count: u64,
    pub(super) last_used: Option<Timestamp>,
}

/// A condition as it is written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Written {
    pub(super) operator: &'static str,
    pub(super) key: String,
    pub(super) values: Vec<String>,
}

/// What is to be allowed: by conditions, actions with the resources they are used on.
pub(super) type Grants = BTreeMap<Vec<Written>, BTreeMap<String, BTreeSet<String>>>;

/// What is known of the records.
pub(super) struct Gathered {
    pub(super) grants: Grants,
    /// For each record whether it is not proposed.
    pub(super) left_out: Vec<bool>,
    pub(super) not_allowed: Vec<NotAllowed>,
    /// Denies of today, each with the resource group it is limited to.
    pub(super) denies: Vec<(Sid, Option<Arc<str>>)>,
    /// Records that are allowed today only with values that they lack.
    pub(super) assumed: Vec<Assumed>,
    new: usize,
    literal_wildcards: bool,
    beyond_identity: bool,
}

/// Counts equal records together.
pub(super) fn records(used: &[Used], arn: &Arc<str>) -> Result<Vec<Record>, LeastError> {
    let mut found: Vec<Record> = Vec::new();
    let mut known: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
    for one in used {
        if !is_request(&one.action, &one.resource) {
            return Err(LeastError::Record { action: one.action.clone(), resource: one.resource.clone() });
        }
        let context = Context { principal_arn: Some(Arc::clone(arn)), ..one.context.clone() };
        let same = known.entry((&one.action, &one.resource)).or_default();
        let at = same.iter().find(|at| found.get(**at).is_some_and(|record| record.context == context));
        match at.and_then(|at| found.get_mut(*at)) {
            Some(record) => {
                record.count = record.count.saturating_add(one.count);
                record.last_used = record.last_used.max(one.last_used);
            }
            None => {
                same.push(found.len());
                found.push(Record {
                    action: one.action.clone(),
                    resource: one.resource.clone(),
                    context,
                    count: one.count,
                    last_used: one.last_used,
                });
            }
        }
    }
    match found.len() {
        0 => Err(LeastError::NothingUsed),
        n if n > MAX_RECORDS => Err(LeastError::TooMany(n)),
        _ => Ok(found),
    }
}

/// What to allow, given the present policies.
pub(super) fn gather(
    records: &mut [Record],
    today: Option<(&PrincipalPolicies, &EstateIndex)>,
    catalog: &Catalog,
) -> Gathered {
    let compiled = today.map(|(policies, _)| Compiled::new(policies, catalog));
    let mut gathered = Gathered {
        grants: Grants::new(),
        left_out: Vec::new(),
        not_allowed: Vec::new(),
        denies: today.map_or_else(Vec::new, |(_, index)| denies(index)),
        assumed: Vec::new(),
        new: 0,
        literal_wildcards: false,
        beyond_identity: today.is_some_and(|(policies, _)| policies.session.is_some() || !policies.control.is_empty()),
    };
    for record in records {
        let mut outcome = compiled.as_ref().map_or(Outcome::Allow, |compiled| {
            let spellings = spellings(catalog, &record.action, &record.resource);
            compiled.decide_spellings(&borrowed(&spellings), &record.context).outcome
        });
        if outcome != Outcome::Allow
            && let Some((_, index)) = today
            && let Some(values) = complete(record, index)
        {
            outcome = Outcome::Allow;
            let (action, resource) = (record.action.clone(), record.resource.clone());
            gathered.assumed.push(Assumed { action, resource, values });
        }
        let left_out = outcome == Outcome::ExplicitDeny;
        gathered.left_out.push(left_out);
        if outcome != Outcome::Allow {
            gathered.not_allowed.push(NotAllowed {
                action: record.action.clone(),
                resource: record.resource.clone(),
                count: record.count,
                outcome,
                proposed: !left_out,
            });
        }
        if left_out {
            continue;
        }
        let conditions = match (outcome, today) {
            (Outcome::Allow, Some((_, index))) => conditions(record, index),
            _ => Vec::new(),
        };
        gathered.new += usize::from(outcome != Outcome::Allow);
        let resource = pattern(record, catalog);
        gathered.literal_wildcards |= wild_name(record, catalog);
        let action = catalog.action(&record.action).map_or_else(|| record.action.clone(), |spec| spec.name.clone());
        gathered.grants.entry(conditions).or_default().entry(action).or_default().insert(resource);
    }
    gathered
}

/// Adds the condition values that a record lacks and with which the present policies allow it. A log knows the address
/// of a caller, but not every value that a condition asks for.
fn complete(record: &mut Record, index: &EstateIndex) -> Option<BTreeMap<String, Vec<String>>> {
    let (action, resource) = (record.action.clone(), record.resource.clone());
    let question = Question { action, resource, context: record.context.clone(), closed: false };
    let Verdict::Conditional(found) = Asked::new(index, &question).verdict(0) else { return None };
    record.context = found.context.clone()?;
    found.example.clone()
}

/// The resource as a policy names it. An action that knows only "all resources" needs the wide form, whatever the region.
fn pattern(record: &Record, catalog: &Catalog) -> String {
    let all = ramgate_policy::Arn::parse(&record.resource).filter(|arn| arn.relative == "*");
    match (all, catalog.action(&record.action)) {
        (Some(arn), Some(spec)) if !spec.is_resource_level() => format!("acs:{}:*:*:*", arn.service),
        _ => match ramgate_policy::Arn::parse(&record.resource) {
            // Names of global services are matched without their region.
            Some(arn) if ["ram", "sts", "ims"].iter().any(|code| arn.service.eq_ignore_ascii_case(code)) => {
                format!("acs:{}:*:{}:{}", arn.service, arn.account, arn.relative)
            }
            _ => record.resource.clone(),
        },
    }
}

/// Whether a name holds a wildcard that is more than the "any" (`gateway/*`) or "all" (`*`) of its action, so that a pattern
/// of the same spelling matches other names that the action may be asked on.
fn wild_name(record: &Record, catalog: &Catalog) -> bool {
    let Some(arn) = ramgate_policy::Arn::parse(&record.resource) else { return false };
    if !arn.relative.contains(['*', '?']) {
        return false;
    }
    let Some(spec) = catalog.action(&record.action) else { return true };
    let any = |template: &str| template.rsplit(':').next().is_some_and(|relative| relative == arn.relative);
    let all = arn.relative == "*" && !spec.is_resource_level();
    !all && !spec.resources.iter().any(|resource| any(&resource.template))
}

/// The conditions of the statement that allows a record today; none when one without conditions does.
fn conditions(record: &Record, index: &EstateIndex) -> Vec<Written> {
    let Some(member) = index.principals.first() else { return Vec::new() };
    let scan = index.scan(&record.action, &record.resource);
    let allowing = |documents: &[u32]| {
        let sids = documents.iter().flat_map(|document| scan.hits(index, *document)).copied();
        let allows = sids.filter(|sid| {
            index.statement(*sid).is_some_and(|statement| statement.effect == Effect::Allow)
                && index.conditions(*sid).all(|condition| condition.holds(&record.context))
        });
        let conditions = allows.map(|sid| index.conditions(sid).map(written).collect::<Vec<Written>>());
        conditions.min_by_key(Vec::len)
    };
    if let Some(conditions) = allowing(&member.units.account) {
        return conditions;
    }
    let group = record.context.resource_group_id.as_ref();
    let unit = member.units.groups.iter().find(|(id, _)| Some(id) == group);
    let Some((id, unit)) = unit else { return Vec::new() };
    let mut conditions = allowing(unit).unwrap_or_default();
    conditions.push(in_group(id, &conditions));
    conditions
}

pub(super) fn written(condition: &Condition) -> Written {
    Written { operator: condition.operator.name(), key: condition.key_name.clone(), values: condition.values.clone() }
}

/// The condition that stands for a resource group.
pub(super) fn in_group(id: &str, beside: &[Written]) -> Written {
    let key = "acs:ResourceGroupId";
    let taken = |operator: &str| beside.iter().any(|one| one.operator == operator && one.key.eq_ignore_ascii_case(key));
    let operator = if taken("StringEquals") { "StringEqualsIgnoreCase" } else { "StringEquals" };
    Written { operator, key: key.to_owned(), values: vec![id.to_owned()] }
}

/// Every Deny of the present policies.
fn denies(index: &EstateIndex) -> Vec<(Sid, Option<Arc<str>>)> {
    let Some(member) = index.principals.first() else { return Vec::new() };
    let account = member.units.account.iter().map(|document| (*document, None));
    let groups =
        member.units.groups.iter().flat_map(|(id, unit)| unit.iter().map(|document| (*document, Some(id.clone()))));
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for (document, group) in account.chain(groups).filter(|one| seen.insert(one.clone())) {
        let denies = index.statements_of(document).filter(|(_, statement)| statement.effect == Effect::Deny);
        found.extend(denies.map(|(sid, _)| (sid, group.clone())));
    }
    found
}

impl Gathered {
    /// What to know besides.
    pub(super) fn remarks(&self, policies: &[Proposed]) -> Vec<String> {
        let mut remarks = Vec::new();
        if self.new > 0 {
            remarks
                .push(format!("{} of the records are not allowed by the present policies and would be new", self.new));
        }
        if self.literal_wildcards {
            let remark = "some resource names hold `*` or `?`; a policy that names them matches other names as well";
            remarks.push(remark.to_owned());
        }
        if self.beyond_identity {
            let remark = "session and control policies stay in force beside the proposal and are not part of it";
            remarks.push(remark.to_owned());
        }
        if policies.len() > 1 {
            remarks.push(format!(
                "the grants need {} policies, since one holds at most {} characters",
                policies.len(),
                DocumentKind::Identity.max_characters()
            ));
        }
        remarks
    }
}
