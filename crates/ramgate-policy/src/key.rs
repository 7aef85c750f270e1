//! Condition keys: how their names compare, and the common keys that every service knows.
//!
//! Key names ignore case up to the first `/`; the tag name behind it is compared exactly, so that
//! `acs:resourcetag/Team` is `acs:ResourceTag/Team` but not `acs:ResourceTag/team`.

use serde::Serialize;

/// The data type of a condition key, which decides the operators that may be used with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum KeyType {
    /// Text, for the `String…` operators.
    String,
    /// A decimal number, for the `Numeric…` operators.
    Numeric,
    /// A point in time, for the `Date…` operators.
    Date,
    /// `true` or `false`, for `Bool`.
    Bool,
    /// An IP address, for `IpAddress` and `NotIpAddress`.
    Ip,
}

/// A condition key as a catalog declares it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct KeySpec {
    /// Name as documented, for example `acs:SourceIp`. A name that ends in `/` is followed by a tag name.
    pub name: String,
    /// Data type of each value.
    pub key_type: KeyType,
    /// Whether a request may carry several values.
    pub array: bool,
}

impl KeySpec {
    /// A key with one value.
    pub fn new(name: impl Into<String>, key_type: KeyType) -> Self {
        KeySpec { name: name.into(), key_type, array: false }
    }

    /// A key that may carry several values (data type "Array" in the product tables).
    pub fn array(name: impl Into<String>, key_type: KeyType) -> Self {
        KeySpec { name: name.into(), key_type, array: true }
    }
}

/// A condition key, resolved to the field of [`crate::Context`] that holds its value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Key {
    /// `acs:CurrentTime`
    CurrentTime,
    /// `acs:SecureTransport`
    SecureTransport,
    /// `acs:SourceIp`
    SourceIp,
    /// `acs:VpcSourceIp`
    VpcSourceIp,
    /// `acs:MFAPresent`
    MfaPresent,
    /// `acs:PrincipalARN`
    PrincipalArn,
    /// `acs:PrincipalRDId`
    PrincipalRdId,
    /// `acs:PrincipalRDPath`
    PrincipalRdPath,
    /// `acs:SourceVpc`
    SourceVpc,
    /// `acs:ResourceGroupId`
    ResourceGroupId,
    /// `acs:UserAgent`
    UserAgent,
    /// `acs:AccessId`
    AccessId,
    /// `acs:SourceIdentity`
    SourceIdentity,
    /// `acs:Service`
    Service,
    /// Any other key, with its name normalised by [`normalise`].
    Other(Box<str>),
}

/// The common keys with one value: documented name, type, and the key itself.
const COMMON: [(&str, KeyType, Key); 14] = [
    ("acs:CurrentTime", KeyType::Date, Key::CurrentTime),
    ("acs:SecureTransport", KeyType::Bool, Key::SecureTransport),
    ("acs:SourceIp", KeyType::Ip, Key::SourceIp),
    ("acs:VpcSourceIp", KeyType::Ip, Key::VpcSourceIp),
    ("acs:MFAPresent", KeyType::Bool, Key::MfaPresent),
    ("acs:PrincipalARN", KeyType::String, Key::PrincipalArn),
    ("acs:PrincipalRDId", KeyType::String, Key::PrincipalRdId),
    ("acs:PrincipalRDPath", KeyType::String, Key::PrincipalRdPath),
    ("acs:SourceVpc", KeyType::String, Key::SourceVpc),
    ("acs:ResourceGroupId", KeyType::String, Key::ResourceGroupId),
    ("acs:UserAgent", KeyType::String, Key::UserAgent),
    ("acs:AccessId", KeyType::String, Key::AccessId),
    ("acs:SourceIdentity", KeyType::String, Key::SourceIdentity),
    ("acs:Service", KeyType::String, Key::Service),
];

/// Common keys that a tag name follows.
const COMMON_TAGS: [&str; 2] = ["acs:RequestTag/", "acs:ResourceTag/"];

impl Key {
    /// Resolves a key by name.
    pub fn read(name: &str) -> Key {
        match COMMON.iter().find(|(common, _, _)| common.eq_ignore_ascii_case(name)) {
            Some((_, _, key)) => key.clone(),
            None => Key::Other(normalise(name).into()),
        }
    }

    /// The name as documented, or as normalised for keys that are not common.
    pub fn name(&self) -> &str {
        match self {
            Key::Other(name) => name,
            _ => COMMON.iter().find(|(_, _, key)| key == self).map_or("", |(name, _, _)| name),
        }
    }
}

/// The data type of a common key, `None` for every other key.
pub(crate) fn common_key_type(name: &str) -> Option<KeyType> {
    if let Some((_, key_type, _)) = COMMON.iter().find(|(common, _, _)| common.eq_ignore_ascii_case(name)) {
        return Some(*key_type);
    }
    let is_tag = |prefix: &&str| {
        name.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix)) && name.len() > prefix.len()
    };
    COMMON_TAGS.iter().any(is_tag).then_some(KeyType::String)
}

/// All common keys as a catalog lists them.
pub(crate) fn common_keys() -> Vec<KeySpec> {
    let plain = COMMON.iter().map(|(name, key_type, _)| KeySpec::new(*name, *key_type));
    plain.chain(COMMON_TAGS.iter().map(|name| KeySpec::new(*name, KeyType::String))).collect()
}

/// The form in which key names compare: lower case up to the first `/`.
pub(crate) fn normalise(name: &str) -> String {
    match name.split_once('/') {
        Some((head, tag)) => format!("{}/{tag}", head.to_ascii_lowercase()),
        None => name.to_ascii_lowercase(),
    }
}

/// The bytes of [`normalise`], without building them.
pub(crate) fn normalised(name: &str) -> impl Iterator<Item = u8> {
    let mut in_tag = false;
    name.bytes().map(move |byte| {
        in_tag |= byte == b'/';
        if in_tag { byte } else { byte.to_ascii_lowercase() }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn key_names_ignore_case_but_tag_names_do_not() {
        assert_eq!(Key::read("ACS:principalarn"), Key::PrincipalArn);
        assert_eq!(Key::read("acs:resourcetag/Team"), Key::Other("acs:resourcetag/Team".into()));
        assert_ne!(Key::read("acs:ResourceTag/Team"), Key::read("acs:ResourceTag/team"));
        assert_eq!(Key::read("acs:ResourceTag/a/B"), Key::Other("acs:resourcetag/a/B".into()));
        assert_eq!(Key::read("acs:MFAPresent "), Key::Other("acs:mfapresent ".into()));
        for name in ["", "A", "A/B", "acs:RequestTag/Ä/B", "/X"] {
            assert!(normalised(name).eq(normalise(name).bytes()), "{name}");
        }
    }

    #[test]
    fn common_keys_have_a_type_and_tags_are_text() {
        assert_eq!(common_key_type("acs:sourceip"), Some(KeyType::Ip));
        assert_eq!(common_key_type("acs:RequestTag/x"), Some(KeyType::String));
        assert_eq!(common_key_type("acs:RequestTag/"), None);
        assert_eq!(common_key_type("apig:GatewayId"), None);
        assert_eq!(Key::MfaPresent.name(), "acs:MFAPresent");
        assert_eq!(common_keys().len(), 16);
    }
}
