//! Random changes to a request on its way, aimed at what parsers and encoders disagree about.

use proptest::{prelude::*, sample::select};

use crate::{support::Request, values::text};

/// One change on the way from client to server, aimed at what parsers disagree about.
#[derive(Debug, Clone)]
pub(crate) enum Change {
    /// Replace the bytes at a place of the target.
    Target(prop::sample::Index, usize, String),
    /// Escape or unescape one character of the target.
    Respell(prop::sample::Index),
    Body(prop::sample::Index, usize, String),
    Header(prop::sample::Index, String),
    AddHeader(String, String),
    DropHeader(prop::sample::Index),
    Method(String),
    /// Move the query into a form or back.
    Swap,
}

pub(crate) fn change() -> impl Strategy<Value = Change> {
    let snippet = || {
        select(vec![
            "",
            "&",
            "=",
            "%26",
            "%3D",
            "%2F",
            "/",
            "?",
            "%3F",
            "%25",
            "+",
            "%20",
            "%2B",
            "a",
            "&a=",
            "&Action=B",
            "&a",
            "%0A",
            ";",
            "%7E",
            "*",
            "%2A",
            "'",
            "%27",
            "(",
            "&Signature=x",
            "%",
            "%2526",
            "#",
            "//",
            "/./",
            "/../",
        ])
        .prop_map(str::to_owned)
    };
    let header = select(vec![
        "x-acs-action",
        "x-acs-version",
        "X-ACS-Action",
        "content-type",
        "host",
        "authorization",
        "content-md5",
        "date",
        "x-acs-security-token",
        "x-acs-bearer-token",
        "accept",
        "x-acs-new",
    ]);
    let value = prop_oneof![
        select(vec!["", "application/x-www-form-urlencoded", "application/json", "DeleteUser", "a:b", " x "])
            .prop_map(str::to_owned),
        text(),
    ];
    let index = any::<prop::sample::Index>;
    prop_oneof![
        4 => (index(), 0..3usize, snippet()).prop_map(|(i, n, s)| Change::Target(i, n, s)),
        6 => index().prop_map(Change::Respell),
        2 => (index(), 0..3usize, snippet()).prop_map(|(i, n, s)| Change::Body(i, n, s)),
        2 => (index(), text()).prop_map(|(i, s)| Change::Header(i, s)),
        2 => (header, value).prop_map(|(n, v)| Change::AddHeader(n.to_owned(), v)),
        1 => index().prop_map(Change::DropHeader),
        1 => "[A-Z]{0,6}|get|post".prop_map(Change::Method),
        1 => Just(Change::Swap),
    ]
}

fn splice(text: &mut String, at: &prop::sample::Index, n: usize, with: &str) {
    let starts: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
    let first = at.index(starts.len());
    let last = (first + n).min(starts.len() - 1);
    text.replace_range(starts[first]..starts[last], with);
}

pub(crate) fn apply(change: &Change, request: &mut Request) {
    match change {
        Change::Target(at, n, with) => splice(&mut request.target, at, *n, with),
        Change::Respell(at) => {
            let target = request.target.clone();
            let starts: Vec<usize> = target.char_indices().map(|(i, _)| i).collect();
            if starts.is_empty() {
                return;
            }
            let start = starts[at.index(starts.len())];
            let rest = &target[start..];
            if let Some(c) =
                rest.strip_prefix('%').and_then(|r| r.get(..2)).and_then(|h| u8::from_str_radix(h, 16).ok())
            {
                if c.is_ascii() {
                    request.target.replace_range(start..start + 3, &char::from(c).to_string());
                }
            } else {
                let c = rest.chars().next().unwrap();
                let escaped: String = c.to_string().bytes().map(|b| format!("%{b:02x}")).collect();
                request.target.replace_range(start..start + c.len_utf8(), &escaped);
            }
        }
        Change::Body(at, n, with) => {
            let mut body = String::from_utf8_lossy(&request.body).into_owned();
            splice(&mut body, at, *n, with);
            request.body = body.into_bytes();
        }
        Change::Header(at, with) => {
            if !request.headers.is_empty() {
                let i = at.index(request.headers.len());
                request.headers[i].1 = with.as_bytes().to_vec();
            }
        }
        Change::AddHeader(name, value) => request.add(name, value),
        Change::DropHeader(at) => {
            if !request.headers.is_empty() {
                request.headers.remove(at.index(request.headers.len()));
            }
        }
        Change::Method(method) => request.method.clone_from(method),
        Change::Swap => {
            if let Some((path, query)) = request.target.clone().split_once('?') {
                request.body = query.as_bytes().to_vec();
                request.target = path.to_owned();
                request.set("content-type", "application/x-www-form-urlencoded");
            } else {
                request.target = format!("{}?{}", request.target, String::from_utf8_lossy(&request.body));
                request.body.clear();
            }
        }
    }
}
