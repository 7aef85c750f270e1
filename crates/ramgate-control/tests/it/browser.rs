//! A client of the console: it keeps cookies and the session's token as a browser and its page would.

use crate::client::{Answer, Signed, submit, version};
use crate::context::TestContext;
use data_encoding::BASE32_NOPAD;
use ramgate_control::clock::{Clock, ManualClock};
use ring::hmac;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::net::SocketAddr;

/// Cookies, the token, and headers that go with every request.
#[derive(Clone)]
pub(crate) struct Browser {
    address: SocketAddr,
    clock: ManualClock,
    pub(crate) cookies: BTreeMap<String, String>,
    pub(crate) csrf: Option<String>,
    pub(crate) headers: Vec<(String, String)>,
}

impl TestContext {
    /// A browser without cookies.
    pub(crate) fn browser(&self) -> Browser {
        Browser {
            address: self.address(),
            clock: self.clock.clone(),
            cookies: BTreeMap::new(),
            csrf: None,
            headers: Vec::new(),
        }
    }

    /// A user without any policy who can log on with this password.
    pub(crate) async fn user_with_password(&self, name: &str, password: &str) -> crate::context::TestUser {
        let user = self.user_named(name).await;
        self.admin().ram("CreateLoginProfile", &[("UserName", name), ("Password", password)]).await.ok();
        user
    }

    /// A page of metrics.
    pub(crate) async fn hashes_computed(&self) -> u64 {
        let name = "ramgate_control_password_hashes_total ";
        let page = crate::browser::text(self.address(), "/metrics").await;
        page.lines().find_map(|line| line.strip_prefix(name)).unwrap().parse().unwrap()
    }
}

/// The text of a page.
pub(crate) async fn text(address: SocketAddr, path: &str) -> String {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut page = String::new();
    stream.read_to_string(&mut page).await.unwrap();
    page
}

impl Browser {
    /// Sends with cookies, and keeps those that come back.
    pub(crate) async fn send(&mut self, method: &str, target: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let own = self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let mut all: Vec<(String, String)> =
            headers.iter().copied().chain(own).map(|(n, v)| (n.to_owned(), v.to_owned())).collect();
        if !all.iter().any(|(name, _)| name == "host") {
            all.push(("host".to_owned(), self.address.to_string()));
        }
        if !self.cookies.is_empty() {
            let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            all.push(("cookie".to_owned(), cookies.join("; ")));
        }
        let request = Signed { method: method.to_owned(), target: target.to_owned(), headers: all, body: body.into() };
        let answer = submit(self.address, &request).await;
        for cookie in set_cookies(&answer) {
            let (pair, _) = cookie.split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            match value {
                "" => self.cookies.remove(name),
                value => self.cookies.insert(name.to_owned(), value.to_owned()),
            };
        }
        if let Some(token) = answer.body["Session"]["CsrfToken"].as_str() {
            self.csrf = Some(token.to_owned());
        }
        answer
    }

    /// Posts JSON to an endpoint, with the token where there is one.
    pub(crate) async fn post(&mut self, endpoint: &str, body: Value) -> Answer {
        let csrf = self.csrf.clone();
        let mut headers = vec![("content-type", "application/json")];
        headers.extend(csrf.as_deref().map(|token| ("x-ramgate-csrf", token)));
        self.send("POST", &format!("/console/api/{endpoint}"), &headers, &body.to_string()).await
    }

    /// Logs on with name and password alone.
    pub(crate) async fn logon(&mut self, name: &str, password: &str) -> Answer {
        self.post("logon", json!({ "LoginName": name, "Password": password })).await
    }

    /// Asks who is logged on.
    pub(crate) async fn session(&mut self) -> Answer {
        self.send("GET", "/console/api/session", &[], "").await
    }

    /// Calls an operation of RAM with the session.
    pub(crate) async fn ram(&mut self, action: &str, parameters: &[(&str, &str)]) -> Answer {
        self.call(version::RAM, action, parameters).await
    }

    /// Calls an RPC operation with the session.
    pub(crate) async fn call(&mut self, version: &str, action: &str, parameters: &[(&str, &str)]) -> Answer {
        let csrf = self.csrf.clone();
        let mut headers = vec![("x-acs-version", version), ("x-acs-action", action)];
        headers.extend(csrf.as_deref().map(|token| ("x-ramgate-csrf", token)));
        let query: Vec<String> = parameters.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        self.send("POST", &format!("/?{}", query.join("&")), &headers, "").await
    }

    /// The code of a seed, so many steps of 30 seconds from now.
    pub(crate) fn code(&self, seed: &str, steps: i64) -> String {
        code_at(seed, self.clock.now() / 30_000 + steps)
    }
}

/// The `Set-Cookie` headers of an answer.
pub(crate) fn set_cookies(answer: &Answer) -> Vec<String> {
    answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap().to_owned()).collect()
}

fn encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}

/// RFC 6238, written a second time.
pub(crate) fn code_at(seed: &str, step: i64) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &BASE32_NOPAD.decode(seed.as_bytes()).unwrap());
    let mac = hmac::sign(&key, &step.to_be_bytes());
    let at = usize::from(mac.as_ref()[19] & 15);
    let four: [u8; 4] = mac.as_ref()[at..at + 4].try_into().unwrap();
    format!("{:06}", (u32::from_be_bytes(four) & 0x7FFF_FFFF) % 1_000_000)
}

/// Makes a device for a user and binds it. Answers its seed; the code of the present step is spent.
pub(crate) async fn bind_device(cx: &TestContext, user: &str) -> String {
    let admin = cx.admin();
    let made = admin.ram("CreateVirtualMFADevice", &[("VirtualMFADeviceName", user)]).await.ok();
    let text = |name: &str| made["VirtualMFADevice"][name].as_str().unwrap().to_owned();
    let (seed, serial, browser) = (text("Base32StringSeed"), text("SerialNumber"), cx.browser());
    let (first, second) = (browser.code(&seed, -1), browser.code(&seed, 0));
    let parameters = [
        ("UserName", user),
        ("SerialNumber", serial.as_str()),
        ("AuthenticationCode1", first.as_str()),
        ("AuthenticationCode2", second.as_str()),
    ];
    admin.ram("BindMFADevice", &parameters).await.ok();
    seed
}
