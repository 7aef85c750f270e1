//! System policies: part of the program, attachable by every account, changeable by none.
//!
//! The documents are the files of `system-policies/`. Where the platform publishes a policy's text it is that text; where it
//! does not, it is a definition of ours and its description says "local definition".

use ramgate_policy::{Document, DocumentKind};
use std::sync::{Arc, LazyLock};

/// A system policy.
#[derive(Debug)]
pub struct SystemPolicy {
    /// The name; compared without regard to case.
    pub name: &'static str,
    /// What it grants, and where its text is from.
    pub description: &'static str,
    /// The version in force, such as `v1`.
    pub version: &'static str,
    /// When the platform introduced it, or this program did; `YYYY-MM-DDThh:mm:ssZ`.
    pub create_date: &'static str,
    /// The document.
    pub document: Arc<Document>,
}

/// All system policies in the order of their names.
pub fn all() -> &'static [SystemPolicy] {
    static ALL: LazyLock<Vec<SystemPolicy>> = LazyLock::new(load);
    &ALL
}

/// The system policy of this name.
pub fn find(name: &str) -> Option<&'static SystemPolicy> {
    all().iter().find(|policy| policy.name.eq_ignore_ascii_case(name))
}

macro_rules! documents {
    ($($name:literal, $version:literal, $date:literal, $description:literal;)+) => {
        [$(($name, $version, $date, $description, include_str!(concat!("../system-policies/", $name, ".json")))),+]
    };
}

fn load() -> Vec<SystemPolicy> {
    let documents = documents! {
        "AdministratorAccess", "v1", "2015-05-01T00:00:00Z",
            "Full access to all services and resources of the account.";
        "AliyunAPIGFullAccess", "v1", "2024-06-27T00:00:00Z", "Full access to API Gateway (apig).";
        "AliyunAPIGReadOnlyAccess", "v2", "2024-06-27T00:00:00Z", "Read-only access to API Gateway (apig).";
        "AliyunMSEFullAccess", "v1", "2020-01-01T00:00:00Z",
            "Full access to Microservices Engine (mse). Local definition: the platform does not publish the text.";
        "AliyunMSEReadOnlyAccess", "v1", "2020-01-01T00:00:00Z",
            "Read-only access to Microservices Engine (mse). Local definition: the platform does not publish the text.";
        "AliyunRAMFullAccess", "v1", "2015-05-01T00:00:00Z",
            "Full access to RAM: users, groups, roles, policies. Local definition: the platform does not publish the text.";
        "AliyunRAMReadOnlyAccess", "v3", "2015-05-01T00:00:00Z", "Read-only access to RAM.";
        "AliyunSTSAssumeRoleAccess", "v1", "2015-05-01T00:00:00Z", "Permission to call AssumeRole of STS.";
        "PowerUserAccess", "v2", "2020-01-01T00:00:00Z",
            "Access to everything but identities, the organisation and billing.";
        "ReadOnlyAccess", "v1", "2015-05-01T00:00:00Z",
            "Read-only access to all services. From public copies of the policy.";
    };
    documents
        .into_iter()
        .map(|(name, version, create_date, description, text)| {
            #[expect(clippy::expect_used, reason = "files of this repository, read by a test")]
            let document = Document::parse(text, DocumentKind::Identity).expect("a system policy is a valid document");
            SystemPolicy { name, description, version, create_date, document: Arc::new(document) }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_system_policy_is_a_valid_document_found_without_regard_to_case() {
        assert_eq!(all().len(), 10);
        assert!(all().is_sorted_by_key(|policy| policy.name));
        assert!(find("administratoraccess").is_some());
        assert!(find("NoSuchPolicy").is_none());
    }
}
