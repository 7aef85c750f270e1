//! Calls and small changes for tests that are written out one by one.

use crate::{clients::Logical, support::Request};

pub(crate) fn call(segments: &[&str], query: &[(&str, &str)]) -> Logical {
    Logical {
        method: "POST",
        segments: segments.iter().map(|s| (*s).to_owned()).collect(),
        query: query.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect(),
        form: None,
        json: None,
        token: None,
        nonce: "0123456789abcdef0123456789abcdef".to_owned(),
    }
}

pub(crate) fn form(pairs: &[(&str, &str)]) -> Option<Vec<(String, String)>> {
    Some(pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect())
}

pub(crate) fn respelled(request: &Request, from: &str, to: &str) -> Request {
    assert!(request.target.contains(from), "{}", request.target);
    request.clone().with(|r| r.target = r.target.replace(from, to))
}

pub(crate) fn signed_parameter(request: &Request, name: &str) -> Option<String> {
    let verified = request.check().unwrap();
    let parameters = request.view(|r| verified.rpc_parameters(r)).unwrap();
    parameters.get(name).map(str::to_owned)
}
