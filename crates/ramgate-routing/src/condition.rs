//! Conditions of a route besides its path: methods, headers and query parameters.

use crate::expression::{Expression, Subject};
use crate::query::{self, QueryValue};
use crate::view::RequestView;
use http::header::HOST;
use http::{HeaderName, Method};
use ramgate_model::{RouteMatch, TextMatch, ValueMatch};

/// The methods that have a bit of their own, in the order of the bits.
const METHOD_NAMES: [&str; 9] = ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"];

/// A set of methods; empty means any.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Methods(u16);

impl Methods {
    pub(crate) fn compile(methods: &[String]) -> Result<Self, String> {
        let mut set = Self(0);
        for text in methods {
            set.0 |= Self::bit_of_name(text).ok_or_else(|| format!("`{text}` is not a known method in upper case"))?;
        }
        Ok(set)
    }

    pub(crate) fn is_any(self) -> bool {
        self.0 == 0
    }

    fn contains(self, method: &Method) -> bool {
        self.is_any() || self.0 & Self::bit_of(method) != 0
    }

    pub(crate) fn names(self) -> impl Iterator<Item = &'static str> {
        METHOD_NAMES.into_iter().enumerate().filter(move |(bit, _)| self.0 & (1 << bit) != 0).map(|(_, name)| name)
    }

    fn bit_of_name(name: &str) -> Option<u16> {
        METHOD_NAMES.iter().position(|known| *known == name).map(|position| 1 << position)
    }

    fn bit_of(method: &Method) -> u16 {
        match *method {
            Method::GET => 1,
            Method::POST => 1 << 2,
            _ => Self::bit_of_name(method.as_str()).unwrap_or(0),
        }
    }
}

/// A test of one value.
#[derive(Clone, Debug)]
pub(crate) enum ValueTest {
    Exact(Box<str>),
    Prefix(Box<str>),
    Regex { text: Box<str>, expression: Box<Expression> },
}

impl PartialEq for ValueTest {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Exact(a), Self::Exact(b)) | (Self::Prefix(a), Self::Prefix(b)) => a == b,
            (Self::Regex { text: a, .. }, Self::Regex { text: b, .. }) => a == b,
            _ => false,
        }
    }
}

impl ValueTest {
    fn compile(condition: &ValueMatch, ignore_case: bool) -> Result<Self, String> {
        let text = condition.value.as_str();
        Ok(match condition.kind {
            TextMatch::Exact => Self::Exact(text.into()),
            TextMatch::Prefix => Self::Prefix(text.into()),
            TextMatch::Regex => {
                let expression = Expression::compile(text, Subject::Value, ignore_case).map_err(|e| e.to_string())?;
                Self::Regex { text: text.into(), expression: Box::new(expression) }
            }
        })
    }

    fn test(&self, value: &[u8]) -> bool {
        match self {
            Self::Exact(text) => value == text.as_bytes(),
            Self::Prefix(text) => value.starts_with(text.as_bytes()),
            Self::Regex { expression, .. } => expression.is_match(value),
        }
    }

    /// Hosts have no case.
    fn test_host(&self, host: &str) -> bool {
        match self {
            Self::Exact(text) => host.eq_ignore_ascii_case(text),
            Self::Prefix(text) => host.get(..text.len()).is_some_and(|start| start.eq_ignore_ascii_case(text)),
            Self::Regex { expression, .. } => expression.is_match(host.as_bytes()),
        }
    }

    fn test_query(&self, value: QueryValue<'_>) -> bool {
        match self {
            Self::Exact(text) => value.equals(text.as_bytes()),
            Self::Prefix(text) => value.starts_with(text.as_bytes()),
            Self::Regex { expression, .. } => value.with_decoded(|bytes| expression.is_match(bytes)),
        }
    }
}

/// A condition on a header. Holds where any of the header's values passes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct HeaderCondition {
    pub(crate) name: HeaderName,
    pub(crate) test: ValueTest,
}

impl HeaderCondition {
    pub(crate) fn compile(condition: &ValueMatch) -> Result<Self, String> {
        let name = HeaderName::from_bytes(condition.key.as_bytes())
            .map_err(|_| format!("`{}` is not a header name", condition.key))?;
        let test = ValueTest::compile(condition, name == HOST)?;
        Ok(Self { name, test })
    }

    fn holds(&self, request: &RequestView<'_>) -> bool {
        // HTTP/2 has no such header; the view has the host in any case.
        if self.name == HOST {
            return self.test.test_host(request.host);
        }
        request.headers.get_all(&self.name).iter().any(|value| self.test.test(value.as_bytes()))
    }
}

/// A condition on a query parameter. Holds where any parameter of that name passes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct QueryCondition {
    pub(crate) key: Box<str>,
    pub(crate) test: ValueTest,
}

impl QueryCondition {
    pub(crate) fn compile(condition: &ValueMatch) -> Result<Self, String> {
        if condition.key.is_empty() {
            return Err("the name of a query parameter must not be empty".to_owned());
        }
        Ok(Self { key: condition.key.as_str().into(), test: ValueTest::compile(condition, false)? })
    }

    fn holds(&self, request: &RequestView<'_>) -> bool {
        query::pairs(request.query).any(|(key, value)| key.equals(self.key.as_bytes()) && self.test.test_query(value))
    }
}

/// All conditions of a route besides its path.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Conditions {
    pub(crate) methods: Methods,
    /// `None` where there are neither header nor query conditions, which is the ordinary case.
    values: Option<Box<ValueConditions>>,
}

#[derive(Clone, Debug, PartialEq)]
struct ValueConditions {
    headers: Box<[HeaderCondition]>,
    queries: Box<[QueryCondition]>,
}

impl Conditions {
    pub(crate) fn compile(matches: &RouteMatch) -> Result<Self, String> {
        let methods = Methods::compile(&matches.methods)?;
        let headers: Box<[_]> = matches.headers.iter().map(HeaderCondition::compile).collect::<Result<_, _>>()?;
        let queries: Box<[_]> = matches.queries.iter().map(QueryCondition::compile).collect::<Result<_, _>>()?;
        let any = !headers.is_empty() || !queries.is_empty();
        Ok(Self { methods, values: any.then(|| Box::new(ValueConditions { headers, queries })) })
    }

    pub(crate) fn hold(&self, request: &RequestView<'_>) -> bool {
        self.methods.contains(request.method)
            && self.headers().iter().all(|condition| condition.holds(request))
            && self.queries().iter().all(|condition| condition.holds(request))
    }

    pub(crate) fn headers(&self) -> &[HeaderCondition] {
        self.values.as_ref().map_or(&[], |values| &values.headers)
    }

    pub(crate) fn queries(&self) -> &[QueryCondition] {
        self.values.as_ref().map_or(&[], |values| &values.queries)
    }
}
