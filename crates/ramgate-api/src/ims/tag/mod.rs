//! Tags of users.

mod list_tag_resources;
mod tag_resources;
mod types;
mod untag_resources;

pub use list_tag_resources::{ListTagResources, ListTagResourcesRequest, ListTagResourcesResponse};
pub use tag_resources::{TagResources, TagResourcesRequest};
pub use types::{TagResource, TagResourceList};
pub use untag_resources::{UntagResources, UntagResourcesRequest};
