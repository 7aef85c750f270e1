//! What the file itself refuses, to whoever opens it.

use crate::support::{Folder, all, call, done, refused};
use ramgate_audit::Filter;

#[tokio::test]
async fn rows_can_neither_be_changed_nor_removed_nor_replaced() {
    let folder = Folder::new();
    let audit = folder.open();
    let id = audit.begin(call(1)).await.unwrap();
    audit.finish(id, done()).unwrap();
    audit.record(call(2), refused()).await.unwrap();
    audit.flush().await.unwrap();
    let before = all(&audit, &Filter::default(), 10).await;

    let other = rusqlite::Connection::open(folder.file()).unwrap();
    for table in ["call", "ending", "caller", "operation", "resource", "touch", "origin"] {
        let column = match table {
            "call" | "ending" => "hash",
            "touch" => "time",
            "origin" => "genesis",
            _ => "id",
        };
        for sql in [format!("DELETE FROM {table}"), format!("UPDATE {table} SET {column} = {column}")] {
            let error = other.execute(&sql, []).unwrap_err();
            assert!(error.to_string().contains("the audit log is append-only"), "{sql}: {error}");
        }
    }
    for table in ["call", "ending", "origin"] {
        let sql = format!("INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1");
        let error = other.execute(&sql, []).unwrap_err();
        assert!(error.to_string().contains("the audit log is append-only"), "{sql}: {error}");
    }
    assert_eq!(all(&audit, &Filter::default(), 10).await, before);
    audit.verify(None).await.unwrap();
}

#[tokio::test]
async fn a_reader_cannot_write() {
    let folder = Folder::new();
    let audit = folder.open();
    audit.record(call(1), refused()).await.unwrap();
    audit.close().await.unwrap();
    let before = std::fs::read(folder.file()).unwrap();
    let reader = ramgate_audit::Reader::open(folder.file()).unwrap();
    assert_eq!(reader.verify(None).unwrap().calls, 1);
    drop(reader);
    assert_eq!(std::fs::read(folder.file()).unwrap(), before);
}
