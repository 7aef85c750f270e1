//! Tags and resource groups.

mod change_resource_group;
mod list_tag_resources;
mod tag_resources;
mod types;
mod untag_resources;

pub use change_resource_group::{ChangeResourceGroup, ChangeResourceGroupRequest};
pub use list_tag_resources::{ListTagResources, ListTagResourcesRequest};
pub use tag_resources::{TagResources, TagResourcesRequest};
pub use types::TagFilter;
pub use untag_resources::{UntagResources, UntagResourcesRequest};
