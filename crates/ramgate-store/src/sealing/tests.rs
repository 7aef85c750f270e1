use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use super::*;

fn sealer() -> Sealer {
    Sealer::new(&[7; KEY_BYTES])
}

fn here() -> Vec<u8> {
    place(&Key::new("accounts/1/keys/k").unwrap(), "secret")
}

fn key_file(content: &[u8], mode: u32) -> (tempfile::TempDir, PathBuf) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("key");
    fs::write(&path, content).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
    (directory, path)
}

#[test]
fn what_was_sealed_opens_in_the_same_place() {
    for secret in [&b"testsecret"[..], b"", &[0; 100_000]] {
        let sealed = sealer().seal(secret, &here()).unwrap();
        assert_eq!(sealer().open(&sealed, &here()).unwrap().expose(), secret);
    }
}

#[test]
fn the_secret_is_not_in_the_sealed_text_and_no_two_are_alike() {
    let one = sealer().seal(b"testsecret", &here()).unwrap();
    let two = sealer().seal(b"testsecret", &here()).unwrap();
    assert_ne!(one, two);
    let bytes = one.decode().unwrap();
    assert!(!bytes.windows(10).any(|window| window == b"testsecret"));
    assert_eq!(bytes.len(), KEY_ID_BYTES + NONCE_LEN + 10 + 16);
}

#[test]
fn a_sealed_value_does_not_open_in_another_place() {
    let sealed = sealer().seal(b"testsecret", &here()).unwrap();
    let key = |text: &str| Key::new(text).unwrap();
    for other in [
        place(&key("accounts/1/keys/other"), "secret"),
        place(&key("accounts/1/keys/k"), "other"),
        place(&key("accounts/1/keys/ksecret"), ""),
        vec![],
    ] {
        assert_eq!(sealer().open(&sealed, &other), Err(SealError::Refused));
    }
}

#[test]
fn any_altered_byte_is_noticed() {
    let sealed = sealer().seal(b"testsecret", &here()).unwrap();
    let bytes = sealed.decode().unwrap();
    for i in 0..bytes.len() {
        for bit in [1, 0x80] {
            let mut altered = bytes.clone();
            altered[i] ^= bit;
            let altered = Sealed(format!("{MARK}{}", URL_SAFE_NO_PAD.encode(altered)));
            let error = sealer().open(&altered, &here()).unwrap_err();
            assert_eq!(matches!(error, SealError::UnknownKey { .. }), i < KEY_ID_BYTES, "byte {i}");
        }
    }
    for length in 0..bytes.len() {
        let cut = Sealed(format!("{MARK}{}", URL_SAFE_NO_PAD.encode(&bytes[..length])));
        assert!(sealer().open(&cut, &here()).is_err(), "{length} bytes");
    }
}

#[test]
fn a_text_that_is_not_sealed_is_refused() {
    for text in ["", "testsecret", "sealed:1:", "sealed:1:!", "sealed:2:AAAA", "sealed:1:AAAA"] {
        assert_eq!(sealer().open(&Sealed::from_stored(text), &here()), Err(SealError::Malformed), "{text:?}");
    }
}

#[test]
fn a_sealed_value_of_a_known_text_still_opens() {
    // Made by the first version; guards the format against accidental changes.
    let sealed = Sealed::from_stored(STORED_BY_FIRST_VERSION);
    assert_eq!(sealer().open(&sealed, &here()).unwrap().expose_str(), Some("testsecret"));
}

const STORED_BY_FIRST_VERSION: &str = "sealed:1:p-2ctGlNLRJQyQgiMBFvWhw4Jz7lDBqEmqcMnAD1y5XC7o0LQGmLSmwYvfV_XQ";

#[test]
fn an_older_key_opens_and_the_current_one_seals() {
    let (_directory, path) = key_file(&[7; KEY_BYTES], 0o600);
    let old = sealer().seal(b"testsecret", &here()).unwrap();
    let fresh = Sealer::new(&[8; KEY_BYTES]);
    let error = fresh.open(&old, &here()).unwrap_err();
    assert_eq!(error, SealError::UnknownKey { key_id: sealer().key_id() });

    let rotated = Sealer::new(&[8; KEY_BYTES]).with_older_key(&path).unwrap();
    assert_eq!(rotated.open(&old, &here()).unwrap().expose(), b"testsecret");
    assert!(!rotated.is_current(&old));
    let new = rotated.seal(b"testsecret", &here()).unwrap();
    assert!(rotated.is_current(&new));
    assert!(matches!(sealer().open(&new, &here()), Err(SealError::UnknownKey { .. })));
}

#[test]
fn nothing_secret_is_printed() {
    let sealed = sealer().seal(b"testsecret", &here()).unwrap();
    let secret = sealer().open(&sealed, &here()).unwrap();
    let printed = format!("{sealed:?} {sealed} {secret:?} {secret} {:?}", sealer());
    assert!(printed.starts_with("[redacted] [redacted] [redacted] [redacted] Sealer {"), "{printed}");
    assert!(!printed.contains("7, 7") && !printed.contains("0707"), "{printed}");
}

#[test]
fn the_key_file_is_made_once_with_mode_0600_and_read_afterwards() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("key");
    let first = Sealer::open_or_create(&path).unwrap();
    let content = fs::read(&path).unwrap();
    assert_eq!(content.len(), KEY_BYTES);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o7777, 0o600);
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1, "something is left beside the key");

    let sealed = first.seal(b"testsecret", &here()).unwrap();
    for again in [Sealer::open_or_create(&path).unwrap(), Sealer::open_existing(&path).unwrap()] {
        assert_eq!(again.open(&sealed, &here()).unwrap().expose(), b"testsecret");
    }
    assert_eq!(fs::read(&path).unwrap(), content);
    let other = Sealer::open_or_create(&directory.path().join("other")).unwrap();
    assert_ne!(other.key_id(), first.key_id());
}

#[test]
fn several_that_make_the_key_file_at_once_agree_on_one_key() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("key");
    let keys: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| Sealer::open_or_create(&path).unwrap().key_id())).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(keys.iter().all(|key| *key == keys[0]), "{keys:?}");
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1);
}

#[test]
fn a_key_file_that_others_can_read_is_refused() {
    for mode in [0o640, 0o604, 0o620, 0o601, 0o660, 0o644] {
        let (_directory, path) = key_file(&[7; KEY_BYTES], mode);
        let error = Sealer::open_or_create(&path).unwrap_err();
        assert!(matches!(error, KeyFileError::OpenToOthers { mode: found, .. } if found == mode), "{error}");
        assert!(error.to_string().contains(&format!("has mode {mode:04o}")), "{error}");
    }
    let (_directory, path) = key_file(&[7; KEY_BYTES], 0o400);
    Sealer::open_or_create(&path).unwrap();
}

#[test]
fn a_key_file_of_the_wrong_length_is_refused_and_left_alone() {
    for length in [0, 31, 33, 64] {
        let (_directory, path) = key_file(&vec![7; length], 0o600);
        let error = Sealer::open_or_create(&path).unwrap_err();
        assert!(matches!(error, KeyFileError::WrongLength { length: found, .. } if found == length as u64), "{error}");
        assert_eq!(fs::read(&path).unwrap(), vec![7; length]);
    }
}

#[test]
fn a_key_file_that_is_missing_or_no_file_is_an_error() {
    let directory = tempfile::tempdir().unwrap();
    let missing = Sealer::open_existing(&directory.path().join("none")).unwrap_err();
    assert!(matches!(missing, KeyFileError::Io { attempt: "read", .. }), "{missing}");
    assert!(!directory.path().join("none").exists());
    let folder = Sealer::open_or_create(directory.path()).unwrap_err();
    assert!(matches!(folder, KeyFileError::NotAFile { .. }), "{folder}");
    let nowhere = Sealer::open_or_create(&directory.path().join("no/such/folder")).unwrap_err();
    assert!(matches!(nowhere, KeyFileError::Io { attempt: "make", .. }), "{nowhere}");
}
