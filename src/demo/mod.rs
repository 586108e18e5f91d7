//! The demonstration: data files carried out as mutations of the API, each by the user who would do it and on its day.

mod error;
mod examples;
mod load;
mod script;

pub use error::DemoError;
pub use examples::EXAMPLES;
pub use load::{Municipality, load};

use script::Script;

/// A data file, compiled in, with its name for messages.
macro_rules! script {
    ($file:literal) => {
        Script {
            file: $file,
            text: include_str!(concat!("../../demo/", $file)),
        }
    };
}

/// The day that the demonstration's clock stands at: what was planned for 2018 is not overdue then.
pub const DAY: &str = "2018-02-15";

/// The control year that the demonstration is about.
pub const YEAR: i32 = 2017;

/// The municipality that the demonstration is about, and whose published reports the public reads.
pub const PUBLIC_MUNICIPALITY: &str = "0586";

/// Whom a newcomer may act as, in the order in which the start-up prints them.
pub const ROLES: [&str; 10] = [
    "coordinator",
    "controller-ksf",
    "performer-ksf",
    "head-ksf",
    "secretary-ks",
    "member-ks",
    "registrar",
    "auditor",
    "administrator",
    "administrator-2",
];

/// The municipalities of the demonstration, each with its scripts in the order in which they are carried out.
pub const MUNICIPALITIES: [Municipality; 2] = [
    Municipality {
        code: PUBLIC_MUNICIPALITY,
        name: "Mjölby kommun",
        organisation_number: Some("212000-0480"),
        scripts: &[
            script!("mjolby/01-organisation.yaml"),
            script!("mjolby/02-users.yaml"),
            script!("mjolby/03-year.yaml"),
            script!("mjolby/04-plan-ksf.yaml"),
            script!("mjolby/05-checks-ksf.yaml"),
            script!("mjolby/06-review-pwc.yaml"),
            script!("mjolby/07-assessments-ksf.yaml"),
            script!("mjolby/08-marks.yaml"),
            script!("mjolby/09-report-ksf.yaml"),
            script!("mjolby/10-samples.yaml"),
        ],
    },
    Municipality {
        code: "0580",
        name: "Exempelkommunen (exempeldata)",
        organisation_number: None,
        scripts: &[script!("exempel/01-sample.yaml")],
    },
];
