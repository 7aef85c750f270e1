//! Owned requests that tests can change, and the server's side of a check in one call.

use ramgate_signing::{
    Limits, OperationName, Presented, SecretKey, SignatureError, UnixTime, Verified, WireRequest, identify, operation,
    verify,
};

/// 2026-01-02T03:04:05Z, the time in all captured requests.
pub(crate) const NOW: UnixTime = UnixTime::from_secs(1_767_323_045);
pub(crate) const SECRET: &str = "testsecret";

/// A request that owns its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, Vec<u8>)>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    pub(crate) fn new(method: &str, target: &str, headers: &[(&str, &str)], body: &str) -> Self {
        Self {
            method: method.to_owned(),
            target: target.to_owned(),
            headers: headers.iter().map(|(name, value)| ((*name).to_owned(), value.as_bytes().to_vec())).collect(),
            body: body.as_bytes().to_vec(),
        }
    }

    /// Runs `f` on the borrowed view that the crate takes.
    pub(crate) fn view<T>(&self, f: impl FnOnce(&WireRequest<'_>) -> T) -> T {
        let headers: Vec<(&str, &[u8])> = self.headers.iter().map(|(n, v)| (n.as_str(), v.as_slice())).collect();
        f(&WireRequest { method: &self.method, target: &self.target, headers: &headers, body: &self.body })
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let value = self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name))?;
        std::str::from_utf8(&value.1).ok()
    }

    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.remove(name);
        self.add(name, value);
    }

    pub(crate) fn add(&mut self, name: &str, value: &str) {
        self.headers.push((name.to_owned(), value.as_bytes().to_vec()));
    }

    pub(crate) fn remove(&mut self, name: &str) {
        self.headers.retain(|(n, _)| !n.eq_ignore_ascii_case(name));
    }

    pub(crate) fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }

    pub(crate) fn identify(&self) -> Result<Presented, SignatureError> {
        self.view(identify)
    }

    pub(crate) fn operation(&self) -> Result<OperationName, SignatureError> {
        self.view(|request| operation(request, &identify(request)?))
    }

    /// What a server with the usual key does with the request.
    pub(crate) fn check(&self) -> Result<Verified, SignatureError> {
        self.check_with(SECRET, NOW, &Limits::default())
    }

    pub(crate) fn check_with(&self, secret: &str, now: UnixTime, limits: &Limits) -> Result<Verified, SignatureError> {
        self.view(|request| verify(request, &identify(request)?, &SecretKey::new(secret), now, limits))
    }

    /// The code a server would answer with; `ok` when it would go on.
    pub(crate) fn code(&self) -> &'static str {
        self.check().map_or_else(|error| error.code(), |_| "ok")
    }
}
