//! Random calls, rich in the characters that encoders treat differently.

use std::collections::BTreeMap;

use proptest::{collection::vec, option, prelude::*, sample::select};

use crate::clients::{Logical, RoaClient};

/// Text rich in everything that encoders disagree about.
pub(crate) fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zA-Z0-9]{1,3}",
        6 => select(vec![
            " ", "+", "*", "~", "!", "'", "(", ")", "/", "%", "&", "=", "?", "#", ";", ":", "@", ",", "$", "\n", "\t",
            "\"", "{", "[", "é", "中", "😀", "%20", "%2F", ".", "..", "-", "_",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(|c| c.to_string()),
    ];
    vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

/// Names that a client which signs names raw can send without doubt.
pub(crate) fn plain_name() -> impl Strategy<Value = String> {
    text().prop_map(|text| text.chars().filter(|c| !c.is_control() && !"%&=".contains(*c)).collect::<String>() + "N")
}

pub(crate) fn pairs(name: impl Strategy<Value = String>) -> impl Strategy<Value = Vec<(String, String)>> {
    vec((name, text()), 0..5).prop_map(|pairs| pairs.into_iter().collect::<BTreeMap<_, _>>().into_iter().collect())
}

pub(crate) fn call() -> impl Strategy<Value = Logical> {
    let method = select(vec!["GET", "POST", "PUT", "PATCH", "DELETE"]);
    // Dot segments do not survive client URL libraries; empty ones are no parameters.
    let segment = text().prop_map(|s| if ["", ".", ".."].contains(&s.as_str()) { "gw-1".to_owned() } else { s });
    let token = option::of("[a-zA-Z0-9/+=]{1,20}");
    (
        method,
        vec(segment, 0..4),
        pairs(plain_name()),
        option::of(pairs(plain_name())),
        option::of(text()),
        token,
        "[0-9a-f]{32}",
    )
        .prop_map(|(method, segments, query, form, json, token, nonce)| Logical {
            method,
            segments,
            query,
            form: form.filter(|form| !form.is_empty()),
            json: json.filter(|json| !json.is_empty()),
            token,
            nonce,
        })
}

/// Leaves out what ROA version 1 cannot cover, and paths that the older Python core cannot send.
pub(crate) fn for_roa(client: RoaClient, mut call: Logical) -> Logical {
    call.form = None;
    for (_, value) in &mut call.query {
        *value = value.replace('&', "");
    }
    if client == RoaClient::PythonOld {
        call.segments = call.segments.iter().map(|s| s.replace(['/', '?', '%'], "") + "x").collect();
    }
    call
}
