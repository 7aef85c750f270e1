//! Plugins and what they are attached to.

mod create_plugin_attachment;
mod delete_plugin_attachment;
mod get_plugin_attachment;
mod install_plugin;
mod list_plugin_attachments;
mod list_plugin_classes;
mod list_plugins;
mod uninstall_plugin;
mod update_plugin_attachment;

pub use create_plugin_attachment::{CreatePluginAttachment, CreatePluginAttachmentRequest};
pub use delete_plugin_attachment::{DeletePluginAttachment, DeletePluginAttachmentRequest};
pub use get_plugin_attachment::{GetPluginAttachment, GetPluginAttachmentRequest};
pub use install_plugin::{InstallPlugin, InstallPluginRequest};
pub use list_plugin_attachments::{ListPluginAttachments, ListPluginAttachmentsRequest};
pub use list_plugin_classes::{ListPluginClasses, ListPluginClassesRequest};
pub use list_plugins::{ListPlugins, ListPluginsRequest};
pub use uninstall_plugin::{UninstallPlugin, UninstallPluginRequest};
pub use update_plugin_attachment::{UpdatePluginAttachment, UpdatePluginAttachmentRequest};
