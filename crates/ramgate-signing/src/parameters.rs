//! Query and form parameters: one decoder for the signature and for the operation.
//!
//! The dispatcher reads business parameters through the same functions that the verifier canonicalises, so what was
//! signed is what runs. A `+` is a space, escapes have to be well formed, text has to be UTF-8, names must not be empty,
//! and no name may occur twice in one place. A name that is in the query and in the form takes the form's value, which is
//! the one that clients of signature version 1.0 sign.

use std::{borrow::Cow, collections::BTreeMap};

use crate::{
    encoding::{DecodeProblem, Plus, decode_text},
    error::{SignatureError, shortened},
    request::WireRequest,
};

/// The most parameters a query or a form may have. It bounds the memory a form of tiny parameters can take.
pub const MAX_PARAMETERS: usize = 4096;

/// Decoded parameters by name, in the byte order of their names.
///
/// Holds whatever the client sent, also names that no operation knows: SDKs add some to every call.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Parameters(BTreeMap<String, String>);

impl Parameters {
    /// The decoded value of a parameter. Names are case-sensitive.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// The value of a parameter unless it is absent or empty.
    pub(crate) fn non_empty(&self, name: &str) -> Option<&str> {
        self.get(name).filter(|value| !value.is_empty())
    }

    /// All parameters in the byte order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// How many parameters there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True when there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The parameters as an ordinary map.
    #[must_use]
    pub fn into_map(self) -> BTreeMap<String, String> {
        self.0
    }

    /// Drops every parameter with an empty value: what a client that signs without them has signed.
    pub(crate) fn without_empty(mut self) -> Self {
        self.0.retain(|_, value| !value.is_empty());
        self
    }
}

/// Names only: values may carry credentials.
impl std::fmt::Debug for Parameters {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// Where parameters come from, as error messages name it.
pub(crate) const QUERY: &str = "query";
pub(crate) const FORM: &str = "form";

/// Decoded names and values, borrowed where nothing had to be decoded.
pub(crate) type Pairs<'a> = Vec<(Cow<'a, str>, Cow<'a, str>)>;

/// Decodes `a=1&b=2` into pairs in the order given.
pub(crate) fn decode_pairs<'a>(text: &'a [u8], place: &'static str) -> Result<Pairs<'a>, SignatureError> {
    let malformed = |reason| SignatureError::MalformedParameters { place, reason };
    let decode = |bytes| decode_text(bytes, Plus::Space).map_err(|problem: DecodeProblem| malformed(problem.reason()));
    let mut pairs = Vec::new();
    for piece in text.split(|byte| *byte == b'&').filter(|piece| !piece.is_empty()) {
        if pairs.len() >= MAX_PARAMETERS {
            return Err(malformed("there are more than 4096"));
        }
        let mut parts = piece.splitn(2, |byte| *byte == b'=');
        let name = decode(parts.next().unwrap_or_default())?;
        let value = decode(parts.next().unwrap_or_default())?;
        if name.is_empty() {
            return Err(malformed("a name is empty"));
        }
        pairs.push((name, value));
    }
    Ok(pairs)
}

fn unique(text: &[u8], place: &'static str) -> Result<BTreeMap<String, String>, SignatureError> {
    let mut map = BTreeMap::new();
    for (name, value) in decode_pairs(text, place)? {
        if map.contains_key(name.as_ref()) {
            return Err(SignatureError::DuplicateParameter { name: shortened(&name), place });
        }
        map.insert(name.into_owned(), value.into_owned());
    }
    Ok(map)
}

/// The parameters of an RPC operation: query and form together, the form's value where both have a name.
///
/// The body counts only when its content type is `application/x-www-form-urlencoded`. For a signed request use
/// [`crate::Verified::rpc_parameters`], which leaves out what the signature does not cover.
///
/// # Errors
/// [`SignatureError::MalformedParameters`] and [`SignatureError::DuplicateParameter`], both 400 `InvalidParameter`;
/// [`SignatureError::DuplicateHeader`] for a second content type.
pub fn rpc_parameters(request: &WireRequest<'_>) -> Result<Parameters, SignatureError> {
    let (query, form) = query_and_form(request)?;
    Ok(merge(query, form))
}

/// The parameters of an ROA operation: the query alone; the body is JSON or nothing.
///
/// # Errors
/// [`SignatureError::MalformedParameters`] and [`SignatureError::DuplicateParameter`], both 400 `InvalidParameter`.
pub fn query_parameters(request: &WireRequest<'_>) -> Result<Parameters, SignatureError> {
    unique(request.query().as_bytes(), QUERY).map(Parameters)
}

/// Query and form apart.
pub(crate) fn query_and_form(request: &WireRequest<'_>) -> Result<(Parameters, Parameters), SignatureError> {
    let form = if request.has_form()? { unique(request.body, FORM)? } else { BTreeMap::new() };
    Ok((query_parameters(request)?, Parameters(form)))
}

/// Query and form merged, the form's value where both have a name.
pub(crate) fn merge(query: Parameters, form: Parameters) -> Parameters {
    let mut merged = query;
    merged.0.extend(form.0);
    merged
}
