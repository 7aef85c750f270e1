//! Records as they stand in the file: plain texts and numbers, with the conversions from and to the public types.
//!
//! Hashing and verifying work on these, never on the public types, so that a later change of those leaves the chain as
//! it is.

use crate::{AuditError, CallRecord, DecidedBy, Decision, Outcome, PrincipalFacts, PrincipalKind, clip};
use rusqlite::Row;

/// A row of `call`, with its caller and operation looked up.
#[derive(Clone, Debug)]
pub(crate) struct CallRow {
    pub(crate) seq: i64,
    pub(crate) time: i64,
    pub(crate) request_id: String,
    pub(crate) account_id: String,
    pub(crate) principal_kind: String,
    pub(crate) principal_id: String,
    pub(crate) principal_name: String,
    pub(crate) principal_arn: String,
    /// Empty for none.
    pub(crate) access_key_id: String,
    pub(crate) source_ip: Option<String>,
    pub(crate) user_agent: Option<String>,
    pub(crate) secure: bool,
    pub(crate) product: String,
    pub(crate) operation: String,
    pub(crate) action: String,
    pub(crate) access_level: String,
    pub(crate) mutation: bool,
    /// A JSON array of texts.
    pub(crate) resources: String,
    pub(crate) decision: i64,
    /// A JSON object.
    pub(crate) decided_by: Option<String>,
    pub(crate) layer: Option<String>,
    /// JSON.
    pub(crate) parameters: String,
    /// For calls that were recorded after they had ended.
    pub(crate) outcome: Option<OutcomeFields>,
    /// What `resources` says; filled for writing only.
    pub(crate) resource_names: Vec<String>,
}

/// The fields of an outcome.
#[derive(Clone, Debug)]
pub(crate) struct OutcomeFields {
    pub(crate) status: i64,
    pub(crate) code: String,
    pub(crate) message: String,
    pub(crate) duration_us: i64,
    pub(crate) revision: Option<i64>,
}

/// A row of `ending`: the outcome of a call that was recorded before it acted.
#[derive(Clone, Debug)]
pub(crate) struct EndRow {
    pub(crate) seq: i64,
    pub(crate) call: i64,
    pub(crate) call_time: i64,
    pub(crate) outcome: OutcomeFields,
}

/// A row of `retention`: what has been released for removal.
#[derive(Clone, Debug)]
pub(crate) struct RetentionRow {
    pub(crate) seq: i64,
    /// When, in milliseconds since the Unix epoch.
    pub(crate) time: i64,
    /// Calls before this time were to go.
    pub(crate) before: i64,
    /// Records up to this one are released.
    pub(crate) upto: i64,
    /// The hash of that record, from which the chain goes on.
    pub(crate) upto_hash: Vec<u8>,
}

/// The columns that [`CallRow::read`] takes, in its order; `call`, `caller` and `operation` joined as `c`, `w`, `o`.
pub(crate) const CALL_COLUMNS: &str = "c.seq, c.time, c.request_id, w.account_id, w.kind, w.principal_id, w.name, \
    w.arn, w.access_key_id, c.source_ip, c.user_agent, c.secure, o.product, o.operation, o.action, o.access_level, \
    c.mutation, c.resources, c.decision, c.decided_by, c.layer, c.parameters, c.status, c.code, c.message, \
    c.duration_us, c.revision, c.hash";

/// How many columns those are.
pub(crate) const N_CALL_COLUMNS: usize = 28;

impl CallRow {
    /// The row of a record. Its position is given when it is written.
    pub(crate) fn new(mut record: CallRecord, outcome: Option<Outcome>) -> Self {
        clip::record(&mut record);
        Self {
            seq: 0,
            time: record.time,
            request_id: record.request_id,
            account_id: record.account_id,
            principal_kind: record.principal.kind.as_str().to_owned(),
            principal_id: record.principal.id,
            principal_name: record.principal.name,
            principal_arn: record.principal.arn,
            access_key_id: record.access_key_id.unwrap_or_default(),
            source_ip: record.source_ip.map(|ip| ip.to_string()),
            user_agent: record.user_agent,
            secure: record.secure,
            product: record.product,
            operation: record.operation,
            action: record.action,
            access_level: record.access_level,
            mutation: record.mutation,
            resources: serde_json::json!(record.resources).to_string(),
            decision: record.decision.code(),
            decided_by: record.decided_by.map(|by| serde_json::json!(by).to_string()),
            layer: record.layer,
            parameters: clip::parameters(&record.parameters),
            outcome: outcome.map(OutcomeFields::new),
            resource_names: record.resources,
        }
    }

    /// Reads [`CALL_COLUMNS`] and the stored hash behind them.
    pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<(Self, Vec<u8>)> {
        let status: Option<i64> = row.get(22)?;
        let outcome = match status {
            None => None,
            Some(status) => Some(OutcomeFields {
                status,
                code: row.get(23)?,
                message: row.get(24)?,
                duration_us: row.get(25)?,
                revision: row.get(26)?,
            }),
        };
        let call = Self {
            seq: row.get(0)?,
            time: row.get(1)?,
            request_id: row.get(2)?,
            account_id: row.get(3)?,
            principal_kind: row.get(4)?,
            principal_id: row.get(5)?,
            principal_name: row.get(6)?,
            principal_arn: row.get(7)?,
            access_key_id: row.get(8)?,
            source_ip: row.get(9)?,
            user_agent: row.get(10)?,
            secure: row.get(11)?,
            product: row.get(12)?,
            operation: row.get(13)?,
            action: row.get(14)?,
            access_level: row.get(15)?,
            mutation: row.get(16)?,
            resources: row.get(17)?,
            decision: row.get(18)?,
            decided_by: row.get(19)?,
            layer: row.get(20)?,
            parameters: row.get(21)?,
            outcome,
            resource_names: Vec::new(),
        };
        Ok((call, row.get(27)?))
    }

    /// The resource names.
    pub(crate) fn parse_resources(&self) -> Result<Vec<String>, AuditError> {
        serde_json::from_str(&self.resources).map_err(|error| self.bad(format!("resources: {error}")))
    }

    /// The record as it was handed in.
    pub(crate) fn into_record(self) -> Result<(CallRecord, Option<Outcome>), AuditError> {
        let kind: PrincipalKind = self
            .principal_kind
            .parse()
            .map_err(|()| self.bad(format!("`{}` is no kind of principal", self.principal_kind)))?;
        let source_ip = match &self.source_ip {
            None => None,
            Some(text) => Some(text.parse().map_err(|_| self.bad(format!("`{text}` is no address")))?),
        };
        let decided_by: Option<DecidedBy> = match &self.decided_by {
            None => None,
            Some(text) => Some(serde_json::from_str(text).map_err(|error| self.bad(format!("statement: {error}")))?),
        };
        let decision = Decision::from_code(self.decision)
            .ok_or_else(|| self.bad(format!("`{}` is no decision", self.decision)))?;
        let resources = self.parse_resources()?;
        let parameters =
            serde_json::from_str(&self.parameters).map_err(|error| self.bad(format!("parameters: {error}")))?;
        let record = CallRecord {
            time: self.time,
            request_id: self.request_id,
            account_id: self.account_id,
            principal: PrincipalFacts {
                kind,
                id: self.principal_id,
                name: self.principal_name,
                arn: self.principal_arn,
            },
            access_key_id: Some(self.access_key_id).filter(|id| !id.is_empty()),
            source_ip,
            user_agent: self.user_agent,
            secure: self.secure,
            product: self.product,
            operation: self.operation,
            action: self.action,
            access_level: self.access_level,
            mutation: self.mutation,
            resources,
            decision,
            decided_by,
            layer: self.layer,
            parameters,
        };
        Ok((record, self.outcome.map(OutcomeFields::into_outcome)))
    }

    fn bad(&self, what: String) -> AuditError {
        AuditError::BadRecord { sequence: self.seq.unsigned_abs(), what }
    }
}

impl OutcomeFields {
    pub(crate) fn new(mut outcome: Outcome) -> Self {
        clip::outcome(&mut outcome);
        Self {
            status: i64::from(outcome.status),
            code: outcome.code,
            message: outcome.message,
            duration_us: i64::try_from(outcome.duration_us).unwrap_or(i64::MAX),
            revision: outcome.revision.map(|revision| i64::try_from(revision).unwrap_or(i64::MAX)),
        }
    }

    pub(crate) fn into_outcome(self) -> Outcome {
        Outcome {
            status: u16::try_from(self.status).unwrap_or(u16::MAX),
            code: self.code,
            message: self.message,
            duration_us: self.duration_us.unsigned_abs(),
            revision: self.revision.map(i64::unsigned_abs),
        }
    }
}

impl EndRow {
    /// Reads `seq, call, call_time, status, code, message, duration_us, revision` from column `first` on.
    pub(crate) fn read(row: &Row<'_>, first: usize) -> rusqlite::Result<Self> {
        Ok(Self {
            seq: row.get(first)?,
            call: row.get(first + 1)?,
            call_time: row.get(first + 2)?,
            outcome: OutcomeFields {
                status: row.get(first + 3)?,
                code: row.get(first + 4)?,
                message: row.get(first + 5)?,
                duration_us: row.get(first + 6)?,
                revision: row.get(first + 7)?,
            },
        })
    }
}

impl RetentionRow {
    /// Reads `seq, time, before, upto, upto_hash` from column `first` on.
    pub(crate) fn read(row: &Row<'_>, first: usize) -> rusqlite::Result<Self> {
        Ok(Self {
            seq: row.get(first)?,
            time: row.get(first + 1)?,
            before: row.get(first + 2)?,
            upto: row.get(first + 3)?,
            upto_hash: row.get(first + 4)?,
        })
    }
}
