//! Sheets of thousands of rows. How long they take is printed where the tests of large counts run whole.

use std::num::NonZeroU32;
use std::time::{Duration, Instant};

use libtest_mimic::Trial;
use rust_xlsxwriter::Workbook;
use samsyn::graphql::limits::Budgets;
use serde_json::json;

use super::{exported, import, imported, problems, rows, year_2018};
use crate::api::Server;
use crate::harness::{HEAVY, Suite, trials};

pub(super) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    trials![
        suite,
        five_thousand_rows_go_in_and_out,
        a_dry_run_costs_the_same_statements_whatever_its_rows,
        more_rows_than_are_read_are_refused,
    ]
}

const QUERY: &str = "kind=risks&year=2018&departmentCode=KSF";

/// A sheet of so many risks; every so many of them is wrong.
fn sheet(count: u32, wrong_each: Option<u32>) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let headings = [
        "Beskrivning",
        "Kategori",
        "Process",
        "Mål",
        "Sannolikhet",
        "Konsekvens",
        "Riskhantering",
        "Motivering",
    ];
    for (column, heading) in (0..).zip(headings) {
        sheet.write_string(0, column, heading).expect("a cell");
    }
    for row in 1..=count {
        let wrong = wrong_each.is_some_and(|each| row % each == 0);
        let texts = [
            (
                0,
                format!("Risk {row}: något går fel i en av kommunens processer, så att ett mål inte nås"),
            ),
            (1, "Verksamhet".to_owned()),
            (2, format!("Process {}", row % 40)),
            (3, format!("Mål {}", row % 12)),
            (6, "Granskning".to_owned()),
            (
                7,
                "Värderad vid årets riskgenomgång av förvaltningens ledningsgrupp.".to_owned(),
            ),
        ];
        for (column, text) in texts {
            sheet.write_string(row, column, text).expect("a cell");
        }
        sheet
            .write_number(row, 4, if wrong { 99 } else { 1 + row % 5 })
            .expect("a cell");
        sheet.write_number(row, 5, 1 + row % 4).expect("a cell");
    }
    book.save_to_buffer().expect("a workbook")
}

fn tell(what: &str, since: Instant) {
    if *HEAVY {
        eprintln!("    {what}: {:.2} s", since.elapsed().as_secs_f64());
    }
}

/// What the process has taken of memory at most, in MB.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kb| kb / 1024)
}

/// A server whose clients are not made to wait.
async fn generous(server: &Server) -> Server {
    let many = NonZeroU32::new(1_000_000_000).expect("a number");
    server
        .signing_in(|sign_in| sign_in.with_budgets(Budgets::new(many, many)))
        .await
}

async fn five_thousand_rows_go_in_and_out(server: Server) {
    year_2018(&server).await;
    let server = generous(&server).await;
    let controller = server.user("controller-ksf").await;
    let count = if *HEAVY { 5_000 } else { 1_500 };
    let (good, wrong) = (sheet(count, None), sheet(count, Some(10)));
    let dry = format!("{QUERY}&dryRun=true");
    let began = Instant::now();
    let (_, report) = import(&controller, &dry, wrong).await;
    tell(
        &format!("a dry run of {count} rows with {} problems", count / 10),
        began,
    );
    assert_eq!(problems(&report).len(), usize::try_from(count / 10).expect("a number"));
    assert_eq!(problems(&report)[0], ("E11".to_owned(), "INVALID".to_owned()));
    let began = Instant::now();
    assert_eq!(
        imported(&controller, &dry, good.clone()).await,
        (u64::from(count), 0, 0)
    );
    tell(&format!("a dry run of {count} rows"), began);
    let began = Instant::now();
    assert_eq!(
        imported(&controller, QUERY, good.clone()).await,
        (u64::from(count), 0, 0)
    );
    tell(&format!("the import of {count} rows"), began);
    let began = Instant::now();
    assert_eq!(imported(&controller, QUERY, good).await, (0, 0, u64::from(count)));
    tell("the second import", began);
    for format in ["csv", "xlsx"] {
        let began = Instant::now();
        let file = exported(&controller, &format!("risks.{format}?year=2018")).await;
        tell(&format!("the export as {format}"), began);
        if format == "csv" {
            assert_eq!(rows(&file).len() - 1, usize::try_from(count).expect("a number"));
        }
        assert_eq!(
            imported(&controller, "kind=risks&year=2018", file).await,
            (0, 0, u64::from(count))
        );
    }
    if *HEAVY && let Some(peak) = peak() {
        eprintln!("    memory of the process at most, the tests' own included: {peak} MB");
    }
    let total = "{ risks(filter: { year: 2018 }, first: 1) { totalCount } }";
    assert_eq!(controller.data(total, json!({})).await["risks"]["totalCount"], count);
}

async fn a_dry_run_costs_the_same_statements_whatever_its_rows(server: Server) {
    year_2018(&server).await;
    let controller = server.user("controller-ksf").await;
    let cost = async |query: &str, file: Vec<u8>| {
        let before = server.database().statements();
        imported(&controller, query, file).await;
        server.database().statements() - before
    };
    let dry = format!("{QUERY}&dryRun=true");
    let few = cost(&dry, sheet(5, None)).await;
    assert_eq!(cost(&dry, sheet(300, None)).await, few);
    assert!(few <= 12, "{few}");
    // One a row, and what a transaction costs.
    let written = cost(QUERY, sheet(300, None)).await;
    assert!(written <= 300 + 20, "{written}");
    let again = cost(QUERY, sheet(300, None)).await;
    assert!(again <= 14, "{again}");
}

async fn more_rows_than_are_read_are_refused(server: Server) {
    year_2018(&server).await;
    let controller = server.user("controller-ksf").await;
    let mut text = "Beskrivning\n".to_owned();
    for row in 0..10_001 {
        text.push_str(&format!("Risk {row}\n"));
    }
    let began = Instant::now();
    let (status, report) = import(&controller, QUERY, text).await;
    assert_eq!(status, 422);
    assert_eq!(
        problems(&report),
        [(String::new(), "LIMIT".to_owned())],
        "{}",
        report["problems"][0]
    );
    assert!(began.elapsed() < Duration::from_secs(30));
}
