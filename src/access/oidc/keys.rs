use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{
    Algorithm, DecodingKey, Header,
    jwk::{AlgorithmParameters, Jwk, PublicKeyUse},
};

/// The keys that a provider signs tokens with.
#[derive(Debug)]
pub(super) struct Keys(Vec<Key>);

struct Key {
    id: Option<String>,
    /// The one algorithm that it is for, where the provider says so.
    algorithm: Option<Algorithm>,
    kind: Kind,
    decoding: DecodingKey,
}

/// What a key can sign with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Rsa,
    P256,
    P384,
    Edwards,
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Key")
            .field("id", &self.id)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

/// The shortest RSA key that may sign (RFC 7518, section 3.3), in bytes.
const SHORTEST_RSA: usize = 2048 / 8;

impl Keys {
    /// Those of a set that can be used: public, for signatures, and of no algorithm that this one does not know.
    pub(super) fn of(set: &[Jwk]) -> Self {
        Self(set.iter().filter_map(Key::of).collect())
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The key that a token says it is signed with. A token that says none is taken where only one key fits.
    pub(super) fn of_token(&self, header: &Header) -> Option<&DecodingKey> {
        let mut fitting = self
            .0
            .iter()
            .filter(|key| key.can(header.alg) && header.kid.as_ref().is_none_or(|id| key.id.as_ref() == Some(id)));
        let key = fitting.next()?;
        fitting.next().is_none().then_some(&key.decoding)
    }
}

impl Key {
    fn of(jwk: &Jwk) -> Option<Self> {
        use jsonwebtoken::jwk::EllipticCurve::{Ed25519, P256, P384};
        if !matches!(jwk.common.public_key_use, None | Some(PublicKeyUse::Signature)) {
            return None;
        }
        let kind = match &jwk.algorithm {
            AlgorithmParameters::RSA(_) => Kind::Rsa,
            AlgorithmParameters::EllipticCurve(key) if key.curve == P256 => Kind::P256,
            AlgorithmParameters::EllipticCurve(key) if key.curve == P384 => Kind::P384,
            AlgorithmParameters::OctetKeyPair(key) if key.curve == Ed25519 => Kind::Edwards,
            _ => return None,
        };
        if let AlgorithmParameters::RSA(key) = &jwk.algorithm
            && modulus_bytes(&key.n)? < SHORTEST_RSA
        {
            return None;
        }
        let algorithm = match jwk.common.key_algorithm {
            None => None,
            Some(name) => Some(name.to_string().parse().ok()?),
        };
        Some(Self {
            id: jwk.common.key_id.clone(),
            algorithm,
            kind,
            decoding: DecodingKey::from_jwk(jwk).ok()?,
        })
    }

    fn can(&self, algorithm: Algorithm) -> bool {
        use Algorithm::{ES256, ES384, EdDSA, PS256, PS384, PS512, RS256, RS384, RS512};
        let of_kind = match self.kind {
            Kind::Rsa => matches!(algorithm, RS256 | RS384 | RS512 | PS256 | PS384 | PS512),
            Kind::P256 => algorithm == ES256,
            Kind::P384 => algorithm == ES384,
            Kind::Edwards => algorithm == EdDSA,
        };
        of_kind && self.algorithm.is_none_or(|only| only == algorithm)
    }
}

fn modulus_bytes(text: &str) -> Option<usize> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    Some(bytes.len() - bytes.iter().take_while(|byte| **byte == 0).count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value as Json, json};

    /// The public key of RFC 8037, appendix A.2.
    const EDWARDS: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

    fn keys(set: Vec<Json>) -> Keys {
        let set: Vec<Jwk> = set
            .into_iter()
            .map(|key| serde_json::from_value(key).unwrap())
            .collect();
        Keys::of(&set)
    }

    fn edwards(id: &str) -> Json {
        json!({ "kty": "OKP", "crv": "Ed25519", "x": EDWARDS, "kid": id, "use": "sig", "alg": "EdDSA" })
    }

    fn header(algorithm: Algorithm, id: Option<&str>) -> Header {
        let mut header = Header::new(algorithm);
        header.kid = id.map(str::to_owned);
        header
    }

    #[test]
    fn a_token_names_its_key_where_there_are_several() {
        let one = keys(vec![edwards("a")]);
        assert!(one.of_token(&header(Algorithm::EdDSA, Some("a"))).is_some());
        assert!(one.of_token(&header(Algorithm::EdDSA, Some("b"))).is_none());
        assert!(one.of_token(&header(Algorithm::EdDSA, None)).is_some());
        assert!(one.of_token(&header(Algorithm::HS256, Some("a"))).is_none());
        let two = keys(vec![edwards("a"), edwards("b")]);
        assert!(two.of_token(&header(Algorithm::EdDSA, Some("b"))).is_some());
        assert!(two.of_token(&header(Algorithm::EdDSA, None)).is_none());
    }

    #[test]
    fn keys_for_something_else_are_passed_over() {
        let short = URL_SAFE_NO_PAD.encode([255; 128]);
        let mut encrypting = edwards("a");
        encrypting["use"] = json!("enc");
        let mut set = vec![
            json!({ "kty": "oct", "k": "c2VjcmV0", "kid": "a" }),
            json!({ "kty": "RSA", "n": short, "e": "AQAB", "kid": "a" }),
            encrypting,
        ];
        assert!(keys(set.clone()).is_empty());
        set.push(edwards("a"));
        assert!(keys(set).of_token(&header(Algorithm::EdDSA, Some("a"))).is_some());
    }
}
