//! The resource names that policies tell apart.
//!
//! A name is `acs:<service>:<region>:<account>:<relative id>`, a pattern is one such field after the other, so that the
//! names are cut field by field. Two rules of the language cut further: names of RAM, STS and IMS carry no region, and
//! some names of RAM and IMS ignore case.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use ramgate_policy::{Arn, ResourcePattern};

use crate::regions::classes::{Class, Question, classes};
use crate::regions::glob::{Fold, Glob};
use crate::regions::{Budget, Exhausted};

/// Longest pattern that is analysed, in bytes. Documents are shorter.
const LONGEST: usize = 60_000;

/// Resource patterns, each once.
pub(super) struct Resources<'a> {
    pub(super) patterns: Vec<Pattern<'a>>,
    numbers: HashMap<[&'a str; 4], u32>,
    /// By number of the fields, in the spelling that compares.
    same: HashMap<([u32; 3], u32), u32>,
    relative_numbers: HashMap<&'a str, u32>,
    fields: Vec<Glob>,
    field_numbers: HashMap<&'a str, u32>,
    /// Services that names are made up with, the best first.
    services: Vec<String>,
    /// Whether a pattern was too long to look at.
    pub(super) too_long: bool,
}

/// One pattern.
pub(super) struct Pattern<'a> {
    written: [&'a str; 4],
    /// Service, region, account.
    fields: [u32; 3],
    /// Number of the relative id's text.
    relative: u32,
}

/// Names that every pattern in question treats alike.
pub(super) struct Atom {
    /// The patterns that match, ascending.
    pub(super) matched: Vec<u32>,
    /// One of the names.
    pub(super) name: Name,
}

impl AsRef<[u32]> for Atom {
    fn as_ref(&self) -> &[u32] {
        &self.matched
    }
}

/// A resource name in parts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name {
    pub(super) service: String,
    pub(super) region: String,
    pub(super) account: String,
    pub(super) relative: String,
}

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "acs:{}:{}:{}:{}", self.service, self.region, self.account, self.relative)
    }
}

/// The number of the pattern `*`.
pub(super) const EVERYTHING: u32 = 0;

impl<'a> Resources<'a> {
    pub(super) fn new(services: Vec<String>) -> Self {
        let mut resources = Resources {
            patterns: Vec::new(),
            numbers: HashMap::new(),
            same: HashMap::new(),
            relative_numbers: HashMap::new(),
            fields: Vec::new(),
            field_numbers: HashMap::new(),
            services,
            too_long: false,
        };
        resources.number(["*"; 4]);
        resources
    }

    /// The number of a pattern; `None` when it matches nothing.
    pub(super) fn read(&mut self, pattern: &'a ResourcePattern) -> Option<u32> {
        match pattern {
            ResourcePattern::Everything => Some(EVERYTHING),
            ResourcePattern::Arn { service, region, account, relative } => {
                Some(self.number([service, region, account, relative]))
            }
            ResourcePattern::Invalid(_) => None,
        }
    }

    fn number(&mut self, written: [&'a str; 4]) -> u32 {
        if let Some(number) = self.numbers.get(&written) {
            return *number;
        }
        self.too_long |= written.iter().any(|field| field.len() > LONGEST);
        let [service, region, account, relative] = written;
        let fields = [service, region, account].map(|text| self.field(text));
        let next = self.relative_numbers.len() as u32;
        let relative = *self.relative_numbers.entry(relative).or_insert(next);
        let next = self.patterns.len() as u32;
        let number = *self.same.entry((fields, relative)).or_insert(next);
        if number == next {
            self.patterns.push(Pattern { written, fields, relative });
        }
        self.numbers.insert(written, number);
        number
    }

    fn field(&mut self, text: &'a str) -> u32 {
        if let Some(number) = self.field_numbers.get(text) {
            return *number;
        }
        let glob = Glob::pattern(&text.to_ascii_lowercase(), Fold::Ascii);
        let known = self.fields.iter().position(|known| *known == glob);
        let number = known.unwrap_or_else(|| {
            self.fields.push(glob);
            self.fields.len() - 1
        }) as u32;
        self.field_numbers.insert(text, number);
        number
    }

    /// The pattern as it was first written.
    pub(super) fn written(&self, number: u32) -> String {
        match self.patterns[number as usize].written {
            ["*", "*", "*", "*"] => "*".to_owned(),
            [service, region, account, relative] => format!("acs:{service}:{region}:{account}:{relative}"),
        }
    }

    /// Its fields as they were first written.
    pub(super) fn parts(&self, number: u32) -> [&'a str; 4] {
        self.patterns[number as usize].written
    }

    /// Whether a pattern surely holds all names of another one.
    pub(super) fn covers(&self, wide: u32, narrow: u32) -> bool {
        let (a, b) = (&self.patterns[wide as usize], &self.patterns[narrow as usize]);
        let fields = a
            .fields
            .iter()
            .zip(b.fields)
            .all(|(a, b)| *a == b || self.fields[*a as usize].covers(&self.fields[b as usize]));
        let relative = |pattern: &Pattern<'_>| Glob::pattern(pattern.written[3], Fold::Exact);
        fields
            && (a.relative == b.relative
                || (heads_nest(a.written[3], b.written[3]) && relative(a).covers(&relative(b))))
    }

    /// Whether two patterns may have a name in common; `false` is sure.
    pub(super) fn may_meet(&self, one: u32, other: u32) -> bool {
        let (a, b) = (&self.patterns[one as usize], &self.patterns[other as usize]);
        let fields = a
            .fields
            .iter()
            .zip(b.fields)
            .all(|(a, b)| *a == b || self.fields[*a as usize].may_meet(&self.fields[b as usize]));
        // Names of RAM ignore case, so that ends that differ only by it do not differ.
        let relative = |pattern: &Pattern<'_>| Glob::pattern(pattern.written[3], Fold::Ascii);
        fields && relative(a).may_meet(&relative(b))
    }

    /// Cuts the names that match `within` by patterns that may meet it, which include it.
    pub(super) fn atoms(&self, within: u32, patterns: &[u32], budget: &mut Budget) -> Result<Vec<Atom>, Exhausted> {
        let mut cut = Cut { resources: self, within, atoms: BTreeMap::new(), relatives: HashMap::new() };
        cut.services(patterns, budget)?;
        Ok(cut.atoms.into_iter().map(|(matched, name)| Atom { matched, name }).collect())
    }
}

/// Whether the literal text that one pattern begins with is one that another begins with.
fn heads_nest(wide: &str, narrow: &str) -> bool {
    let differing = wide.bytes().zip(narrow.bytes()).find(|(a, b)| a != b || matches!(a, b'*' | b'?'));
    differing.is_none_or(|(a, _)| matches!(a, b'*' | b'?'))
}

/// How the relative ids of a service compare.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Case {
    /// All exactly.
    Exact,
    /// Of a service that folds some: those that it folds.
    Folded,
    /// Of such a service: the others.
    Unfolded,
}

struct Cut<'r, 'a> {
    resources: &'r Resources<'a>,
    within: u32,
    atoms: BTreeMap<Vec<u32>, Name>,
    /// Classes of relative ids by the patterns that cut them.
    relatives: HashMap<(Case, Vec<u32>), Rc<Vec<Class>>>,
}

impl Cut<'_, '_> {
    fn services(&mut self, patterns: &[u32], budget: &mut Budget) -> Result<(), Exhausted> {
        let mut preferred: Vec<&str> = self.resources.services.iter().map(String::as_str).collect();
        preferred.reverse();
        let special = Arn::GLOBAL_SERVICES.map(|code| Glob::literal(code, Fold::Ascii));
        for (class, matching) in self.field(patterns, 0, &special, &preferred, budget)? {
            self.regions(class, &matching, budget)?;
        }
        Ok(())
    }

    fn regions(&mut self, service: String, patterns: &[u32], budget: &mut Budget) -> Result<(), Exhausted> {
        let is = |list: &[&str]| list.iter().any(|code| code.eq_ignore_ascii_case(&service));
        let regions = if is(&Arn::GLOBAL_SERVICES) {
            // Whatever the name says, its region is compared as if it were empty.
            let empty = |pattern: &&u32| self.glob(**pattern, 1).matches("");
            let matching: Vec<u32> = patterns.iter().filter(empty).copied().collect();
            if matching.contains(&self.within) { vec![(String::new(), matching)] } else { Vec::new() }
        } else {
            self.field(patterns, 1, &[], &["cn-hangzhou"], budget)?
        };
        let cases: &[Case] = if is(&Arn::FOLDING_SERVICES) { &[Case::Folded, Case::Unfolded] } else { &[Case::Exact] };
        for (region, patterns) in regions {
            for (account, patterns) in self.field(&patterns, 2, &[], &["1000000000000001"], budget)? {
                for case in cases {
                    let name = Name {
                        service: service.clone(),
                        region: region.clone(),
                        account: account.clone(),
                        relative: String::new(),
                    };
                    self.relative(*case, name, &patterns, budget)?;
                }
            }
        }
        Ok(())
    }

    fn glob(&self, pattern: u32, field: usize) -> &Glob {
        &self.resources.fields[self.resources.patterns[pattern as usize].fields[field] as usize]
    }

    /// Cuts one field: a text of each class, and the patterns that match it.
    fn field(
        &self,
        patterns: &[u32],
        field: usize,
        special: &[Glob],
        preferred: &[&str],
        budget: &mut Budget,
    ) -> Result<Vec<(String, Vec<u32>)>, Exhausted> {
        let number = |pattern: u32| self.resources.patterns[pattern as usize].fields[field];
        let mut numbers: Vec<u32> = patterns.iter().map(|pattern| number(*pattern)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        budget.spend(patterns.len())?;
        let globs = numbers.iter().map(|number| &self.resources.fields[*number as usize]).chain(special).collect();
        let question = Question {
            globs,
            within: numbers.binary_search(&number(self.within)).ok(),
            field: true,
            preferred,
            letters: if field == 2 { "1023456789" } else { "" },
            ..Question::default()
        };
        let found = classes(&question, budget)?;
        budget.spend(found.len() * patterns.len())?;
        let matching = |class: &Class| {
            let matches = |pattern: &&u32| {
                let at = numbers.binary_search(&number(**pattern)).unwrap_or(usize::MAX);
                class.matched.binary_search(&(at as u32)).is_ok()
            };
            patterns.iter().filter(matches).copied().collect()
        };
        Ok(found.into_iter().map(|class| (class.text.clone(), matching(&class))).collect())
    }

    fn relative(&mut self, case: Case, name: Name, patterns: &[u32], budget: &mut Budget) -> Result<(), Exhausted> {
        let text = |pattern: u32| self.resources.patterns[pattern as usize].written[3];
        let relative = |pattern: u32| self.resources.patterns[pattern as usize].relative;
        let mut by_text: Vec<u32> = patterns.to_vec();
        by_text.sort_unstable_by_key(|pattern| (relative(*pattern), *pattern));
        let groups: Vec<&[u32]> = by_text.chunk_by(|a, b| relative(*a) == relative(*b)).collect();
        let firsts: Vec<u32> = groups.iter().filter_map(|group| group.first().copied()).collect();
        budget.spend(patterns.len())?;
        let known = self.relatives.get(&(case, firsts.clone())).cloned();
        let found = match known {
            Some(found) => found,
            None => {
                let texts: Vec<&str> = firsts.iter().map(|pattern| text(*pattern)).collect();
                let found = Rc::new(cut_relatives(case, &texts, text(self.within), budget)?);
                self.relatives.insert((case, firsts), Rc::clone(&found));
                found
            }
        };
        for class in found.iter() {
            let groups = class.matched.iter().filter_map(|group| groups.get(*group as usize));
            let mut matched: Vec<u32> = groups.flat_map(|group| group.iter().copied()).collect();
            budget.spend(matched.len() + 1)?;
            matched.sort_unstable();
            let name = || Name { relative: class.text.clone(), ..name.clone() };
            self.atoms.entry(matched).or_insert_with(name);
        }
        Ok(())
    }
}

fn cut_relatives(case: Case, texts: &[&str], within: &str, budget: &mut Budget) -> Result<Vec<Class>, Exhausted> {
    let fold = if case == Case::Folded { Fold::Ascii } else { Fold::Exact };
    let globs: Vec<Glob> = texts.iter().map(|text| Glob::pattern(text, fold)).collect();
    let kinds = Arn::FOLDING_KINDS.map(|kind| Glob::pattern(&format!("{kind}/*"), Fold::Ascii));
    let question = Question {
        globs: globs.iter().collect(),
        within: texts.iter().position(|text| *text == within),
        some_of: if case == Case::Folded { &kinds } else { &[] },
        none_of: if case == Case::Unfolded { &kinds } else { &[] },
        ..Question::default()
    };
    classes(&question, budget)
}
