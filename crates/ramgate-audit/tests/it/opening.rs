//! What is accepted as a log, and what is left as it is.

use crate::support::{Folder, all, call, refused};
use ramgate_audit::{Audit, AuditError, Filter, Reader};
use std::path::Path;

fn refusal(path: &Path) -> AuditError {
    let before = std::fs::read(path).unwrap();
    let error = Audit::open(path).unwrap_err();
    assert!(Reader::open(path).is_err());
    assert!(std::fs::read(path).unwrap() == before, "the file was touched");
    error
}

#[cfg(unix)]
#[tokio::test]
async fn all_files_of_a_new_log_are_readable_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let audit = folder.open();
    audit.record(call(1), refused()).await.unwrap();
    audit.flush().await.unwrap();
    let mut seen = Vec::new();
    for entry in std::fs::read_dir(folder.file().parent().unwrap()).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{name}");
        seen.push(name);
    }
    seen.sort();
    assert_eq!(seen, ["audit.db", "audit.db-shm", "audit.db-wal", "audit.db.lock"]);
}

#[test]
fn other_files_are_refused_with_what_to_do() {
    let folder = Folder::new();
    let path = folder.file();
    for (content, what) in [
        (&b""[..], "it is empty"),
        (&b"just a text that somebody has put here, long enough to be looked at as a header of some file ............"[..], "it is not an SQLite file"),
    ] {
        std::fs::write(&path, content).unwrap();
        let message = refusal(&path).to_string();
        assert!(message.contains(what) && message.contains("move it away and a new log is begun"), "{message}");
        std::fs::remove_file(&path).unwrap();
    }
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("CREATE TABLE t (x)").unwrap();
    other.close().unwrap();
    assert!(refusal(&path).to_string().contains("it is an SQLite file of something else"));
}

#[tokio::test]
async fn a_log_of_a_later_format_is_refused() {
    let folder = Folder::new();
    folder.open().close().await.unwrap();
    rusqlite::Connection::open(folder.file()).unwrap().pragma_update(None, "user_version", 2).unwrap();
    let error = refusal(&folder.file());
    assert!(matches!(error, AuditError::Newer { found: 2, known: 1, .. }));
    assert!(error.to_string().contains("run the Ramgate that wrote it"), "{error}");
}

#[tokio::test]
async fn a_log_that_lacks_a_trigger_or_has_one_more_is_refused() {
    for (sql, what) in [
        ("DROP TRIGGER call_is_kept", "its trigger `call_is_kept` is missing or was changed"),
        ("DROP INDEX call_by_time", "its index `call_by_time` is missing or was changed"),
        ("CREATE TRIGGER x AFTER INSERT ON call BEGIN SELECT 1; END", "somebody has added the trigger `x`"),
    ] {
        let folder = Folder::new();
        folder.open().close().await.unwrap();
        rusqlite::Connection::open(folder.file()).unwrap().execute_batch(sql).unwrap();
        let message = refusal(&folder.file()).to_string();
        assert!(message.contains(what), "{message}");
    }
}

#[tokio::test]
async fn a_truncated_log_is_refused() {
    let folder = Folder::new();
    let audit = folder.open();
    for time in 0..200 {
        audit.record(call(time), refused()).await.unwrap();
    }
    audit.close().await.unwrap();
    let content = std::fs::read(folder.file()).unwrap();
    std::fs::write(folder.file(), &content[..content.len() / 3]).unwrap();
    // SQLite notices by the size in the header.
    let message = refusal(&folder.file()).to_string();
    assert!(message.contains("is damaged"), "{message}");
}

#[test]
fn a_second_writer_is_refused() {
    let folder = Folder::new();
    let first = folder.open();
    let error = Audit::open(folder.file()).unwrap_err();
    assert!(matches!(error, AuditError::InUse { .. }), "{error}");
    drop(first);
    folder.open();
}

#[test]
fn a_folder_that_does_not_exist_is_reported_with_the_path() {
    let folder = Folder::new();
    let path = folder.file().join("no/such/audit.db");
    let error = Audit::open(&path).unwrap_err();
    assert!(error.to_string().contains("no/such/audit.db"), "{error}");
    assert!(matches!(Reader::open(folder.file()), Err(AuditError::Absent { .. })));
}

#[tokio::test]
async fn a_draft_that_was_left_behind_does_no_harm() {
    let folder = Folder::new();
    let draft = folder.file().with_extension("db.new");
    std::fs::write(&draft, "half a file").unwrap();
    let audit = folder.open();
    assert!(!draft.exists());
    audit.record(call(1), refused()).await.unwrap();
    assert_eq!(all(&audit, &Filter::default(), 1).await.len(), 1);
}

#[cfg(unix)]
#[tokio::test]
async fn a_copy_on_media_that_cannot_be_written_can_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let audit = folder.open();
    audit.record(call(1), refused()).await.unwrap();
    audit.close().await.unwrap();
    drop(audit);
    for entry in std::fs::read_dir(folder.file().parent().unwrap()).unwrap() {
        let path = entry.unwrap().path();
        if path != folder.file() {
            std::fs::remove_file(path).unwrap();
        }
    }
    let directory = folder.file().parent().unwrap().to_owned();
    std::fs::set_permissions(&directory, PermissionsExt::from_mode(0o500)).unwrap();
    let calls = Reader::open(folder.file()).map(|reader| reader.verify(None).unwrap().calls);
    std::fs::set_permissions(&directory, PermissionsExt::from_mode(0o700)).unwrap();
    assert_eq!(calls.unwrap(), 1);
}
