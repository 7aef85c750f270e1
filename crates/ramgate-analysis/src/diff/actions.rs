//! The actions that policies tell apart.
//!
//! Actions are an open world: beside those of the catalog there are names that nobody has listed, and `mse:*` covers them
//! too. A class of actions is what the same patterns match; it may hold listed names, unlisted ones, or both.

use std::collections::{HashMap, HashSet};

use ramgate_policy::{ActionPattern, Catalog, Patterns, glob};

use super::Names;
use crate::regions::bits::Bits;
use crate::regions::classes::{Question, classes};
use crate::regions::cubes::Cover;
use crate::regions::glob::{Fold, Glob};
use crate::regions::{Budget, Exhausted};

/// The action that needs no permission, so that no policy makes a difference to it.
const EXEMPT: &str = "sts:GetCallerIdentity";

/// Names of actions in fewer words: `mse:Get*` for all actions of the catalog that it matches, when there are several and
/// all of them are among the names; the others as they are.
pub(super) fn shortened(names: &[String], catalog: &Catalog) -> Vec<String> {
    let given: HashSet<String> = names.iter().map(|name| name.to_ascii_lowercase()).collect();
    let known: Vec<&str> = catalog.actions().iter().map(|action| action.name.as_str()).collect();
    let mut tried: HashMap<String, bool> = HashMap::new();
    let mut short: Vec<String> = Vec::new();
    for name in names {
        let Some((service, action)) = name.split_once(':') else { continue };
        let verb = action.char_indices().skip(1).find(|(_, c)| c.is_uppercase()).map_or(action.len(), |(at, _)| at);
        let heads = [format!("{service}:"), format!("{service}:{}", action.get(..verb).unwrap_or(action))];
        let all = heads.into_iter().find(|head| {
            *tried.entry(head.clone()).or_insert_with(|| {
                let under = known
                    .iter()
                    .filter(|known| known.get(..head.len()).is_some_and(|start| start.eq_ignore_ascii_case(head)));
                let under: Vec<_> = under.collect();
                under.len() > 1 && under.iter().all(|known| given.contains(&known.to_ascii_lowercase()))
            })
        });
        let in_catalog = catalog.action(name).is_some();
        let words = all.filter(|_| in_catalog).map_or_else(|| name.clone(), |head| format!("{head}*"));
        if !short.contains(&words) {
            short.push(words);
        }
    }
    short
}

/// Action patterns as they are met in statements, each once.
#[derive(Default)]
pub(super) struct Reader<'a> {
    patterns: Vec<Pattern<'a>>,
    numbers: HashMap<(&'a str, &'a str), u32>,
    /// Lists of patterns, each once, with whether it is negated.
    lists: Vec<(bool, Vec<u32>)>,
    list_numbers: HashMap<(bool, Vec<u32>), u32>,
}

struct Pattern<'a> {
    service: &'a str,
    name: &'a str,
}

impl<'a> Reader<'a> {
    /// The number of an `Action` or `NotAction` element.
    pub(super) fn list(&mut self, element: &'a Patterns<ActionPattern>) -> u32 {
        let mut list: Vec<u32> = element
            .patterns
            .iter()
            .filter_map(|pattern| match pattern {
                ActionPattern::Everything => Some(self.pattern("*", "*")),
                ActionPattern::Named { service, name } => Some(self.pattern(service, name)),
                ActionPattern::Invalid(_) => None,
            })
            .collect();
        list.sort_unstable();
        list.dedup();
        let next = self.lists.len() as u32;
        *self.list_numbers.entry((element.negated, list.clone())).or_insert_with(|| {
            self.lists.push((element.negated, list));
            next
        })
    }

    fn pattern(&mut self, service: &'a str, name: &'a str) -> u32 {
        *self.numbers.entry((service, name)).or_insert_with(|| {
            self.patterns.push(Pattern { service, name });
            self.patterns.len() as u32 - 1
        })
    }
}

/// All actions, cut into classes.
pub(super) struct Actions {
    /// As written.
    patterns: Vec<String>,
    pub(super) classes: Vec<ActionClass>,
    /// By number of the list.
    sets: Vec<Bits>,
    /// Classes that may differ, and how they are told.
    asked: Vec<usize>,
    cover: Cover,
}

/// Actions that every statement treats alike.
pub(super) struct ActionClass {
    /// The patterns that match, ascending.
    matched: Vec<u32>,
    /// Names of the catalog, and names that policies spell out.
    pub(super) listed: Vec<String>,
    /// A name that nobody lists, if the class has one.
    pub(super) unlisted: Option<String>,
}

impl AsRef<[u32]> for ActionClass {
    fn as_ref(&self) -> &[u32] {
        &self.matched
    }
}

impl Actions {
    /// Cuts the actions by the patterns that were read.
    pub(super) fn new(reader: Reader<'_>, catalog: &Catalog, budget: &mut Budget) -> Result<Actions, Exhausted> {
        let Reader { patterns, lists, .. } = reader;
        let mut cut = Cut { patterns: &patterns, names: HashMap::new(), classes: Vec::new(), known: HashMap::new() };
        cut.listed(catalog, budget)?;
        cut.unlisted(catalog, budget)?;
        let classes = cut.classes;
        let mut by_pattern = vec![Bits::none(classes.len()); patterns.len()];
        let mut everything = Bits::all(classes.len());
        for (number, class) in classes.iter().enumerate() {
            if class.is_exempt() {
                everything.unset(number);
                continue;
            }
            class.matched.iter().for_each(|pattern| by_pattern[*pattern as usize].set(number));
        }
        let sets = lists.iter().map(|(negated, list)| {
            let mut set = if *negated { everything.clone() } else { Bits::none(classes.len()) };
            for of_pattern in list.iter().map(|pattern| &by_pattern[*pattern as usize]) {
                if *negated { set.remove(of_pattern) } else { set.add(of_pattern) }
            }
            set
        });
        let sets = sets.collect();
        let written = |pattern: &Pattern<'_>| match (pattern.service, pattern.name) {
            ("*", "*") => "*".to_owned(),
            (service, name) => format!("{service}:{name}"),
        };
        let asked: Vec<usize> = (0..classes.len()).filter(|class| !classes[*class].is_exempt()).collect();
        let cover = Cover::new(&asked.iter().map(|class| classes[*class].as_ref()).collect::<Vec<_>>());
        Ok(Actions { patterns: patterns.iter().map(written).collect(), classes, sets, asked, cover })
    }

    /// The actions of a list.
    pub(super) fn of(&self, list: u32) -> &Bits {
        &self.sets[list as usize]
    }

    /// The set as patterns of the policies, exactly.
    pub(super) fn describe(&self, set: &Bits, budget: &mut Budget) -> Result<Vec<Names>, Exhausted> {
        let on: Vec<usize> = (0..self.asked.len()).filter(|number| set.has(self.asked[*number])).collect();
        let text = |numbers: &[u32]| numbers.iter().map(|number| self.patterns[*number as usize].clone()).collect();
        let cubes = self.cover.cubes(&on, budget)?;
        Ok(cubes.iter().map(|cube| Names::new(text(&cube.within), text(&cube.except))).collect())
    }
}

impl ActionClass {
    /// Whether the class is the one action that needs no permission.
    fn is_exempt(&self) -> bool {
        matches!(self.listed.as_slice(), [only] if only.eq_ignore_ascii_case(EXEMPT)) && self.unlisted.is_none()
    }
}

struct Cut<'p, 'a> {
    patterns: &'p [Pattern<'a>],
    /// Listed names in lower case, with the class of each.
    names: HashMap<String, usize>,
    classes: Vec<ActionClass>,
    known: HashMap<(Vec<u32>, bool), usize>,
}

impl Pattern<'_> {
    fn is_literal(&self) -> bool {
        !self.service.contains(['*', '?']) && !self.name.contains(['*', '?'])
    }
}

impl Cut<'_, '_> {
    /// The class of actions that these patterns match.
    fn class(&mut self, matched: Vec<u32>, exempt: bool) -> usize {
        let next = self.classes.len();
        let number = *self.known.entry((matched.clone(), exempt)).or_insert(next);
        if number == next {
            self.classes.push(ActionClass { matched, listed: Vec::new(), unlisted: None });
        }
        number
    }

    /// Names of the catalog, and names that policies spell out.
    fn listed(&mut self, catalog: &Catalog, budget: &mut Budget) -> Result<(), Exhausted> {
        let mut literal: HashMap<String, Vec<u32>> = HashMap::new();
        let mut open: Vec<(u32, &Pattern<'_>)> = Vec::new();
        for (number, pattern) in (0..).zip(self.patterns) {
            if pattern.is_literal() {
                let name = format!("{}:{}", pattern.service, pattern.name).to_ascii_lowercase();
                literal.entry(name).or_default().push(number);
            } else {
                open.push((number, pattern));
            }
        }
        let of_catalog = catalog.actions().iter().map(|action| action.name.clone());
        let of_policies = self.patterns.iter().filter(|pattern| pattern.is_literal());
        let of_policies = of_policies.map(|pattern| format!("{}:{}", pattern.service, pattern.name));
        for name in of_catalog.chain(of_policies).chain([EXEMPT.to_owned()]) {
            budget.spend(open.len() + 1)?;
            let folded = name.to_ascii_lowercase();
            if self.names.contains_key(&folded) {
                continue;
            }
            let Some((service, action)) = name.split_once(':') else { continue };
            let matches =
                |pattern: &Pattern<'_>| glob(pattern.service, service, true) && glob(pattern.name, action, true);
            let mut matched: Vec<u32> =
                open.iter().filter(|(_, pattern)| matches(pattern)).map(|(number, _)| *number).collect();
            matched.extend(literal.get(&folded).into_iter().flatten());
            matched.sort_unstable();
            let class = self.class(matched, name.eq_ignore_ascii_case(EXEMPT));
            self.classes[class].listed.push(name);
            self.names.insert(folded, class);
        }
        Ok(())
    }

    /// Names that nobody lists.
    fn unlisted(&mut self, catalog: &Catalog, budget: &mut Budget) -> Result<(), Exhausted> {
        let globs: Vec<(u32, Glob, Glob)> = (0..)
            .zip(self.patterns)
            .filter(|(_, pattern)| !pattern.is_literal())
            .map(|(number, pattern)| {
                let read = |text: &str| Glob::pattern(text, Fold::Ascii);
                (number, read(pattern.service), read(pattern.name))
            })
            .collect();
        let mut services: Vec<&Glob> = globs.iter().map(|(_, service, _)| service).collect();
        services.sort();
        services.dedup();
        let another =
            ["ecs", "oss", "vpc", "x"].into_iter().find(|code| catalog.service(code).is_none()).unwrap_or("x");
        let preferred = [another];
        let question = Question { globs: services.clone(), field: true, preferred: &preferred, ..Question::default() };
        for service in classes(&question, budget)? {
            let covered =
                |glob: &Glob| services.binary_search(&glob).is_ok_and(|at| service.matched.contains(&(at as u32)));
            let here: Vec<&(u32, Glob, Glob)> = globs.iter().filter(|(_, of, _)| covered(of)).collect();
            let mut names: Vec<&Glob> = here.iter().map(|(_, _, name)| name).collect();
            names.sort();
            names.dedup();
            let question =
                Question { globs: names.clone(), letters: "X", preferred: &["AnotherAction"], ..Question::default() };
            for name in classes(&question, budget)? {
                let matching = |(_, _, glob): &&&(u32, Glob, Glob)| {
                    names.binary_search(&glob).is_ok_and(|at| name.matched.contains(&(at as u32)))
                };
                let mut matched: Vec<u32> = here.iter().filter(matching).map(|(number, _, _)| *number).collect();
                matched.sort_unstable();
                if let Some(action) = self.unlisted_name(&service.text, &name.text, &name.matched, &question, budget)? {
                    let class = self.class(matched, false);
                    self.classes[class].unlisted.get_or_insert(action);
                }
            }
        }
        Ok(())
    }

    /// A name of a class that nobody lists: the one at hand, or one that is looked for.
    fn unlisted_name(
        &self,
        service: &str,
        name: &str,
        matched: &[u32],
        question: &Question<'_>,
        budget: &mut Budget,
    ) -> Result<Option<String>, Exhausted> {
        let is_listed = |name: &str| self.names.contains_key(&format!("{service}:{name}").to_ascii_lowercase());
        let action = |name: &str| format!("{service}:{name}");
        if !is_listed(name) {
            return Ok(Some(action(name)));
        }
        // Mostly one more character somewhere will do.
        budget.spend(name.len() * question.globs.len())?;
        let longer = name.char_indices().map(|(at, _)| at).chain([name.len()]).rev().map(|at| {
            let (head, tail) = name.split_at(at);
            format!("{head}X{tail}")
        });
        let alike = |name: &String| {
            let glob_matches = |glob: u32| matched.binary_search(&glob).is_ok();
            !is_listed(name)
                && (0..).zip(&question.globs).all(|(number, glob)| glob.matches(name) == glob_matches(number))
        };
        if let Some(found) = longer.into_iter().find(alike) {
            return Ok(Some(action(&found)));
        }
        let listed: Vec<Glob> = self
            .names
            .keys()
            .filter_map(|known| known.split_once(':').filter(|(of, _)| of.eq_ignore_ascii_case(service)))
            .map(|(_, name)| Glob::literal(name, Fold::Ascii))
            .collect();
        let question = Question { none_of: &listed, ..question.clone() };
        let found = classes(&question, budget)?.into_iter().find(|class| class.matched == matched);
        Ok(found.map(|class| action(&class.text)))
    }
}
