//! The tables of one account, and which index entries its objects are filed under.

use super::names::Names;
use super::{Row, Table};
use ramgate_model::{
    AccessKey, AccessKeyId, Account, Attachment, Certificate, ConsoleSession, Domain, Environment, Gateway, Group,
    HttpApi, KeyOwner, LoginProfile, LogonState, Membership, MfaDevice, MfaTicket, OidcProvider, PasswordPolicy,
    Policy, RecycledAccessKey, RecycledUser, Resource, Role, Route, SamlProvider, SecurityPreference, Service, Source,
    StoreKey, Timestamp, TokenKey, User, UserSso,
};
use ramgate_store::{DecodeError, Entry, Revision};
use serde::{Deserialize, Serialize};

/// A kind of object that has a table.
pub trait Tabled: Resource {
    /// Its table.
    fn table(account: &AccountState) -> &Table<Self>;
    /// Its table, to change.
    #[doc(hidden)]
    fn table_mut(account: &mut AccountState) -> &mut Table<Self>;
    /// The index entries it is filed under.
    fn indexes(&self) -> Vec<String> {
        Vec::new()
    }
    /// Makes it take as little memory as it can, before it is kept.
    #[doc(hidden)]
    fn shrink(&mut self) {}
    /// True where a change of it can change a decision.
    const AUTHORITATIVE: bool = false;
}

macro_rules! tables {
    ($($field:ident: $type:ty { $($item:tt)* })+) => {
        /// Everything of one account. Cloning is cheap.
        #[derive(Clone, Default)]
        pub struct AccountState {
            $($field: Table<$type>,)+
            /// Claims on unique names: the part of the key behind `name/`, and the owner's id.
            names: Names,
            /// The last revision that could have changed a decision.
            authority: Revision,
        }

        impl AccountState {
            pub(super) fn put(&mut self, key: StoreKey<'_>, entry: &Entry) -> Result<(), DecodeError> {
                match key.kind {
                    $(<$type>::KIND => {
                        let mut value: $type = entry.decode()?;
                        Tabled::shrink(&mut value);
                        let row = Row { revision: entry.mod_revision, value };
                        if <$type>::AUTHORITATIVE {
                            self.authority = self.authority.max(entry.mod_revision);
                        }
                        self.$field.put(row, <$type>::indexes);
                    })+
                    "name" => {
                        self.names.insert(key.id, entry.decode()?);
                    }
                    // Of a newer version of the program; kept in the store, not known here.
                    _ => {}
                }
                Ok(())
            }

            pub(super) fn remove(&mut self, key: StoreKey<'_>, revision: Revision) {
                match key.kind {
                    $(<$type>::KIND => {
                        if <$type>::AUTHORITATIVE {
                            self.authority = self.authority.max(revision);
                        }
                        self.$field.remove(key.id, <$type>::indexes);
                    })+
                    "name" => {
                        self.names.remove(key.id);
                    }
                    _ => {}
                }
            }
        }

        $(impl Tabled for $type {
            fn table(account: &AccountState) -> &Table<Self> {
                &account.$field
            }
            fn table_mut(account: &mut AccountState) -> &mut Table<Self> {
                &mut account.$field
            }
            $($item)*
        })+
    };
}

tables! {
    accounts: Account {}
    users: User { const AUTHORITATIVE: bool = true; }
    groups: Group { const AUTHORITATIVE: bool = true; }
    memberships: Membership {
        const AUTHORITATIVE: bool = true;
        fn indexes(&self) -> Vec<String> {
            vec![format!("user/{}", self.user_id), format!("group/{}", self.group_id)]
        }
    }
    roles: Role { const AUTHORITATIVE: bool = true; }
    token_keys: TokenKey {}
    oidc_providers: OidcProvider { const AUTHORITATIVE: bool = true; }
    saml_providers: SamlProvider { const AUTHORITATIVE: bool = true; }
    user_sso: UserSso {}
    access_keys: AccessKey {
        fn indexes(&self) -> Vec<String> {
            match &self.owner {
                KeyOwner::Root => vec!["root".to_owned()],
                KeyOwner::User { user_id } => vec![format!("user/{user_id}")],
            }
        }
    }
    key_uses: KeyUse {}
    recycled_users: RecycledUser {}
    recycled_access_keys: RecycledAccessKey {
        fn indexes(&self) -> Vec<String> {
            self.user_id().map(|id| format!("user/{id}")).into_iter().collect()
        }
    }
    credential_reports: CredentialReport {}
    policies: Policy { const AUTHORITATIVE: bool = true; }
    attachments: Attachment {
        const AUTHORITATIVE: bool = true;
        fn indexes(&self) -> Vec<String> {
            let policy = format!("policy/{}/{}", self.policy_kind.as_str(), self.policy_name.to_ascii_lowercase());
            vec![self.principal.key(), policy]
        }
    }
    login_profiles: LoginProfile {}
    logon_states: LogonState {}
    console_sessions: ConsoleSession {
        fn indexes(&self) -> Vec<String> {
            vec![format!("user/{}", self.user_id)]
        }
    }
    mfa_tickets: MfaTicket {
        fn indexes(&self) -> Vec<String> {
            vec![format!("user/{}", self.user_id)]
        }
    }
    mfa_devices: MfaDevice {
        fn indexes(&self) -> Vec<String> {
            self.bound.iter().map(|bound| format!("user/{}", bound.user_id)).collect()
        }
    }
    password_policies: PasswordPolicy {}
    security_preferences: SecurityPreference { const AUTHORITATIVE: bool = true; }
    gateways: Gateway {
        fn indexes(&self) -> Vec<String> {
            vec![format!("number/{}", self.number)]
        }
    }
    environments: Environment {
        fn indexes(&self) -> Vec<String> {
            vec![format!("gateway/{}", self.gateway_id)]
        }
    }
    http_apis: HttpApi {
        fn indexes(&self) -> Vec<String> {
            let gateway = self.gateway_id.iter().map(|id| format!("gateway/{id}"));
            gateway.chain([format!("name/{}", self.name)]).collect()
        }
    }
    routes: Route {
        fn shrink(&mut self) {
            Self::shrink(self);
        }
        fn indexes(&self) -> Vec<String> {
            let gateway = self.gateway_id.iter().map(|id| format!("gateway/{id}"));
            let api = self.http_api_id.iter().map(|id| format!("http-api/{id}"));
            let environment = self.environment_id.iter().map(|id| format!("environment/{id}"));
            // What a draft or a published route refers to must not be deleted under it.
            let live = self.published.as_ref().filter(|live| !live.is_shared_with(&self.draft));
            let specs = || [Some(&self.draft), live].into_iter().flatten();
            let services = specs().flat_map(|s| s.services()).map(|s| format!("service/{}", s.service_id));
            let domains = specs().flat_map(|s| &s.domain_ids).map(|id| format!("domain/{id}"));
            let number = [format!("number/{}", self.number)];
            gateway.chain(api).chain(environment).chain(services).chain(domains).chain(number).collect()
        }
    }
    services: Service {
        fn indexes(&self) -> Vec<String> {
            let source = self.source_id.iter().map(|id| format!("source/{id}"));
            let certificate = self.tls.certificate_id.iter().map(|id| format!("certificate/{id}"));
            let own = [format!("gateway/{}", self.gateway_id), format!("number/{}", self.number)];
            source.chain(certificate).chain(own).collect()
        }
    }
    sources: Source {
        fn indexes(&self) -> Vec<String> {
            vec![format!("gateway/{}", self.gateway_id), format!("number/{}", self.number)]
        }
    }
    domains: Domain {
        fn indexes(&self) -> Vec<String> {
            let gateway = match &self.gateway_id {
                Some(id) => format!("gateway/{id}"),
                None => "account".to_owned(),
            };
            let certificate = self.certificate_id.iter().map(|id| format!("certificate/{id}"));
            certificate.chain([gateway, format!("number/{}", self.number)]).collect()
        }
    }
    certificates: Certificate {}
    sequences: Sequence {}
    client_tokens: ClientToken {}
    seen_assertions: SeenAssertion {}
}

impl AccountState {
    /// The table of `R`.
    pub fn table<R: Tabled>(&self) -> &Table<R> {
        R::table(self)
    }

    /// The object of kind `R` with this id.
    pub fn get<R: Tabled>(&self, id: &str) -> Option<&std::sync::Arc<Row<R>>> {
        R::table(self).get(id)
    }

    /// The id of the owner of a unique name, see [`StoreKey::name_claim`].
    pub fn named<R: Tabled>(&self, scope: &str, name: &str) -> Option<&str> {
        self.names.get(&format!("{}/{scope}/{name}", R::KIND))
    }

    /// The last revision that could have changed a decision: decisions compiled at or after it are still right.
    pub fn authority(&self) -> Revision {
        self.authority
    }
}

/// The next number of a sequence of numeric ids. Numbers are handed out in blocks, so a number may stay unused.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sequence {
    /// What is numbered.
    pub name: String,
    /// The first number of the next block.
    pub next: i64,
}

impl Resource for Sequence {
    const KIND: &'static str = "sequence";

    fn id(&self) -> String {
        self.name.clone()
    }
}

/// When and for which service an access key was last used. Written now and then, not at every call.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct KeyUse {
    /// The key.
    pub access_key_id: AccessKeyId,
    /// When.
    pub at: Timestamp,
    /// The product called.
    pub service: String,
}

impl Resource for KeyUse {
    const KIND: &'static str = "key-use";

    fn id(&self) -> String {
        self.access_key_id.0.clone()
    }
}

/// A part of the report of every user's credentials: a report is kept in parts, which are made together.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CredentialReport {
    /// The number of the part, from zero.
    pub part: u32,
    /// When the report was made.
    pub at: Timestamp,
    /// Lines of CSV without their ends, one for each user; the account itself is the first of the first part.
    pub lines: Vec<String>,
}

impl Resource for CredentialReport {
    const KIND: &'static str = "credential-report";

    /// The number with leading zeros: parts lie in their order.
    fn id(&self) -> String {
        format!("{:04}", self.part)
    }
}

/// A SAML assertion that was used, kept until nobody can use it any more.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SeenAssertion {
    /// Digest of provider and assertion id.
    pub name: String,
    /// Until when the assertion would be accepted.
    pub until: Timestamp,
}

impl Resource for SeenAssertion {
    const KIND: &'static str = "seen-assertion";

    fn id(&self) -> String {
        self.name.clone()
    }
}

/// What a call with a client token answered, so that a repetition answers the same.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ClientToken {
    /// `<operation>/<principal>/<digest of the token>`.
    pub name: String,
    /// SHA-256 of the parameters, in hexadecimal.
    pub parameters: String,
    /// The response, in a list of one; null while there is none.
    pub response: serde_json::Value,
    /// When; kept for a day.
    pub at: Timestamp,
}

impl Resource for ClientToken {
    const KIND: &'static str = "client-token";

    fn id(&self) -> String {
        self.name.clone()
    }
}
