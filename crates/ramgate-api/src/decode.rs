//! Request parameters to typed requests.
//!
//! SDKs write the same value in several ways: numbers and booleans as text (`True` in Python), structures as JSON text in
//! one parameter or as numbered parameters (`Tag.1.Key`). A [`Decoder`] over the parameter tree reads all of them by what
//! the request type asks for. Unknown parameters are ignored; `null`, and an empty list where a structure is asked
//! for, count as absent.
//!
//! Not for: finding out what the parameters are (the signature's canonical view of the request does that), or checking values.

use serde::de::{self, DeserializeOwned, IntoDeserializer, Visitor, value::StringDeserializer};
use serde_json::{Map, Value};

/// The deepest nesting that is read, in parameter names as in JSON text.
const MAX_DEPTH: usize = 32;
/// The largest number in a numbered parameter.
const MAX_INDEX: usize = 1000;

/// Why parameters do not make a request.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("The parameter `{parameter}` is not valid: {reason}.")]
pub struct DecodeError {
    /// The parameter's wire name with its path, such as `match.path.type`.
    pub parameter: String,
    /// What was expected.
    pub reason: String,
}

/// Makes a request of a parameter tree.
///
/// # Errors
/// Names the first parameter whose value cannot be read as what the request type asks for.
pub fn decode<T: DeserializeOwned>(parameters: Value) -> Result<T, DecodeError> {
    serde_path_to_error::deserialize(Decoder { value: parameters }).map_err(|error| {
        let parameter = error.path().to_string();
        DecodeError { parameter, reason: error.into_inner().to_string() }
    })
}

/// Makes a parameter tree of name-value pairs: `Tag.1.Key` becomes `{"Tag": [{"Key": …}]}`. Where a name is given both
/// plain and numbered, the numbered one counts; where it is given twice, the last one.
///
/// # Errors
/// A number over 1,000, or more than 32 parts in a name.
pub fn parameters_from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Value, DecodeError> {
    let mut root = Map::new();
    for (name, value) in pairs {
        let parts: Vec<&str> = name.split('.').collect();
        let refuse = |reason: &str| DecodeError { parameter: name.to_owned(), reason: reason.to_owned() };
        if parts.len() > MAX_DEPTH {
            return Err(refuse("its name has too many parts"));
        }
        if parts.iter().any(|p| index(p).is_some_and(|i| i > MAX_INDEX)) {
            return Err(refuse("its number is too large"));
        }
        insert(&mut root, &parts, value);
    }
    let mut tree = Value::Object(root);
    number_lists(&mut tree);
    Ok(tree)
}

/// The number that a part of a name is, counted from one.
fn index(part: &str) -> Option<usize> {
    (!part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse().unwrap_or(usize::MAX))
}

fn insert(into: &mut Map<String, Value>, parts: &[&str], value: &str) {
    match parts {
        [] => {}
        [last] => {
            // A plain value never replaces a numbered one of the same name.
            if !into.get(*last).is_some_and(Value::is_object) {
                into.insert((*last).to_owned(), Value::String(value.to_owned()));
            }
        }
        [first, rest @ ..] => {
            let slot = into.entry((*first).to_owned()).or_insert_with(|| Value::Object(Map::new()));
            if !slot.is_object() {
                *slot = Value::Object(Map::new());
            }
            if let Value::Object(inner) = slot {
                insert(inner, rest, value);
            }
        }
    }
}

/// Turns every object whose names are all numbers into a list, in the order of the numbers.
fn number_lists(value: &mut Value) {
    let Value::Object(map) = value else { return };
    map.values_mut().for_each(number_lists);
    if map.is_empty() || !map.keys().all(|k| index(k).is_some()) {
        return;
    }
    let mut members: Vec<(usize, Value)> =
        std::mem::take(map).into_iter().map(|(k, v)| (index(&k).unwrap_or(usize::MAX), v)).collect();
    members.sort_by_key(|(i, _)| *i);
    *value = Value::Array(members.into_iter().map(|(_, v)| v).collect());
}

/// Deserializes from a parameter tree, see the module's documentation.
struct Decoder {
    value: Value,
}

type Error = de::value::Error;

fn error(text: impl std::fmt::Display) -> Error {
    de::Error::custom(text)
}

/// Names what a value is, for messages.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "a structure",
    }
}

/// A value shortened for a message.
fn short(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    if text.chars().count() <= 64 { text } else { text.chars().take(61).chain("...".chars()).collect() }
}

/// Reads a parameter's text as JSON, where a structure or list is asked for; no text counts as null.
fn json_text(text: &str, expected: &str) -> Result<Value, Error> {
    if text.trim().is_empty() {
        return Ok(Value::Null);
    }
    // serde_json itself refuses nesting deeper than 128.
    serde_json::from_str(text).map_err(|e| error(format_args!("{expected} was expected, as JSON text; {e}")))
}

macro_rules! integers {
    ($($method:ident => $visit:ident: $type:ty),+ $(,)?) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            let parsed = match &self.value {
                Value::Number(n) => n.to_string().parse::<$type>().ok(),
                Value::String(text) => text.trim().parse::<$type>().ok(),
                _ => None,
            };
            match parsed {
                Some(n) => visitor.$visit(n),
                None => Err(error(format_args!("an integer was expected, `{}` was given", short(&self.value)))),
            }
        }
    )+};
}

impl<'de> de::Deserializer<'de> for Decoder {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value {
            Value::Array(members) => visitor.visit_seq(Members { rest: members.into_iter() }),
            Value::Object(map) => visitor.visit_map(Entries::new(map)),
            scalar => scalar.deserialize_any(visitor).map_err(error),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.value {
            Value::Bool(b) => visitor.visit_bool(*b),
            Value::String(t) if t.eq_ignore_ascii_case("true") => visitor.visit_bool(true),
            Value::String(t) if t.eq_ignore_ascii_case("false") => visitor.visit_bool(false),
            other => Err(error(format_args!("`true` or `false` was expected, `{}` was given", short(other)))),
        }
    }

    integers! {
        deserialize_i8 => visit_i8: i8, deserialize_i16 => visit_i16: i16, deserialize_i32 => visit_i32: i32,
        deserialize_i64 => visit_i64: i64, deserialize_u8 => visit_u8: u8, deserialize_u16 => visit_u16: u16,
        deserialize_u32 => visit_u32: u32, deserialize_u64 => visit_u64: u64,
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let parsed = match &self.value {
            Value::Number(n) => n.as_f64(),
            Value::String(text) => text.trim().parse().ok().filter(|n: &f64| n.is_finite()),
            _ => None,
        };
        match parsed {
            Some(n) => visitor.visit_f64(n),
            None => Err(error(format_args!("a number was expected, `{}` was given", short(&self.value)))),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value {
            Value::String(text) => visitor.visit_string(text),
            Value::Bool(_) | Value::Number(_) => visitor.visit_string(self.value.to_string()),
            other => Err(error(format_args!("text was expected, {} was given", kind(&other)))),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.value.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let value = match self.value {
            Value::String(text) => json_text(&text, "a list")?,
            other => other,
        };
        match value {
            Value::Array(members) => visitor.visit_seq(Members { rest: members.into_iter() }),
            Value::Null => visitor.visit_seq(Members { rest: Vec::new().into_iter() }),
            other => Err(error(format_args!("a list was expected, {} was given", kind(&other)))),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let value = match self.value {
            Value::String(text) => json_text(&text, "a structure")?,
            other => other,
        };
        match value {
            Value::Object(map) => visitor.visit_map(Entries::new(map)),
            Value::Null => visitor.visit_map(Entries::new(Map::new())),
            Value::Array(members) if members.is_empty() => visitor.visit_map(Entries::new(Map::new())),
            other => Err(error(format_args!("a structure was expected, {} was given", kind(&other)))),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_map(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.value {
            Value::String(text) if variants.contains(&text.as_str()) => {
                let plain: StringDeserializer<Error> = text.into_deserializer();
                visitor.visit_enum(plain)
            }
            other => {
                let given = short(&other);
                Err(error(format_args!("one of {} was expected, `{given}` was given", variants.join(", "))))
            }
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! { i128 u128 char bytes byte_buf unit unit_struct tuple tuple_struct identifier }
}

struct Members {
    rest: std::vec::IntoIter<Value>,
}

impl<'de> de::SeqAccess<'de> for Members {
    type Error = Error;

    fn next_element_seed<T: de::DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        self.rest.next().map(|value| seed.deserialize(Decoder { value })).transpose()
    }
}

struct Entries {
    rest: serde_json::map::IntoIter,
    value: Option<Value>,
}

impl Entries {
    fn new(map: Map<String, Value>) -> Self {
        Self { rest: map.into_iter(), value: None }
    }
}

impl<'de> de::MapAccess<'de> for Entries {
    type Error = Error;

    fn next_key_seed<K: de::DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        // Members that are null count as absent.
        match self.rest.by_ref().find(|(_, value)| !value.is_null()) {
            Some((name, value)) => {
                self.value = Some(value);
                let name: StringDeserializer<Error> = name.into_deserializer();
                seed.deserialize(name).map(Some)
            }
            None => Ok(None),
        }
    }

    fn next_value_seed<T: de::DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Error> {
        let value = self.value.take().unwrap_or(Value::Null);
        seed.deserialize(Decoder { value })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use serde_json::json;

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(default, rename_all = "PascalCase")]
    struct Request {
        name: String,
        count: Option<i32>,
        enabled: Option<bool>,
        tag: Vec<Tag>,
        filter: Option<Tag>,
        ids: Vec<i64>,
    }

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(default, rename_all = "PascalCase")]
    struct Tag {
        key: String,
        value: String,
    }

    fn tag(key: &str, value: &str) -> Tag {
        Tag { key: key.into(), value: value.into() }
    }

    fn of_pairs(pairs: &[(&str, &str)]) -> Result<Request, DecodeError> {
        decode(parameters_from_pairs(pairs.iter().copied())?)
    }

    #[test]
    fn numbers_and_booleans_are_read_from_text_as_every_sdk_writes_them() {
        let request = of_pairs(&[("Name", "a"), ("Count", "7"), ("Enabled", "True")]).unwrap();
        assert_eq!(request, Request { name: "a".into(), count: Some(7), enabled: Some(true), ..Default::default() });
        assert_eq!(of_pairs(&[("Enabled", "false")]).unwrap().enabled, Some(false));
    }

    #[test]
    fn structures_are_read_from_json_text_and_from_numbered_parameters_alike() {
        let numbered = [("Tag.2.Key", "b"), ("Tag.1.Key", "a"), ("Tag.1.Value", "1"), ("Tag.10.Key", "j")];
        let request = of_pairs(&numbered).unwrap();
        assert_eq!(request.tag, [tag("a", "1"), tag("b", ""), tag("j", "")]);
        let text = [("Tag", r#"[{"Key":"a","Value":"1"}]"#), ("Filter", r#"{"Key":"k"}"#), ("Ids", r#"[1, "2"]"#)];
        let request = of_pairs(&text).unwrap();
        assert_eq!(request.tag, [tag("a", "1")]);
        assert_eq!(request.filter, Some(tag("k", "")));
        assert_eq!(request.ids, [1, 2]);
    }

    #[test]
    fn null_members_and_unknown_parameters_are_passed_over() {
        let request: Request = decode(json!({"Name": null, "Tag": [], "Filter": null, "New": {"a": [1]}})).unwrap();
        assert_eq!(request, Request::default());
    }

    #[test]
    fn an_ill_typed_value_names_its_parameter_and_what_was_expected() {
        let error = of_pairs(&[("Count", "many")]).unwrap_err();
        assert_eq!(error.parameter, "Count");
        assert_eq!(error.reason, "an integer was expected, `many` was given");
        let error = decode::<Request>(json!({"Tag": [{"Key": {"a": 1}}]})).unwrap_err();
        assert_eq!(error.parameter, "Tag[0].Key");
        assert!(of_pairs(&[("Tag", "[{")]).unwrap_err().reason.starts_with("a list was expected, as JSON text;"));
    }

    #[test]
    fn numbered_parameters_are_bounded_and_win_over_plain_ones() {
        assert!(of_pairs(&[("Tag.1001.Key", "a")]).is_err());
        assert!(of_pairs(&[(&vec!["a"; 40].join("."), "x")]).is_err());
        for pairs in [[("Tag", "[]"), ("Tag.1.Key", "a")], [("Tag.1.Key", "a"), ("Tag", "[]")]] {
            assert_eq!(of_pairs(&pairs).unwrap().tag, [tag("a", "")]);
        }
    }
}
