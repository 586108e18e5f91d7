//! Importing risks.

use libtest_mimic::Trial;
use reqwest::Method;
use serde_json::json;

use super::{
    column, counts, csv, events, exported, exported_rows, import, imported, problems, rows, send, workbook, year_2018,
};
use crate::api::{EXEMPEL, Server};
use crate::harness::{Suite, trials};

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        a_sheet_is_imported_once_whatever_its_format,
        a_dry_run_changes_nothing_and_tells_every_problem_by_its_cell,
        what_was_exported_can_be_changed_and_imported_again,
        what_others_changed_meanwhile_is_not_overwritten,
        an_import_takes_the_rights_of_the_mutations,
        a_template_has_the_headings_in_the_readers_language,
        headings_are_understood_in_both_languages,
    ]
}

const SHEET: &[&[&str]] = &[
    &[
        "Beskrivning",
        "Kategori",
        "Sannolikhet",
        "Konsekvens",
        "Riskvärde",
        "Riskhantering",
    ],
    &["Fel löner betalas ut", "Ekonomi", "2", "4", "", "Granskning"],
    &["Nyckelpersoner slutar", "Personal", "3", "3", "25", "Acceptera"],
    &["Avtal följs inte", "", "", "", "", ""],
];

const OF_KSF: &str = "kind=risks&year=2018&departmentCode=KSF";

async fn a_sheet_is_imported_once_whatever_its_format(server: Server) {
    year_2018(&server).await;
    let controller = server.user("controller-ksf").await;
    let dry = imported(&controller, &format!("{OF_KSF}&dryRun=true"), workbook(SHEET)).await;
    assert_eq!(dry, (3, 0, 0));
    let risks = "{ risks(filter: { year: 2018 }, first: 100) { nodes {
        description category likelihood consequence value treatment department { code } version } } }";
    let before = controller.data(risks, json!({})).await;
    assert_eq!(before["risks"]["nodes"], json!([]), "a dry run stores nothing");

    assert_eq!(imported(&controller, OF_KSF, workbook(SHEET)).await, (3, 0, 0));
    let data = controller.data(risks, json!({})).await;
    let department = json!({ "code": "KSF" });
    assert_eq!(
        data["risks"]["nodes"],
        json!([
            { "description": "Fel löner betalas ut", "category": "Ekonomi", "likelihood": 2, "consequence": 4,
              "value": 8, "treatment": "CONTROL", "department": department, "version": 1 },
            { "description": "Nyckelpersoner slutar", "category": "Personal", "likelihood": 3, "consequence": 3,
              "value": 25, "treatment": "ACCEPT", "department": department, "version": 1 },
            { "description": "Avtal följs inte", "category": null, "likelihood": null, "consequence": null,
              "value": null, "treatment": null, "department": department, "version": 1 },
        ])
    );
    let stored = events(&server, "risk.created").await;
    assert_eq!(stored, 3, "each is an event");
    // Once more, as either kind of file, and in the old encoding.
    let text = String::from_utf8(csv(SHEET)).expect("UTF-8");
    let (windows, _, _) = encoding_rs::WINDOWS_1252.encode(text.trim_start_matches('\u{feff}'));
    for file in [workbook(SHEET), csv(SHEET), windows.into_owned()] {
        assert_eq!(imported(&controller, OF_KSF, file).await, (0, 0, 3));
    }
    assert_eq!(controller.data(risks, json!({})).await, data);
    assert_eq!(events(&server, "risk.created").await, stored);
    assert_eq!(events(&server, "risk.changed").await, 0);
}

async fn a_dry_run_changes_nothing_and_tells_every_problem_by_its_cell(server: Server) {
    year_2018(&server).await;
    let controller = server.user("controller-ksf").await;
    let wrong: &[&[&str]] = &[
        &[
            "Beskrivning",
            "Sannolikhet",
            "Konsekvens",
            "Riskhantering",
            "Förvaltningskod",
            "År",
            "Id",
        ],
        &["a", "6", "hög", "kanske", "KSF", "2018", ""],
        &["", "1", "1", "", "", "", ""],
        &["b", "1", "1", "", "ABC", "2017", ""],
        &["c", "1", "1", "", "UTB", "", ""],
        &["a", "1", "1", "", "", "", "nonsense"],
        &["a", "1", "1", "", "", "", ""],
    ];
    let expected = [
        ("C2", "WRONG_TYPE"),
        ("D2", "UNKNOWN_VALUE"),
        ("B2", "INVALID"),
        ("A3", "INVALID"),
        ("F4", "INVALID"),
        ("E4", "NOT_FOUND"),
        ("E5", "INVALID"),
        ("G6", "INVALID"),
        ("A7", "DUPLICATE"),
    ];
    let expected = expected.map(|(cell, code)| (cell.to_owned(), code.to_owned()));
    for (query, status) in [(format!("{OF_KSF}&dryRun=true"), 200), (OF_KSF.to_owned(), 422)] {
        for file in [workbook(wrong), csv(wrong)] {
            let (answered, report) = import(&controller, &query, file).await;
            assert_eq!(answered, status);
            assert_eq!(problems(&report), expected, "{report:#}");
            assert_eq!(report["problemCount"], expected.len());
        }
    }
    let swedish = controller.asking_for("sv");
    let (_, report) = import(&swedish, OF_KSF, workbook(wrong)).await;
    assert_eq!(report["problems"][0]["message"], "Konsekvens: här behövs ett heltal.");
    assert_eq!(report["problems"][0]["sheet"], "Sheet1");
    assert_eq!(counts(&report), (0, 0, 0), "nothing is stored where anything is wrong");
    assert_eq!(events(&server, "risk.created").await, 0);
    for (query, code) in [
        ("kind=risks&year=2019", "NOT_FOUND"),
        ("kind=risks&year=2018&departmentCode=X", "NOT_FOUND"),
    ] {
        let (_, report) = import(&controller, query, workbook(SHEET)).await;
        assert_eq!(problems(&report), [(String::new(), code.to_owned())]);
    }
}

async fn what_was_exported_can_be_changed_and_imported_again(server: Server) {
    year_2018(&server).await;
    let controller = server.user("controller-ksf").await.asking_for("sv");
    let injected = format!(
        "Beskrivning;Motivering;Sannolikhet;Konsekvens\n\"Lön\"\"er; och mer\";\"'=HYPERLINK(\"\"x\"\")\";2;3\n{}",
        "Fel löner;+46 13;1;1\n"
    );
    assert_eq!(imported(&controller, OF_KSF, injected).await, (2, 0, 0));
    for format in ["csv", "xlsx"] {
        let file = exported(&controller, &format!("risks.{format}?year=2018")).await;
        assert_eq!(
            imported(&controller, "kind=risks&year=2018", file).await,
            (0, 0, 2),
            "{format}"
        );
    }
    let file = exported(&controller, "risks.csv?year=2018").await;
    let read = rows(&file);
    assert_eq!(
        column(&read, "Motivering"),
        ["'=HYPERLINK(\"x\")", "'+46 13"],
        "no program carries it out"
    );
    assert_eq!(column(&read, "Riskvärde"), ["6", "1"]);
    let text = String::from_utf8(file).expect("UTF-8");
    // Another likelihood, and the value as it was: what a cell says is taken.
    let changed = text
        .replace(";2;3;6;", ";4;3;6;")
        .replace("Fel löner", "Fel löner betalas ut");
    assert_eq!(
        imported(&controller, "kind=risks&year=2018", changed.clone()).await,
        (0, 2, 0)
    );
    let after = exported_rows(&controller, "risks.csv?year=2018").await;
    assert_eq!(column(&after, "Riskvärde"), ["6", "1"]);
    assert_eq!(column(&after, "Beskrivning")[1], "Fel löner betalas ut");
    assert_eq!(column(&after, "Version"), ["2", "2"]);
    assert_eq!(
        imported(&controller, "kind=risks&year=2018", changed).await,
        (0, 0, 2),
        "the same file once more says what is there"
    );
    // An empty cell says the product.
    let file = exported(&controller, "risks.csv?year=2018").await;
    let emptied = String::from_utf8(file).expect("UTF-8").replace(";4;3;6;", ";4;3;;");
    for counted in [(0, 1, 1), (0, 0, 2)] {
        assert_eq!(
            imported(&controller, "kind=risks&year=2018", emptied.clone()).await,
            counted
        );
    }
    let after = exported_rows(&controller, "risks.csv?year=2018").await;
    assert_eq!(column(&after, "Riskvärde"), ["12", "1"]);
}

async fn what_others_changed_meanwhile_is_not_overwritten(server: Server) {
    year_2018(&server).await;
    let controller = server.user("controller-ksf").await;
    imported(&controller, OF_KSF, workbook(SHEET)).await;
    let file = exported(&controller, "risks.csv?year=2018").await;
    let risks = "{ risks(filter: { year: 2018 }) { nodes { id version } } }";
    let data = controller.data(risks, json!({})).await;
    let risk = &data["risks"]["nodes"][0];
    let input = json!({ "id": risk["id"], "expectedVersion": risk["version"], "motive": "Ny" });
    controller.done("updateRisk", "risk { id }", input).await;
    let changed = String::from_utf8(file)
        .expect("UTF-8")
        .replace("Fel löner betalas ut", "Löner");
    let (status, report) = import(&controller, "kind=risks&year=2018", changed).await;
    assert_eq!(status, 422);
    assert_eq!(problems(&report), [("B2".to_owned(), "CONFLICT".to_owned())]);
}

async fn an_import_takes_the_rights_of_the_mutations(server: Server) {
    year_2018(&server).await;
    for (username, status) in [
        ("performer-ksf", 403),
        ("member-ks", 403),
        ("auditor", 403),
        ("controller-utb", 403),
    ] {
        let client = server.user(username).await;
        for query in [format!("{OF_KSF}&dryRun=true"), OF_KSF.to_owned()] {
            let answer = send(&client, &query, workbook(SHEET)).await;
            assert_eq!(answer.status(), status, "{username}");
        }
    }
    assert_eq!(send(&server.public(), OF_KSF, workbook(SHEET)).await.status(), 401);
    assert!(events(&server, "access.refused").await > 0, "refusals are in the log");
    assert_eq!(events(&server, "risk.created").await, 0);
    // Another municipality has its own year and departments.
    let other = server.user_of(EXEMPEL, "controller-ksf").await;
    let (status, report) = import(&other, OF_KSF, workbook(SHEET)).await;
    assert_eq!((status, problems(&report).len()), (422, 1), "{report:#}");
    let controller = server.user("controller-ksf").await;
    imported(&controller, OF_KSF, workbook(SHEET)).await;
    let file = exported(&controller, "risks.csv?year=2018").await;
    let utb = server.user("controller-utb").await;
    let (status, report) = import(&utb, "kind=risks&year=2018&dryRun=true", file).await;
    assert_eq!(status, 200, "{report:#}");
    assert!(
        problems(&report).iter().all(|(_, code)| code == "NOT_FOUND"),
        "an id that one may not see is none"
    );
}

async fn a_template_has_the_headings_in_the_readers_language(server: Server) {
    let controller = server.user("controller-ksf").await;
    for (language, heading) in [("sv", "Beskrivning"), ("en", "Description")] {
        let client = controller.asking_for(language);
        for format in ["xlsx", "csv"] {
            let path = format!("/imports/template?kind=risks&format={format}");
            let answer = client.request(Method::GET, &path).send().await.expect("an answer");
            assert_eq!(answer.status(), 200);
            assert_eq!(answer.headers()["content-language"], language);
            let content = answer.bytes().await.expect("content");
            if format == "csv" {
                assert!(rows(&content)[0].iter().any(|it| it == heading));
            }
            let (status, report) = import(&client, OF_KSF, content).await;
            assert_eq!(status, 422);
            assert_eq!(report["problems"][0]["code"], "EMPTY", "{report:#}");
        }
    }
}

async fn headings_are_understood_in_both_languages(server: Server) {
    year_2018(&server).await;
    let controller = server.user("controller-ksf").await;
    let english: &[&[&str]] = &[&["DESCRIPTION", "likelihood", "Consequence"], &["Fel löner", "1", "2"]];
    assert_eq!(imported(&controller, OF_KSF, workbook(english)).await, (1, 0, 0));
    let swedish: &[&[&str]] = &[
        &["beskrivning", " Sannolikhet ", "Konsekvens"],
        &["Fel löner", "1", "2"],
    ];
    assert_eq!(imported(&controller, OF_KSF, csv(swedish)).await, (0, 0, 1));
}
