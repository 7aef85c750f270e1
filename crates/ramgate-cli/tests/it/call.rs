//! `ramgate call`, against a server that checks what it is sent as the management API does.

use crate::support::{Place, Said, now, transcript};
use insta::assert_snapshot;
use ramgate_signing::{Limits, SecretKey, UnixTime, Verified, WireRequest, identify, rpc_parameters, verify};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::thread::JoinHandle;
use std::time::UNIX_EPOCH;

/// A request as it came in, its signature verified.
pub(crate) struct Received {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Received {
    fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value)
    }

    pub(crate) fn with_wire<T>(&self, read: impl FnOnce(&WireRequest<'_>) -> T) -> T {
        let headers: Vec<(&str, &[u8])> = self.headers.iter().map(|(n, v)| (n.as_str(), v.as_bytes())).collect();
        read(&WireRequest { method: &self.method, target: &self.target, headers: &headers, body: &self.body })
    }

    pub(crate) fn verified(&self) -> Verified {
        self.with_wire(|wire| {
            let presented = identify(wire).unwrap();
            let seconds = now().duration_since(UNIX_EPOCH).unwrap().as_secs();
            let time = UnixTime::from_secs(i64::try_from(seconds).unwrap());
            let secret = SecretKey::new("testsecret");
            verify(wire, &presented, &secret, time, &Limits::default()).unwrap()
        })
    }
}

/// Answers one call with a status and a body.
pub(crate) fn server(status: &str, body: &str) -> (SocketAddr, JoinHandle<Received>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let answer =
        format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    let thread = std::thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let mut reader = BufReader::new(stream);
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            let line = line.trim_end().to_owned();
            if line.is_empty() {
                break;
            }
            lines.push(line);
        }
        let mut first = lines[0].split(' ');
        let (method, target) = (first.next().unwrap().to_owned(), first.next().unwrap().to_owned());
        let headers: Vec<(String, String)> = lines[1..]
            .iter()
            .map(|line| line.split_once(": ").map(|(n, v)| (n.to_owned(), v.to_owned())).unwrap())
            .collect();
        let length = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
        let mut body = vec![0; length.map_or(0, |(_, value)| value.parse().unwrap())];
        reader.read_exact(&mut body).unwrap();
        reader.get_mut().write_all(answer.as_bytes()).unwrap();
        Received { method, target, headers, body }
    });
    (address, thread)
}

fn call(place: &Place, address: SocketAddr, words: &[&str]) -> Said {
    let endpoint = address.to_string();
    let own = ["--endpoint", &endpoint, "--access-key-id", "testid", "--access-key-secret", "testsecret"];
    place.run(&[&["call"], words, &own[..]].concat())
}

#[test]
fn an_rpc_operation_is_called_with_a_signed_form() {
    let (address, server) = server("200 OK", r#"{"RequestId":"R","User":{"UserName":"alice"}}"#);
    let place = Place::new();
    let said = call(&place, address, &["ram", "CreateUser", "--user-name", "alice", "--DisplayName=Alice & Bob"]);
    assert_snapshot!(transcript(&said), @r#"
    exit 0
    --- out
    {
      "RequestId": "R",
      "User": {
        "UserName": "alice"
      }
    }
    "#);
    let received = server.join().unwrap();
    assert_eq!((received.method.as_str(), received.target.as_str()), ("POST", "/"));
    assert_eq!((received.header("x-acs-action"), received.header("x-acs-version")), ("CreateUser", "2015-05-01"));
    received.verified();
    let pairs = received.with_wire(|wire| {
        let parameters = rpc_parameters(wire).unwrap();
        parameters.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>()
    });
    assert_eq!(pairs, ["DisplayName=Alice & Bob", "UserName=alice"]);
}

#[test]
fn an_roa_operation_is_called_with_path_query_and_json_body() {
    let place = Place::new();
    let (address, server_get) = server("200 OK", "{}");
    let said =
        call(&place, address, &["apig", "GetHttpApi", "--http-api-id", "a/b", "--expand-policy-configs", "true"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let received = server_get.join().unwrap();
    assert_eq!(received.method, "GET");
    assert_eq!(received.target, "/v1/http-apis/a%2Fb?expandPolicyConfigs=true");
    received.verified();

    let (address, server_post) = server("200 OK", "{}");
    let words = ["apig", "CreateHttpApi", "--name", "orders", "--type", "Http", "--protocols", "HTTP"];
    let more = ["--protocols", "HTTPS", "--enable-auth", "false", "--auth-config", r#"{"authType": "Jwt"}"#];
    let said = call(&place, address, &[&words[..], &more].concat());
    assert_eq!(said.code, 0, "{}", said.err);
    let received = server_post.join().unwrap();
    received.verified();
    let body: serde_json::Value = serde_json::from_slice(&received.body).unwrap();
    assert_eq!(
        body,
        serde_json::json!({ "name": "orders", "type": "Http", "protocols": ["HTTP", "HTTPS"], "enableAuth": false,
                            "authConfig": { "authType": "Jwt" } })
    );
}

#[test]
fn an_error_answer_is_printed_and_exits_with_1() {
    let body =
        r#"{"Code":"NoPermission","Message":"You are not authorized to perform this operation.","RequestId":"R"}"#;
    let (address, server) = server("403 Forbidden", body);
    assert_snapshot!(transcript(&call(&Place::new(), address, &["ram", "ListUsers"])), @r#"
    exit 1
    --- out
    {
      "Code": "NoPermission",
      "Message": "You are not authorized to perform this operation.",
      "RequestId": "R"
    }
    --- err
    error: 403 NoPermission: You are not authorized to perform this operation.
    "#);
    server.join().unwrap();
}

#[test]
fn values_come_from_files_and_a_body_from_the_standard_input() {
    let place = Place::new().with_file("policy.json", "{\"Version\": \"1\"}\n").with_input(r#"{"PolicyName": "P"}"#);
    let (address, server) = server("200 OK", "{}");
    let words = ["ram", "CreatePolicy", "--json-body", "@-", "--policy-document", "@[DIR]/policy.json"];
    assert_eq!(call(&place, address, &words).code, 0);
    let body = String::from_utf8(server.join().unwrap().body).unwrap();
    let mut pairs: Vec<&str> = body.split('&').collect();
    pairs.sort_unstable();
    assert_eq!(pairs, ["PolicyDocument=%7B%22Version%22%3A%20%221%22%7D%0A", "PolicyName=P"]);
}

#[test]
fn the_root_key_is_read_from_the_data_directory() {
    let credentials = r#"{"AccountId": "1", "AccessKeyId": "testid", "AccessKeySecret": "testsecret"}"#;
    let place = Place::new().with_file("root-credentials.json", credentials);
    let (address, server) = server("200 OK", "{}");
    let said = place.run(&[
        "call",
        "--as-root",
        "--data-dir",
        "[DIR]",
        "--endpoint",
        &address.to_string(),
        "sts",
        "GetCallerIdentity",
    ]);
    assert_eq!(said.code, 0, "{}", said.err);
    let received = server.join().unwrap();
    assert!(received.header("authorization").contains("Credential=testid,"));
    received.verified();
}

#[test]
fn help_after_an_operation_lists_its_parameters() {
    let said = Place::on_a_terminal().run(&["call", "ram", "CreateUser", "--help"]);
    assert_snapshot!(transcript(&said), @r"
    exit 0
    --- out
    ram CreateUser  RPC
    Makes a user, who has no permission at first.

    Parameters:
      --user-name TEXT     required; 1–64 of letters, digits, `.`, `-`, `_`; unique
                           without regard to case.
      --comments TEXT      A remark, up to 128 characters.
      --display-name TEXT  The name shown, 1–128 characters.
      --email TEXT         A mail address.
      --mobile-phone TEXT  `<country code>-<number>`, such as `86-18600000000`.
    ");
    let said = Place::on_a_terminal().run(&["call", "sts", "GetCallerIdentity", "--help"]);
    assert!(said.out.contains("It takes no parameters."), "{}", said.out);
}

#[test]
fn slips_are_explained_before_anything_is_sent() {
    let place = Place::new();
    for (words, why) in [
        (&["ram"][..], "which operation of ram? `ramgate catalog ram` lists them"),
        (&["rma", "CreateUser"], "`rma` is no product; there are "),
        (&["ram", "CreateUsr"], "did you mean `CreateUser`?"),
        (
            &["ram", "CreateUser", "--user-nam", "x"],
            "`--user-nam` is no parameter of CreateUser; did you mean `user-name`?",
        ),
        (&["ram", "CreateUser", "--user-name"], "`--user-name` needs a value"),
        (&["ram", "CreateUser", "alice"], "what is `alice`? parameters are written `--name value`"),
        (&["ram", "CreateUser", "--user-name", "a", "--user-name", "b"], "`UserName` is given twice"),
        (&["apig", "GetHttpApi"], "GetHttpApi needs `httpApiId`, which is part of its path"),
        (&["apig", "GetHttpApi", "--expand-policy-configs", "maybe"], "takes `true` or `false`, not `maybe`"),
        (&["apig", "CreateHttpApi", "--first-byte-timeout", "soon"], "takes a number, not `soon`"),
        (&["apig", "CreateHttpApi", "--auth-config", "{"], "`--auth-config` takes JSON: EOF"),
        (&["apig", "CreateHttpApi", "--json-body", "[]"], "`--json-body` takes a JSON object"),
        (&["ram", "ListUsers", "--endpoint"], "a value is required for '--endpoint <HOST:PORT>'"),
        (&["ram", "ListUsers", "--endpoint", "https://a"], "the management API speaks HTTP"),
    ] {
        let key = ["--access-key-id=testid", "--access-key-secret=testsecret"];
        let said = place.run(&[&["call"], &key[..], words].concat());
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{words:?}");
        let line = said.err.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(line.contains(why), "{words:?}: {line}");
    }
}

#[test]
fn a_call_without_a_key_says_where_it_is_looked_for() {
    let said = Place::new().run(&["call", "ram", "ListUsers", "--access-key-id", "testid", "--access-key-secret", ""]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("(RAMGATE_ACCESS_KEY_SECRET"), "{}", said.err);
}

#[test]
fn no_server_is_an_error_of_its_own() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let said = call(&Place::new(), address, &["ram", "ListUsers"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains(&format!("cannot call `{address}`: Connection refused")), "{}", said.err);
}
