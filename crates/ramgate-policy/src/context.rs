//! The condition values of one request.
//!
//! The well-known keys are typed fields, so that a server fills them without formatting and a decision reads them
//! without parsing. Tags and keys of single services go into a small list. Absent means absent: what absence does to a
//! condition is for [`crate::condition`] to say.

use std::net::IpAddr;
use std::sync::Arc;

use thiserror::Error;

use crate::key::{Key, normalise};
use crate::value::{Timestamp, parse_bool};

/// Condition values of a request. `Context::default()` holds none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Context {
    /// `acs:CurrentTime`: when the server received the request.
    pub current_time: Option<Timestamp>,
    /// `acs:SecureTransport`: whether the request came over TLS.
    pub secure_transport: Option<bool>,
    /// `acs:SourceIp`: the client's address.
    pub source_ip: Option<IpAddr>,
    /// `acs:VpcSourceIp`: the client's private address inside a VPC.
    pub vpc_source_ip: Option<IpAddr>,
    /// `acs:MFAPresent`: whether the console session was opened with a second factor; absent for access keys.
    pub mfa_present: Option<bool>,
    /// `acs:PrincipalARN`: `acs:ram::<uid>:user/<name>` or `acs:ram::<uid>:role/<name>`.
    pub principal_arn: Option<Arc<str>>,
    /// `acs:PrincipalRDId`: resource directory of the caller's account.
    pub principal_rd_id: Option<Arc<str>>,
    /// `acs:PrincipalRDPath`: place of the caller's account in its resource directory.
    pub principal_rd_path: Option<Arc<str>>,
    /// `acs:SourceVpc`: VPC that the request came from; absent for public calls.
    pub source_vpc: Option<Arc<str>>,
    /// `acs:ResourceGroupId`: resource group of the target. It also selects the policies of resource-group scope.
    pub resource_group_id: Option<Arc<str>>,
    /// `acs:UserAgent`
    pub user_agent: Option<Arc<str>>,
    /// `acs:AccessId`: access key id of the caller.
    pub access_id: Option<Arc<str>>,
    /// `acs:SourceIdentity` of the role session.
    pub source_identity: Option<Arc<str>>,
    /// `acs:Service`: service that will receive a role.
    pub service: Option<Arc<str>>,
    /// All other keys; filled with [`Context::set`] and [`Context::add`].
    pub others: OtherKeys,
}

/// Values of keys that have no field of their own: tags, and keys of single services.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OtherKeys {
    /// By normalised name. A dozen at most in practice, so a list beats a map.
    list: Vec<(Box<str>, Vec<Arc<str>>)>,
}

/// A value that does not fit the type of its key.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ContextError {
    /// The text is not a value of the key's type.
    #[error("`{value}` is not a value of the condition key `{key}`, which takes {wanted}")]
    IllTyped {
        /// The key.
        key: String,
        /// The value given.
        value: String,
        /// What the key takes, in words.
        wanted: &'static str,
    },
    /// A key with one value was given another number of values.
    #[error("the condition key `{key}` takes one value")]
    SeveralValues {
        /// The key.
        key: String,
    },
}

/// The value of a key in a request.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum RequestValue<'a> {
    Absent,
    Time(Timestamp),
    Bool(bool),
    Ip(IpAddr),
    Text(&'a str),
    /// Of a key that is not one of the common ones; may be empty, which counts as absent.
    Texts(&'a [Arc<str>]),
}

impl Context {
    /// Sets the values of a key by name, replacing earlier ones. No values make the key absent.
    ///
    /// Fails when a value does not fit a common key. Values of other keys are kept as text and may be several.
    pub fn set<V: AsRef<str>>(&mut self, key: &str, values: impl IntoIterator<Item = V>) -> Result<(), ContextError> {
        let values: Vec<Arc<str>> = values.into_iter().map(|value| Arc::from(value.as_ref())).collect();
        let known = Key::read(key);
        if let Key::Other(name) = known {
            self.others.list.retain(|(other, _)| *other != name);
            if !values.is_empty() {
                self.others.list.push((name, values));
            }
            return Ok(());
        }
        let mut values = values.into_iter();
        let value = values.next();
        if values.next().is_some() {
            return Err(ContextError::SeveralValues { key: key.to_owned() });
        }
        self.set_common(&known, value)
    }

    /// Adds one value to a key that is not one of the common ones; for those it is [`Context::set`].
    pub fn add(&mut self, key: &str, value: impl AsRef<str>) -> Result<(), ContextError> {
        let name = normalise(key);
        match self.others.list.iter_mut().find(|(other, _)| **other == *name) {
            Some((_, values)) => {
                values.push(Arc::from(value.as_ref()));
                Ok(())
            }
            None => self.set(key, [value]),
        }
    }

    fn set_common(&mut self, key: &Key, value: Option<Arc<str>>) -> Result<(), ContextError> {
        fn typed<T>(
            key: &Key,
            value: Option<Arc<str>>,
            wanted: &'static str,
            parse: impl Fn(&str) -> Option<T>,
        ) -> Result<Option<T>, ContextError> {
            let Some(value) = value else { return Ok(None) };
            match parse(&value) {
                Some(parsed) => Ok(Some(parsed)),
                None => Err(ContextError::IllTyped { key: key.name().to_owned(), value: value.to_string(), wanted }),
            }
        }
        const BOOL: &str = "`true` or `false`";
        const IP: &str = "an IPv4 or IPv6 address";
        match key {
            Key::CurrentTime => {
                self.current_time = typed(key, value, "an RFC 3339 date and time", Timestamp::parse)?;
            }
            Key::SecureTransport => self.secure_transport = typed(key, value, BOOL, parse_bool)?,
            Key::MfaPresent => self.mfa_present = typed(key, value, BOOL, parse_bool)?,
            Key::SourceIp => self.source_ip = typed(key, value, IP, |text| text.parse().ok())?,
            Key::VpcSourceIp => self.vpc_source_ip = typed(key, value, IP, |text| text.parse().ok())?,
            Key::PrincipalArn => self.principal_arn = value,
            Key::PrincipalRdId => self.principal_rd_id = value,
            Key::PrincipalRdPath => self.principal_rd_path = value,
            Key::SourceVpc => self.source_vpc = value,
            Key::ResourceGroupId => self.resource_group_id = value,
            Key::UserAgent => self.user_agent = value,
            Key::AccessId => self.access_id = value,
            Key::SourceIdentity => self.source_identity = value,
            Key::Service => self.service = value,
            Key::Other(_) => {}
        }
        Ok(())
    }

    /// The value of a key.
    pub(crate) fn value(&self, key: &Key) -> RequestValue<'_> {
        fn text(value: &Option<Arc<str>>) -> RequestValue<'_> {
            value.as_deref().map_or(RequestValue::Absent, RequestValue::Text)
        }
        match key {
            Key::CurrentTime => self.current_time.map_or(RequestValue::Absent, RequestValue::Time),
            Key::SecureTransport => self.secure_transport.map_or(RequestValue::Absent, RequestValue::Bool),
            Key::MfaPresent => self.mfa_present.map_or(RequestValue::Absent, RequestValue::Bool),
            Key::SourceIp => self.source_ip.map_or(RequestValue::Absent, RequestValue::Ip),
            Key::VpcSourceIp => self.vpc_source_ip.map_or(RequestValue::Absent, RequestValue::Ip),
            Key::PrincipalArn => text(&self.principal_arn),
            Key::PrincipalRdId => text(&self.principal_rd_id),
            Key::PrincipalRdPath => text(&self.principal_rd_path),
            Key::SourceVpc => text(&self.source_vpc),
            Key::ResourceGroupId => text(&self.resource_group_id),
            Key::UserAgent => text(&self.user_agent),
            Key::AccessId => text(&self.access_id),
            Key::SourceIdentity => text(&self.source_identity),
            Key::Service => text(&self.service),
            Key::Other(name) => self
                .others
                .list
                .iter()
                .find(|(other, _)| other == name)
                .map_or(RequestValue::Absent, |(_, values)| RequestValue::Texts(values)),
        }
    }

    /// Every key that has a value, with its values as text: the common keys under their published names in the order of
    /// their publication, then the others under their normalised names. Allocates; for diagnostic records.
    pub fn present(&self) -> Vec<(String, Vec<String>)> {
        let common = crate::key::common_keys().into_iter().map(|spec| spec.name).filter(|name| !name.ends_with('/'));
        let others = self.others.list.iter().map(|(name, _)| name.to_string());
        let valued = common.chain(others).map(|name| {
            let values = self.texts(&name);
            (name, values)
        });
        valued.filter(|(_, values)| !values.is_empty()).collect()
    }

    /// The values of a key as text, for messages and diagnostic records; empty when absent.
    pub fn texts(&self, key: &str) -> Vec<String> {
        match self.value(&Key::read(key)) {
            RequestValue::Absent => Vec::new(),
            RequestValue::Time(time) => vec![time.to_string()],
            RequestValue::Bool(value) => vec![value.to_string()],
            RequestValue::Ip(address) => vec![address.to_string()],
            RequestValue::Text(text) => vec![text.to_owned()],
            RequestValue::Texts(texts) => texts.iter().map(|text| text.to_string()).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_set_by_name_ignoring_case() {
        let mut context = Context::default();
        context.set("ACS:sourceip", ["10.0.0.1"]).unwrap();
        context.set("acs:ResourceTag/Team", ["dev"]).unwrap();
        context.add("apig:GatewayId", "gw-1").unwrap();
        context.add("APIG:gatewayid", "gw-2").unwrap();
        assert_eq!(context.source_ip, Some("10.0.0.1".parse().unwrap()));
        assert_eq!(context.texts("acs:resourcetag/Team"), ["dev"]);
        assert_eq!(context.texts("acs:resourcetag/team"), [""; 0]);
        assert_eq!(context.texts("apig:GatewayId"), ["gw-1", "gw-2"]);
        context.set("apig:gatewayid", ["gw-3"]).unwrap();
        assert_eq!(context.texts("apig:GatewayId"), ["gw-3"]);
        context.set("apig:gatewayid", [""; 0]).unwrap();
        assert_eq!(context, {
            let mut c = Context::default();
            c.set("acs:SourceIp", ["10.0.0.1"]).unwrap();
            c.set("acs:ResourceTag/Team", ["dev"]).unwrap();
            c
        });
    }

    #[test]
    fn what_is_present_is_listed_with_its_values() {
        let mut context = Context { secure_transport: Some(true), ..Context::default() };
        context.set("acs:SourceIp", ["10.0.0.1"]).unwrap();
        context.set("acs:ResourceTag/Team", ["dev"]).unwrap();
        let present: Vec<String> = context.present().iter().map(|(k, v)| format!("{k}={}", v.join(","))).collect();
        assert_eq!(present, ["acs:SecureTransport=true", "acs:SourceIp=10.0.0.1", "acs:resourcetag/Team=dev"]);
    }

    #[test]
    fn values_that_do_not_fit_a_common_key_are_refused() {
        let mut context = Context::default();
        let error = context.set("acs:SourceIp", ["10.0.0.0/8"]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "`10.0.0.0/8` is not a value of the condition key `acs:SourceIp`, which takes an IPv4 or IPv6 address"
        );
        assert!(context.set("acs:CurrentTime", ["now"]).is_err());
        assert!(context.set("acs:MFAPresent", ["yes"]).is_err());
        assert!(context.set("acs:SourceVpc", ["a", "b"]).is_err());
        assert_eq!(context, Context::default());
    }
}
