//! Reads the `Principal` of a trust policy's statement.

use super::{Element, Reader, only, within};
use crate::document::Principal;
use crate::json::{Member, Node, Value};
use crate::problem::title;

impl Reader<'_> {
    /// The principals of a trust policy's statement. `None` when it is not clear who they are.
    pub(super) fn principals(&mut self, node: &Node, members: &[Member], place: &str) -> Option<Vec<Principal>> {
        let place = within(place, "Principal");
        let list = match only(members, "Principal") {
            Element::Present(list) => list,
            Element::Absent => {
                self.defect(&place, &node.span, title::MISSING_PRINCIPAL, "the element `Principal` is missing");
                return None;
            }
            Element::Unclear => return None,
        };
        let Value::Object(kinds) = &list.value else {
            let message =
                format!("must be an object with `RAM`, `Service` or `Federated`, not {}", list.value.describe());
            self.defect(&place, &list.span, title::DATA_TYPE_MISMATCH, message);
            return None;
        };
        if kinds.is_empty() {
            self.defect(&place, &list.span, title::EMPTY_ELEMENT, "no principal is named");
        }
        let defects_before = self.defects.len();
        self.duplicates(&place, kinds);
        let mut principals = Vec::new();
        for kind in kinds {
            let place = within(&place, &kind.name);
            let (read, form): (fn(&str) -> Option<Principal>, _) = match kind.name.as_str() {
                "RAM" => (
                    Principal::read_ram,
                    "`acs:ram::<uid>:root`, `acs:ram::<uid>:user/<name>` or `acs:ram::<uid>:role/<name>`",
                ),
                "Service" => (Principal::read_service, "the name of a cloud service such as `ecs.aliyuncs.com`"),
                "Federated" => (
                    Principal::read_federated,
                    "`acs:ram::<uid>:saml-provider/<name>` or `acs:ram::<uid>:oidc-provider/<name>`",
                ),
                other => {
                    let message = format!("principals are `RAM`, `Service` or `Federated`, not `{other}`");
                    self.defect(&place, &kind.name_span, title::INVALID_PRINCIPAL, message);
                    continue;
                }
            };
            for (place, span, text) in self.texts(&kind.node, &place).unwrap_or_default() {
                match read(&text) {
                    Some(principal) => principals.push(principal),
                    None => {
                        let message = format!("`{text}` is not {form}");
                        self.defect(&place, &span, title::INVALID_PRINCIPAL, message);
                    }
                }
            }
        }
        (self.defects.len() == defects_before).then_some(principals)
    }
}
