//! Plain XML: no document type, hence no entities and nothing external; no comments, processing instructions or CDATA,
//! which parsers and people read differently; and not deep.

use uppsala::{Document, NodeId, NodeKind, Parser};

/// Deepest nesting. Responses nest about ten levels deep.
const MAX_DEPTH: u32 = 64;

/// Reads a document in which text is just text.
pub(super) fn parse(text: &str) -> Result<Document<'_>, String> {
    let document = parse_commented(text)?;
    let root = document.root();
    let odd = document.descendants(root).into_iter().find(|node| {
        !matches!(document.node_kind(*node), Some(NodeKind::Element(_) | NodeKind::Text(_) | NodeKind::Attribute(..)))
    });
    match odd {
        Some(_) => Err("comments, processing instructions and CDATA are not accepted".to_owned()),
        None => Ok(document),
    }
}

/// As [`parse`], for documents that people write: comments are accepted.
pub(super) fn parse_commented(text: &str) -> Result<Document<'_>, String> {
    let parser = Parser::new().with_forbid_dtd(true).with_max_depth(MAX_DEPTH);
    parser.parse(text).map_err(|error| error.to_string())
}

/// Whether a node is this element.
pub(super) fn is(document: &Document<'_>, node: NodeId, namespace: &str, name: &str) -> bool {
    document.element(node).is_some_and(|element| element.name.matches(Some(namespace), name))
}

/// The children that are this element.
pub(super) fn children(document: &Document<'_>, of: NodeId, namespace: &str, name: &str) -> Vec<NodeId> {
    document.children(of).into_iter().filter(|node| is(document, *node, namespace, name)).collect()
}

/// The child that is this element, where there is exactly one.
pub(super) fn only(document: &Document<'_>, of: NodeId, namespace: &str, name: &str) -> Option<NodeId> {
    match children(document, of, namespace, name).as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

/// Every element of this name, wherever it is.
pub(super) fn everywhere(document: &Document<'_>, namespace: &str, name: &str) -> Vec<NodeId> {
    let all = document.descendants(document.root());
    all.into_iter().filter(|node| is(document, *node, namespace, name)).collect()
}

/// The attribute of this name without a namespace.
pub(super) fn attribute<'d>(document: &'d Document<'_>, node: NodeId, name: &str) -> Option<&'d str> {
    let element = document.element(node)?;
    let found = element.attributes.iter().find(|attribute| attribute.name.matches(None, name))?;
    Some(&found.value)
}

/// The text of an element that holds nothing but text, without blanks around it.
pub(super) fn text(document: &Document<'_>, node: NodeId) -> Option<String> {
    let mut text = String::new();
    for child in document.children(node) {
        match document.node_kind(child)? {
            NodeKind::Text(part) => text.push_str(part),
            _ => return None,
        }
    }
    Some(text.trim().to_owned())
}
