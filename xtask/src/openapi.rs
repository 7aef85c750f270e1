//! OpenAPI 3.1 documents, one for each product.
//!
//! RPC operations share one path; a fragment tells them apart, as is usual for such APIs. ROA operations have their
//! own.

use crate::wired::Wired;
use ramgate_api::{Binding, CatalogEntry, Envelope, Method, OpSpec, Product};
use schemars::generate::SchemaSettings;
use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

/// Whether a product has a document. The log and alert services are known by name only.
pub(crate) fn covers(product: &Product) -> bool {
    !matches!(product.ram_code, "log" | "arms")
}

/// The document of a product.
pub(crate) fn document(product: &Product, operations: &[&'static OpSpec], wired: &Wired) -> Value {
    let settings = SchemaSettings::draft2020_12().with(|s| {
        s.definitions_path = "/components/schemas".into();
        s.meta_schema = None;
    });
    let mut generator = settings.into_generator();
    let mut paths: Map<String, Value> = Map::new();
    for spec in operations {
        let (path, method, operation) = operation(spec, wired.has(spec), &mut generator);
        let item = paths.entry(path).or_insert_with(|| json!({}));
        item[method] = operation;
    }
    let mut schemas: Map<String, Value> = generator.take_definitions(true).into_iter().collect();
    schemas.retain(|name, _| name != "Unbuilt" && name != "Empty");
    // The fields of requests with a path of their own stand in the operations.
    if operations.iter().any(|spec| matches!(spec.binding, Binding::Roa(..))) {
        schemas.retain(|name, _| !operations.iter().any(|spec| *name == format!("{}Request", spec.name)));
    }
    for spec in operations {
        if let Some(schema) = schemas.get_mut(&format!("{}Request", spec.name)) {
            require(schema, spec.required);
        }
    }
    schemas.values_mut().for_each(clean);
    schemas.insert("Error".to_owned(), error_schema());
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": format!("{} on Ramgate", product.name),
            "version": product.version,
            "description": format!(
                "Written by `cargo xtask gen`. Requests are signed with ACS3-HMAC-SHA256 and carry `x-acs-version: {}`; \
                 actions are authorised under the code `{}`.",
                product.version, product.ram_code,
            ),
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "servers": [{ "url": "http://127.0.0.1:9080" }],
        "security": [{ "acs3": [] }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "acs3": {
                    "type": "apiKey", "in": "header", "name": "Authorization",
                    "description": "ACS3-HMAC-SHA256 Credential=…,SignedHeaders=…,Signature=…",
                },
            },
        },
    })
}

/// Path, method and operation object.
fn operation(spec: &'static OpSpec, wired: bool, generator: &mut SchemaGenerator) -> (String, &'static str, Value) {
    let (request, response) = (spec.schemas)(generator);
    let mut operation = json!({
        "operationId": spec.name,
        "summary": spec.summary(),
        "responses": responses(spec, wired, response),
        "x-ramgate": permission(spec, wired),
    });
    match spec.binding {
        Binding::Rpc => {
            // Structures stand in one parameter as JSON text, or in several as `Tag.1.Key`.
            let content = json!({ "application/x-www-form-urlencoded": { "schema": request } });
            operation["requestBody"] = json!({ "content": content });
            (format!("/#Action={}", spec.name), "post", operation)
        }
        Binding::Roa(method, path) => {
            let fields = properties(&request, generator);
            let in_body = matches!(method, Method::POST | Method::PUT | Method::PATCH);
            let placeholders: Vec<&str> = spec.binding.placeholders().collect();
            let mut parameters = Vec::new();
            let mut body = Map::new();
            for (name, schema) in fields {
                if placeholders.contains(&name.as_str()) {
                    parameters.push(parameter(&name, "path", true, schema));
                } else if !in_body || spec.query.contains(&name.as_str()) {
                    let required = spec.required.contains(&name.as_str());
                    parameters.push(parameter(&name, "query", required, schema));
                } else {
                    body.insert(name, schema);
                }
            }
            if !parameters.is_empty() {
                operation["parameters"] = parameters.into();
            }
            if !body.is_empty() {
                let needed: Vec<&str> = spec.required.iter().copied().filter(|name| body.contains_key(*name)).collect();
                let mut schema = json!({ "type": "object", "properties": body });
                require(&mut schema, &needed);
                operation["requestBody"] = json!({ "content": { "application/json": { "schema": schema } } });
            }
            (path.to_owned(), lower(method), operation)
        }
    }
}

fn lower(method: Method) -> &'static str {
    match method {
        Method::GET => "get",
        Method::POST => "post",
        Method::PUT => "put",
        Method::DELETE => "delete",
        Method::PATCH => "patch",
    }
}

/// A parameter; structures travel as JSON text.
fn parameter(name: &str, place: &str, required: bool, mut schema: Value) -> Value {
    let description = schema.as_object_mut().and_then(|schema| schema.remove("description"));
    let structured = schema.get("$ref").is_some() || schema["type"] == "array" || schema["type"] == "object";
    let mut parameter = json!({ "name": name, "in": place });
    if let Some(description) = description {
        parameter["description"] = description;
    }
    if required {
        parameter["required"] = true.into();
    }
    if structured {
        parameter["content"] = json!({ "application/json": { "schema": schema } });
    } else {
        parameter["schema"] = schema;
    }
    parameter
}

/// The fields of a request, without the defaults that only say "absent".
fn properties(request: &Schema, generator: &SchemaGenerator) -> Map<String, Value> {
    let name = request.get("$ref").and_then(Value::as_str).and_then(|r| r.rsplit('/').next());
    let resolved = name.and_then(|name| generator.definitions().get(name)).unwrap_or_else(|| request.as_value());
    let mut fields = resolved.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
    fields.values_mut().for_each(clean);
    fields
}

fn require(schema: &mut Value, names: &[&str]) {
    if !names.is_empty() {
        schema["required"] = json!(names);
    }
}

/// Takes from a schema, and all schemas in it, the defaults that only say "absent", and the links of the doc
/// comments. A property may itself be called `default` or `description`.
fn clean(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            members.remove("default");
            for (keyword, member) in members.iter_mut() {
                match (keyword.as_str(), member) {
                    ("properties", Value::Object(fields)) => fields.values_mut().for_each(clean),
                    ("description", Value::String(text)) => *text = text.replace("[`", "`").replace("`]", "`"),
                    ("const" | "enum" | "examples", _) => {}
                    (_, member) => clean(member),
                }
            }
        }
        Value::Array(members) => members.iter_mut().for_each(clean),
        _ => {}
    }
}

fn responses(spec: &OpSpec, wired: bool, response: Schema) -> Value {
    let mut codes: Vec<String> =
        spec.errors.iter().map(|error| format!("`{}` ({})", error.code, error.status)).collect();
    codes.dedup();
    let description = match codes.as_slice() {
        [] => "One of the codes common to all products.".to_owned(),
        codes => format!("{}, or one of the codes common to all products.", codes.join(", ")),
    };
    let error = json!({
        "description": description,
        "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Error" } } },
    });
    if !wired {
        return json!({ "501": { "description": "Authorised, and not built yet." }, "default": error });
    }
    let schema = envelope(spec.envelope, response.to_value());
    let success = json!({ "description": "Done.", "content": { "application/json": { "schema": schema } } });
    json!({ "200": success, "default": error })
}

/// The response in the envelope of its product.
fn envelope(envelope: Envelope, response: Value) -> Value {
    let text = || json!({ "type": "string" });
    let empty = response["$ref"] == "#/components/schemas/Empty" || response["type"] == "null";
    let object = |fields: Value| json!({ "type": "object", "properties": fields });
    let with = |mut fields: Value, name: &str| {
        if !empty {
            fields[name] = response.clone();
        }
        object(fields)
    };
    let mse = || {
        json!({
            "RequestId": text(), "HttpStatusCode": { "type": "integer" }, "Success": { "type": "boolean" },
            "Code": { "type": "integer" }, "Message": text(), "ErrorCode": text(),
        })
    };
    let beside = |fields: Value| {
        if empty { object(fields) } else { json!({ "allOf": [object(fields), response.clone()] }) }
    };
    match envelope {
        Envelope::Flat => beside(json!({ "RequestId": text() })),
        Envelope::Data => with(json!({ "requestId": text(), "code": text(), "message": text() }), "data"),
        Envelope::Mse => with(mse(), "Data"),
        Envelope::MseFlat => beside(mse()),
    }
}

/// What authorization looks at, as the catalog has it.
fn permission(spec: &'static OpSpec, wired: bool) -> Value {
    let entry = CatalogEntry::of(spec, wired);
    json!({
        "action": entry.action,
        "access": entry.access,
        "resources": entry.resources,
        "conditionKeys": entry.condition_keys,
        "state": entry.state,
    })
}

fn error_schema() -> Value {
    let text = json!({ "type": "string" });
    json!({
        "type": "object",
        "properties": {
            "RequestId": text, "HostId": text, "Code": text, "Message": text,
            "AccessDeniedDetail": {
                "type": "object",
                "description": "Only where a policy refused: action, principal, and the kind of policy that decided.",
            },
        },
        "required": ["RequestId", "Code", "Message"],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ramgate_api::PRODUCTS;

    fn documents() -> Vec<Value> {
        let wired = Wired::of_control();
        let covered = PRODUCTS.iter().filter(|(product, _)| covers(product));
        covered.map(|(product, operations)| document(product, operations, &wired)).collect()
    }

    /// Calls `visit` on every reference in `value`.
    fn references<'v>(value: &'v Value, visit: &mut impl FnMut(&'v str)) {
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    match member {
                        Value::String(target) if name == "$ref" => visit(target),
                        member => references(member, visit),
                    }
                }
            }
            Value::Array(members) => members.iter().for_each(|member| references(member, visit)),
            _ => {}
        }
    }

    #[test]
    fn every_reference_leads_somewhere_and_every_schema_is_referred_to() {
        for document in documents() {
            let mut referred = std::collections::BTreeSet::new();
            references(&document, &mut |target| {
                assert!(document.pointer(target.trim_start_matches('#')).is_some(), "{target}");
                referred.insert(target.rsplit('/').next().unwrap_or_default());
            });
            for name in document["components"]["schemas"].as_object().unwrap().keys() {
                let title = &document["info"]["title"];
                assert!(referred.contains(name.as_str()), "{name} of {title} is referred to by nothing");
            }
        }
    }

    #[test]
    fn placeholders_are_required_path_parameters() {
        for document in documents() {
            for (path, item) in document["paths"].as_object().unwrap() {
                let placeholders = path.split('/').filter(|part| part.starts_with('{')).count();
                for operation in item.as_object().unwrap().values() {
                    let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
                    let in_path = parameters.iter().filter(|p| p["in"] == "path" && p["required"] == true).count();
                    assert_eq!(in_path, placeholders, "{path}");
                }
            }
        }
    }

    #[test]
    fn every_operation_stands_in_the_document_of_its_product() {
        for ((product, operations), document) in PRODUCTS.iter().filter(|(p, _)| covers(p)).zip(documents()) {
            let paths = document["paths"].as_object().unwrap();
            let found: usize = paths.values().map(|item| item.as_object().unwrap().len()).sum();
            assert_eq!(found, operations.len(), "{}", product.name);
        }
    }

    #[test]
    fn a_property_called_default_stays() {
        let mut schema = json!({
            "default": 1,
            "description": "What [`Op`] is asked.",
            "properties": { "default": { "type": "boolean", "default": false } },
        });
        clean(&mut schema);
        let expected = json!({
            "description": "What `Op` is asked.",
            "properties": { "default": { "type": "boolean" } },
        });
        assert_eq!(schema, expected);
    }
}
