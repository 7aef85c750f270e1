//! Text that no log may show.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A password, key or token in a request or answer. It is written to the caller in full and to logs as `[redacted]`.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline, extend("format" = "password"))]
pub struct Secret(String);

impl Secret {
    /// The text as a secret.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{cas, mse, ram};

    #[test]
    fn secrets_are_read_and_written_as_text_and_never_shown() {
        let secret: Secret = crate::decode(serde_json::json!("testsecret")).unwrap();
        assert_eq!(secret.expose(), "testsecret");
        assert_eq!(serde_json::to_value(&secret).unwrap(), "testsecret");
        assert_eq!(format!("{secret:?}"), "[redacted]");
    }

    #[test]
    fn requests_and_answers_with_secrets_do_not_show_them() {
        let text = || "testsecret".to_owned();
        let certificate =
            cas::UploadUserCertificateRequest { name: "a".into(), key: Some(text()), ..Default::default() };
        let shown = [
            format!("{certificate:?}"),
            format!("{:?}", cas::GetUserCertificateDetailResponse { key: Some(text()), ..Default::default() }),
            format!("{:?}", ram::NewAccessKey { access_key_secret: text(), ..Default::default() }),
            format!(
                "{:?}",
                ram::CreateLoginProfileRequest { password: Some(Secret::new(text())), ..Default::default() }
            ),
            format!(
                "{:?}",
                mse::AddGatewayAuthRequest { client_secret: Some(Secret::new(text())), ..Default::default() }
            ),
        ];
        for shown in shown {
            assert!(!shown.contains("testsecret"), "{shown}");
        }
    }
}
