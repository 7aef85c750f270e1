//! What an assertion says, and whether it is for this place and in time.
//!
//! Source: Assertions and Protocols for the OASIS Security Assertion Markup Language (SAML) V2.0; Profiles, section 4.1.4;
//! RAM documentation, "SAML assertions for role-based SSO".

use super::{ASSERTION, ContentError, Metadata, PROTOCOL, ResponseError, xml};
use ramgate_model::Timestamp;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use uppsala::{Document, NodeId};

/// What an assertion must be for, as set up at identity providers for the cloud.
const AUDIENCES: &[&str] = &["urn:alibaba:cloudcomputing", "urn:alibaba:cloudcomputing:international"];
/// Where an assertion must be meant to go, as set up at identity providers for the cloud.
const RECIPIENTS: &[&str] =
    &["https://signin.aliyun.com/saml-role/sso", "https://signin.alibabacloud.com/saml-role/sso"];
const ATTRIBUTES: &[&str] =
    &["https://www.aliyun.com/SAML-Role/Attributes/", "https://www.alibabacloud.com/SAML-Role/Attributes/"];
const SUCCESS: &str = "urn:oasis:names:tc:SAML:2.0:status:Success";
const BEARER: &str = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
const FORMATS: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:";
/// How far the provider's clock may be ahead, in milliseconds.
const AHEAD: i64 = 60_000;

/// What is asked for, and when.
pub(crate) struct Wanted<'a> {
    /// Resource name of the role.
    pub(crate) role: &'a str,
    /// Resource name of the provider.
    pub(crate) provider: &'a str,
    /// Now.
    pub(crate) now: Timestamp,
}

/// What an assertion says.
#[derive(Debug)]
pub(crate) struct Assertion {
    /// Never used twice by its issuer.
    pub(crate) id: String,
    pub(crate) issuer: String,
    /// The `NameID`.
    pub(crate) subject: String,
    /// Its format, without the usual beginning.
    pub(crate) subject_type: String,
    pub(crate) recipient: String,
    pub(crate) session_name: String,
    /// How long a session may last, in seconds.
    pub(crate) session_seconds: Option<i64>,
    /// When the user's session at the provider ends.
    pub(crate) session_ends_at: Option<Timestamp>,
    /// Until when it is accepted.
    pub(crate) good_until: Timestamp,
}

/// The response and its only assertion.
pub(super) fn locate(document: &Document<'_>) -> Result<(NodeId, NodeId), ResponseError> {
    let shape = ResponseError::Shape;
    let response = document.document_element().ok_or(shape("there is nothing"))?;
    if !xml::is(document, response, PROTOCOL, "Response") {
        return Err(shape("it is no `Response`"));
    }
    if !xml::everywhere(document, ASSERTION, "EncryptedAssertion").is_empty() {
        return Err(shape("encrypted assertions are not supported"));
    }
    match xml::everywhere(document, ASSERTION, "Assertion").as_slice() {
        [only] if document.parent(*only) == Some(response) => Ok((response, *only)),
        _ => Err(shape("there must be one assertion, right in the response")),
    }
}

/// Reads an assertion that is signed.
pub(super) fn read(
    document: &Document<'_>,
    response: NodeId,
    assertion: NodeId,
    metadata: &Metadata,
    wanted: &Wanted<'_>,
) -> Result<Assertion, ContentError> {
    let missing = ContentError::Missing;
    let child = |of: NodeId, name: &'static str| xml::only(document, of, ASSERTION, name).ok_or(missing(name));
    let text = |node: NodeId, name: &'static str| {
        xml::text(document, node).filter(|text| !text.is_empty()).ok_or(missing(name))
    };

    let status = xml::only(document, response, PROTOCOL, "Status");
    let code = status.and_then(|status| xml::only(document, status, PROTOCOL, "StatusCode"));
    if code.and_then(|code| xml::attribute(document, code, "Value")) != Some(SUCCESS) {
        return Err(ContentError::Status);
    }
    let issuer = text(child(assertion, "Issuer")?, "Issuer")?;
    let around = xml::children(document, response, ASSERTION, "Issuer");
    let around_fits = around.iter().all(|node| xml::text(document, *node).as_deref() == Some(issuer.as_str()));
    if issuer != metadata.entity_id || !around_fits {
        return Err(ContentError::Issuer);
    }

    let subject = child(assertion, "Subject")?;
    let name_id = child(subject, "NameID")?;
    let format = xml::attribute(document, name_id, "Format").unwrap_or_default();
    let (recipient, confirmed_until) = confirmation(document, subject, wanted.now)?;
    let conditions_until = conditions(document, child(assertion, "Conditions")?, wanted.now)?;
    let attributes = attributes(document, assertion);
    let named = |name: &str| {
        let named = attributes.iter().filter(|(full, _)| {
            ATTRIBUTES.iter().any(|beginning| full.strip_prefix(beginning).is_some_and(|rest| rest == name))
        });
        named.flat_map(|(_, values)| values.iter().cloned()).collect::<Vec<String>>()
    };
    if !named("Role").iter().any(|pair| names(pair, wanted.role, wanted.provider)) {
        return Err(ContentError::Role);
    }
    let session_name = match named("RoleSessionName").as_slice() {
        [only] if is_session_name(only) => only.clone(),
        _ => return Err(missing("RoleSessionName")),
    };
    let session_seconds = match named("SessionDuration").as_slice() {
        [] => None,
        [only] => Some(only.parse().map_err(|_| missing("SessionDuration"))?),
        _ => return Err(missing("SessionDuration")),
    };
    let statements = xml::children(document, assertion, ASSERTION, "AuthnStatement");
    let ends = statements.iter().filter_map(|node| xml::attribute(document, *node, "SessionNotOnOrAfter"));
    let ends: Vec<Timestamp> =
        ends.map(|text| instant(text).ok_or(missing("SessionNotOnOrAfter"))).collect::<Result<_, _>>()?;
    Ok(Assertion {
        id: xml::attribute(document, assertion, "ID").filter(|id| !id.is_empty()).ok_or(missing("ID"))?.to_owned(),
        issuer,
        subject: text(name_id, "NameID")?,
        subject_type: format.strip_prefix(FORMATS).unwrap_or(format).to_owned(),
        recipient,
        session_name,
        session_seconds,
        session_ends_at: ends.into_iter().min(),
        good_until: confirmed_until.min(conditions_until),
    })
}

/// Whom the subject is confirmed to, and until when.
fn confirmation(document: &Document<'_>, subject: NodeId, now: Timestamp) -> Result<(String, Timestamp), ContentError> {
    let bearers: Vec<NodeId> = xml::children(document, subject, ASSERTION, "SubjectConfirmation")
        .into_iter()
        .filter(|node| xml::attribute(document, *node, "Method") == Some(BEARER))
        .collect();
    let [bearer] = bearers.as_slice() else { return Err(ContentError::Missing("SubjectConfirmation")) };
    let data = xml::only(document, *bearer, ASSERTION, "SubjectConfirmationData");
    let data = data.ok_or(ContentError::Missing("SubjectConfirmationData"))?;
    let recipient = xml::attribute(document, data, "Recipient").ok_or(ContentError::Missing("Recipient"))?;
    if !RECIPIENTS.contains(&recipient) {
        return Err(ContentError::Recipient);
    }
    let until = window(document, data, now)?.ok_or(ContentError::Missing("NotOnOrAfter"))?;
    Ok((recipient.to_owned(), until))
}

/// Checks audience and time; answers until when.
fn conditions(document: &Document<'_>, conditions: NodeId, now: Timestamp) -> Result<Timestamp, ContentError> {
    let restrictions = xml::children(document, conditions, ASSERTION, "AudienceRestriction");
    let ours = |restriction: &NodeId| {
        let audiences = xml::children(document, *restriction, ASSERTION, "Audience");
        let texts = audiences.into_iter().filter_map(|audience| xml::text(document, audience));
        texts.into_iter().any(|audience| AUDIENCES.contains(&audience.as_str()))
    };
    // Each restriction must let us in, and without one it could be for anybody.
    if restrictions.is_empty() || !restrictions.iter().all(ours) {
        return Err(ContentError::Audience);
    }
    window(document, conditions, now)?.ok_or(ContentError::Missing("NotOnOrAfter"))
}

/// Checks `NotBefore` and `NotOnOrAfter` of an element; answers the latter.
fn window(document: &Document<'_>, node: NodeId, now: Timestamp) -> Result<Option<Timestamp>, ContentError> {
    let at = |name: &'static str| {
        let text = xml::attribute(document, node, name);
        text.map(|text| instant(text).ok_or(ContentError::Missing(name))).transpose()
    };
    if at("NotBefore")?.is_some_and(|from| now + AHEAD < from) {
        return Err(ContentError::NotYet);
    }
    let until = at("NotOnOrAfter")?;
    if until.is_some_and(|until| now >= until) {
        return Err(ContentError::Expired);
    }
    Ok(until)
}

/// Attributes with their values, as far as they are text.
fn attributes(document: &Document<'_>, assertion: NodeId) -> Vec<(String, Vec<String>)> {
    let statements = xml::children(document, assertion, ASSERTION, "AttributeStatement");
    let attributes = statements.into_iter().flat_map(|node| xml::children(document, node, ASSERTION, "Attribute"));
    let read = |attribute: NodeId| {
        let name = xml::attribute(document, attribute, "Name")?.to_owned();
        let values = xml::children(document, attribute, ASSERTION, "AttributeValue");
        Some((name, values.into_iter().filter_map(|value| xml::text(document, value)).collect()))
    };
    attributes.filter_map(read).collect()
}

/// Whether a value names the role and the provider together. Names of both are found without regard to case.
fn names(pair: &str, role: &str, provider: &str) -> bool {
    pair.split_once(',').is_some_and(|(first, second)| {
        first.trim().eq_ignore_ascii_case(role) && second.trim().eq_ignore_ascii_case(provider)
    })
}

/// 2–64 of letters, digits, `.`, `@`, `-`, `_`.
fn is_session_name(text: &str) -> bool {
    (2..=64).contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric() || ".@-_".contains(c))
}

/// `xs:dateTime` with a time zone, in milliseconds since the Unix epoch.
fn instant(text: &str) -> Option<Timestamp> {
    let at = OffsetDateTime::parse(text, &Rfc3339).ok()?;
    i64::try_from(at.unix_timestamp_nanos() / 1_000_000).ok()
}
