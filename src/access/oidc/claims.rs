use crate::access::TokenRefusal;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Deserialize;
use serde_json::{Map, Value as Json};

/// What a token says of whom it was given to.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub(super) struct Claims(Map<String, Json>);

/// The longest text that users are told by, in characters.
const LONGEST: usize = 200;

impl Claims {
    /// Who a token says it is from, for choosing whose keys to verify it with, and for nothing else.
    pub(super) fn unverified_issuer(token: &str) -> Option<String> {
        #[derive(Deserialize)]
        struct Issuer {
            iss: String,
        }
        let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
        serde_json::from_slice::<Issuer>(&payload).ok().map(|claims| claims.iss)
    }

    /// Who it is, by the claim that the provider is set up to tell users by.
    pub(super) fn subject(&self, claim: &str) -> Result<&str, TokenRefusal> {
        if claim == "email" && self.0.get("email_verified") != Some(&Json::Bool(true)) {
            return Err(TokenRefusal::UnverifiedEmail);
        }
        self.text(claim)
    }

    /// A claim that is a text.
    pub(super) fn text(&self, claim: &str) -> Result<&str, TokenRefusal> {
        let text = self.0.get(claim).and_then(Json::as_str).unwrap_or_default();
        if text.is_empty() || text.chars().count() > LONGEST {
            return Err(TokenRefusal::Claim(claim.to_owned()));
        }
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn claims(claims: Json) -> Claims {
        serde_json::from_value(claims).unwrap()
    }

    #[test]
    fn an_address_counts_where_it_is_verified() {
        let email = |verified: Json| {
            let claims = claims(json!({ "email": "a@example.org", "email_verified": verified }));
            claims
                .subject("email")
                .map(str::to_owned)
                .map_err(|error| error.message().in_english())
        };
        assert_eq!(email(json!(true)).unwrap(), "a@example.org");
        for verified in [json!(false), json!("true"), Json::Null] {
            assert!(email(verified).unwrap_err().contains("verified"));
        }
    }

    #[test]
    fn a_claim_is_a_text() {
        for value in [json!(""), json!(7), json!(["a"]), Json::Null, json!("x".repeat(201))] {
            assert!(claims(json!({ "sub": value })).subject("sub").is_err(), "{value}");
        }
        assert_eq!(claims(json!({ "hsaId": "SE1" })).subject("hsaId").unwrap(), "SE1");
    }
}
