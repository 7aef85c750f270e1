//! Routes as they carry traffic: what they match, what they rank, what they do.

use crate::action::Action;
use crate::condition::Conditions;
use crate::expression::{Expression, Subject};
use crate::key::{GatewayKey, Name};
use crate::path::{MAX_PATH_LEN, match_form_of_rule};
use crate::view::RequestView;
use ramgate_model::{PathMatch, RouteSpec, TextMatch, Timestamp};
use std::cmp::Ordering;

/// A published route, compiled.
#[derive(Clone, Debug, PartialEq)]
pub struct LiveRoute {
    /// The id.
    pub id: Box<str>,
    /// The name, for logs.
    pub name: Box<str>,
    /// MSE's numeric id.
    pub number: i64,
    /// The HTTP API it belongs to, if any.
    pub http_api_id: Option<Name>,
    /// The gateway it belongs to.
    pub gateway: GatewayKey,
    /// What happens to matched requests.
    pub action: Action,
    pub(crate) created_at: Timestamp,
    pub(crate) rank: Rank,
    pub(crate) places: Box<[Place]>,
    pub(crate) path: PathRule,
    pub(crate) conditions: Conditions,
}

/// Where a route is to be found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    /// Under a host name, in the form of `host_key`.
    Host(Name),
    /// Under whatever name the domain with this id has.
    Domain(Name),
}

/// The place of a route among those that match, but for age and id; smaller wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rank {
    /// Order, then kind of path, then length of path.
    path: u64,
    /// Number of header conditions, then of query conditions, then whether methods are restricted.
    conditions: u64,
}

impl Rank {
    fn new(order: u32, path: &PathRule, conditions: &Conditions) -> Self {
        const LEN_BITS: u32 = 30;
        let kind = match path.kind {
            TextMatch::Exact => 0_u64,
            TextMatch::Prefix => 1,
            TextMatch::Regex => 2,
        };
        let fewer_than = |max: u64, n: usize| max - (n as u64).min(max);
        let len = fewer_than((1 << LEN_BITS) - 1, path.text.len());
        let count = |n: usize| fewer_than(u64::from(u16::MAX), n);
        Self {
            path: u64::from(order) << 32 | kind << LEN_BITS | len,
            conditions: count(conditions.headers().len()) << 32
                | count(conditions.queries().len()) << 16
                | u64::from(conditions.methods.is_any()),
        }
    }
}

impl LiveRoute {
    /// The documented priority among routes that match at one domain level; `Less` wins. Total: no two routes of an
    /// account are equal.
    pub(crate) fn priority(&self, other: &Self) -> Ordering {
        self.rank
            .cmp(&other.rank)
            .then(self.created_at.cmp(&other.created_at))
            .then_with(|| self.id.as_ref().cmp(other.id.as_ref()))
    }

    pub(crate) fn outranks(&self, other: &Self) -> bool {
        self.priority(other) == Ordering::Less
    }

    /// Do all conditions but that on the path hold?
    pub(crate) fn conditions_hold(&self, request: &RequestView<'_>) -> bool {
        self.conditions.hold(request)
    }
}

/// The parts of a route's specification that say what it matches, compiled.
pub(crate) struct Matcher {
    pub(crate) path: PathRule,
    pub(crate) conditions: Conditions,
    pub(crate) rank: Rank,
}

impl Matcher {
    pub(crate) fn compile(spec: &RouteSpec) -> Result<Self, String> {
        let path = PathRule::compile(&spec.matches.path)?;
        let conditions = Conditions::compile(&spec.matches)?;
        let rank = Rank::new(spec.order, &path, &conditions);
        Ok(Self { path, conditions, rank })
    }
}

/// A condition on the path.
#[derive(Clone, Debug)]
pub(crate) struct PathRule {
    pub(crate) kind: TextMatch,
    pub(crate) ignore_case: bool,
    /// Path or prefix in match form, in lower case where case is ignored; for expressions the text as written.
    pub(crate) text: Box<str>,
    expression: Option<Box<Expression>>,
}

impl PartialEq for PathRule {
    fn eq(&self, other: &Self) -> bool {
        (self.kind, self.ignore_case, &self.text) == (other.kind, other.ignore_case, &other.text)
    }
}

impl PathRule {
    pub(crate) fn compile(path: &PathMatch) -> Result<Self, String> {
        let PathMatch { kind, ref value, ignore_case } = *path;
        if kind == TextMatch::Regex {
            let expression = Expression::compile(value, Subject::Path, ignore_case).map_err(|e| e.to_string())?;
            let expression = Some(Box::new(expression));
            return Ok(Self { kind, ignore_case, text: value.as_str().into(), expression });
        }
        if value.len() > MAX_PATH_LEN {
            return Err(format!("the path is longer than {MAX_PATH_LEN} bytes"));
        }
        if !value.starts_with('/') {
            return Err("the path does not begin with `/`".to_owned());
        }
        let mut text = match_form_of_rule(value).map_err(|error| error.to_string())?;
        if ignore_case {
            text.make_ascii_lowercase();
        }
        Ok(Self { kind, ignore_case, text: text.into(), expression: None })
    }

    /// What every path that matches begins with, in lower case where case is ignored.
    pub(crate) fn key(&self) -> &[u8] {
        self.expression.as_ref().map_or(self.text.as_bytes(), |expression| expression.literal_prefix())
    }

    /// For expressions: does the whole of `path` match?
    pub(crate) fn expression_matches(&self, path: &[u8]) -> bool {
        self.expression.as_ref().is_some_and(|expression| expression.is_match(path))
    }
}
