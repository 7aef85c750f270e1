//! The signatures of a response: where they may be, what they may cover, and that they hold.
//!
//! A signature stands in the element that it covers, the assertion or the response around it, names it by its id, and
//! covers all of it but itself. Anything else is refused before a key is touched. SHA-1 is not accepted.

use super::{DSIG, Metadata, ResponseError, xml};
use bergshamra_dsig::verify::verify_all_document;
use bergshamra_dsig::{DsigContext, VerifyResult};
use bergshamra_keys::KeysManager;
use uppsala::{Document, NodeId};

const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
const SIGNATURES: &[&str] = &[
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384",
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384",
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512",
];
const DIGESTS: &[&str] = &[
    "http://www.w3.org/2001/04/xmlenc#sha256",
    "http://www.w3.org/2001/04/xmldsig-more#sha384",
    "http://www.w3.org/2001/04/xmlenc#sha512",
];

/// Verifies every signature of the document; one of them covers the assertion.
pub(super) fn verify(
    document: &Document<'_>,
    response: NodeId,
    assertion: NodeId,
    metadata: &Metadata,
) -> Result<(), ResponseError> {
    let form = ResponseError::SignatureForm;
    let signatures = xml::everywhere(document, DSIG, "Signature");
    if signatures.is_empty() {
        return Err(form("there is none"));
    }
    let mut signed = Vec::new();
    for signature in &signatures {
        let parent = document.parent(*signature).filter(|parent| *parent == assertion || *parent == response);
        let parent = parent.ok_or(form("it stands elsewhere than in the response or its assertion"))?;
        if signed.iter().any(|(_, other)| *other == parent) {
            return Err(form("an element has more than one"));
        }
        check_form(document, *signature, parent)?;
        signed.push((*signature, parent));
    }
    let mut keys = KeysManager::new();
    keys.add_keys(metadata.keys.iter().cloned());
    // Only the provider's keys count, whatever the document brings; and what is covered is where the signature is.
    let context = DsigContext::new(keys);
    let broken = |error: String| ResponseError::Signature(error);
    let results = verify_all_document(&context, document).map_err(|error| broken(error.to_string()))?;
    if results.len() != signed.len() {
        return Err(broken("not every signature was verified".to_owned()));
    }
    for result in results {
        match result {
            VerifyResult::Invalid { reason } => return Err(broken(reason)),
            VerifyResult::Valid { signature_node, references, .. } => {
                let parent =
                    signed.iter().find(|(signature, _)| *signature == signature_node).map(|(_, parent)| *parent);
                let covers = |node: Option<NodeId>| node.is_some() && node == parent;
                match references.as_slice() {
                    [one] if one.digest_verified && covers(one.resolved_node) => {}
                    _ => return Err(broken("it covers something else than the element it stands in".to_owned())),
                }
            }
        }
    }
    Ok(())
}

/// The form of a signature that covers `parent`.
fn check_form(document: &Document<'_>, signature: NodeId, parent: NodeId) -> Result<(), ResponseError> {
    let form = ResponseError::SignatureForm;
    let algorithm = |node: NodeId| xml::attribute(document, node, "Algorithm");
    if !xml::children(document, signature, DSIG, "Object").is_empty() {
        return Err(form("it holds objects"));
    }
    let info = xml::only(document, signature, DSIG, "SignedInfo").ok_or(form("`SignedInfo`"))?;
    let canonical = xml::only(document, info, DSIG, "CanonicalizationMethod").and_then(algorithm);
    if canonical != Some(EXCLUSIVE) {
        return Err(form("it is not in exclusive canonical form"));
    }
    let method = xml::only(document, info, DSIG, "SignatureMethod").and_then(algorithm);
    if !method.is_some_and(|method| SIGNATURES.contains(&method)) {
        return Err(form("its algorithm is weak or unknown"));
    }
    let reference = xml::only(document, info, DSIG, "Reference").ok_or(form("it covers more than one thing"))?;
    let id =
        xml::attribute(document, parent, "ID").filter(|id| !id.is_empty()).ok_or(form("what it covers has no id"))?;
    let uri = xml::attribute(document, reference, "URI").and_then(|uri| uri.strip_prefix('#'));
    if uri != Some(id) {
        return Err(form("it does not name the element it stands in"));
    }
    let transforms = xml::only(document, reference, DSIG, "Transforms").ok_or(form("`Transforms`"))?;
    let transforms: Vec<Option<&str>> =
        xml::children(document, transforms, DSIG, "Transform").into_iter().map(algorithm).collect();
    if transforms != [Some(ENVELOPED), Some(EXCLUSIVE)] {
        return Err(form("it covers something transformed"));
    }
    let digest = xml::only(document, reference, DSIG, "DigestMethod").and_then(algorithm);
    if !digest.is_some_and(|digest| DIGESTS.contains(&digest)) {
        return Err(form("its digest is weak or unknown"));
    }
    Ok(())
}
