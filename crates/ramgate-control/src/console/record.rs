//! The audit records of logons and logouts. They have the user's name and never what the user typed: who mistakes one field
//! for the other writes a password where the name belongs.

use crate::dispatch::RawRequest;
use crate::node::Node;
use ramgate_api::{ApiError, codes};
use ramgate_audit::{AuditError, CallId, CallRecord, Decision, Outcome, PrincipalFacts, PrincipalKind};
use ramgate_model::{AccountId, Timestamp, User};
use serde_json::{Value, json};
use std::time::Instant;

/// The product that records and metrics have.
pub(super) const PRODUCT: &str = "Console";

fn unwritten(error: AuditError) -> ApiError {
    codes::SERVICE_UNAVAILABLE.with("The audit log cannot be written; nothing was changed.").log(error)
}

/// An attempt, as far as it is known.
pub(super) struct Attempt {
    pub(super) operation: &'static str,
    /// Which step of a logon.
    pub(super) step: &'static str,
    pub(super) request_id: String,
    pub(super) started: Instant,
    pub(super) now: Timestamp,
    /// The account that the logon name belongs to.
    pub(super) account_id: Option<AccountId>,
    /// The user whom it names, or whose session it is.
    pub(super) user: Option<User>,
    /// Whether a one-time code was given.
    pub(super) mfa: bool,
    /// The user is who it says.
    pub(super) proved: bool,
    /// The last revision written for it.
    pub(super) changed: Option<u64>,
    /// The record, once it is written.
    open: Option<CallId>,
}

impl Attempt {
    pub(super) fn new(node: &Node, operation: &'static str, step: &'static str) -> Self {
        Self {
            operation,
            step,
            request_id: node.ids.request_id(),
            started: Instant::now(),
            now: node.clock.now(),
            account_id: None,
            user: None,
            mfa: false,
            proved: false,
            changed: None,
            open: None,
        }
    }

    /// Writes the record of a user who has proved to be it, before anything is changed in its name.
    ///
    /// # Errors
    /// Where it cannot be written: then nothing must be changed.
    pub(super) async fn open(&mut self, node: &Node, request: &RawRequest) -> Result<(), ApiError> {
        self.proved = true;
        if self.open.is_none() {
            let opened = node.audit.begin(self.call(request)).await;
            self.open = Some(opened.map_err(unwritten)?);
        }
        Ok(())
    }

    /// Writes how it ended, and all of it where nothing was written before. A success says what it came to.
    ///
    /// # Errors
    /// Where nothing was written before and it cannot be: then the attempt must not succeed.
    pub(super) async fn close(
        &mut self,
        node: &Node,
        request: &RawRequest,
        outcome: Result<&'static str, &ApiError>,
    ) -> Result<(), ApiError> {
        let (status, code, message) = match outcome {
            Ok(code) => (200, code.to_owned(), String::new()),
            Err(error) => (error.status, error.code.to_owned(), error.message.clone()),
        };
        let outcome = Outcome {
            status,
            code,
            message,
            duration_us: u64::try_from(self.started.elapsed().as_micros()).unwrap_or(u64::MAX),
            revision: self.changed,
        };
        match self.open.take() {
            Some(open) => {
                if let Err(failure) = node.audit.finish(open, outcome) {
                    tracing::error!(error = %failure, "the end of a recorded logon cannot be written");
                }
                Ok(())
            }
            None => node.audit.record(self.call(request), outcome).await.map_err(unwritten),
        }
    }

    fn call(&self, request: &RawRequest) -> CallRecord {
        let agent = request.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("user-agent"));
        CallRecord {
            time: self.now,
            request_id: self.request_id.clone(),
            account_id: self.account_id.as_ref().map(AccountId::to_string).unwrap_or_default(),
            principal: self.principal(),
            access_key_id: None,
            source_ip: Some(request.source_ip),
            user_agent: agent.map(|(_, value)| String::from_utf8_lossy(value).chars().take(256).collect()),
            secure: request.secure,
            product: PRODUCT.to_owned(),
            operation: self.operation.to_owned(),
            action: format!("console:{}", self.operation),
            access_level: String::new(),
            mutation: true,
            resources: Vec::new(),
            decision: Decision::NotChecked,
            decided_by: None,
            layer: None,
            parameters: self.parameters(),
        }
    }

    /// The user: as the caller where it proved to be it, and else as whom somebody unknown wanted to be.
    fn principal(&self) -> PrincipalFacts {
        let (Some(user), Some(account_id)) = (&self.user, &self.account_id) else { return PrincipalFacts::anonymous() };
        PrincipalFacts {
            kind: if self.proved { PrincipalKind::User } else { PrincipalKind::Anonymous },
            id: user.id.to_string(),
            name: user.name.clone(),
            arn: format!("acs:ram::{account_id}:user/{}", user.name),
        }
    }

    fn parameters(&self) -> Value {
        json!({ "Step": self.step, "MFA": self.mfa })
    }
}
