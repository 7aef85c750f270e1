//! Tags of policies. Roles, which have tags too, do not exist yet: naming one is naming what is not there.

use super::paging::Wanted;
use super::{lookup, quota};
use crate::dispatch::Authorized;
use crate::node::Cx;
use ramgate_api::ram::{
    ListTagResources, ListTagResourcesResponse, RAM, Tag, TagResource, TagResources, UntagResources, errors,
};
use ramgate_api::{ApiError, Empty, codes};
use ramgate_model::{Policy, Tags};
use std::collections::BTreeSet;

/// Policies changed in one transaction. Even with the longest documents so many fit into it.
const AT_ONCE: usize = 8;

/// Tags as requests give them.
///
/// # Errors
/// `InvalidParameter` where a key is given twice.
pub(crate) fn of_request(given: &[Tag]) -> Result<Tags, ApiError> {
    let mut tags = Tags::new();
    for tag in given {
        if tags.insert(tag.key.clone(), tag.value.clone()).is_some() {
            let text = format!("The parameter `Tag` holds the key `{}` more than once.", tag.key);
            return Err(codes::INVALID_PARAMETER.with(text));
        }
    }
    Ok(tags)
}

/// Whether a tag is one that a filter asks for. A filter without a value asks for the key alone.
pub(crate) fn matches(filter: &Tag, key: &str, value: &str) -> bool {
    filter.key == key && (filter.value.is_empty() || filter.value == value)
}

/// Whether every filter finds its tag.
pub(crate) fn has_all(tags: &Tags, filters: &[Tag]) -> bool {
    filters.iter().all(|filter| tags.iter().any(|(key, value)| matches(filter, key, value)))
}

pub(super) async fn tag(cx: Cx, call: Authorized<TagResources>) -> Result<Empty, ApiError> {
    let request = &call.request;
    if request.tag.is_empty() {
        return Err(RAM.missing("Tag"));
    }
    let new = of_request(&request.tag)?;
    change(&cx, &request.resource_type, &request.resource_names, |policy| {
        policy.tags.extend(new.clone());
        if policy.tags.len() > quota::TAGS {
            let (n, most) = (policy.tags.len(), quota::TAGS);
            let text = format!("The policy `{}` would have {n} tags; at most {most} are allowed.", policy.name);
            return Err(codes::INVALID_PARAMETER.with(text));
        }
        Ok(())
    })
    .await
}

pub(super) async fn untag(cx: Cx, call: Authorized<UntagResources>) -> Result<Empty, ApiError> {
    let request = &call.request;
    // All tags go only where no keys are named.
    if request.tag_keys.is_empty() && request.all != Some(true) {
        return Err(RAM.missing("TagKeys"));
    }
    change(&cx, &request.resource_type, &request.resource_names, |policy| {
        policy.tags.retain(|key, _| !request.tag_keys.is_empty() && !request.tag_keys.contains(key));
        Ok(())
    })
    .await
}

/// Changes each of the named policies. Whatever is refused is refused before the first one changes.
async fn change(
    cx: &Cx,
    resource_type: &str,
    names: &[String],
    change: impl Fn(&mut Policy) -> Result<(), ApiError>,
) -> Result<Empty, ApiError> {
    if names.is_empty() {
        return Err(RAM.missing("ResourceNames"));
    }
    if resource_type != "policy" {
        return Err(errors::ROLE_NOT_FOUND.error());
    }
    let names: BTreeSet<String> = names.iter().map(|name| name.to_ascii_lowercase()).collect();
    let names: Vec<String> = names.into_iter().collect();
    let account = cx.account();
    for name in &names {
        change(&mut lookup::custom_policy(&account, name)?.value.clone())?;
    }
    for names in names.chunks(AT_ONCE) {
        cx.transact(|tx| {
            let account = tx.account().clone();
            for name in names {
                let row = lookup::custom_policy(&account, name)?;
                let mut policy = row.value.clone();
                change(&mut policy)?;
                if policy.tags != row.tags {
                    tx.update(row, &policy)?;
                }
            }
            Ok(())
        })
        .await?;
    }
    Ok(Empty)
}

pub(super) async fn list(cx: Cx, call: Authorized<ListTagResources>) -> Result<ListTagResourcesResponse, ApiError> {
    let request = &call.request;
    let account = cx.account();
    let named: BTreeSet<String> = request.resource_names.iter().map(|name| name.to_ascii_lowercase()).collect();
    let wanted_policy = |policy: &Policy| {
        request.resource_type == "policy"
            && (named.is_empty() || named.contains(&policy.name.to_ascii_lowercase()))
            && has_all(&policy.tags, &request.tag)
    };
    let shown = |key: &str, value: &str| request.tag.is_empty() || request.tag.iter().any(|f| matches(f, key, value));
    let mut found = Vec::new();
    for policy in account.table::<Policy>().iter().filter(|policy| wanted_policy(policy)) {
        found.extend(policy.tags.iter().filter(|(key, value)| shown(key, value)).map(|(key, value)| TagResource {
            resource_name: policy.name.clone(),
            resource_type: request.resource_type.clone(),
            tag_key: key.clone(),
            tag_value: value.clone(),
        }));
    }
    let wanted =
        Wanted { list: "tags", parameter: "NextToken", marker: request.next_token.as_deref(), size: request.page_size };
    let page = wanted.cut(found, |tag| format!("{}/{}", tag.resource_name.to_ascii_lowercase(), tag.tag_key))?;
    Ok(ListTagResourcesResponse { next_token: page.next, tag_resources: page.items })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(key: &str, value: &str) -> Tag {
        Tag { key: key.into(), value: value.into() }
    }

    #[test]
    fn a_filter_without_a_value_asks_for_the_key_alone() {
        let tags = of_request(&[tag("team", "edge"), tag("empty", "")]).unwrap();
        for (filters, expected) in [
            (vec![], true),
            (vec![tag("team", "")], true),
            (vec![tag("team", "edge"), tag("empty", "")], true),
            (vec![tag("team", "core")], false),
            (vec![tag("team", "edge"), tag("other", "")], false),
            (vec![tag("Team", "")], false),
        ] {
            assert_eq!(has_all(&tags, &filters), expected, "{filters:?}");
        }
    }

    #[test]
    fn a_key_given_twice_is_refused() {
        assert_eq!(of_request(&[tag("a", "1"), tag("a", "1")]).unwrap_err().code, "InvalidParameter");
    }
}
