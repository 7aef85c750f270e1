//! Answers on the wire: the envelope of each product around a response, and errors as every SDK generation reads them.

use ramgate_api::{ApiError, Envelope, OpSpec, Product, Style};
use serde_json::{Map, Value, json};

/// The body of a successful answer.
pub(crate) fn success(spec: &OpSpec, request_id: &str, response: Value) -> Value {
    match spec.envelope {
        Envelope::Flat => with_fields(json!({ "RequestId": request_id }), response),
        Envelope::Data => {
            let mut body = json!({ "requestId": request_id, "code": "Ok", "message": "success" });
            // Operations with nothing to return have no `data`.
            if !is_empty(&response) {
                body["data"] = response;
            }
            body
        }
        Envelope::Mse => {
            let mut body = mse(request_id);
            if !is_empty(&response) {
                body["Data"] = response;
            }
            body
        }
        Envelope::MseFlat => with_fields(mse(request_id), response),
    }
}

fn is_empty(response: &Value) -> bool {
    match response {
        Value::Null => true,
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}

fn with_fields(mut body: Value, response: Value) -> Value {
    if let (Value::Object(body), Value::Object(fields)) = (&mut body, response) {
        body.extend(fields);
    }
    body
}

fn mse(request_id: &str) -> Value {
    json!({
        "RequestId": request_id, "HttpStatusCode": 200, "Success": true, "Code": 200, "Message": "success",
        "ErrorCode": "", "DynamicCode": "", "DynamicMessage": "",
    })
}

/// The body of an error answer. `product` is `None` where the request did not come so far as to name one.
pub(crate) fn failure(product: Option<&Product>, request_id: &str, host: &str, error: &ApiError) -> Value {
    let mut body = Map::new();
    let mut set = |name: &str, value: Value| body.insert(name.to_owned(), value);
    set("RequestId", request_id.into());
    set("HostId", host.into());
    set("Code", error.code.into());
    set("Message", error.message.as_str().into());
    if let Some(detail) = &error.access_denied {
        set("AccessDeniedDetail", detail.as_ref().clone());
    }
    match product {
        // Clients of the ROA products look for lower-case names too.
        Some(product) if product.style == Style::Roa => {
            set("requestId", request_id.into());
            set("code", error.code.into());
            set("message", error.message.as_str().into());
        }
        Some(product) if product.envelope == Envelope::Mse => {
            set("Success", false.into());
            set("ErrorCode", error.code.into());
            set("HttpStatusCode", error.status.into());
        }
        _ => {}
    }
    Value::Object(body)
}
