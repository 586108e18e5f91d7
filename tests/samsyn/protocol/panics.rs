//! A resolver that panics fails like one that returns an error.

use libtest_mimic::Trial;
use serde_json::json;

use super::server;

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        server::trial(
            "panics::a_nullable_field_is_null_and_its_siblings_are_answered",
            async |server| {
                let answer = server.query("{ ok nn { ok panicsNullable } }", json!({})).await;
                assert_eq!(answer.status, 200);
                assert_eq!(
                    answer.body["data"],
                    json!({ "ok": 1, "nn": { "ok": 1, "panicsNullable": null } })
                );
                assert_eq!(answer.body["errors"].as_array().map(Vec::len), Some(1));
                let error = &answer.body["errors"][0];
                assert_eq!(error["path"], json!(["nn", "panicsNullable"]));
                assert_eq!(error["message"], "Internal error.");
                assert_eq!(answer.code(), "INTERNAL");
                let id = error["extensions"]["requestId"]
                    .as_str()
                    .expect("the id of the request");
                assert_eq!(answer.headers["x-request-id"], id);
                server.still_answers().await;
            },
        ),
        server::trial(
            "panics::a_field_that_may_not_be_null_makes_its_parent_null",
            async |server| {
                let answer = server.query("{ ok nullable { panics ok } }", json!({})).await;
                assert_eq!(answer.body["data"], json!({ "ok": 1, "nullable": null }));
                assert_eq!(answer.code(), "INTERNAL");
                assert!(!answer.body.to_string().contains("secret"));
            },
        ),
    ]
}
