//! Tags of policies and roles.

use super::paging::Wanted;
use super::{lookup, quota};
use crate::dispatch::Authorized;
use crate::node::Cx;
use crate::state::{AccountState, Row, Tabled};
use ramgate_api::ram::{
    ListTagResources, ListTagResourcesResponse, RAM, Tag, TagResource, TagResources, UntagResources,
};
use ramgate_api::{ApiError, Empty, codes};
use ramgate_model::{Policy, Role, Tags};
use std::collections::BTreeSet;
use std::sync::Arc;

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

/// A kind of object that has tags.
trait Tagged: Tabled + Clone {
    /// What requests call it.
    const TYPE: &'static str;
    /// The object of this name.
    fn find<'a>(account: &'a AccountState, name: &str) -> Result<&'a Arc<Row<Self>>, ApiError>;
    fn name(&self) -> &str;
    fn tags(&self) -> &Tags;
    fn tags_mut(&mut self) -> &mut Tags;
}

macro_rules! tagged {
    ($($kind:ty: $type:literal by $find:path;)+) => {$(
        impl Tagged for $kind {
            const TYPE: &'static str = $type;

            fn find<'a>(account: &'a AccountState, name: &str) -> Result<&'a Arc<Row<Self>>, ApiError> {
                $find(account, name)
            }

            fn name(&self) -> &str {
                &self.name
            }

            fn tags(&self) -> &Tags {
                &self.tags
            }

            fn tags_mut(&mut self) -> &mut Tags {
                &mut self.tags
            }
        }
    )+};
}

tagged! {
    Policy: "policy" by lookup::custom_policy;
    Role: "role" by lookup::role;
}

pub(super) async fn tag(cx: Cx, call: Authorized<TagResources>) -> Result<Empty, ApiError> {
    let request = &call.request;
    if request.tag.is_empty() {
        return Err(RAM.missing("Tag"));
    }
    let new = of_request(&request.tag)?;
    change(&cx, &request.resource_type, &request.resource_names, |kind, name, tags| {
        tags.extend(new.clone());
        if tags.len() > quota::TAGS {
            let (n, most) = (tags.len(), quota::TAGS);
            let text = format!("The {kind} `{name}` would have {n} tags; at most {most} are allowed.");
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
    change(&cx, &request.resource_type, &request.resource_names, |_, _, tags| {
        tags.retain(|key, _| !request.tag_keys.is_empty() && !request.tag_keys.contains(key));
        Ok(())
    })
    .await
}

/// Changes the tags of each of the named objects, given with its kind and name. Whatever is refused is refused before the
/// first one changes.
async fn change(
    cx: &Cx,
    resource_type: &str,
    names: &[String],
    change: impl Fn(&str, &str, &mut Tags) -> Result<(), ApiError>,
) -> Result<Empty, ApiError> {
    if names.is_empty() {
        return Err(RAM.missing("ResourceNames"));
    }
    let names: BTreeSet<String> = names.iter().map(|name| name.to_ascii_lowercase()).collect();
    let names: Vec<String> = names.into_iter().collect();
    match resource_type {
        Policy::TYPE => change_all::<Policy>(cx, &names, change).await,
        _ => change_all::<Role>(cx, &names, change).await,
    }
}

async fn change_all<T: Tagged>(
    cx: &Cx,
    names: &[String],
    change: impl Fn(&str, &str, &mut Tags) -> Result<(), ApiError>,
) -> Result<Empty, ApiError> {
    let changed = |row: &Row<T>| {
        let mut object = row.value.clone();
        change(T::TYPE, row.name(), object.tags_mut())?;
        Ok::<T, ApiError>(object)
    };
    let account = cx.account();
    for name in names {
        changed(T::find(&account, name)?)?;
    }
    for names in names.chunks(AT_ONCE) {
        cx.transact(|tx| {
            let account = tx.account().clone();
            for name in names {
                let row = T::find(&account, name)?;
                let object = changed(row)?;
                if object.tags() != row.tags() {
                    tx.update(row, &object)?;
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
    let found = match request.resource_type.as_str() {
        Policy::TYPE => of_kind::<Policy>(&account, &named, &request.tag),
        _ => of_kind::<Role>(&account, &named, &request.tag),
    };
    let wanted =
        Wanted { list: "tags", parameter: "NextToken", marker: request.next_token.as_deref(), size: request.page_size };
    let page = wanted.cut(found, |tag| format!("{}/{}", tag.resource_name.to_ascii_lowercase(), tag.tag_key))?;
    Ok(ListTagResourcesResponse { next_token: page.next, tag_resources: page.items })
}

/// The tags of all objects of a kind, of those named where some are, that have all the tags asked for.
fn of_kind<T: Tagged>(account: &AccountState, named: &BTreeSet<String>, asked: &[Tag]) -> Vec<TagResource> {
    let wanted = |object: &T| {
        (named.is_empty() || named.contains(&object.name().to_ascii_lowercase())) && has_all(object.tags(), asked)
    };
    let shown = |key: &str, value: &str| asked.is_empty() || asked.iter().any(|filter| matches(filter, key, value));
    let mut found = Vec::new();
    for object in account.table::<T>().iter().filter(|row| wanted(&row.value)) {
        found.extend(object.tags().iter().filter(|(key, value)| shown(key, value)).map(|(key, value)| TagResource {
            resource_name: object.name().to_owned(),
            resource_type: T::TYPE.to_owned(),
            tag_key: key.clone(),
            tag_value: value.clone(),
        }));
    }
    found
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
