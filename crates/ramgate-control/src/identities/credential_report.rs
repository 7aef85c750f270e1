//! The report of every user's credentials: made as a whole, kept in the store, read page by page.
//!
//! Source of its columns and of the four hours: RAM documentation, "Generate and download user credential reports".

use super::LogonNames;
use super::access_keys::use_of;
use crate::clock::iso8601;
use crate::logon::{self, devices, profiles, settings};
use crate::node::Cx;
use crate::state::{AccountState, CredentialReport, Row};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ramgate_api::ims::errors;
use ramgate_api::{ApiError, codes};
use ramgate_model::{AccessKey, AccessKeyStatus, Account, LoginProfile, PrincipalRef, Timestamp, User};
use std::sync::Arc;

/// A report less old than this is kept: four hours.
const FRESH_MS: i64 = 4 * 60 * 60 * 1000;
/// Lines in a part. With the longest names a part stays far below what the store takes in one object.
const LINES_OF_PART: usize = 500;
/// What stands where there is nothing to tell.
const NOT_APPLICABLE: &str = "N/A";

const COLUMNS: [&str; 16] = [
    "user",
    "user_creation_time",
    "user_last_logon",
    "password_exist",
    "password_active",
    "password_last_changed",
    "password_next_rotation",
    "mfa_active",
    "access_key_1_exist",
    "access_key_1_active",
    "access_key_1_last_rotated",
    "access_key_1_last_used",
    "access_key_2_exist",
    "access_key_2_active",
    "access_key_2_last_rotated",
    "access_key_2_last_used",
];

/// Makes a report, unless there is a fresh one.
///
/// # Errors
/// Where the store cannot write.
pub(crate) async fn generate(cx: &Cx) -> Result<(), ApiError> {
    cx.transact(|tx| {
        let account = tx.account().clone();
        let parts = account.table::<CredentialReport>();
        if parts.iter().next().is_some_and(|part| cx.now() < part.at + FRESH_MS) {
            return Ok(());
        }
        let lines = lines(cx, &account);
        let made = lines.chunks(LINES_OF_PART).zip(0..).map(|(lines, part)| CredentialReport {
            part,
            at: cx.now(),
            lines: lines.to_vec(),
        });
        let mut n_parts = 0;
        for part in made {
            tx.put(&part)?;
            n_parts += 1;
        }
        // A report on fewer users than the one before leaves no part of that one behind.
        tx.unchanged::<CredentialReport>()?;
        parts.iter().filter(|part| part.part >= n_parts).try_for_each(|part| tx.delete(part))
    })
    .await
}

/// A page of the report made last.
pub(crate) struct Page {
    /// CSV in Base64; the first page begins with the names of the columns.
    pub(crate) content: String,
    pub(crate) generated_at: Timestamp,
    /// Where the next page begins; `None` on the last one.
    pub(crate) next: Option<String>,
}

/// The page that begins at `token`, with at most `most` users.
///
/// # Errors
/// `EntityNotExist.CredentialReport`; `InvalidParameter` where the token is of no page, or of an older report.
pub(crate) fn page(cx: &Cx, token: Option<&str>, most: usize) -> Result<Page, ApiError> {
    let account = cx.account();
    let parts: Vec<&Arc<Row<CredentialReport>>> = account.table::<CredentialReport>().iter().collect();
    let generated_at = parts.first().ok_or_else(|| errors::CREDENTIAL_REPORT_NOT_FOUND.error())?.at;
    let first = match token.filter(|token| !token.is_empty()) {
        Some(token) => open(token, generated_at)?,
        None => 0,
    };
    let lines: Vec<&str> = parts.iter().flat_map(|part| &part.lines).map(String::as_str).collect();
    let rest = lines.get(first..).unwrap_or_default();
    let shown = rest.get(..most).unwrap_or(rest);
    let header = COLUMNS.join(",");
    let header = (first == 0).then_some(header.as_str());
    let content: String = header.into_iter().chain(shown.iter().copied()).flat_map(|line| [line, "\n"]).collect();
    let end = first + shown.len();
    let next = (end < lines.len()).then(|| URL_SAFE_NO_PAD.encode(format!("credential-report\n{generated_at}\n{end}")));
    Ok(Page { content: STANDARD.encode(content), generated_at, next })
}

/// The number of the line where a page begins.
fn open(token: &str, generated_at: Timestamp) -> Result<usize, ApiError> {
    let text = URL_SAFE_NO_PAD.decode(token).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let line = text.as_deref().and_then(|text| {
        let (at, line) = text.strip_prefix("credential-report\n")?.split_once('\n')?;
        (at.parse() == Ok(generated_at)).then(|| line.parse().ok())?
    });
    line.ok_or_else(|| {
        codes::INVALID_PARAMETER.with("The parameter `NextToken` is not one that a page of this report gave.")
    })
}

/// The account itself, then its users in the order of their making.
fn lines(cx: &Cx, account: &AccountState) -> Vec<String> {
    let names = cx.logon_names();
    let mut users: Vec<_> = account.table::<User>().iter().collect();
    users.sort_by_key(|user| (user.created_at, user.id.clone()));
    let root = root_line(cx, account);
    [root].into_iter().chain(users.into_iter().map(|user| user_line(cx, names, account, user))).collect()
}

fn root_line(cx: &Cx, account: &AccountState) -> String {
    let created_at = account.get::<Account>(cx.account_id().as_str()).map(|row| iso8601(row.created_at));
    // The account itself has access keys only: it cannot log on to the console.
    let logon = ["-", "FALSE", NOT_APPLICABLE, NOT_APPLICABLE, NOT_APPLICABLE, "FALSE"].map(str::to_owned);
    line("<root>".to_owned(), created_at.unwrap_or_default(), logon, key_columns(cx, account, "root"))
}

fn user_line(cx: &Cx, names: LogonNames<'_>, account: &AccountState, user: &User) -> String {
    let keys = key_columns(cx, account, &PrincipalRef::User { user_id: user.id.clone() }.key());
    line(names.logon_name(account, &user.name), iso8601(user.created_at), logon_columns(cx, account, user), keys)
}

fn line(user: String, created_at: String, logon: [String; 6], keys: Vec<String>) -> String {
    [user, created_at].into_iter().chain(logon).chain(keys).collect::<Vec<_>>().join(",")
}

/// When a user last logged on to the console, its password, and whether it has an MFA device.
fn logon_columns(cx: &Cx, account: &AccountState, user: &User) -> [String; 6] {
    let policy = settings::password_policy(account);
    let last_logon = logon::state_of(account, user).last_logon_at.map(iso8601);
    let (active, changed, rotation) = match account.get::<LoginProfile>(user.id.as_str()) {
        Some(profile) => {
            let over =
                profiles::expired(profile, &policy, cx.now()) || profiles::initial_expired(profile, &policy, cx.now());
            let rotation = profile.password_set_at + i64::from(policy.max_age_days) * profiles::DAY;
            (
                Some(flag(profile.active && !over)),
                Some(iso8601(profile.password_set_at)),
                (policy.max_age_days > 0).then(|| iso8601(rotation)),
            )
        }
        None => (None, None, None),
    };
    let or_not_applicable = |text: Option<String>| text.unwrap_or_else(|| NOT_APPLICABLE.to_owned());
    [
        last_logon.unwrap_or_else(|| "-".to_owned()),
        flag(active.is_some()),
        or_not_applicable(active),
        or_not_applicable(changed),
        or_not_applicable(rotation),
        flag(devices::device_of(account, &user.id).is_some()),
    ]
}

fn flag(value: bool) -> String {
    if value { "TRUE" } else { "FALSE" }.to_owned()
}

/// Whether the two oldest keys exist and are active, and when they were made and used.
fn key_columns(cx: &Cx, account: &AccountState, owner: &str) -> Vec<String> {
    let mut keys: Vec<_> = account.table::<AccessKey>().indexed(owner).collect();
    keys.sort_by_key(|key| (key.created_at, key.id.clone()));
    let column = |text: &str| text.to_owned();
    (0..2)
        .flat_map(|i| match keys.get(i) {
            Some(key) => {
                let active = key.status == AccessKeyStatus::Active;
                let used = use_of(cx, account, key.id.as_str());
                [
                    flag(true),
                    flag(active),
                    iso8601(key.created_at),
                    used.map_or_else(|| column("-"), |key_use| iso8601(key_use.at)),
                ]
            }
            None => ["FALSE", NOT_APPLICABLE, NOT_APPLICABLE, NOT_APPLICABLE].map(column),
        })
        .collect()
}
