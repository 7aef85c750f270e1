//! What an operation takes, from the schema of its request, and how options become parameters.

use crate::error::CliError;
use crate::host::Host;
use crate::input;
use crate::nearest::hint;
use ramgate_api::OpSpec;
use schemars::SchemaGenerator;
use serde_json::{Map, Value};

/// A parameter of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Parameter {
    /// As on the wire, such as `UserName` or `httpApiId`.
    pub(super) name: String,
    /// What it takes.
    pub(super) kind: Kind,
    /// Whether the operation needs it.
    pub(super) required: bool,
    /// What it means.
    pub(super) doc: String,
}

/// What a parameter takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Any text.
    Text,
    /// A number.
    Number,
    /// `true` or `false`.
    Bool,
    /// Several values.
    List(Box<Kind>),
    /// A JSON object, or anything that only JSON can say.
    Structure,
}

impl Kind {
    /// What stands for the value in a description.
    pub(super) fn placeholder(&self) -> &'static str {
        match self {
            Self::Text => "TEXT",
            Self::Number => "NUMBER",
            Self::Bool => "true|false",
            Self::List(kind) if **kind == Self::Structure => "JSON...",
            Self::List(_) => "VALUE...",
            Self::Structure => "JSON",
        }
    }
}

impl Parameter {
    /// The option in lower case: `user-name`.
    pub(super) fn option(&self) -> String {
        let mut option = String::new();
        let mut previous = '-';
        let mut characters = self.name.chars().peekable();
        while let Some(c) = characters.next() {
            let next_is_lower = characters.peek().is_some_and(char::is_ascii_lowercase);
            // `SLBIds` is `slb-ids`, `MFAEnabled` is `mfa-enabled`.
            let begins =
                c.is_ascii_uppercase() && (previous.is_ascii_lowercase() || previous.is_ascii_digit() || next_is_lower);
            if begins && !matches!(previous, '-') {
                option.push('-');
            }
            option.push(if matches!(c, '.' | '_') { '-' } else { c.to_ascii_lowercase() });
            previous = if matches!(c, '.' | '_') { '-' } else { c };
        }
        option
    }
}

/// The parameters of an operation: those needed first, then as declared.
pub(super) fn parameters(spec: &OpSpec) -> Vec<Parameter> {
    let mut generator = SchemaGenerator::default();
    let (request, _) = (spec.schemas)(&mut generator);
    let definitions = generator.take_definitions(true);
    let mut found = Vec::new();
    properties(request.as_value(), &definitions, &mut found);
    let needed: Vec<&str> = spec.binding.placeholders().chain(spec.required.iter().copied()).collect();
    for parameter in &mut found {
        parameter.required = needed.contains(&parameter.name.as_str());
    }
    found.sort_by_key(|parameter| !parameter.required);
    found
}

fn resolve<'a>(schema: &'a Value, definitions: &'a Map<String, Value>) -> &'a Value {
    let name = schema.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next());
    name.and_then(|name| definitions.get(name)).unwrap_or(schema)
}

fn properties(schema: &Value, definitions: &Map<String, Value>, found: &mut Vec<Parameter>) {
    let schema = resolve(schema, definitions);
    for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let doc = property.get("description").or_else(|| resolve(property, definitions).get("description"));
        let doc = doc.and_then(Value::as_str).unwrap_or_default();
        let doc = doc.split("\n\n").next().unwrap_or_default().replace('\n', " ");
        found.push(Parameter { name: name.clone(), kind: kind(property, definitions), required: false, doc });
    }
    for part in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
        properties(part, definitions, found);
    }
}

fn kind(schema: &Value, definitions: &Map<String, Value>) -> Kind {
    let schema = resolve(schema, definitions);
    let either = schema.get("anyOf").or_else(|| schema.get("oneOf")).and_then(Value::as_array);
    if let Some(either) = either {
        let mut others = either.iter().filter(|one| one.get("type").and_then(Value::as_str) != Some("null"));
        return match (others.next(), others.next()) {
            (Some(one), None) => kind(one, definitions),
            _ => Kind::Structure,
        };
    }
    let names: Vec<&str> = match schema.get("type") {
        Some(Value::String(name)) => vec![name],
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).filter(|name| *name != "null").collect(),
        _ if schema.get("enum").is_some() || schema.get("const").is_some() => vec!["string"],
        _ => Vec::new(),
    };
    match names.as_slice() {
        ["string"] => Kind::Text,
        ["integer" | "number"] => Kind::Number,
        ["boolean"] => Kind::Bool,
        ["array"] => {
            Kind::List(Box::new(schema.get("items").map_or(Kind::Structure, |items| kind(items, definitions))))
        }
        _ => Kind::Structure,
    }
}

/// Reads parameters from the words of the command line, and from `body` when it is given.
pub(super) fn read(
    host: &mut Host<'_>,
    spec: &OpSpec,
    known: &[Parameter],
    words: &[String],
    body: Option<&str>,
) -> Result<Map<String, Value>, CliError> {
    let mut given = match body {
        None => Map::new(),
        Some(text) => {
            let text = from_file(host, text)?;
            match serde_json::from_str(&text) {
                Ok(Value::Object(fields)) => fields,
                Ok(_) => return Err(CliError::Usage("`--json-body` takes a JSON object".to_owned())),
                Err(error) => return Err(CliError::Usage(format!("`--json-body` takes a JSON object: {error}"))),
            }
        }
    };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let Some(option) = word.strip_prefix("--") else {
            return Err(CliError::Usage(format!("what is `{word}`? parameters are written `--name value`")));
        };
        let (option, inline) = option.split_once('=').map_or((option, None), |(name, value)| (name, Some(value)));
        let parameter = find(spec, known, option)?;
        let text = match inline {
            Some(text) => text.to_owned(),
            None => words.next().cloned().ok_or_else(|| CliError::Usage(format!("`{word}` needs a value")))?,
        };
        let text = from_file(host, &text)?;
        match &parameter.kind {
            Kind::List(_) if text.trim_start().starts_with('[') => {
                given.insert(parameter.name.clone(), value(parameter, &Kind::Structure, &text)?);
            }
            Kind::List(kind) => {
                let one = value(parameter, kind, &text)?;
                match given.entry(parameter.name.clone()).or_insert_with(|| Value::Array(Vec::new())) {
                    Value::Array(list) => list.push(one),
                    other => *other = Value::Array(vec![one]),
                }
            }
            kind => {
                let one = value(parameter, kind, &text)?;
                if given.insert(parameter.name.clone(), one).is_some() {
                    return Err(CliError::Usage(format!("`{}` is given twice", parameter.name)));
                }
            }
        }
    }
    Ok(given)
}

fn find<'a>(spec: &OpSpec, known: &'a [Parameter], option: &str) -> Result<&'a Parameter, CliError> {
    let exact = known.iter().find(|parameter| parameter.name == option);
    let by_option = || known.iter().find(|parameter| parameter.option() == option.to_ascii_lowercase());
    let ignoring_case = || known.iter().find(|parameter| parameter.name.eq_ignore_ascii_case(option));
    exact.or_else(by_option).or_else(ignoring_case).ok_or_else(|| {
        let options: Vec<String> = known.iter().map(Parameter::option).collect();
        let hint = hint(option, options.iter().map(String::as_str));
        let (code, name) = (spec.product.ram_code, spec.name);
        let list = if hint.is_empty() { format!("; `ramgate call {code} {name} --help` lists them") } else { hint };
        CliError::Usage(format!("`--{option}` is no parameter of {name}{list}"))
    })
}

/// The text, or what is in the file that `@` names. `@@` is a text that begins with `@`.
fn from_file(host: &mut Host<'_>, text: &str) -> Result<String, CliError> {
    match text.strip_prefix('@') {
        None => Ok(text.to_owned()),
        Some(literal) if literal.starts_with('@') => Ok(literal.to_owned()),
        Some(name) => input::read(host, name),
    }
}

fn value(parameter: &Parameter, kind: &Kind, text: &str) -> Result<Value, CliError> {
    let wrong = |what: String| CliError::Usage(format!("`--{}` takes {what}", parameter.option()));
    match kind {
        Kind::Text => Ok(Value::String(text.to_owned())),
        Kind::Number => match serde_json::from_str(text.trim()) {
            Ok(Value::Number(number)) => Ok(Value::Number(number)),
            _ => Err(wrong(format!("a number, not `{text}`"))),
        },
        Kind::Bool => match text.trim() {
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            _ => Err(wrong(format!("`true` or `false`, not `{text}`"))),
        },
        Kind::List(_) | Kind::Structure => serde_json::from_str(text).map_err(|error| wrong(format!("JSON: {error}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_the_wire_names_in_lower_case() {
        for (name, option) in [
            ("UserName", "user-name"),
            ("httpApiId", "http-api-id"),
            ("MFAEnabled", "mfa-enabled"),
            ("SLBIds", "slb-ids"),
            ("name", "name"),
            ("Ipv6Address", "ipv6-address"),
            ("x_y.Z", "x-y-z"),
        ] {
            let parameter = Parameter { name: name.to_owned(), kind: Kind::Text, required: false, doc: String::new() };
            assert_eq!(parameter.option(), option);
        }
    }

    #[test]
    fn every_operation_has_options_without_two_of_the_same_name() {
        for spec in ramgate_api::operations() {
            let mut options: Vec<String> = parameters(spec).iter().map(Parameter::option).collect();
            let n = options.len();
            options.sort();
            options.dedup();
            assert_eq!(options.len(), n, "{}", spec.name);
            for placeholder in spec.binding.placeholders() {
                let known = parameters(spec);
                assert!(known.iter().any(|p| p.name == placeholder && p.required), "{} {placeholder}", spec.name);
            }
        }
    }
}
