//! What a report says once it is submitted: frozen, and hashed as RFC 8785 JSON.
//!
//! The types are what is stored and what the API shows, save for ids and secrecy marks, which only the stored form
//! has. A field that is added later needs a default; anything else needs another [`FORMAT`] and a reader of the old
//! one. The hash is of the JSON as it was stored, so that it never depends on these types.

mod assessment;
mod attachment;
mod evidence;
mod follow_up;
mod joint;
mod kin;
mod report;
mod sealing;

pub use assessment::{FrozenAssessment, FrozenOccasion, FrozenRatingLevel};
pub use attachment::FrozenAttachment;
pub(super) use evidence::Evidence;
pub use evidence::{FrozenActionExtension, FrozenCheck, FrozenCorrectiveAction, FrozenFinding, FrozenReview};
pub use follow_up::{FrozenControlPoint, FrozenFollowUp};
pub use joint::{FrozenJointCell, FrozenJointGap, FrozenJointPoint, FrozenJointReport, FrozenReportReference};
use kin::Kin;
pub use report::{FrozenGap, FrozenReport, FrozenUnit};
pub(super) use sealing::{Marks, Onlooker};

use crate::{database::StoreError, digest::sha256_hex};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value as Json;

/// The version of the stored form.
pub(super) const FORMAT: u32 = 1;

/// SHA-256 of frozen content as RFC 8785 JSON: the same however a database keeps it.
///
/// # Errors
/// When it is not JSON that RFC 8785 has a form for.
pub(super) fn content_hash(frozen: &Json) -> Result<String, StoreError> {
    let canonical = serde_json_canonicalizer::to_vec(frozen).map_err(|error| StoreError::Content(error.to_string()))?;
    Ok(sha256_hex(&canonical))
}

/// The content as it is stored.
///
/// # Errors
/// Never for content that can be made.
pub(super) fn to_stored<R: Serialize>(report: &R) -> Result<Json, StoreError> {
    serde_json::to_value(report).map_err(|error| StoreError::Content(error.to_string()))
}

/// Stored content, nothing withheld yet.
///
/// # Errors
/// When it is of a format that this program does not know.
pub(super) fn from_stored<R: DeserializeOwned>(stored: Json) -> Result<R, StoreError> {
    let format = stored.get("format").and_then(Json::as_u64);
    if format != Some(u64::from(FORMAT)) {
        return Err(StoreError::Content(format!(
            "frozen content of the unknown format {format:?}"
        )));
    }
    serde_json::from_value(stored).map_err(|error| StoreError::Content(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_hash_does_not_depend_on_order_or_spacing() {
        let one =
            json!({"format": 1, "title": "Uppföljning", "followUps": [{"number": 1, "point": {"title": "Inköp"}}]});
        let other: Json = serde_json::from_str(
            "{ \"followUps\": [ {\"point\":{\"title\":\"Ink\\u00f6p\"},\"number\":1} ],\n \"title\":\"Uppföljning\", \"format\":1 }",
        )
        .unwrap();
        let hash = content_hash(&one).unwrap();
        assert_eq!(hash, content_hash(&other).unwrap());
        assert_eq!(
            hash,
            sha256_hex(
                "{\"followUps\":[{\"number\":1,\"point\":{\"title\":\"Inköp\"}}],\"format\":1,\"title\":\"Uppföljning\"}"
                    .as_bytes()
            )
        );
    }

    #[test]
    fn another_content_and_another_order_of_a_list_have_another_hash() {
        let hashes = [
            json!({"followUps": [1, 2]}),
            json!({"followUps": [2, 1]}),
            json!({"followUps": [1, 2], "title": null}),
        ]
        .map(|content| content_hash(&content).unwrap());
        assert_ne!(hashes[0], hashes[1]);
        assert_ne!(hashes[0], hashes[2]);
    }

    #[test]
    fn stored_content_comes_back_and_hashes_as_it_was_stored() {
        let report = FrozenReport {
            title: "Slutredovisning".to_owned(),
            follow_ups: vec![FrozenFollowUp::default()],
            ..FrozenReport::default()
        };
        let stored = to_stored(&report).unwrap();
        let again = to_stored(&from_stored::<FrozenReport>(stored.clone()).unwrap()).unwrap();
        assert_eq!(content_hash(&stored).unwrap(), content_hash(&again).unwrap());
    }

    #[test]
    fn content_from_before_a_field_was_added_is_read_without_it() {
        let report = FrozenReport {
            follow_ups: vec![FrozenFollowUp {
                evidence: Evidence {
                    findings: vec![FrozenFinding::default()],
                    reviews: vec![FrozenReview::default()],
                    actions: vec![FrozenCorrectiveAction::default()],
                    ..Evidence::default()
                },
                ..FrozenFollowUp::default()
            }],
            ..FrozenReport::default()
        };
        let mut stored = to_stored(&report).unwrap();
        let follow_up = &mut stored["followUps"][0];
        for (path, later) in [
            ("/point", &["scopeText", "schedule"][..]),
            (
                "/evidence/findings/0",
                &["severityBasis", "acceptedReason", "reopenedReason"],
            ),
            ("/evidence/reviews/0", &["scopeText", "dated", "registrationNumber"]),
            (
                "/evidence/actions/0",
                &["description", "extensions", "reopenedReason", "cancelledReason"],
            ),
        ] {
            let older = follow_up.pointer_mut(path).unwrap().as_object_mut().unwrap();
            for field in later {
                assert!(older.remove(*field).is_some(), "{path}: {field}");
            }
        }
        let read: FrozenReport = from_stored(stored).unwrap();
        assert_eq!(
            to_stored(&read).unwrap(),
            to_stored(&report).unwrap(),
            "what is not there is unknown"
        );
    }

    #[test]
    fn an_unknown_format_is_not_guessed_at() {
        assert!(from_stored::<FrozenReport>(json!({"format": 2})).is_err());
        assert!(from_stored::<FrozenReport>(json!({})).is_err());
    }
}
