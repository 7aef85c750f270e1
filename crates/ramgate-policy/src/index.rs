//! The compiled form of one unit of policies: a decision looks at a handful of nodes instead of at every statement.
//!
//! ```text
//!  acs : mse : cn-hangzhou : 100 : instance / team042-gw-1
//!         │                          │        │   │
//!         │                          │        │   └── node of the exact id            (one probe)
//!         │                          │        └────── nodes of literal prefixes       (one probe per length in use)
//!         │                          └─────────────── node of `instance/*`
//!         └────────────────────────────────────────── node of `acs:mse:*:*:*`, and of `*`
//! ```
//!
//! A node merges its statements: per word of the action numbering and per constraint on region and account, one bitset
//! of denied and one of allowed actions. Five hundred statements on `*` cost what one costs. Beside each bitset stands,
//! for every action in it, the first statement that put it there, so that the deciding statement falls out of the same
//! look. Statements with conditions are not merged: the node lists them per action, and their conditions are tested
//! only while they could still change the answer.
//!
//! Whatever the index answers, the plain evaluator answers as well; [`crate::plain`] is the definition.

mod actions;
mod build;
mod hash;
mod merge;
mod name;
mod prefixes;

use crate::condition::Condition;
use crate::context::Context;
use crate::pattern::{Arn, ResourcePattern, glob};
use crate::plain::Unit;

pub(crate) use actions::ActionSets;
pub(crate) use hash::ActionTable;
pub(crate) use name::{FOLD_ROOM, Name};
use prefixes::Prefixes;

/// The first deciding statements of a unit, by their position in it; [`NONE`] when there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct First {
    pub(crate) deny: u32,
    pub(crate) allow: u32,
}

/// No statement.
pub(crate) const NONE: u32 = u32::MAX;

impl First {
    pub(crate) const NOTHING: First = First { deny: NONE, allow: NONE };

    /// What two spellings of one request come to together.
    pub(crate) fn merge(self, other: First) -> First {
        First { deny: self.deny.min(other.deny), allow: self.allow.min(other.allow) }
    }
}

/// Marks a position of a statement as that of a Deny, in lists that hold both effects.
const DENY: u32 = 1 << 31;

/// No constraint.
const FREE: u32 = u32::MAX;

/// The index of one unit.
#[derive(Debug, Clone)]
pub(crate) struct Index {
    table: hash::Table,
    /// Node 0 is that of `*`.
    nodes: Vec<Node>,
    services: Vec<Service>,
    kinds: Vec<Kind>,
    masks: Vec<Mask>,
    /// First statements of merged masks, by rank of the action's bit.
    firsts: Vec<u32>,
    lists: Vec<List>,
    /// Bounds in `listed`, by rank of the action's bit.
    bounds: Vec<u32>,
    listed: Vec<Listed>,
    constraints: Vec<Constraint>,
    conditions: Vec<Condition>,
    /// Bounds in `conditions`, by position of the statement; one more than there are statements.
    condition_bounds: Vec<u32>,
}

/// Names in the table are kept apart by spaces; this is the one of service names.
const SERVICES: u16 = 0;

#[derive(Debug, Clone, Copy)]
struct Node {
    masks: (u32, u32),
    lists: (u32, u32),
}

#[derive(Debug, Clone)]
struct Service {
    /// Node of the patterns that begin with a wildcard.
    root: u32,
    /// Space of the kinds, and of ids without a kind.
    kinds: u16,
    bare: u16,
    /// Prefixes that end before the first `/`.
    loose: Prefixes,
}

#[derive(Debug, Clone)]
struct Kind {
    /// Node of `kind/*` and of patterns whose part behind the `/` begins with a wildcard; [`NONE`] if there are none.
    root: u32,
    exact: u16,
    prefixes: Prefixes,
}

/// Merged statements without conditions: one word of actions, one constraint.
#[derive(Debug, Clone, Copy)]
struct Mask {
    word: u16,
    /// Whether all denied (allowed) actions come from one statement, named in `deny_first` (`allow_first`) itself.
    one_denies: bool,
    one_allows: bool,
    constraint: u32,
    deny: u64,
    allow: u64,
    /// Start in `firsts`, or a statement.
    deny_first: u32,
    allow_first: u32,
}

/// Statements with conditions: one word of actions.
#[derive(Debug, Clone, Copy)]
struct List {
    word: u16,
    /// Whether there is one statement only, named in `first` and bound by `constraint`.
    one: bool,
    mask: u64,
    /// Start in `bounds`, or a statement with its effect.
    first: u32,
    constraint: u32,
}

#[derive(Debug, Clone, Copy)]
struct Listed {
    statement: u32,
    constraint: u32,
}

/// What a resource name must still satisfy when a node was reached.
#[derive(Debug, Clone, PartialEq)]
enum Constraint {
    /// Region, account, and the whole relative id for patterns that are more than a literal head and a trailing star.
    Fields { region: Field, account: Field, relative: Option<Box<str>> },
    /// A pattern with a wildcard for its service.
    Pattern(ResourcePattern),
    /// `NotResource`, by position of the statement.
    Statement(u32),
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Field {
    Any,
    Literal(Box<str>),
    Glob(Box<str>),
}

impl Field {
    #[inline]
    fn matches(&self, text: &str) -> bool {
        match self {
            Field::Any => true,
            Field::Literal(literal) => **literal == *text || literal.eq_ignore_ascii_case(text),
            Field::Glob(pattern) => glob(pattern, text, true),
        }
    }
}

/// Where an action stands in the bitsets.
#[derive(Clone, Copy)]
struct Bit {
    word: u16,
    bit: u64,
}

impl Bit {
    /// The number of set bits below it.
    #[inline]
    fn rank(self, mask: u64) -> usize {
        (mask & (self.bit - 1)).count_ones() as usize
    }
}

struct Question<'a> {
    bit: Bit,
    arn: &'a Arn<'a>,
    context: &'a Context,
    unit: &'a Unit,
}

impl Index {
    /// The first deciding statements for an action number and a name. `unit` is the one the index was built from.
    #[inline]
    pub(crate) fn first(&self, unit: &Unit, action: u32, name: &Name<'_>, context: &Context) -> First {
        let bit = Bit { word: (action >> 6) as u16, bit: 1 << (action & 63) };
        let question = Question { bit, arn: &name.arn, context, unit };
        let mut first = First::NOTHING;
        self.visit(0, &question, &mut first);
        let service = self.table.find_ignoring_case(SERVICES, name.arn.service.as_bytes());
        let Some(service) = service.and_then(|number| self.services.get(number as usize)) else { return first };
        self.visit(service.root, &question, &mut first);
        let relative = name.relative.as_bytes();
        service.loose.each(&self.table, relative, |node| self.visit(node, &question, &mut first));
        let Some((kind, id)) = name.kind_and_id else {
            if let Some(node) = self.table.find(service.bare, relative) {
                self.visit(node, &question, &mut first);
            }
            return first;
        };
        let kind = self.table.find(service.kinds, kind.as_bytes());
        if let Some(kind) = kind.and_then(|number| self.kinds.get(number as usize)) {
            if kind.root != NONE {
                self.visit(kind.root, &question, &mut first);
            }
            if let Some(node) = self.table.find(kind.exact, id.as_bytes()) {
                self.visit(node, &question, &mut first);
            }
            kind.prefixes.each(&self.table, id.as_bytes(), |node| self.visit(node, &question, &mut first));
        }
        first
    }

    #[inline]
    fn visit(&self, node: u32, question: &Question<'_>, first: &mut First) {
        let Some(node) = self.nodes.get(node as usize) else { return };
        let bit = question.bit;
        for mask in self.masks.get(node.masks.0 as usize..node.masks.1 as usize).unwrap_or(&[]) {
            if mask.word != bit.word
                || (mask.deny | mask.allow) & bit.bit == 0
                || !self.meets(mask.constraint, question)
            {
                continue;
            }
            if mask.deny & bit.bit != 0 {
                first.deny = first.deny.min(self.origin(mask.one_denies, mask.deny_first, mask.deny, bit));
            }
            if mask.allow & bit.bit != 0 {
                first.allow = first.allow.min(self.origin(mask.one_allows, mask.allow_first, mask.allow, bit));
            }
        }
        for list in self.lists.get(node.lists.0 as usize..node.lists.1 as usize).unwrap_or(&[]) {
            if list.word != bit.word || list.mask & bit.bit == 0 {
                continue;
            }
            if list.one {
                self.test(Listed { statement: list.first, constraint: list.constraint }, question, first);
                continue;
            }
            let at = list.first as usize + bit.rank(list.mask);
            let bounds = self.bounds.get(at).zip(self.bounds.get(at + 1));
            let Some((from, to)) = bounds else { continue };
            for listed in self.listed.get(*from as usize..*to as usize).unwrap_or(&[]) {
                self.test(*listed, question, first);
            }
        }
    }

    /// The first statement that put an action into a mask.
    #[inline]
    fn origin(&self, one: bool, first: u32, mask: u64, bit: Bit) -> u32 {
        if one { first } else { self.firsts.get(first as usize + bit.rank(mask)).copied().unwrap_or(NONE) }
    }

    /// Counts a statement with conditions, if it still matters and they hold.
    #[inline]
    fn test(&self, listed: Listed, question: &Question<'_>, first: &mut First) {
        let position = listed.statement & !DENY;
        let denies = listed.statement & DENY != 0;
        let matters = if denies { position < first.deny } else { first.deny == NONE && position < first.allow };
        if matters && self.meets(listed.constraint, question) && self.holds(position, question.context) {
            *(if denies { &mut first.deny } else { &mut first.allow }) = position;
        }
    }

    #[inline]
    fn holds(&self, position: u32, context: &Context) -> bool {
        let at = position as usize;
        let bounds = self.condition_bounds.get(at).zip(self.condition_bounds.get(at + 1));
        let conditions = bounds.and_then(|(from, to)| self.conditions.get(*from as usize..*to as usize));
        conditions.is_some_and(|conditions| conditions.iter().all(|condition| condition.holds(context)))
    }

    #[inline]
    fn meets(&self, constraint: u32, question: &Question<'_>) -> bool {
        if constraint == FREE {
            return true;
        }
        match self.constraints.get(constraint as usize) {
            Some(Constraint::Fields { region, account, relative }) => {
                region.matches(question.arn.region)
                    && account.matches(question.arn.account)
                    && relative
                        .as_deref()
                        .is_none_or(|relative| glob(relative, question.arn.relative, question.arn.folds_case()))
            }
            Some(Constraint::Pattern(pattern)) => pattern.matches_arn(question.arn),
            Some(Constraint::Statement(position)) => {
                let statement = question.unit.statements.get(*position as usize).and_then(|s| s.statement());
                statement.is_some_and(|statement| statement.matches_arn(question.arn))
            }
            None => false,
        }
    }
}
