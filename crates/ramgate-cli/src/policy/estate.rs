//! The folder of an account, as questions about policies want it: principals with everything that counts for them.
//!
//! The folder is the one that `ramgate account export` writes. Documents are taken as they are in force, whatever is wrong
//! with them; `ramgate policy check` says what that is.

use crate::account::files::Folder;
use crate::error::CliError;
use crate::host::Host;
use crate::text::{count, printable};
use ramgate_analysis::{Estate, EstateGroup, EstatePolicy, EstatePrincipal, PrincipalId};
use ramgate_api::ram::{Manifest, ManifestAttachment};
use ramgate_api::system_policies;
use ramgate_policy::{Attached, AttachedEntity, Document, DocumentKind, PolicyKind, PrincipalKind, PrincipalPolicies};
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

/// The account of a folder that names none.
const ACCOUNT: &str = "1000000000000001";

/// Reads the folder.
pub(super) fn read(host: &mut Host<'_>, folder: &Path) -> Result<Estate, CliError> {
    let manifest = Folder::new(folder).read()?;
    let manifest: Manifest = serde_json::from_value(manifest)
        .map_err(|error| CliError::Usage(format!("the manifest in `{}` cannot be used: {error}", folder.display())))?;
    let mut reading = Reading { custom: HashMap::new(), problems: 0 };
    let mut policies = Vec::new();
    for policy in &manifest.policies {
        let document = reading.document(&policy.policy_name, &policy.policy_document, DocumentKind::Identity)?;
        let name: Arc<str> = policy.policy_name.as_str().into();
        reading.custom.insert(policy.policy_name.to_ascii_lowercase(), (Arc::clone(&name), Arc::clone(&document)));
        policies.push(EstatePolicy { name, kind: PolicyKind::Custom, document });
    }
    let estate = reading.estate(&manifest, policies)?;
    if reading.problems > 0 {
        let n = count(reading.problems, "problem");
        host.remark("note", &format!("the documents have {n}, which `ramgate policy check` names"))?;
    }
    Ok(estate)
}

struct Reading {
    /// Custom policies by name in lower case.
    custom: HashMap<String, (Arc<str>, Arc<Document>)>,
    problems: usize,
}

impl Reading {
    fn document(&mut self, name: &str, text: &str, kind: DocumentKind) -> Result<Arc<Document>, CliError> {
        let document = Document::parse_stored_as(text, kind).map_err(|problems| {
            CliError::Usage(format!("the document of `{}` cannot be read: {problems}", printable(name)))
        })?;
        self.problems += document.problems().len();
        Ok(Arc::new(document))
    }

    fn estate(&mut self, manifest: &Manifest, policies: Vec<EstatePolicy>) -> Result<Estate, CliError> {
        let mut groups: Vec<EstateGroup> = Vec::new();
        for group in &manifest.groups {
            let who = format!("the group `{}`", printable(&group.group_name));
            let entity = AttachedEntity::Group(group.group_name.clone());
            let mut of_group = PrincipalPolicies::new(PrincipalKind::User);
            self.attach(&who, &group.policies, &entity, &mut of_group)?;
            groups.push(EstateGroup {
                name: group.group_name.clone(),
                policies: of_group.account,
                members: Vec::new(),
            });
        }
        let mut principals = Vec::new();
        for user in &manifest.users {
            let who = format!("the user `{}`", printable(&user.user_name));
            let mut counts = PrincipalPolicies::new(PrincipalKind::User);
            self.attach(&who, &user.policies, &AttachedEntity::User, &mut counts)?;
            for name in &user.groups {
                let same = |group: &EstateGroup| group.name.eq_ignore_ascii_case(name);
                let at = groups.iter().position(same).ok_or_else(|| {
                    CliError::Usage(format!(
                        "{who} is in the group `{}`, which the manifest does not have",
                        printable(name)
                    ))
                })?;
                if let (Some(group), Some(given)) = (groups.get_mut(at), manifest.groups.get(at)) {
                    group.members.push(user.user_name.clone());
                    let entity = AttachedEntity::Group(group.name.clone());
                    self.attach(&who, &given.policies, &entity, &mut counts)?;
                }
            }
            principals.push(EstatePrincipal {
                id: PrincipalId::User(user.user_name.clone()),
                policies: counts,
                trust: None,
            });
        }
        for role in &manifest.roles {
            let who = format!("the role `{}`", printable(&role.role_name));
            let mut counts = PrincipalPolicies::new(PrincipalKind::Role);
            self.attach(&who, &role.policies, &AttachedEntity::Role, &mut counts)?;
            let trust = self.document(&role.role_name, &role.assume_role_policy_document, DocumentKind::Trust)?;
            principals.push(EstatePrincipal {
                id: PrincipalId::Role(role.role_name.clone()),
                policies: counts,
                trust: Some(trust),
            });
        }
        let account_id = match manifest.account_id.as_str() {
            "" => ACCOUNT.to_owned(),
            id => id.to_owned(),
        };
        Ok(Estate { account_id, principals, groups, policies })
    }

    fn attach(
        &self,
        who: &str,
        attachments: &[ManifestAttachment],
        entity: &AttachedEntity,
        to: &mut PrincipalPolicies,
    ) -> Result<(), CliError> {
        for attachment in attachments {
            let name = &attachment.policy_name;
            let system = attachment.policy_type.eq_ignore_ascii_case("System");
            let found = if system {
                let policy = system_policies::find(name);
                policy.map(|policy| {
                    (policy.name.into(), PolicyKind::System, policy.version, Arc::clone(&policy.document))
                })
            } else {
                let policy = self.custom.get(&name.to_ascii_lowercase());
                policy.map(|(name, document)| (Arc::clone(name), PolicyKind::Custom, "v1", Arc::clone(document)))
            };
            let (policy_name, policy_type, version, document) = found.ok_or_else(|| {
                let kind = if system { "system" } else { "custom" };
                CliError::Usage(format!("{who} has the {kind} policy `{}`, which there is not", printable(name)))
            })?;
            let attached =
                Attached { policy_name, policy_type, version: version.into(), entity: entity.clone(), document };
            match attachment.resource_group_id.as_str() {
                "" => to.account.push(attached),
                group => match to.resource_groups.iter_mut().find(|(id, _)| id == group) {
                    Some((_, list)) => list.push(attached),
                    None => to.resource_groups.push((group.to_owned(), vec![attached])),
                },
            }
        }
        Ok(())
    }
}
