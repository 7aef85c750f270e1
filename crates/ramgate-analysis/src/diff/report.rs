//! From differences to regions that people read, each with a request that the engine confirms.

use std::collections::BTreeMap;

use ramgate_policy::{
    Attached, Catalog, Compiled, Condition, Context, Decision, PrincipalKind, PrincipalPolicies, ResourcePattern,
};

use super::addresses;
use super::formula::Alternative;
use super::resources::Name;
use super::solve::{Difference, Formulas};
use super::space::Space;
use super::{Decided, Diff, Example, Names, Region, Relation, Site, Term};
use crate::regions::Budget;
use crate::regions::bits::Bits;

/// Differences among which those are looked for that others hold already.
const MOST_COMPARED: usize = 500;

/// What the answer is made from.
pub(super) struct Report<'r, 'a> {
    pub(super) space: &'r Space<'a>,
    pub(super) formulas: &'r Formulas,
    pub(super) old: &'a [Attached],
    pub(super) new: &'a [Attached],
    pub(super) catalog: &'a Catalog,
}

/// Resource patterns that all match, and patterns of which none does.
type Place = (Vec<u32>, Vec<u32>);

/// A difference as far as it is told: whether it is gained, its conditions and place, its actions and a name.
type Told = ((bool, u32, Place), (Bits, Name));

/// Differences in the same actions under the same conditions.
struct Group {
    gained: bool,
    actions: Bits,
    conditions: u32,
    /// With a name of each.
    places: Vec<(Place, Name)>,
}

/// The answer to a question that is too large to begin with.
pub(super) fn unknown() -> Diff {
    let notes = vec![TOO_LARGE.to_owned()];
    Diff { relation: Relation::Unknown, complete: false, gained: Vec::new(), lost: Vec::new(), notes }
}

const TOO_LARGE: &str = "the question is larger than its budget: there may be differences that are not listed";
/// Said of sets that allow the same.
pub(super) const DENIES: &str =
    "the sets deny different requests explicitly: attached beside other policies, they may differ in what is allowed";

impl Report<'_, '_> {
    /// The answer.
    pub(super) fn finish(&self, found: Vec<Difference>, mut complete: bool) -> Diff {
        let (mut gained, mut lost) = (Vec::new(), Vec::new());
        let groups = self.groups(found);
        if !groups.is_empty() {
            let sides = [self.old, self.new].map(|policies| compile(policies, self.catalog));
            for group in &groups {
                match self.region(group, &sides) {
                    Some(region) if group.gained => gained.push(region),
                    Some(region) => lost.push(region),
                    // The engine has the last word: what it does not confirm is not claimed, and neither is the rest.
                    None => complete = false,
                }
            }
        }
        for regions in [&mut gained, &mut lost] {
            let order = |region: &Region| (region.resources.clone(), region.actions.clone(), region.conditions.clone());
            regions.sort_by_cached_key(order);
        }
        let mut notes = Vec::new();
        let relation = match (gained.is_empty(), lost.is_empty()) {
            (false, false) => Relation::Incomparable,
            _ if !complete => Relation::Unknown,
            (true, true) => Relation::Equivalent,
            (true, false) => Relation::Narrower,
            (false, true) => Relation::Wider,
        };
        if !complete {
            notes.push(TOO_LARGE.to_owned());
        }
        Diff { relation, complete, gained, lost, notes }
    }

    /// Joins what differs by action or by resource only, and drops what is said already.
    fn groups(&self, found: Vec<Difference>) -> Vec<Group> {
        let mut by_place: BTreeMap<(bool, u32, Place), (Bits, Name)> = BTreeMap::new();
        for Difference { gained, actions, within, except, conditions, name } in found {
            by_place
                .entry((gained, conditions, (within, except)))
                .and_modify(|(known, _)| known.add(&actions))
                .or_insert((actions, name));
        }
        let all: Vec<Told> = by_place.into_iter().collect();
        let mut dropped = vec![false; all.len()];
        if all.len() <= MOST_COMPARED {
            for one in 0..all.len() {
                dropped[one] =
                    (0..all.len()).any(|other| other != one && !dropped[other] && self.holds(&all[other], &all[one]));
            }
        }
        let mut groups: BTreeMap<(bool, Bits, u32), Vec<(Place, Name)>> = BTreeMap::new();
        for ((gained, conditions, place), (actions, name)) in
            all.into_iter().zip(dropped).filter(|(_, dropped)| !dropped).map(|(one, _)| one)
        {
            groups.entry((gained, actions, conditions)).or_default().push((place, name));
        }
        let groups = groups.into_iter();
        groups.map(|((gained, actions, conditions), places)| Group { gained, actions, conditions, places }).collect()
    }

    /// Whether one difference surely holds another.
    fn holds(&self, wide: &Told, narrow: &Told) -> bool {
        let ((gained, conditions, (within, except)), (actions, _)) = wide;
        let ((other_gained, other_conditions, (other_within, other_except)), (other_actions, _)) = narrow;
        let resources = &self.space.resources;
        let always = |number: &u32| self.alternatives(*number) == [Alternative::default()];
        gained == other_gained
            && other_actions.is_within(actions)
            && (conditions == other_conditions || always(conditions))
            && within.iter().all(|wide| other_within.iter().any(|narrow| resources.covers(*wide, *narrow)))
            && except.iter().all(|pattern| {
                other_except.iter().any(|other| resources.covers(*other, *pattern))
                    || other_within.iter().any(|narrow| !resources.may_meet(*narrow, *pattern))
            })
    }

    fn alternatives(&self, number: u32) -> &[Alternative] {
        self.formulas.alternatives.get(number as usize).map_or(&[], Vec::as_slice)
    }

    fn region(&self, group: &Group, sides: &[Compiled; 2]) -> Option<Region> {
        let classes = || group.actions.iter().filter_map(|class| self.space.actions.classes.get(class));
        let mut listed: Vec<String> = classes().flat_map(|class| class.listed.iter().cloned()).collect();
        listed.sort_by_key(|name| name.to_ascii_lowercase());
        let unlisted: Vec<&String> = classes().filter_map(|class| class.unlisted.as_ref()).collect();
        let alternatives = self.alternatives(group.conditions);
        // Telling a set that was found is bounded by what it took to find it.
        let mut budget = Budget::new(u64::MAX);
        let context = self.context(alternatives.first()?);
        let (example, [old, new]) =
            self.examples(group, &listed, &unlisted).into_iter().find_map(|(action, resource)| {
                let example = Example { action, resource, context: context.clone() };
                confirmed(&example, sides, group.gained).map(|decided| (example, decided))
            })?;
        let text = |numbers: &[u32]| numbers.iter().map(|number| self.space.resources.written(*number)).collect();
        let mut resources: Vec<Names> =
            group.places.iter().map(|((within, except), _)| Names::new(text(within), text(except))).collect();
        resources.sort();
        let mut conditions: Vec<Vec<Term>> = alternatives.iter().map(|alternative| self.terms(alternative)).collect();
        conditions.sort();
        Some(Region {
            actions: self.space.actions.describe(&group.actions, &mut budget).ok()?,
            unlisted_actions: !unlisted.is_empty(),
            listed_actions: listed,
            resources,
            conditions,
            example,
            old,
            new,
        })
    }

    fn terms(&self, alternative: &Alternative) -> Vec<Term> {
        let conditions = &self.space.conditions;
        let each: Vec<(&Condition, bool)> =
            alternative.terms.iter().map(|(number, holds)| (conditions.condition(*number), *holds)).collect();
        // Terms on one key stand together.
        let mut terms = Vec::new();
        for of_key in each.chunk_by(|(a, _), (b, _)| a.key == b.key) {
            let simple = of_key.iter().all(|(condition, _)| conditions.is_simple(condition));
            match (of_key.first(), addresses::blocks(of_key).filter(|_| simple)) {
                (Some((first, _)), Some(values)) => {
                    let (operator, key) = ("IpAddress".to_owned(), first.key_name.clone());
                    terms.push(Term { operator, key, values, holds: true });
                }
                _ => terms.extend(of_key.iter().map(|(condition, holds)| term(condition, *holds, simple))),
            }
        }
        terms
    }

    fn context(&self, alternative: &Alternative) -> BTreeMap<String, Vec<String>> {
        let value = |(number, values): &(u32, Vec<String>)| {
            let condition = self.space.conditions.condition(*number);
            let name = self.catalog.key(&condition.key_name).filter(|spec| !spec.name.ends_with('/'));
            (name.map_or_else(|| condition.key_name.clone(), |spec| spec.name.clone()), values.clone())
        };
        let mut context: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (key, values) in alternative.values.iter().map(value) {
            context.entry(key).or_default().extend(values);
        }
        context
    }

    /// Requests of a group, those that somebody may really make first, the one that is sure last.
    fn examples(&self, group: &Group, listed: &[String], unlisted: &[&String]) -> Vec<(String, String)> {
        let actions: Vec<&String> = listed.iter().take(MOST_TRIED).chain(unlisted.iter().copied().take(1)).collect();
        let mut examples = Vec::new();
        for ((within, except), name) in group.places.iter().take(MOST_TRIED) {
            let read = |numbers: &[u32]| -> Vec<ResourcePattern> {
                numbers.iter().map(|number| ResourcePattern::read(&self.space.resources.written(*number))).collect()
            };
            let (within_read, except_read) = (read(within), read(except));
            for action in &actions {
                let fitting = self.likely(within, name, action).into_iter().map(|name| name.to_string()).find(|text| {
                    within_read.iter().all(|pattern| pattern.matches(text))
                        && !except_read.iter().any(|pattern| pattern.matches(text))
                });
                examples.extend(fitting.map(|resource| ((*action).clone(), resource)));
            }
        }
        if let (Some(action), Some((_, name))) = (actions.first(), group.places.first()) {
            examples.push(((*action).clone(), name.to_string()));
        }
        examples
    }

    /// Names that an action may really be asked on, near a name of the region.
    fn likely(&self, within: &[u32], name: &Name, action: &str) -> Vec<Name> {
        let service = action.split_once(':').map_or("", |(service, _)| service).to_ascii_lowercase();
        let global = ramgate_policy::Arn::GLOBAL_SERVICES.contains(&service.as_str());
        let region = if global { "" } else { "cn-hangzhou" };
        let open = |text: &str| text.contains(['*', '?']);
        let fixed =
            |field: usize| within.iter().map(|number| self.space.resources.parts(*number)[field]).find(|t| !open(t));
        let literal = |field: usize, otherwise: &str| fixed(field).unwrap_or(otherwise).to_owned();
        let frame = |relative: String| Name {
            service: service.clone(),
            region: if global { String::new() } else { literal(1, region) },
            account: literal(2, "1000000000000001"),
            relative,
        };
        let templates = self.catalog.action(action).map_or(&[][..], |spec| spec.resources.as_slice());
        let templates = templates.iter().filter_map(|template| template.template.splitn(5, ':').nth(4)).map(fill);
        let mut likely: Vec<Name> = Vec::new();
        likely.extend(fixed(3).map(|relative| frame(relative.to_owned())));
        likely.extend(templates.map(frame));
        // The action on all resources of its service.
        likely.push(frame("*".to_owned()));
        likely.push(frame(name.relative.clone()));
        likely.push(Name { service: service.clone(), ..name.clone() });
        likely
    }
}

/// A term in the policies' own words. A `simple` key has at most one value, of the right type.
fn term(condition: &Condition, holds: bool, simple: bool) -> Term {
    let name = condition.operator.name();
    let opposite = opposite(name).filter(|_| !holds && simple);
    Term {
        operator: opposite.as_deref().unwrap_or(name).to_owned(),
        key: condition.key_name.clone(),
        values: condition.values.clone(),
        holds: holds || opposite.is_some(),
    }
}

/// Actions and places that are tried for an example at most.
const MOST_TRIED: usize = 12;

/// A template's relative id with something for each placeholder.
fn fill(template: &str) -> String {
    let mut filled = String::new();
    let mut rest = template;
    while let Some((before, behind)) = rest.split_once('{') {
        filled.push_str(before);
        filled.push_str("example");
        rest = behind.split_once('}').map_or("", |(_, rest)| rest);
    }
    filled.push_str(rest);
    filled
}

/// The operator that holds exactly when this one does not.
fn opposite(operator: &str) -> Option<String> {
    let swapped = |one: &str, other: &str| operator.strip_prefix(one).map(|rest| format!("{other}{rest}"));
    match operator {
        "IpAddress" => Some("NotIpAddress".to_owned()),
        "NotIpAddress" => Some("IpAddress".to_owned()),
        "NumericEquals" => Some("NumericNotEquals".to_owned()),
        "NumericNotEquals" => Some("NumericEquals".to_owned()),
        "DateEquals" => Some("DateNotEquals".to_owned()),
        "DateNotEquals" => Some("DateEquals".to_owned()),
        _ => swapped("StringNot", "String").or_else(|| swapped("String", "StringNot")),
    }
}

fn compile(policies: &[Attached], catalog: &Catalog) -> Compiled {
    let account = policies.to_vec();
    Compiled::new(&PrincipalPolicies { account, ..PrincipalPolicies::new(PrincipalKind::User) }, catalog)
}

/// What both sides say to a request, when they say what is claimed.
fn confirmed(example: &Example, sides: &[Compiled; 2], gained: bool) -> Option<[Decided; 2]> {
    let mut context = Context::default();
    for (key, values) in &example.context {
        context.set(key, values).ok()?;
    }
    let decisions = sides.each_ref().map(|side| side.decide(&example.action, &example.resource, &context));
    (decisions.map(|decision| decision.is_allowed()) == [!gained, gained]).then(|| {
        let [old, new] = sides;
        [decided(old, decisions[0]), decided(new, decisions[1])]
    })
}

fn decided(side: &Compiled, decision: Decision) -> Decided {
    let site = |statement: ramgate_policy::StatementRef| {
        let policy = side.policy(statement)?;
        let at = policy.document.statements().get(statement.statement as usize)?.position;
        Some(Site {
            policy: policy.policy_name.to_string(),
            statement: statement.statement as usize,
            line: at.line,
            column: at.column,
        })
    };
    Decided { outcome: decision.outcome, by: decision.statement.and_then(site) }
}
