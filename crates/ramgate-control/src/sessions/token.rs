//! The form of a security token, in URL-safe Base64 without padding:
//!
//! ```text
//! version │ n │ account id │ key id │ nonce │ sealed claims, tag
//!    1    │ 1 │     n      │   8    │  12   │ …        16
//! ```
//!
//! AES-256-GCM, with everything before the sealed claims as associated data: no byte can be changed, and a token of one
//! account means nothing in another. To its holder a token is opaque.

use super::live::Link;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ramgate_api::{ApiError, codes};
use ramgate_model::{AccountId, Timestamp};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use serde::{Deserialize, Serialize};

/// The form described above.
const VERSION: u8 = 1;
/// Bytes of a key's id.
pub(super) const KEY_ID: usize = 8;
/// Longest text looked at: more than the largest session can make, and less than a request head may hold.
const MAX_LENGTH: usize = 16 * 1024;

/// What a token says.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Claims {
    /// The temporary access key that it goes with.
    #[serde(rename = "k")]
    pub(crate) access_key_id: String,
    /// The secret of that key.
    #[serde(rename = "s")]
    pub(crate) secret: String,
    /// The session's name.
    #[serde(rename = "n")]
    pub(crate) name: String,
    /// The session policy.
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    pub(crate) policy: Option<String>,
    /// The source identity.
    #[serde(rename = "i", default, skip_serializing_if = "Option::is_none")]
    pub(crate) source_identity: Option<String>,
    /// When the session ends.
    #[serde(rename = "e")]
    pub(crate) expires_at: Timestamp,
    /// From whoever began to the role of the session.
    #[serde(rename = "c")]
    pub(crate) chain: Vec<Link>,
}

/// A key that tokens are sealed with, ready to use.
pub(super) struct SealingKey {
    pub(super) id: [u8; KEY_ID],
    cipher: LessSafeKey,
}

impl SealingKey {
    /// A key of these 32 bytes; `None` where they are not 32.
    pub(super) fn new(id: [u8; KEY_ID], bytes: &[u8]) -> Option<Self> {
        let cipher = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, bytes).ok()?);
        Some(Self { id, cipher })
    }
}

/// Seals claims with a nonce that is used once.
///
/// # Errors
/// Claims beyond every limit; none are.
pub(super) fn seal(
    key: &SealingKey,
    account_id: &AccountId,
    claims: &Claims,
    nonce: [u8; NONCE_LEN],
) -> Result<String, ApiError> {
    let internal = || codes::INTERNAL_ERROR.error().log("a security token cannot be sealed");
    let account = account_id.as_str().as_bytes();
    let mut head = vec![VERSION, u8::try_from(account.len()).map_err(|_| internal())?];
    head.extend_from_slice(account);
    head.extend_from_slice(&key.id);
    head.extend_from_slice(&nonce);
    let mut sealed = serde_json::to_vec(claims).map_err(|_| internal())?;
    let nonce = Nonce::assume_unique_for_key(nonce);
    key.cipher.seal_in_place_append_tag(nonce, Aad::from(&head), &mut sealed).map_err(|_| internal())?;
    head.append(&mut sealed);
    let text = URL_SAFE_NO_PAD.encode(head);
    if text.len() > MAX_LENGTH {
        return Err(internal());
    }
    Ok(text)
}

/// A token taken apart, and nothing of it proven.
pub(super) struct Token {
    bytes: Vec<u8>,
    /// Bytes of the account's id.
    n_account: usize,
}

impl Token {
    /// Takes a token apart; `None` for what has another form.
    pub(super) fn parse(text: &str) -> Option<Self> {
        if text.len() > MAX_LENGTH {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let [VERSION, n_account, ..] = *bytes.as_slice() else { return None };
        let token = Self { n_account: usize::from(n_account), bytes };
        std::str::from_utf8(token.bytes.get(2..2 + token.n_account)?).ok()?;
        (token.bytes.len() > token.head()).then_some(token)
    }

    /// Bytes before the sealed claims.
    fn head(&self) -> usize {
        2 + self.n_account + KEY_ID + NONCE_LEN
    }

    /// The account that it claims to be of.
    pub(super) fn account_id(&self) -> &str {
        self.bytes.get(2..2 + self.n_account).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }

    /// The key that it claims to be sealed with.
    pub(super) fn key_id(&self) -> [u8; KEY_ID] {
        let at = 2 + self.n_account;
        self.bytes.get(at..at + KEY_ID).and_then(|bytes| bytes.try_into().ok()).unwrap_or_default()
    }

    /// What it says, where this key has sealed exactly these bytes.
    pub(super) fn open(self, key: &SealingKey) -> Option<Claims> {
        let (head, sealed) = self.bytes.split_at_checked(self.head())?;
        let nonce = Nonce::try_assume_unique_for_key(head.get(head.len() - NONCE_LEN..)?).ok()?;
        let mut sealed = sealed.to_vec();
        let opened = key.cipher.open_in_place(nonce, Aad::from(head), &mut sealed).ok()?;
        serde_json::from_slice(opened).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ramgate_model::{RoleId, UserId};

    fn claims() -> Claims {
        let account_id = AccountId::from("1000000000000001");
        Claims {
            access_key_id: "STS.testid".into(),
            secret: "testsecret".into(),
            name: "session".into(),
            policy: Some("{}".into()),
            source_identity: None,
            expires_at: 1_767_323_045_000,
            chain: vec![
                Link::User { account_id: account_id.clone(), user_id: UserId("2".into()) },
                Link::Role { account_id, role_id: RoleId("3".into()) },
            ],
        }
    }

    fn key(id: u8, byte: u8) -> SealingKey {
        SealingKey::new([id; KEY_ID], &[byte; 32]).unwrap()
    }

    fn sealed() -> String {
        seal(&key(1, 7), &AccountId::from("1000000000000001"), &claims(), [3; NONCE_LEN]).unwrap()
    }

    #[test]
    fn what_was_sealed_is_opened_and_shows_nothing_of_itself() {
        let text = sealed();
        let token = Token::parse(&text).unwrap();
        assert_eq!((token.account_id(), token.key_id()), ("1000000000000001", [1; KEY_ID]));
        let opened = token.open(&key(1, 7)).unwrap();
        assert_eq!(
            (opened.access_key_id, opened.secret, opened.chain),
            ("STS.testid".into(), "testsecret".into(), claims().chain)
        );
        let bytes = URL_SAFE_NO_PAD.decode(&text).unwrap();
        for secret in ["testsecret", "session", "STS."] {
            assert!(!bytes.windows(secret.len()).any(|part| part == secret.as_bytes()), "{secret}");
        }
    }

    #[test]
    fn a_token_with_any_bit_changed_is_not_opened() {
        let bytes = URL_SAFE_NO_PAD.decode(sealed()).unwrap();
        for i in 0..bytes.len() {
            for bit in 0..8 {
                let mut forged = bytes.clone();
                forged[i] ^= 1 << bit;
                // With the right key at hand whatever the token claims, as if the lookup were no help at all.
                let opened = Token::parse(&URL_SAFE_NO_PAD.encode(&forged)).and_then(|token| token.open(&key(1, 7)));
                assert!(opened.is_none(), "byte {i} bit {bit}");
            }
        }
    }

    #[test]
    fn a_token_that_is_cut_lengthened_or_of_another_key_is_not_opened() {
        let text = sealed();
        assert!(Token::parse(&text).unwrap().open(&key(1, 8)).is_none());
        let bytes = URL_SAFE_NO_PAD.decode(&text).unwrap();
        for n in 0..bytes.len() {
            let cut = Token::parse(&URL_SAFE_NO_PAD.encode(&bytes[..n])).and_then(|token| token.open(&key(1, 7)));
            assert!(cut.is_none(), "{n} bytes");
        }
        let mut longer = bytes.clone();
        longer.push(0);
        assert!(Token::parse(&URL_SAFE_NO_PAD.encode(&longer)).unwrap().open(&key(1, 7)).is_none());
        for text in ["", "AQ", "!", "AQD_", &"A".repeat(MAX_LENGTH + 1)] {
            assert!(Token::parse(text).is_none(), "{text:.20}");
        }
    }
}
