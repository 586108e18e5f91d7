//! What holds when many act at once, on two servers.

use futures_util::future::join_all;
use libtest_mimic::Trial;
use serde_json::json;

use crate::api::{Client, Server};
use crate::audit::Log;
use crate::harness::{Suite, trials};
use crate::life_cycles::{assess_kff, grant, proposed_grant};

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        sixteen_writers_make_one_chain,
        who_assessed_does_not_review_whatever_they_become_meanwhile,
        a_change_is_approved_once_and_not_by_who_proposed_it,
    ]
}

const WRITERS: usize = 16;
const CHANGES: usize = 8;

/// Another server process on the same data, as far as the data can tell.
async fn beside(server: &Server) -> Server {
    server.on(samsyn::demo::DAY).await
}

async fn sixteen_writers_make_one_chain(server: Server) {
    let log = Log::of(&server).await;
    let before = log.verify(&[]).await.expect("a whole log").head.sequence;
    let servers = [server.clone(), beside(&server).await];
    let write = |writer: usize| {
        let server = servers[writer % 2].clone();
        async move {
            // Half of them change something, half read what is confidential, which is an event of its own.
            let reads = writer % 4 > 1;
            let client = server.user(if reads { "auditor" } else { "administrator" }).await;
            for change in 0..CHANGES {
                if reads {
                    client
                        .data("{ findings(first: 100) { nodes { title } } }", json!({}))
                        .await;
                } else {
                    let input = json!({ "username": format!("user-{writer}-{change}"), "name": "Ny" });
                    client.done("createUser", "user { id }", input).await;
                }
            }
        }
    };
    join_all((0..WRITERS).map(write)).await;
    let after = log.verify(&[]).await.expect("one unbroken chain").head.sequence;
    assert_eq!(after - before, i64::try_from(WRITERS * CHANGES).expect("a number"));
}

async fn who_assessed_does_not_review_whatever_they_become_meanwhile(server: Server) {
    let assessment = assess_kff(&server).await;
    let role = &server.user_row("performer-kff").await["roleAssignments"][0];
    grant(&server, "performer-kff", "DEPARTMENT_CONTROLLER", "KFF").await;
    let end = json!({ "id": role["id"], "expectedVersion": role["version"], "validTo": "2018-02-14" });
    let administrator = server.user("administrator").await;
    administrator
        .done("updateRoleAssignment", "roleAssignment { id }", end)
        .await;
    // Now they are a controller and no performer any more.
    let servers = [server.clone(), beside(&server).await];
    let review = json!({ "id": assessment["id"], "expectedVersion": assessment["version"] });
    let attempts = (0..WRITERS).map(|number| {
        let (server, review) = (servers[number % 2].clone(), review.clone());
        async move {
            let client = server.user("performer-kff").await;
            client.refusal("reviewAssessment", review).await
        }
    });
    for refusal in join_all(attempts).await {
        assert_eq!(refusal, ["SEPARATION_OF_DUTIES"]);
    }
    let controller = server.user("controller-kff").await;
    controller
        .done("reviewAssessment", "assessment { status }", review)
        .await;
}

async fn a_change_is_approved_once_and_not_by_who_proposed_it(server: Server) {
    let change = proposed_grant(&server, "performer-utb", "DEPARTMENT_CONTROLLER", "UTB").await;
    let servers = [server.clone(), beside(&server).await];
    let approve = json!({ "id": change["id"], "expectedVersion": 1 });
    let attempts = (0..WRITERS).map(|number| {
        let (server, approve) = (servers[number % 2].clone(), approve.clone());
        async move {
            let username = ["administrator", "administrator-2"][usize::from(number % 4 > 1)];
            let client: Client = server.user(username).await;
            let payload = client
                .mutate("approveAccessChange", "accessChange { id status }", approve)
                .await;
            (username, payload["errors"] == json!([]))
        }
    });
    let approved: Vec<&str> = join_all(attempts)
        .await
        .into_iter()
        .filter_map(|(username, done)| done.then_some(username))
        .collect();
    assert_eq!(approved, ["administrator-2"]);
}
