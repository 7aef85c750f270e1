//! Resource names: `acs:<service>:<region>:<account>:<relative id>`.
//!
//! This is the name of a concrete resource, as requests are checked against it. Patterns with wildcards are the policy
//! engine's.

use std::fmt;
use std::str::FromStr;

/// A resource name, in its five parts. Only the relative id may hold `:`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Arn {
    /// The RAM code of the service, such as `apig`.
    pub service: String,
    /// The region id; empty for global services.
    pub region: String,
    /// The account id; `system` for system policies.
    pub account: String,
    /// What the service calls the resource, such as `gateway/gw-1`; `*` for "all resources".
    pub relative_id: String,
}

/// Why a text is no resource name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArnError {
    /// The text does not begin with `acs:`.
    #[error("`{0}` does not begin with `acs:`")]
    Prefix(String),
    /// There are fewer than five fields.
    #[error("`{0}` has fewer than five fields separated by `:`")]
    MissingField(String),
}

impl Arn {
    /// A name from its parts.
    pub fn new(
        service: impl Into<String>,
        region: impl Into<String>,
        account: impl Into<String>,
        relative_id: impl Into<String>,
    ) -> Self {
        Self {
            service: service.into(),
            region: region.into(),
            account: account.into(),
            relative_id: relative_id.into(),
        }
    }
}

impl fmt::Display for Arn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "acs:{}:{}:{}:{}", self.service, self.region, self.account, self.relative_id)
    }
}

impl FromStr for Arn {
    type Err = ArnError;

    fn from_str(text: &str) -> Result<Self, ArnError> {
        let rest = text.strip_prefix("acs:").ok_or_else(|| ArnError::Prefix(text.to_owned()))?;
        let mut fields = rest.splitn(4, ':');
        let mut next = || fields.next().ok_or_else(|| ArnError::MissingField(text.to_owned()));
        Ok(Self::new(next()?, next()?, next()?, next()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_id_keeps_its_colons_and_slashes() {
        let text = "acs:log:cn-hangzhou:100:project/a:b/logstore/c";
        let arn: Arn = text.parse().unwrap();
        assert_eq!(arn.relative_id, "project/a:b/logstore/c");
        assert_eq!(arn.to_string(), text);
    }

    #[test]
    fn names_with_missing_fields_or_another_prefix_are_refused() {
        assert!(matches!("acs:mse:*:*".parse::<Arn>(), Err(ArnError::MissingField(_))));
        assert!(matches!("arn:aws:s3:::b".parse::<Arn>(), Err(ArnError::Prefix(_))));
    }
}
