//! Finds the PostgreSQL that is installed, and runs its programs as a user that they accept.

use std::fs;
use std::os::unix::fs::{MetadataExt, chown};
use std::path::{Path, PathBuf};
use std::process::Command;

const OLDEST: u32 = 15;
const ADVICE: &str = "Install PostgreSQL 15 or later (on Debian and Ubuntu: apt-get install postgresql; `tests/run` \
                      does it), or put its programs in PATH.";

/// The programs of a PostgreSQL server.
pub(super) struct Installation {
    programs: PathBuf,
}

impl Installation {
    /// The one in PATH, or else the newest in the place where Debian and Ubuntu keep theirs.
    pub(super) fn find() -> Result<Self, String> {
        let in_path = std::env::var_os("PATH").unwrap_or_default();
        // `initdb` may be a link into a folder that has the other programs as well.
        let in_path = std::env::split_paths(&in_path).filter_map(|folder| folder.join("initdb").canonicalize().ok());
        let programs = in_path
            .filter_map(|initdb| initdb.parent().map(Path::to_path_buf))
            .chain(in_debian());
        programs
            .map(|programs| Self { programs })
            .find(|found| found.version().is_some_and(|version| version >= OLDEST))
            .ok_or_else(|| format!("no PostgreSQL {OLDEST} or later was found. {ADVICE}"))
    }

    /// A command that runs the program as `user`. The program ends when this process does, however that comes about.
    pub(super) fn command(&self, program: &str, user: Option<User>) -> Command {
        let program = self.programs.join(program);
        let mut command = Command::new("setpriv");
        if let Some(User { id, group }) = user {
            command
                .arg(format!("--reuid={id}"))
                .arg(format!("--regid={group}"))
                .arg("--clear-groups");
        } else if !cfg!(target_os = "linux") {
            return Command::new(program);
        }
        command.args(["--pdeathsig=QUIT", "--"]).arg(program);
        command
    }

    fn version(&self) -> Option<u32> {
        let output = Command::new(self.programs.join("postgres"))
            .arg("--version")
            .output()
            .ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        let version = text
            .split_whitespace()
            .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))?;
        leading_number(version)
    }
}

fn in_debian() -> Vec<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut versions: Vec<_> = versions
        .filter_map(|entry| Some((leading_number(entry.file_name().to_str()?)?, entry.path().join("bin"))))
        .collect();
    versions.sort();
    versions.into_iter().rev().map(|(_, programs)| programs).collect()
}

fn leading_number(text: &str) -> Option<u32> {
    text.split(|character: char| !character.is_ascii_digit())
        .next()?
        .parse()
        .ok()
}

/// Somebody else to run the server as.
#[derive(Clone, Copy)]
pub(super) struct User {
    id: u32,
    group: u32,
}

impl User {
    /// Gives the folder to a user that the server accepts, since it refuses to run as root. None when it runs as
    /// whoever runs the tests.
    pub(super) fn for_folder(folder: &Path) -> Result<Option<Self>, String> {
        let owner = fs::metadata(folder)
            .map_err(|error| format!("{}: {error}", folder.display()))?
            .uid();
        if owner != 0 {
            return Ok(None);
        }
        let user = ["postgres", "nobody"]
            .into_iter()
            .find_map(Self::named)
            .ok_or("PostgreSQL refuses to run as root, and there is no user postgres or nobody to run it as")?;
        chown(folder, Some(user.id), Some(user.group)).map_err(|error| format!("{}: {error}", folder.display()))?;
        Ok(Some(user))
    }

    fn named(name: &str) -> Option<Self> {
        let ask = |what| {
            let output = Command::new("id").args([what, name]).output().ok()?;
            String::from_utf8(output.stdout).ok()?.trim().parse().ok()
        };
        Some(Self {
            id: ask("-u")?,
            group: ask("-g")?,
        })
    }
}
