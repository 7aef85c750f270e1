//! Files: their permissions, and which of them are refused.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use ramgate_store::{Revision, Store};
use ramgate_store_sqlite::{OpenError, Options, SqliteStore};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::{commit, key, number, open, put};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    path.with_file_name(format!("store.db{suffix}"))
}

/// A closed store with a thousand entries.
async fn sound() -> (TempDir, PathBuf) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("store.db");
    let store = open(&path).await;
    for i in 0..10 {
        let transaction =
            (0..100).fold(put("n", i.to_string()), |t, j| t.put(key(format!("k/{i}/{j}")), vec![b'v'; 200]));
        commit(&store, transaction).await;
    }
    store.close().await.unwrap();
    (directory, path)
}

/// Opening fails, and the file is afterwards what it was before.
async fn refused(path: &Path) -> OpenError {
    let read = |suffix| fs::read(beside(path, suffix)).ok();
    let before = (read(""), read("-wal"));
    let error = SqliteStore::open(Options::new(path)).await.expect_err("it should be refused");
    // The log of a refused database may come into being, empty.
    let after = (read(""), read("-wal").filter(|log| !log.is_empty() || before.1.is_some()));
    assert!(before == after, "a refused file was changed");
    error
}

#[tokio::test]
async fn files_and_directories_are_for_the_owner_only() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("new/data/store.db");
    let store = open(&path).await;
    commit(&store, put("a", "1")).await;
    for folder in ["new", "new/data"] {
        assert_eq!(mode(&directory.path().join(folder)), 0o700, "{folder}");
    }
    for suffix in ["", "-wal", "-shm", "-lock"] {
        assert_eq!(mode(&beside(&path, suffix)), 0o600, "{suffix}");
    }
    store.close().await.unwrap();
    assert!(!beside(&path, "-wal").exists(), "a closed store is one file");
}

#[tokio::test]
async fn a_store_is_opened_once_by_whatever_name() {
    let (directory, path) = sound().await;
    let link = directory.path().join("link.db");
    symlink(&path, &link).unwrap();
    let store = open(&path).await;
    for name in [&path, &link] {
        let error = SqliteStore::open(Options::new(name)).await.unwrap_err();
        assert!(matches!(error, OpenError::InUse { holder: Some(id), .. } if id == std::process::id()), "{error:?}");
    }
    // The attempts have not disturbed the owner.
    commit(&store, put("a", "1")).await;
    store.close().await.unwrap();
    let store = open(&link).await;
    assert_eq!(number(&store, "a").await, 1);
}

#[tokio::test]
async fn an_interrupted_first_start_is_taken_up_again() {
    let directory = tempfile::tempdir().unwrap();
    let empty = directory.path().join("empty/store.db");
    fs::create_dir(empty.parent().unwrap()).unwrap();
    fs::write(&empty, "").unwrap();
    let bare = directory.path().join("bare.db");
    let connection = Connection::open(&bare).unwrap();
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(())).unwrap();
    drop(connection);
    assert!(fs::metadata(&bare).unwrap().len() > 0);
    for path in [empty, bare] {
        let store = open(&path).await;
        assert_eq!(commit(&store, put("a", "1")).await, Revision(1));
    }
}

#[tokio::test]
async fn a_first_start_killed_with_a_rollback_journal_is_taken_up_again() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("store.db");
    let other = directory.path().join("other.db");
    let connection = Connection::open(&other).unwrap();
    // More than fits into the cache, so that the journal and a part of the pages are written before the end.
    connection.pragma_update(None, "cache_size", 5).unwrap();
    connection.execute_batch("BEGIN; CREATE TABLE begun (content BLOB)").unwrap();
    connection.execute("INSERT INTO begun VALUES (zeroblob(1000000))", []).unwrap();
    fs::copy(&other, &path).unwrap();
    fs::copy(directory.path().join("other.db-journal"), beside(&path, "-journal")).unwrap();
    assert!(fs::metadata(&path).unwrap().len() > 100_000);

    let store = open(&path).await;
    assert_eq!(commit(&store, put("a", "1")).await, Revision(1));
}

#[tokio::test]
async fn a_file_that_is_no_database_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("store.db");
    for content in
        [&b"x"[..], b"SQLite format 3", b"some text that is longer than the header of a database", &[0; 8192]]
    {
        fs::write(&path, content).unwrap();
        let error = refused(&path).await;
        assert!(matches!(error, OpenError::NotADatabase { .. }), "{error:?}");
        assert!(error.to_string().contains("move it away to start with an empty store"), "{error}");
    }
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    let error = SqliteStore::open(Options::new(&path)).await.unwrap_err();
    assert!(matches!(error, OpenError::NotADatabase { .. }), "{error:?}");
}

#[tokio::test]
async fn a_database_of_another_program_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("store.db");
    let connection = Connection::open(&path).unwrap();
    connection.execute_batch("CREATE TABLE bookmarks (address TEXT)").unwrap();
    drop(connection);
    let error = refused(&path).await;
    assert!(matches!(error, OpenError::OtherApplication { application_id: 0, .. }), "{error:?}");
}

#[tokio::test]
async fn a_newer_schema_is_refused() {
    let (_directory, path) = sound().await;
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 2).unwrap();
    let error = refused(&path).await;
    assert!(matches!(error, OpenError::Newer { found: 2, supported: 1, .. }), "{error:?}");
    assert!(error.to_string().contains("start the newer version that wrote it"), "{error}");
}

#[tokio::test]
async fn a_log_without_its_database_is_refused() {
    let (directory, path) = sound().await;
    let store = open(&path).await;
    commit(&store, put("a", "1")).await;
    let copy = directory.path().join("copy/store.db");
    fs::create_dir(copy.parent().unwrap()).unwrap();
    fs::copy(beside(&path, "-wal"), beside(&copy, "-wal")).unwrap();
    for empty_file in [false, true] {
        if empty_file {
            fs::write(&copy, "").unwrap();
        }
        let error = refused(&copy).await;
        assert!(matches!(error, OpenError::LogWithoutDatabase { .. }), "{error:?}");
    }
    fs::copy(&path, &copy).unwrap();
    let store = open(&copy).await;
    assert_eq!(number(&store, "a").await, 1);
}

#[tokio::test]
async fn a_damaged_database_is_refused() {
    let (_directory, path) = sound().await;
    let sound = fs::read(&path).unwrap();
    let n_pages = sound.len() / 4096;
    assert!(n_pages > 50);

    let check = async |content: &[u8], what: &str| {
        fs::write(&path, content).unwrap();
        let error = refused(&path).await;
        assert!(matches!(error, OpenError::Damaged { .. }), "{what}: {error:?}");
        assert!(error.to_string().contains("restore a backup"), "{error}");
    };
    check(&sound[..sound.len() / 2], "half of the file is missing").await;
    check(&sound[..sound.len() - 4096], "the last page is missing").await;
    for page in (1..n_pages).step_by(7) {
        let mut damaged = sound.clone();
        damaged[page * 4096..(page + 1) * 4096].fill(0xff);
        check(&damaged, &format!("page {page} is overwritten")).await;
    }
    fs::write(&path, &sound).unwrap();
    let store = open(&path).await;
    assert_eq!(number(&store, "n").await, 9);
}

#[tokio::test]
async fn entries_newer_than_the_history_are_refused() {
    let (_directory, path) = sound().await;
    Connection::open(&path).unwrap().execute("DELETE FROM changes WHERE revision > 4", []).unwrap();
    let error = refused(&path).await;
    let expected = "(an entry is of revision 10, the history ends at 4)";
    assert!(error.to_string().contains(expected), "{error}");
}

#[tokio::test]
async fn a_path_that_cannot_be_used_is_named() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("file");
    fs::write(&file, "").unwrap();
    let error = SqliteStore::open(Options::new(file.join("data/store.db"))).await.unwrap_err();
    assert_eq!(error.to_string(), format!("cannot make the directory `{}`", file.join("data").display()));
}

#[tokio::test]
async fn a_stored_file_of_the_first_version_still_opens() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("store.db");
    let connection = Connection::open(&path).unwrap();
    connection.execute_batch(include_str!("stored/v1.sql")).unwrap();
    drop(connection);
    let store = open(&path).await;
    assert_eq!(store.revision().await.unwrap(), Revision(3));
    let entry = store.get(key("users/alice")).await.unwrap().unwrap();
    assert_eq!((entry.create_revision, entry.mod_revision, &*entry.value), (Revision(1), Revision(3), &b"two"[..]));
    let mut watch = store.watch(ramgate_store::Prefix::all(), Revision(2)).await.unwrap();
    assert_eq!(watch.next().await.unwrap().unwrap().changes.len(), 2);
}
