//! A store remembers which key its secrets are sealed with.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use ramgate_store::Store;
use ramgate_store::sealing::{BindError, KEY_BYTES, Sealer};

use crate::{commit, open, put};

#[tokio::test]
async fn a_store_refuses_a_key_that_its_secrets_were_not_sealed_with() {
    let directory = tempfile::tempdir().unwrap();
    let store = open(&directory.path().join("store.db")).await;
    let key_path = directory.path().join("sealing.key");

    let first = Sealer::open_or_create(&key_path).unwrap();
    first.bind(&store).await.unwrap();
    let revision = store.revision().await.unwrap();
    first.bind(&store).await.unwrap();
    assert_eq!(store.revision().await.unwrap(), revision, "binding again writes nothing");

    // The key file is lost, and a new one made in its place.
    let saved = directory.path().join("saved.key");
    fs::rename(&key_path, &saved).unwrap();
    let second = Sealer::open_or_create(&key_path).unwrap();
    let error = second.bind(&store).await.unwrap_err();
    assert!(matches!(error, BindError::OtherKey { expected, found }
        if expected == first.key_id() && found == second.key_id()));
    assert!(error.to_string().contains("put the key file back"), "{error}");

    // Named as an older key, it is accepted, and from then on the new one is the store's.
    let rotated = second.with_older_key(&saved).unwrap();
    rotated.bind(&store).await.unwrap();
    Sealer::open_existing(&key_path).unwrap().bind(&store).await.unwrap();
    assert!(matches!(first.bind(&store).await, Err(BindError::OtherKey { .. })));

    commit(&store, put("system/sealing-key", "nonsense")).await;
    assert!(matches!(first.bind(&store).await, Err(BindError::Damaged)));
}

#[tokio::test]
async fn several_nodes_bind_an_empty_store_at_once_and_one_key_wins() {
    let directory = tempfile::tempdir().unwrap();
    let store = open(&directory.path().join("store.db")).await;
    let same = [1; KEY_BYTES];
    let (a, b) = (Sealer::new(&same), Sealer::new(&same));
    let (a, b) = tokio::join!(a.bind(&store), b.bind(&store));
    a.unwrap();
    b.unwrap();
    let path = directory.path().join("other.key");
    fs::write(&path, [2; KEY_BYTES]).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    assert!(matches!(Sealer::open_existing(&path).unwrap().bind(&store).await, Err(BindError::OtherKey { .. })));
}
