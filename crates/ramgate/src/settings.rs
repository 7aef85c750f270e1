//! Process settings: each declared once, given by flag, `RAMGATE_…` variable or configuration file, in this order.

use clap::{Args, ValueEnum};
use ipnet::IpNet;
use ramgate_control::ControlConfig;
use ramgate_model::{AccountId, RegionId};
use ramgate_signing::Limits;
use serde::Deserialize;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::str::FromStr;

macro_rules! settings {
    ($($(#[$meta:meta])* $name:ident: $type:ty,)+) => {
        /// The settings of `ramgate serve` as given; what is absent has its default.
        ///
        /// In the configuration file (TOML) they have the same names with `_`.
        #[derive(Args, Clone, Debug, Default, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub(crate) struct Settings {
            $($(#[$meta])* pub(crate) $name: Option<$type>,)+
        }

        impl Settings {
            /// These settings, and those of `weaker` where these are absent.
            fn or(self, weaker: Self) -> Self {
                Self { $($name: self.$name.or(weaker.$name),)+ }
            }
        }
    };
}

settings! {
    /// Where the management API listens [default: 127.0.0.1:9080]
    #[arg(long, env = "RAMGATE_LISTEN", value_name = "ADDR")]
    listen: SocketAddr,
    /// Where everything is kept [default: ./ramgate-data]
    #[arg(long, env = "RAMGATE_DATA_DIR", value_name = "DIR")]
    data_dir: PathBuf,
    /// Ports that gateways get, two each: HTTP, then HTTPS [default: 8080-8179]
    #[arg(long, env = "RAMGATE_ENTRY_PORTS", value_name = "FIRST-LAST")]
    entry_ports: PortRange,
    /// The address gateways listen on [default: 127.0.0.1]
    #[arg(long, env = "RAMGATE_ENTRY_HOST", value_name = "IP")]
    entry_host: IpAddr,
    /// The store: `sqlite` keeps it in the data directory [default: sqlite]
    #[arg(long, env = "RAMGATE_STORE", value_name = "URL")]
    store: StoreUrl,
    /// What this process does [default: all]
    #[arg(long, env = "RAMGATE_ROLE")]
    role: Role,
    /// The account made at first start [default: 1000000000000001]
    #[arg(long, env = "RAMGATE_ACCOUNT_ID", value_name = "ID")]
    account_id: String,
    /// The region in resource names [default: cn-hangzhou]
    #[arg(long, env = "RAMGATE_REGION", value_name = "REGION")]
    region: String,
    /// Root access key id to make at first start [default: a random one]
    #[arg(long, env = "RAMGATE_ROOT_ACCESS_KEY_ID", value_name = "ID", requires = "root_access_key_secret")]
    root_access_key_id: String,
    /// Its secret; better given by variable or file than on the command line
    #[arg(long, env = "RAMGATE_ROOT_ACCESS_KEY_SECRET", hide_env_values = true, value_name = "SECRET",
          requires = "root_access_key_id")]
    root_access_key_secret: String,
    /// File with the key that seals secrets; made where it does not exist [default: DATA_DIR/sealing.key]
    #[arg(long, env = "RAMGATE_SEALING_KEY_FILE", value_name = "FILE")]
    sealing_key_file: PathBuf,
    /// Suffix of the host names of environments [default: alicloudapi.com]
    #[arg(long, env = "RAMGATE_DOMAIN_SUFFIX", value_name = "NAME")]
    domain_suffix: String,
    /// Suffix of the domains of logon names, `<name>@<account alias or id>.<suffix>` [default: onaliyun.com]
    #[arg(long, env = "RAMGATE_LOGON_DOMAIN_SUFFIX", value_name = "NAME")]
    logon_domain_suffix: String,
    /// Networks of proxies in front of the management API whose X-Forwarded-For is believed [default: none]
    #[arg(long, env = "RAMGATE_TRUSTED_PROXIES", value_name = "CIDR,...", value_delimiter = ',')]
    trusted_proxies: Vec<IpNet>,
    /// Networks beside the public internet in which issuers of OIDC tokens may lie, such as 10.0.0.0/8 [default: none]
    #[arg(long, env = "RAMGATE_ISSUER_NETWORKS", value_name = "CIDR,...", value_delimiter = ',')]
    issuer_networks: Vec<IpNet>,
    /// Threads that carry traffic [default: one per core]
    #[arg(long, env = "RAMGATE_WORKERS", value_name = "N")]
    workers: usize,
    /// Where the access log goes, one JSON line per request: a file, `-` for standard error, or `off` [default: DATA_DIR/access.log]
    #[arg(long, env = "RAMGATE_ACCESS_LOG", value_name = "FILE")]
    access_log: PathBuf,
    /// How long requests under way may take at a stop, in seconds [default: 30]
    #[arg(long, env = "RAMGATE_DRAIN_SECONDS", value_name = "S")]
    drain_seconds: u64,
    /// `text` or `json` [default: text on a terminal, json otherwise]
    #[arg(long, env = "RAMGATE_LOG_FORMAT")]
    log_format: LogFormat,
    /// What is logged: `error`, `warn`, `info`, `debug`, `trace`, or directives such as `info,ramgate_proxy=debug` [default: info]
    #[arg(long, env = "RAMGATE_LOG", value_name = "LEVEL")]
    log: String,
}

/// What a process does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Role {
    /// Management API and traffic.
    All,
    /// The management API only.
    Control,
    /// Traffic only.
    Gateway,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LogFormat {
    /// For people.
    Text,
    /// One JSON object per line.
    Json,
}

/// Ports from first to last.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct PortRange(pub(crate) RangeInclusive<u16>);

impl FromStr for PortRange {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let expected =
            || format!("`{text}` is not FIRST-LAST, two ports from 1 to 65535 with at least one port between");
        let (first, last) = text.split_once('-').ok_or_else(expected)?;
        let (first, last) = (first.trim().parse::<u16>(), last.trim().parse::<u16>());
        match (first, last) {
            (Ok(first), Ok(last)) if first > 0 && first < last => Ok(Self(first..=last)),
            _ => Err(expected()),
        }
    }
}

impl TryFrom<String> for PortRange {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

/// Which store.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) enum StoreUrl {
    /// SQLite in the data directory.
    Sqlite,
}

impl FromStr for StoreUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "sqlite" => Ok(Self::Sqlite),
            _ if text.starts_with("etcd://") => Err("the etcd store is not built yet; use `sqlite`".to_owned()),
            _ => Err(format!("`{text}` is not a store; use `sqlite`")),
        }
    }
}

impl TryFrom<String> for StoreUrl {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

/// Why settings are refused.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SettingsError {
    /// The file cannot be read.
    #[error("cannot read the configuration file {path}")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The file is not valid.
    #[error("the configuration file {path} is not valid")]
    Parse {
        /// The file.
        path: PathBuf,
        /// Where and why.
        #[source]
        source: Box<toml::de::Error>,
    },
    /// A value is not acceptable.
    #[error("the setting `{name}` {expected}")]
    Value {
        /// The setting.
        name: &'static str,
        /// What it must be.
        expected: &'static str,
    },
}

/// The settings in force.
#[derive(Clone, Debug)]
pub(crate) struct Effective {
    /// Of the management plane.
    pub(crate) control: ControlConfig,
    /// What this process does.
    pub(crate) role: Role,
    /// Which store.
    pub(crate) store: StoreUrl,
    /// The file with the sealing key.
    pub(crate) sealing_key_file: PathBuf,
    /// Threads that carry traffic.
    pub(crate) workers: usize,
    /// Where the access log goes.
    pub(crate) access_log: PathBuf,
    /// How long requests under way may take at a stop.
    pub(crate) drain: std::time::Duration,
}

impl Settings {
    /// Adds what the configuration file says where nothing stronger was given.
    ///
    /// # Errors
    /// Where the file cannot be read, or holds an unknown name or a wrong value.
    pub(crate) fn with_file(self, path: Option<&Path>) -> Result<Self, SettingsError> {
        let Some(path) = path else { return Ok(self) };
        let text =
            std::fs::read_to_string(path).map_err(|source| SettingsError::Read { path: path.to_owned(), source })?;
        let file: Self = toml::from_str(&text)
            .map_err(|source| SettingsError::Parse { path: path.to_owned(), source: Box::new(source) })?;
        Ok(self.or(file))
    }

    /// The settings with their defaults.
    ///
    /// # Errors
    /// A value that is not acceptable, by its name.
    pub(crate) fn effective(self) -> Result<Effective, SettingsError> {
        let value = |name, expected| SettingsError::Value { name, expected };
        let account_id = self.account_id.unwrap_or_else(|| "1000000000000001".to_owned());
        if account_id.is_empty() || account_id.len() > 32 || !account_id.bytes().all(|b| b.is_ascii_digit()) {
            return Err(value("account_id", "must be a number of at most 32 digits"));
        }
        let region = self.region.unwrap_or_else(|| "cn-hangzhou".to_owned());
        let plain = |text: &str| text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if region.is_empty() || !plain(&region) {
            return Err(value("region", "must be lower-case letters, digits and `-`"));
        }
        let root_access_key = match (self.root_access_key_id, self.root_access_key_secret) {
            (Some(id), Some(secret)) => Some((id, secret)),
            (None, None) => None,
            _ => return Err(value("root_access_key_id", "must be given together with `root_access_key_secret`")),
        };
        if let Some((id, secret)) = &root_access_key {
            let ok = |text: &str| (1..=128).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
            if !ok(id) || id.contains('/') || !ok(secret) {
                return Err(value(
                    "root_access_key_id",
                    "and its secret must be 1 to 128 visible ASCII characters, no `/` in the id",
                ));
            }
        }
        let logon_domain_suffix = self.logon_domain_suffix.unwrap_or_else(|| "onaliyun.com".to_owned());
        if logon_domain_suffix.len() > 32 || !logon_domain_suffix.split('.').all(|part| !part.is_empty() && plain(part))
        {
            return Err(value(
                "logon_domain_suffix",
                "must be a domain of at most 32 characters: lower-case letters, digits, `-` and `.`",
            ));
        }
        let data_dir = self.data_dir.unwrap_or_else(|| PathBuf::from("ramgate-data"));
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let workers = self.workers.unwrap_or(cores);
        if !(1..=1024).contains(&workers) {
            return Err(value("workers", "must be from 1 to 1024"));
        }
        Ok(Effective {
            role: self.role.unwrap_or(Role::All),
            store: self.store.unwrap_or(StoreUrl::Sqlite),
            sealing_key_file: self.sealing_key_file.unwrap_or_else(|| data_dir.join("sealing.key")),
            workers,
            access_log: self.access_log.unwrap_or_else(|| data_dir.join("access.log")),
            drain: std::time::Duration::from_secs(self.drain_seconds.unwrap_or(30)),
            control: ControlConfig {
                listen: self.listen.unwrap_or_else(|| SocketAddr::from((Ipv4Addr::LOCALHOST, 9080))),
                data_dir,
                account_id: AccountId(account_id),
                region: RegionId(region),
                entry_host: self.entry_host.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST)),
                entry_ports: self.entry_ports.map_or(8080..=8179, |range| range.0),
                domain_suffix: self.domain_suffix.unwrap_or_else(|| "alicloudapi.com".to_owned()),
                logon_domain_suffix,
                trusted_proxies: self.trusted_proxies.unwrap_or_default(),
                issuer_networks: self.issuer_networks.unwrap_or_default(),
                max_body_bytes: 2 * 1024 * 1024,
                signatures: Limits::default(),
                root_access_key,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_win_over_the_file_and_the_file_over_defaults() {
        let directory = std::env::temp_dir().join(format!("ramgate-settings-{}", std::process::id()));
        std::fs::create_dir_all(&directory).unwrap();
        let path = directory.join("ramgate.toml");
        std::fs::write(&path, "listen = \"127.0.0.1:1\"\nregion = \"eu-1\"\nentry_ports = \"9000-9001\"\n").unwrap();
        let flags = Settings { region: Some("us-1".to_owned()), ..Settings::default() };
        let settings = flags.with_file(Some(&path)).unwrap().effective().unwrap();
        assert_eq!(settings.control.listen.port(), 1);
        assert_eq!(settings.control.region.as_str(), "us-1");
        assert_eq!(settings.control.entry_ports, 9000..=9001);
        assert_eq!(settings.control.account_id.as_str(), "1000000000000001");
        std::fs::write(&path, "lissten = \"127.0.0.1:1\"\n").unwrap();
        let error = Settings::default().with_file(Some(&path)).unwrap_err();
        let text = std::error::Error::source(&error).unwrap().to_string();
        assert!(text.contains("unknown field `lissten`"), "{text}");
        std::fs::remove_dir_all(&directory).unwrap();
    }

    #[test]
    fn unacceptable_values_name_their_setting() {
        let bad = [
            Settings { region: Some("Mars".to_owned()), ..Settings::default() },
            Settings { account_id: Some("x".to_owned()), ..Settings::default() },
            Settings { workers: Some(0), ..Settings::default() },
            Settings { logon_domain_suffix: Some("Example.com".to_owned()), ..Settings::default() },
            Settings { logon_domain_suffix: Some("a..b".to_owned()), ..Settings::default() },
            Settings { root_access_key_id: Some("testid".to_owned()), ..Settings::default() },
        ];
        for settings in bad {
            assert!(matches!(settings.effective(), Err(SettingsError::Value { .. })));
        }
        for text in ["80", "9-8", "0-5", "a-b", "8080-8080", "1-70000"] {
            assert!(text.parse::<PortRange>().is_err(), "{text}");
        }
    }
}
