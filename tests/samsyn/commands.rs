//! The commands that operators rely on, run as they would.

use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use libtest_mimic::Trial;

pub(crate) fn trials() -> Vec<Trial> {
    let tests: [(&str, fn()); 11] = [
        ("the_demo_starts_and_stops", the_demo_starts_and_stops),
        (
            "a_municipality_is_created_with_its_administrator",
            a_municipality_is_created,
        ),
        ("a_token_is_alone_on_the_last_line", a_token_is_alone_on_the_last_line),
        ("the_schema_is_printed", the_schema_is_printed),
        ("a_taken_port_is_told", a_taken_port_is_told),
        (
            "a_database_that_cannot_be_written_is_told",
            a_database_that_cannot_be_written_is_told,
        ),
        (
            "a_real_municipality_is_no_demonstration",
            a_real_municipality_is_no_demonstration,
        ),
        ("bad_settings_are_told", bad_settings_are_told),
        ("settings_have_their_order", settings_have_their_order),
        (
            "administrators_are_linked_to_a_provider",
            administrators_are_linked_to_a_provider,
        ),
        ("local_tokens_stay_on_this_machine", local_tokens_stay_on_this_machine),
    ];
    tests
        .into_iter()
        .map(|(name, test)| {
            Trial::test(format!("commands::{name}"), move || {
                test();
                Ok(())
            })
        })
        .collect()
}

fn samsyn(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_samsyn"));
    command.args(arguments).current_dir(folder).env_clear();
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    samsyn(folder, arguments).output().expect("a program")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The standard error of a command that has to fail, without a panic.
fn failure(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments);
    let said = text(&output.stderr);
    assert!(!output.status.success(), "{arguments:?}: {}", text(&output.stdout));
    assert!(!said.contains("panicked"), "{said}");
    said
}

/// A program that is stopped when the test ends, however it ends.
pub(crate) struct Running(pub(crate) Child);

impl Running {
    /// Where a server listens, which it says on its piped output.
    pub(crate) fn address(&mut self) -> String {
        let output = BufReader::new(self.0.stdout.take().expect("an output"));
        let address = output.lines().find_map(|line| {
            let line = line.expect("a line");
            Some(line.split_once("http://")?.1.split_once('/')?.0.to_owned())
        });
        address.expect("an address")
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

fn the_demo_starts_and_stops() {
    let folder = tempfile::tempdir().expect("a folder");
    for _ in 0..2 {
        let mut command = samsyn(folder.path(), &["demo", "--listen", "127.0.0.1:0"]);
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut running = Running(child.expect("a program"));
        let output = BufReader::new(running.0.stdout.take().expect("an output"));
        let mut lines = Vec::new();
        for line in output.lines() {
            let line = line.expect("a line");
            let last = line.contains("Ctrl-C");
            lines.push(line);
            if last {
                break;
            }
        }
        let said = lines.join("\n");
        assert!(said.contains("/graphiql"), "{said}");
        for role in samsyn::demo::ROLES {
            assert!(said.contains(&format!("  {role}")), "{role}: {said}");
        }
        let pid = running.0.id().to_string();
        let signalled = Command::new("kill").args(["-TERM", &pid]).status().expect("kill");
        assert!(signalled.success());
        let begun = Instant::now();
        let status = running.0.wait().expect("an end");
        assert!(status.success(), "{status}");
        assert!(begun.elapsed() < Duration::from_secs(10));
        let mut log = String::new();
        let mut errors = running.0.stderr.take().expect("a log");
        errors.read_to_string(&mut log).expect("a log");
        assert!(!log.contains("ERROR") && !log.contains("WARN"), "{log}");
    }
}

fn a_municipality_is_created() {
    let folder = tempfile::tempdir().expect("a folder");
    let create = ["municipality", "create", "0586", "Mjölby kommun"];
    let output = run(folder.path(), &create);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(failure(folder.path(), &create).contains("there is a municipality 0586 already"));
    assert!(failure(folder.path(), &["municipality", "create", "86", "X"]).contains("four digits"));
}

fn a_token_is_alone_on_the_last_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let said = failure(folder.path(), &["token", "administrator"]);
    assert!(said.contains("samsyn migrate"), "{said}");
    assert_eq!(
        folder.path().read_dir().expect("a folder").count(),
        0,
        "nothing was made"
    );
    for (code, name) in [("0586", "Mjölby kommun"), ("0580", "Exempel")] {
        assert!(
            run(folder.path(), &["municipality", "create", code, name])
                .status
                .success()
        );
    }
    let said = failure(folder.path(), &["token", "administrator"]);
    assert!(
        said.contains("--municipality") && said.contains("0580") && said.contains("0586"),
        "{said}"
    );
    let output = run(folder.path(), &["token", "administrator", "--municipality", "0586"]);
    let said = text(&output.stdout);
    let token = said.lines().last().expect("a token");
    assert_eq!(token.split('.').count(), 3, "{said}");
    let said = failure(folder.path(), &["token", "nobody", "--municipality", "0586"]);
    assert!(said.contains("there is no active user nobody"), "{said}");
}

fn the_schema_is_printed() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = run(folder.path(), &["schema"]);
    assert!(output.status.success());
    assert!(text(&output.stdout).contains("type Query"));
    assert_eq!(
        folder.path().read_dir().expect("a folder").count(),
        0,
        "it needs no data"
    );
}

fn a_taken_port_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    let said = failure(folder.path(), &["demo", "--listen", &address]);
    assert!(said.contains(&format!("cannot listen on {address}")), "{said}");
}

fn a_database_that_cannot_be_written_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("taken.db")).expect("a folder in the file's place");
    for url in ["sqlite://taken.db", "sqlite:///proc/samsyn.db"] {
        let said = failure(folder.path(), &["migrate", "--database-url", url]);
        assert!(said.contains("cannot be opened for writing"), "{said}");
    }
    let said = failure(
        folder.path(),
        &["migrate", "--database-url", "mysql://u:secret@host/db"],
    );
    assert!(said.contains("sqlite://PATH") && !said.contains("secret"), "{said}");
    let nobody = "postgres://u:secret@127.0.0.1:1/db";
    let said = failure(folder.path(), &["migrate", "--database-url", nobody]);
    assert!(said.contains("127.0.0.1:1") && !said.contains("secret"), "{said}");
}

fn a_real_municipality_is_no_demonstration() {
    let folder = tempfile::tempdir().expect("a folder");
    assert!(
        run(folder.path(), &["municipality", "create", "0586", "Egen"])
            .status
            .success()
    );
    let said = failure(folder.path(), &["demo", "--listen", "127.0.0.1:0"]);
    assert!(said.contains("no demonstration"), "{said}");
    let said = failure(
        folder.path(),
        &["serve", "--listen", "127.0.0.1:0", "--public-municipality", "9999"],
    );
    assert!(said.contains("no municipality 9999"), "{said}");
}

fn bad_settings_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let said = failure(
        folder.path(),
        &["demo", "--clock", "tomorrow", "--listen", "127.0.0.1:0"],
    );
    assert!(said.contains("tomorrow"), "{said}");
    std::fs::write(folder.path().join("samsyn.toml"), "colour = \"red\"\n").expect("a file");
    let said = failure(folder.path(), &["migrate"]);
    assert!(said.contains("colour"), "{said}");
    let said = failure(folder.path(), &["migrate", "--config", "nowhere.toml"]);
    assert!(said.contains("nowhere.toml"), "{said}");
}

/// A flag goes before the environment, the environment before the file.
fn settings_have_their_order() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = "data_dir = \"from-file\"\npublic_municipality = \"0586\"\n";
    std::fs::write(folder.path().join("samsyn.toml"), file).expect("a file");
    let made = |arguments: &[&str], environment: &[(&str, &str)]| {
        let mut command = samsyn(folder.path(), arguments);
        let output = command.envs(environment.iter().copied()).output().expect("a program");
        assert!(output.status.success(), "{}", text(&output.stderr));
    };
    made(&["migrate"], &[]);
    // A code of digits is a text, its leading zero included.
    made(
        &["migrate"],
        &[
            ("SAMSYN_DATA_DIR", "from-environment"),
            ("SAMSYN_PUBLIC_MUNICIPALITY", "0586"),
        ],
    );
    made(
        &["migrate", "--data-dir", "from-flag"],
        &[("SAMSYN_DATA_DIR", "unused")],
    );
    for (source, there) in [
        ("from-file", true),
        ("from-environment", true),
        ("from-flag", true),
        ("unused", false),
    ] {
        assert_eq!(folder.path().join(source).join("samsyn.db").exists(), there, "{source}");
    }
}

fn administrators_are_linked_to_a_provider() {
    let folder = tempfile::tempdir().expect("a folder");
    let configure = |issuer: &str, more: &str| {
        let file = format!(
            "[[issuers]]\nissuer = \"{issuer}\"\nmunicipalities = [\"0586\"]\naudiences = [\"samsyn\"]\n{more}"
        );
        std::fs::write(folder.path().join("samsyn.toml"), file).expect("a file");
    };
    let issuer = "https://login.example.org";
    configure(issuer, "");
    let output = run(folder.path(), &["municipality", "create", "0586", "Mjölby kommun"]);
    assert!(
        text(&output.stdout).contains("samsyn user link administrator"),
        "{}",
        text(&output.stdout)
    );
    // Where a provider is configured, this installation's own tokens are not taken.
    let said = failure(folder.path(), &["token", "administrator"]);
    assert!(said.contains("--local-tokens"), "{said}");
    assert!(!folder.path().join("data/local-token.key").exists());
    let link = |user: &'static str, issuer: &'static str, subject: &'static str| {
        [
            "user",
            "link",
            user,
            "--municipality",
            "0586",
            "--issuer",
            issuer,
            "--subject",
            subject,
        ]
    };
    let output = run(folder.path(), &link("administrator", issuer, "subject-1"));
    assert!(output.status.success(), "{}", text(&output.stderr));
    for (user, of, subject, says) in [
        ("administrator", issuer, "subject-1", "already"),
        ("administrator", issuer, "19000101-0000", "identity number"),
        ("administrator", issuer, " ", "1 to"),
        ("nobody", issuer, "subject-2", "no active user nobody"),
        ("administrator", "https://other.example.org", "subject-2", "[[issuers]]"),
    ] {
        let said = failure(folder.path(), &link(user, of, subject));
        assert!(said.contains(says), "{said}");
    }
    let exported = text(&run(folder.path(), &["audit", "export", "--municipality", "0586"]).stdout);
    assert!(
        exported.contains("user link") && exported.contains("subject-1"),
        "{exported}"
    );
    for (issuer, more, says) in [
        ("http://login.example.org", "", "https"),
        (issuer, "algorithms = [\"HS256\"]", "HS256"),
        (issuer, "algorithms = [\"none\"]", "none"),
        (issuer, "colour = \"red\"", "colour"),
    ] {
        configure(issuer, more);
        let said = failure(folder.path(), &["serve", "--listen", "127.0.0.1:0"]);
        assert!(said.contains(says), "{said}");
    }
}

fn local_tokens_stay_on_this_machine() {
    let folder = tempfile::tempdir().expect("a folder");
    let said = failure(folder.path(), &["demo", "--listen", "0.0.0.0:0"]);
    assert!(said.contains("--allow-remote-local-tokens"), "{said}");
}
