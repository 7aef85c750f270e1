//! A SAML identity provider for tests: metadata, and responses as providers write and sign them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bergshamra_dsig::{DsigContext, sign};
use bergshamra_keys::{KeysManager, loader};

pub(crate) const ENTITY: &str = "https://idp.example.com/saml";
pub(crate) const RECIPIENT: &str = "https://signin.aliyun.com/saml-role/sso";
pub(crate) const ROLE: &str = "acs:ram::1000000000000001:role/operator";
pub(crate) const PROVIDER: &str = "acs:ram::1000000000000001:saml-provider/Corp";

/// A provider with a key of its own.
pub(crate) struct Idp {
    key_pem: String,
    certificate: Vec<u8>,
}

/// What a response says; a good one by default.
#[derive(Clone)]
pub(crate) struct Says {
    pub(crate) id: String,
    pub(crate) issuer: String,
    pub(crate) subject: String,
    pub(crate) recipient: String,
    pub(crate) audience: String,
    pub(crate) role: String,
    pub(crate) not_before: String,
    pub(crate) not_on_or_after: String,
    /// Further attributes and statements.
    pub(crate) more: String,
}

impl Default for Says {
    fn default() -> Self {
        Self {
            id: "_a1".into(),
            issuer: ENTITY.into(),
            subject: "alice@example.com".into(),
            recipient: RECIPIENT.into(),
            audience: "urn:alibaba:cloudcomputing".into(),
            role: format!("{ROLE},{PROVIDER}"),
            not_before: "2026-01-02T03:00:00Z".into(),
            not_on_or_after: "2026-01-02T03:09:05.000Z".into(),
            more: String::new(),
        }
    }
}

/// Which elements are signed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signed {
    Assertion,
    Response,
    Both,
    Nothing,
}

impl Idp {
    pub(crate) fn new() -> Self {
        let key = rcgen::KeyPair::generate().unwrap();
        let parameters = rcgen::CertificateParams::new(vec!["idp.example.com".to_owned()]).unwrap();
        let certificate = parameters.self_signed(&key).unwrap().der().to_vec();
        Self { key_pem: key.serialize_pem(), certificate }
    }

    /// Its metadata, Base64.
    pub(crate) fn metadata(&self) -> String {
        self.metadata_of(ENTITY)
    }

    pub(crate) fn metadata_of(&self, entity: &str) -> String {
        let certificate = STANDARD.encode(&self.certificate);
        STANDARD.encode(format!(
            r#"<?xml version="1.0"?><!-- made for tests -->
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{entity}">
  <md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data>
      <ds:X509Certificate>
{certificate}
      </ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
  </md:IDPSSODescriptor>
</md:EntityDescriptor>"#
        ))
    }

    /// A response, Base64.
    pub(crate) fn response(&self, says: &Says, signed: Signed) -> String {
        STANDARD.encode(self.response_xml(says, signed))
    }

    /// A response.
    pub(crate) fn response_xml(&self, says: &Says, signed: Signed) -> String {
        let assertion = self.assertion_xml(says, matches!(signed, Signed::Assertion | Signed::Both));
        let signature = match signed {
            Signed::Response | Signed::Both => template("_r1"),
            _ => String::new(),
        };
        let response = around(&assertion, &signature);
        if signature.is_empty() { response } else { self.sign(&response) }
    }

    /// An assertion alone.
    pub(crate) fn assertion_xml(&self, says: &Says, signed: bool) -> String {
        let signature = if signed { template(&says.id) } else { String::new() };
        let Says { id, issuer, subject, recipient, audience, role, not_before, not_on_or_after, more } = says;
        let assertion = format!(
            r#"<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="{id}" Version="2.0" IssueInstant="{not_before}"><saml:Issuer>{issuer}</saml:Issuer>{signature}<saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">{subject}</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="{not_on_or_after}" Recipient="{recipient}"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="{not_before}" NotOnOrAfter="{not_on_or_after}"><saml:AudienceRestriction><saml:Audience>{audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AttributeStatement><saml:Attribute Name="https://www.aliyun.com/SAML-Role/Attributes/Role"><saml:AttributeValue>{role}</saml:AttributeValue></saml:Attribute><saml:Attribute Name="https://www.aliyun.com/SAML-Role/Attributes/RoleSessionName"><saml:AttributeValue>alice</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>{more}</saml:Assertion>"#
        );
        if signed { self.sign(&assertion) } else { assertion }
    }

    /// Signs the first template in a document.
    pub(crate) fn sign(&self, xml: &str) -> String {
        let mut keys = KeysManager::new();
        keys.add_key(loader::load_ec_p256_private_pem(self.key_pem.as_bytes()).unwrap());
        sign::sign(&DsigContext::new(keys), xml).unwrap()
    }
}

/// A response around assertions and what else is given.
pub(crate) fn around(content: &str, signature: &str) -> String {
    format!(
        r#"<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_r1" Version="2.0"><saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">{ENTITY}</saml:Issuer>{signature}<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>{content}</samlp:Response>"#
    )
}

/// A signature to be filled in, which covers the element of this id.
pub(crate) fn template(id: &str) -> String {
    format!(
        r##"<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/><ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"/><ds:Reference URI="#{id}"><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/><ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/></ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue></ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue></ds:SignatureValue></ds:Signature>"##
    )
}
