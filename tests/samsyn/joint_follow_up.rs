//! The shared points across all departments.

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::api::{Client, Server, each, with};
use crate::harness::{Suite, trials};

const JOINT: &str = include_str!("../../schema/operations/JointFollowUp.graphql");

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        it_covers_every_department_and_names_what_is_missing,
        cells_tell_how_far_each_department_is,
        before_the_due_date_nothing_is_missing,
        a_controller_sees_their_own_column,
        the_boards_member_sees_it_and_the_public_does_not,
        another_year_has_none,
    ]
}

async fn joint(client: &Client) -> Json {
    client.data(JOINT, json!({ "year": 2017 })).await["jointFollowUp"].take()
}

/// The cell of a department in the row of a point.
fn cell<'a>(joint: &'a Json, title: &str, department: &str) -> &'a Json {
    let points = joint["points"].as_array().expect("points");
    let row = points.iter().find(|row| row["point"]["title"] == title).expect("a row");
    let cells = row["cells"].as_array().expect("cells");
    cells
        .iter()
        .find(|cell| cell["department"]["code"] == department)
        .expect("a cell")
}

async fn it_covers_every_department_and_names_what_is_missing(server: Server) {
    let joint = joint(&server.user("coordinator").await).await;
    assert_eq!(
        each(&joint["departments"], "code"),
        [json!("KSF"), json!("UTB"), json!("OSF"), json!("KFF"), json!("SBF")]
    );
    let points: Json = each(&joint["points"], "point").into();
    assert_eq!(each(&points, "title"), [json!("Krishantering"), json!("Inköp")]);
    let missing = joint["missing"].as_array().into_iter().flatten();
    let missing: Vec<_> = missing
        .map(|of| {
            (
                &of["department"]["code"],
                &of["department"]["name"],
                &of["point"]["title"],
            )
        })
        .collect();
    let (code, name) = (json!("SBF"), json!("Samhällsbyggnadsförvaltningen"));
    let titles = [json!("Krishantering"), json!("Inköp")];
    assert_eq!(missing, titles.each_ref().map(|title| (&code, &name, title)));
    assert_eq!(joint["complete"], false);
    assert_eq!(joint["occasion"]["code"], "HELAR");
}

async fn cells_tell_how_far_each_department_is(server: Server) {
    let joint = joint(&server.user("coordinator").await).await;
    for (title, department, state) in [
        ("Krishantering", "KSF", "REPORTED"),
        ("Krishantering", "UTB", "REPORTED"),
        ("Krishantering", "KFF", "STARTED"),
        ("Krishantering", "SBF", "MISSING"),
        ("Inköp", "KSF", "REPORTED"),
        ("Inköp", "KFF", "NOT_APPLICABLE"),
        ("Inköp", "SBF", "MISSING"),
    ] {
        assert_eq!(cell(&joint, title, department)["state"], state, "{title} {department}");
    }
    let purchasing = &joint["points"][1];
    assert_eq!(
        (&purchasing["reported"], &purchasing["expected"]),
        (&json!(3), &json!(4))
    );
    let yellow = with(&purchasing["ratings"], "count", 1);
    assert_eq!(yellow["rating"]["code"], "YELLOW");
    assert_eq!(cell(&joint, "Inköp", "KSF")["trend"], "IMPROVED");
    assert_eq!(cell(&joint, "Inköp", "UTB")["openFindings"], 1);
    assert_eq!(cell(&joint, "Inköp", "KSF")["rating"]["code"], "GREEN");
}

async fn before_the_due_date_nothing_is_missing(server: Server) {
    let earlier = server.on("2018-01-31").await;
    let joint = joint(&earlier.user("coordinator").await).await;
    assert_eq!(joint["missing"], json!([]));
    assert_eq!(cell(&joint, "Inköp", "SBF")["state"], "NOT_DUE");
    assert_eq!(joint["complete"], false);
}

async fn a_controller_sees_their_own_column(server: Server) {
    let joint = joint(&server.user("controller-ksf").await).await;
    assert_eq!(each(&joint["departments"], "code"), [json!("KSF")]);
    assert_eq!(joint["missing"], json!([]));
    assert_eq!(joint["points"][0]["expected"], 1);
}

async fn the_boards_member_sees_it_and_the_public_does_not(server: Server) {
    let seen = joint(&server.user("member-ks").await).await;
    assert_eq!(seen["departments"].as_array().map(Vec::len), Some(5));
    assert_eq!(joint(&server.public()).await, Json::Null);
    assert_eq!(joint(&server.user("administrator").await).await, Json::Null);
    assert_eq!(joint(&server.user("performer-ksf").await).await, Json::Null);
}

async fn another_year_has_none(server: Server) {
    let coordinator = server.user("coordinator").await;
    let data = coordinator.data(JOINT, json!({ "year": 2016 })).await;
    assert_eq!(data["jointFollowUp"], Json::Null);
    let (code, message) = coordinator.error(JOINT, json!({ "year": 1800 })).await;
    assert_eq!(code, "BAD_REQUEST");
    assert!(message.contains("1900") && message.contains("2200"), "{message}");
}
