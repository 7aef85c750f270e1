//! What principals did, gathered call by call from a log: the input of [`crate::least`] and of unused grants in
//! [`crate::lint`]. Whoever reads the log hands over the calls that were allowed, newest first.

use crate::estate::PrincipalId;
use crate::least::Used;
use crate::lint::Usage;
use ramgate_policy::{Context, Timestamp};
use std::collections::BTreeMap;
use std::net::IpAddr;

/// Calls that are looked at at most; the newest count.
pub const MOST_CALLS: usize = 1_000_000;

/// A call that was allowed, as logs have it.
#[derive(Debug, Clone, Copy)]
pub struct Call<'a> {
    /// The action, `<service>:<name>`.
    pub action: &'a str,
    /// The resource names that the decision was about.
    pub resources: &'a [String],
    /// When, in milliseconds since the Unix epoch.
    pub time: i64,
    /// The client's address.
    pub source_ip: Option<IpAddr>,
    /// Whether it came over TLS.
    pub secure: bool,
    /// The access key that signed.
    pub access_key_id: Option<&'a str>,
}

impl Call<'_> {
    fn at(&self) -> Timestamp {
        Timestamp::from_unix(self.time.div_euclid(1000))
    }

    /// The condition values that a log has.
    fn context(&self) -> Context {
        Context {
            current_time: Some(self.at()),
            secure_transport: Some(self.secure),
            source_ip: self.source_ip,
            access_id: self.access_key_id.map(Into::into),
            ..Context::default()
        }
    }
}

/// The resource names under which logs have a principal, with `*`: sessions go by the role's name and theirs.
pub fn logged_as(principal: &PrincipalId, account_id: &str) -> String {
    match principal {
        PrincipalId::User(_) => principal.arn(account_id),
        PrincipalId::Role(name) => format!("acs:ram::{account_id}:assumed-role/{}/*", name.to_ascii_lowercase()),
    }
}

/// What one principal did. Calls that differ only in their time count together as they come, so that a long log of few
/// different calls stays small; the time is that of the newest.
#[derive(Debug, Default)]
pub struct Uses {
    used: BTreeMap<(String, String, String), Used>,
}

impl Uses {
    /// Counts a call.
    pub fn count(&mut self, call: &Call<'_>) {
        let context = call.context();
        let facts = format!("{:?} {:?} {:?}", call.source_ip, call.secure, call.access_key_id);
        for resource in call.resources {
            let key = (call.action.to_owned(), resource.clone(), facts.clone());
            let one = self.used.entry(key).or_insert_with(|| Used {
                action: call.action.to_owned(),
                resource: resource.clone(),
                context: context.clone(),
                count: 0,
                last_used: None,
            });
            one.count += 1;
            one.last_used = one.last_used.max(Some(call.at()));
        }
    }

    /// All that was counted.
    pub fn into_used(self) -> Vec<Used> {
        self.used.into_values().collect()
    }
}

/// Which actions everyone used, and when last.
#[derive(Debug)]
pub struct EveryonesUses {
    usage: Usage,
    /// Roles as they are spelled, by name in lower case.
    roles: BTreeMap<String, PrincipalId>,
}

/// Who made a call, by the name that logs have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Logged<'a> {
    /// A user.
    User(&'a str),
    /// A session, `<role>/<session>`.
    Session(&'a str),
}

impl EveryonesUses {
    /// Of these principals. Who has no record did nothing, which is not the same as not having been looked at.
    pub fn of(principals: impl IntoIterator<Item = PrincipalId>) -> Self {
        let usage: Usage = principals.into_iter().map(|principal| (principal, BTreeMap::new())).collect();
        let role = |principal: &PrincipalId| match principal {
            PrincipalId::Role(name) => Some((name.to_ascii_lowercase(), principal.clone())),
            PrincipalId::User(_) => None,
        };
        let roles = usage.keys().filter_map(role).collect();
        Self { usage, roles }
    }

    /// Counts a call; of a principal that is not looked at, nothing.
    pub fn count(&mut self, by: Logged<'_>, call: &Call<'_>) {
        let principal = match by {
            Logged::User(name) => Some(PrincipalId::User(name.to_owned())),
            Logged::Session(name) => {
                let role = name.split('/').next().unwrap_or_default();
                self.roles.get(&role.to_ascii_lowercase()).cloned()
            }
        };
        let Some(actions) = principal.and_then(|principal| self.usage.get_mut(&principal)) else { return };
        let last = actions.entry(call.action.to_owned()).or_insert_with(|| call.at());
        *last = (*last).max(call.at());
    }

    /// All that was counted.
    pub fn into_usage(self) -> Usage {
        self.usage
    }
}
