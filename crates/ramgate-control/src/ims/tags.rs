//! Tags of users.

use crate::dispatch::{Authorized, Dispatcher};
use crate::identities::{LogonNames, UserRef};
use crate::node::Cx;
use crate::ram::paging::Wanted;
use crate::ram::{quota, tags};
use crate::state::{AccountState, Row};
use ramgate_api::ims::{
    ListTagResources, ListTagResourcesResponse, TagResource, TagResourceList, TagResources, UntagResources,
};
use ramgate_api::{ApiError, Empty, codes};
use ramgate_model::User;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Binds the operations.
pub(super) fn bind(dispatcher: Dispatcher) -> Dispatcher {
    dispatcher.on(tag).on(untag).on(list)
}

/// The users named, each once.
fn named(
    names: LogonNames<'_>,
    account: &AccountState,
    ids: &[String],
    logon_names: &[String],
) -> Result<Vec<Arc<Row<User>>>, ApiError> {
    let ids = ids.iter().map(|id| UserRef::Id(id));
    let refs = ids.chain(logon_names.iter().map(|name| UserRef::LogonName(name)));
    let mut users = BTreeMap::new();
    for who in refs {
        let user = who.find(names, account)?;
        users.insert(user.id.to_string(), user.clone());
    }
    Ok(users.into_values().collect())
}

/// Changes each of the named users, all or none. They are at most 50, which fit into one transaction.
async fn change(
    cx: &Cx,
    ids: &[String],
    logon_names: &[String],
    change: impl Fn(&mut User) -> Result<(), ApiError>,
) -> Result<Empty, ApiError> {
    cx.transact(|tx| {
        let account = tx.account().clone();
        for row in named(cx.logon_names(), &account, ids, logon_names)? {
            let mut user = row.value.clone();
            change(&mut user)?;
            if user.tags != row.tags {
                tx.update(&row, &user)?;
            }
        }
        Ok(())
    })
    .await?;
    Ok(Empty)
}

async fn tag(cx: Cx, call: Authorized<TagResources>) -> Result<Empty, ApiError> {
    let request = &call.request;
    let new = tags::of_request(&request.tag)?;
    change(&cx, &request.resource_id, &request.resource_principal_name, |user| {
        user.tags.extend(new.clone());
        if user.tags.len() > quota::TAGS {
            let (n, most) = (user.tags.len(), quota::TAGS);
            let text = format!("The user `{}` would have {n} tags; at most {most} are allowed.", user.name);
            return Err(codes::INVALID_PARAMETER.with(text));
        }
        Ok(())
    })
    .await
}

async fn untag(cx: Cx, call: Authorized<UntagResources>) -> Result<Empty, ApiError> {
    let request = &call.request;
    change(&cx, &request.resource_id, &request.resource_principal_name, |user| {
        // All tags go only where no keys are named.
        user.tags.retain(|key, _| !request.tag_key.is_empty() && !request.tag_key.contains(key));
        Ok(())
    })
    .await
}

async fn list(cx: Cx, call: Authorized<ListTagResources>) -> Result<ListTagResourcesResponse, ApiError> {
    let request = &call.request;
    let account = cx.account();
    let users = match (&request.resource_id[..], &request.resource_principal_name[..]) {
        ([], []) => account.table::<User>().iter().cloned().collect(),
        (ids, logon_names) => named(cx.logon_names(), &account, ids, logon_names)?,
    };
    let shown =
        |key: &str, value: &str| request.tag.is_empty() || request.tag.iter().any(|f| tags::matches(f, key, value));
    let mut found = Vec::new();
    for user in users.iter().filter(|user| tags::has_all(&user.tags, &request.tag)) {
        found.extend(user.tags.iter().filter(|(key, value)| shown(key, value)).map(|(key, value)| TagResource {
            resource_id: user.id.to_string(),
            resource_type: request.resource_type.clone(),
            tag_key: key.clone(),
            tag_value: value.clone(),
        }));
    }
    let (marker, size) = (request.next_token.as_deref(), request.page_size);
    let wanted = Wanted { list: "user-tags", parameter: "NextToken", marker, size };
    let page = wanted.cut(found, |tag| format!("{}/{}", tag.resource_id, tag.tag_key))?;
    let tag_resources = TagResourceList { tag_resource: page.items };
    Ok(ListTagResourcesResponse { tag_resources, is_truncated: page.next.is_some(), next_token: page.next })
}
