//! Each fact of the real report, read back through the API.

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::api::{Client, Server, each, with};
use crate::harness::{Suite, trials};

const REPORT: &str = include_str!("../../schema/operations/DepartmentReport.graphql");

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        the_report_has_its_four_points_in_order,
        the_crisis_plan_was_controlled_and_an_exercise_is_planned,
        purchasing_was_controlled_by_the_finance_section,
        siths_cards_were_controlled_twice,
        pwc_reviewed_it_security_unannounced,
        the_reviews_findings_are_in_four_areas,
        what_was_mended_had_high_severity_at_low_effort,
        what_is_still_open_is_withheld,
        the_report_stands_at_recommended,
        the_case_has_its_documents,
        people_appear_by_function_only,
    ]
}

async fn report(client: &Client) -> Json {
    let variables = json!({ "departmentCode": "KSF", "year": 2017 });
    client.data(REPORT, variables).await["departmentReport"].take()
}

/// One of the report's follow-ups, as its own department's head reads it: nothing is withheld.
async fn follow_up(server: &Server, number: u32) -> Json {
    let report = report(&server.user("head-ksf").await).await;
    with(&report["followUps"], "number", number).clone()
}

async fn the_report_has_its_four_points_in_order(server: Server) {
    let report = report(&server.user("coordinator").await).await;
    let follow_ups = &report["followUps"];
    assert_eq!(each(follow_ups, "number"), [json!(1), json!(2), json!(3), json!(4)]);
    let points: Json = each(follow_ups, "point").into();
    assert_eq!(
        each(&points, "title"),
        [
            json!("Krishantering"),
            json!("Inköp"),
            json!("Process för utgivning av SITHS-kort"),
            json!("Säker IT-infrastruktur och system"),
        ]
    );
    assert_eq!(
        each(&points, "scope"),
        [
            json!("SHARED"),
            json!("SHARED"),
            json!("DEPARTMENT"),
            json!("DEPARTMENT")
        ]
    );
    assert_eq!(report["dated"], "2018-01-30");
    assert_eq!(report["department"]["name"], "Kommunstyrelsens förvaltning");
    assert_eq!(report["committee"]["name"], "Kommunstyrelsen");
    let background = report["background"].as_str().expect("a background");
    assert!(background.starts_with("Mjölby kommun upprättar årligen olika former av internkontroll."));
    let summary = report["summary"].as_str().expect("a summary");
    assert!(summary.contains("så gott som alla processer fungerar"));
    assert!(each(follow_ups, "status").iter().all(|status| status == "REVIEWED"));
}

async fn the_crisis_plan_was_controlled_and_an_exercise_is_planned(server: Server) {
    let crisis = follow_up(&server, 1).await;
    assert_eq!(crisis["checks"].as_array().map(Vec::len), Some(1));
    let check = &crisis["checks"][0];
    let result = check["result"].as_str().expect("a result");
    assert!(result.contains("behov av att revidera förvaltningens krisplan"));
    assert!(result.contains("samtliga medarbetare har fått information"));
    assert_eq!(check["satisfactory"], true);
    // None stated is not the same as none.
    assert_eq!(check["deviations"], Json::Null);
    let exercise = with(&crisis["actions"], "dueOn", "2018-12-31");
    assert_eq!(exercise["title"], "Krisövning under år 2018");
    assert_eq!(exercise["status"], "PLANNED");
    assert_eq!(exercise["overdue"], false);
    let done = with(
        &crisis["actions"],
        "title",
        "Genomgång av krisplanen med alla medarbetare",
    );
    assert_eq!(done["doneOn"]["text"], "hösten 2017");
    assert_eq!(crisis["actions"].as_array().map(Vec::len), Some(4));
}

async fn purchasing_was_controlled_by_the_finance_section(server: Server) {
    let purchasing = follow_up(&server, 2).await;
    let check = &purchasing["checks"][0];
    assert_eq!(check["performedBy"], "Ekonomiavdelningen");
    assert_eq!(check["title"], "Ramavtal för kontorsmaterial och kopieringspapper");
    assert_eq!(
        check["selectionMotive"],
        "Ekonomiavdelningen har tidigare genomfört motsvarande kontroll på de utvalda avtalen."
    );
    let result = check["result"].as_str().expect("a result");
    assert!(result.contains("har förbättrats jämfört med tidigare kontroll"));
    assert_eq!(purchasing["trend"], "IMPROVED");
}

async fn siths_cards_were_controlled_twice(server: Server) {
    let siths = follow_up(&server, 3).await;
    let times: Json = each(&siths["checks"], "performedOn").into();
    assert_eq!(
        each(&times, "text"),
        [json!("slutet av maj 2017"), json!("november 2017")]
    );
    assert_eq!(each(&siths["checks"], "deviations"), [json!(0), json!(0)]);
    assert_eq!(siths["findings"], json!([]));
    let conclusion = siths["conclusion"].as_str().expect("a conclusion");
    assert!(conclusion.contains("inga brister identifierades"));
}

async fn pwc_reviewed_it_security_unannounced(server: Server) {
    let it = follow_up(&server, 4).await;
    let review = &it["reviews"][0];
    assert_eq!(review["reviewer"], "PwC");
    assert_eq!(review["performedOn"]["text"], "juni 2017");
    assert_eq!(review["announced"], false);
    let conditions = review["conditions"].as_str().expect("conditions");
    assert!(conditions.contains("ett vanligt användarkonto"));
    assert_eq!(it["rating"]["label"], "Vissa brister framkom");
}

async fn the_reviews_findings_are_in_four_areas(server: Server) {
    let it = follow_up(&server, 4).await;
    let found = |area: &str| -> Vec<Json> {
        let findings = it["findings"].as_array().expect("findings");
        let of_area = findings.iter().filter(|finding| finding["area"] == area);
        of_area.map(|finding| finding["title"].clone()).collect()
    };
    assert_eq!(
        found("Nätverk"),
        [
            json!("Nätaccess utan autentisering i det trådburna nätverket"),
            json!("Svag nätsegmentering"),
            json!("Servrar exponeras mot klienter"),
        ]
    );
    assert_eq!(
        found("Antivirus, uppdateringar och föråldrad version av operativsystem").len(),
        3
    );
    assert_eq!(found("Lösenord, användarkonton och fjärrsessioner").len(), 6);
    assert_eq!(found("Övervakning och loggning").len(), 2);
    let servers = with(&it["findings"], "title", "Uppdateringar saknas på servrar");
    assert_eq!((&servers["affected"], &servers["population"]), (&json!(6), &json!(110)));
}

async fn what_was_mended_had_high_severity_at_low_effort(server: Server) {
    let findings = "query($status: [FindingStatus!]) {
        findings(filter: { departmentCode: \"KSF\", year: 2017, status: $status }) {
            nodes { title severity effort severityBasis actions { status doneOn { latest } } } } }";
    let head = server.user("head-ksf").await;
    let resolved = head.data(findings, json!({ "status": ["RESOLVED"] })).await;
    let resolved = &resolved["findings"]["nodes"];
    let mut titles: Vec<String> = each(resolved, "title").iter().map(Json::to_string).collect();
    titles.sort();
    assert_eq!(
        titles,
        [
            "\"Samma lösenord på flera servrar och system\"",
            "\"Uppdateringar saknas på servrar\"",
            "\"Öppna fjärrstyrningssessioner\"",
        ]
    );
    for finding in resolved.as_array().expect("findings") {
        assert_eq!(
            (&finding["severity"], &finding["effort"]),
            (&json!("HIGH"), &json!("LOW"))
        );
        let basis = finding["severityBasis"].as_str().expect("a basis");
        assert!(basis.starts_with("Samsyns läsning"), "{basis}");
        assert_eq!(finding["actions"][0]["status"], "DONE");
        assert_eq!(finding["actions"][0]["doneOn"]["latest"], "2017-09-05");
    }
    let open = head.data(findings, json!({ "status": ["ACTION_PLANNED"] })).await;
    let open = open["findings"]["nodes"].as_array().cloned().expect("findings");
    assert_eq!(open.len(), 11);
    assert!(open.iter().all(|finding| finding["actions"][0]["status"] == "ONGOING"));
}

async fn what_is_still_open_is_withheld(server: Server) {
    let report = report(&server.user("coordinator").await).await;
    let it = with(&report["followUps"], "number", 4);
    let findings = it["findings"].as_array().expect("findings");
    let (withheld, open): (Vec<_>, Vec<_>) = findings.iter().partition(|finding| !finding["withheld"].is_null());
    assert_eq!((open.len(), withheld.len()), (3, 11));
    for finding in withheld {
        assert_eq!(finding["withheld"]["ground"], "OSL 18 kap. 8 §");
        for field in [
            "area",
            "severity",
            "effort",
            "status",
            "title",
            "description",
            "affected",
            "population",
        ] {
            assert_eq!(finding[field], Json::Null, "{field}");
        }
    }
    let last = findings.iter().rev().take(11);
    assert!(
        last.into_iter().all(|finding| !finding["withheld"].is_null()),
        "they sort last"
    );
}

async fn the_report_stands_at_recommended(server: Server) {
    let report = report(&server.user("member-ks").await).await;
    assert_eq!(report["status"], "RECOMMENDED");
    let decisions = &report["decisions"];
    assert_eq!(
        each(decisions, "body"),
        [
            json!("Kommunstyrelsens förvaltning"),
            json!("Kommunstyrelsens arbetsutskott")
        ]
    );
    assert_eq!(each(decisions, "stage"), [json!("PROPOSAL"), json!("PROPOSAL")]);
    assert_eq!(each(decisions, "section"), [Json::Null, json!("28")]);
    for decision in decisions.as_array().expect("decisions") {
        assert_eq!(
            decision["items"][0]["text"],
            "Kommunstyrelsen godkänner slutredovisningen av interkontrollen 2017, kommunstyrelseförvaltningen."
        );
    }
    assert_eq!(
        report["recipients"],
        json!([
            { "name": "Kommunstyrelsen", "filingOnly": false },
            { "name": "Akten", "filingOnly": true },
        ])
    );
    assert_eq!(report["contentHash"].as_str().map(str::len), Some(64));
}

async fn the_case_has_its_documents(server: Server) {
    let query = "query($number: String!) { caseFile(number: $number) { number title documents { kind title dated } } }";
    let registrar = server.user("registrar").await;
    let case = registrar.data(query, json!({ "number": "KS/2016:389" })).await["caseFile"].take();
    assert_eq!(case["number"], "KS/2016:389");
    let letter = with(&case["documents"], "kind", "Missiv");
    assert_eq!(letter["dated"], "2018-01-30");
    let titles = each(&case["documents"], "title");
    assert!(titles.contains(&json!(
        "Uppföljning av interkontrollplan 2017 för kommunstyrelsens förvaltning"
    )));
    assert!(titles.contains(&json!("Summering/svar avseende IT-säkerhet")));
}

async fn people_appear_by_function_only(server: Server) {
    let query = "{ departmentReport(departmentCode: \"KSF\", year: 2017) {
        followUps { assessments { assessedBy { name } reviewedBy { name } } } } }";
    let data = server.user("coordinator").await.data(query, json!({})).await;
    for follow_up in data["departmentReport"]["followUps"].as_array().expect("follow-ups") {
        let assessment = &follow_up["assessments"][0];
        assert_eq!(
            assessment["assessedBy"]["name"],
            "Kontrollutförare, kommunstyrelsens förvaltning"
        );
        assert_eq!(
            assessment["reviewedBy"]["name"],
            "Förvaltningscontroller, kommunstyrelsens förvaltning"
        );
    }
}
