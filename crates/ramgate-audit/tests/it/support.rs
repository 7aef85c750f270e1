//! Sample records and a log in a folder of its own.

use ramgate_audit::{
    Audit, CallRecord, Decision, Entries, Entry, Filter, Outcome, Page, PrincipalFacts, PrincipalKind,
};
use std::path::PathBuf;
use tempfile::TempDir;

/// A folder for one log.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.0.path().join("audit.db")
    }

    pub(crate) fn open(&self) -> Audit {
        Audit::open(self.file()).unwrap()
    }

    /// Changes the file behind the log's back, without its triggers.
    pub(crate) fn tamper(&self, sql: &str) {
        let connection = rusqlite::Connection::open(self.file()).unwrap();
        let triggers: Vec<(String, String)> = connection
            .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
            .unwrap()
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        for (name, _) in &triggers {
            connection.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
        }
        let changed = connection.execute(sql, []).unwrap();
        assert!(changed > 0, "`{sql}` changed nothing");
        for (_, sql) in &triggers {
            connection.execute_batch(sql).unwrap();
        }
    }
}

/// A call that user `alice` makes at `time`.
pub(crate) fn call(time: i64) -> CallRecord {
    CallRecord {
        time,
        request_id: format!("request-{time}"),
        account_id: "1000000000000001".to_owned(),
        principal: PrincipalFacts {
            kind: PrincipalKind::User,
            id: "200000000000000001".to_owned(),
            name: "alice".to_owned(),
            arn: "acs:ram::1000000000000001:user/alice".to_owned(),
        },
        access_key_id: Some("testid-alice".to_owned()),
        source_ip: "192.0.2.7".parse().ok(),
        user_agent: Some("test/1".to_owned()),
        secure: true,
        product: "apig".to_owned(),
        operation: "DeleteHttpApi".to_owned(),
        action: "apig:DeleteHttpApi".to_owned(),
        access_level: "delete".to_owned(),
        mutation: true,
        resources: vec!["acs:apig:cn-hangzhou:1000000000000001:httpapi/api-1".to_owned()],
        decision: Decision::Allowed,
        decided_by: None,
        layer: None,
        parameters: serde_json::json!({ "httpApiId": "api-1" }),
    }
}

/// Success.
pub(crate) fn done() -> Outcome {
    Outcome { status: 200, code: "OK".to_owned(), message: String::new(), duration_us: 900, revision: Some(12) }
}

/// Refusal.
pub(crate) fn refused() -> Outcome {
    Outcome {
        status: 403,
        code: "NoPermission".to_owned(),
        message: "You are not authorized to perform this operation.".to_owned(),
        duration_us: 120,
        revision: None,
    }
}

/// All entries, page by page.
pub(crate) async fn all(audit: &Audit, filter: &Filter, limit: usize) -> Vec<Entry> {
    let (mut entries, mut page) = (Vec::new(), Page { limit, cursor: None });
    loop {
        let Entries { entries: more, next } = audit.query(filter.clone(), page.clone()).await.unwrap();
        assert!(more.len() <= limit);
        entries.extend(more);
        match next {
            None => return entries,
            next => page.cursor = next,
        }
    }
}
