use super::MailError;
use crate::{
    language::enum_label,
    work::{WorkRow, subject_kind},
};
use chrono::NaiveDate;
use entity::Language;
use minijinja::{Environment, Value, value::Serde};
use serde::Serialize;

/// The templates, by the name that the language and the part give.
const TEMPLATES: [(&str, &str); 4] = [
    ("sv.subject.txt", include_str!("sv.subject.txt")),
    ("sv.body.txt", include_str!("sv.body.txt")),
    ("en.subject.txt", include_str!("en.subject.txt")),
    ("en.body.txt", include_str!("en.body.txt")),
];

/// What stands for a subject's global id in the portal's address.
const ID: &str = "{id}";

/// The texts of mails, in the languages that there are.
#[derive(Debug)]
pub(crate) struct Texts(Environment<'static>);

/// What a mail says.
#[derive(Debug, Serialize)]
pub(crate) struct Letter {
    /// The municipality's name.
    pub(crate) municipality: String,
    /// What waits.
    pub(crate) items: Vec<Item>,
    /// The portal's address, where it is one and the same for everything.
    pub(crate) portal: Option<String>,
}

/// One thing that waits.
#[derive(Debug, Serialize)]
pub(crate) struct Item {
    task: String,
    marked: bool,
    about: Option<String>,
    department: Option<String>,
    occasion: Option<String>,
    due_on: Option<NaiveDate>,
    days_left: i64,
    days_late: i64,
    requested: bool,
    link: Option<String>,
}

impl Item {
    /// A piece of work as a mail has it. A mail leaves the system: of what is marked as confidential it says the kind and
    /// where to find it, and nothing else.
    pub(crate) fn of(
        work: &WorkRow,
        requested: bool,
        today: NaiveDate,
        language: Language,
        portal: Option<&str>,
    ) -> Self {
        let days = work.due_on.map_or(0, |due| (due - today).num_days());
        let told = |text: Option<&str>| text.filter(|_| !work.marked).map(on_one_line);
        Self {
            task: enum_label(language, work.kind),
            marked: work.marked,
            about: told(Some(&work.about)).filter(|about| !about.is_empty()),
            department: told(work.department.as_deref()),
            occasion: told(work.occasion.as_deref()),
            due_on: work.due_on,
            days_left: days.max(0),
            days_late: (-days).max(0),
            requested,
            link: portal.filter(|url| url.contains(ID)).map(|url| {
                let id = subject_kind(work.kind).encode(work.subject_id);
                url.replace(ID, &id)
            }),
        }
    }
}

impl Letter {
    /// The portal's address, if it is the same for everything.
    pub(crate) fn portal(url: Option<&str>) -> Option<String> {
        url.filter(|url| !url.contains(ID)).map(str::to_owned)
    }
}

impl Texts {
    /// The templates that the program has.
    ///
    /// # Errors
    /// When one is wrong.
    pub(crate) fn new() -> Result<Self, MailError> {
        let mut templates = Environment::new();
        for (name, text) in TEMPLATES {
            templates.add_template(name, text)?;
        }
        Ok(Self(templates))
    }

    /// The subject and the body of a mail.
    ///
    /// # Errors
    /// When a template cannot be rendered.
    pub(crate) fn write(&self, letter: &Letter, language: Language) -> Result<(String, String), MailError> {
        let code = match language {
            Language::Sv => "sv",
            Language::En => "en",
        };
        let letter = Value::from(Serde(letter));
        let part = |name: &str| {
            let template = self.0.get_template(&format!("{code}.{name}.txt"))?;
            template.render(letter.clone())
        };
        Ok((part("subject")?, part("body")? + "\n"))
    }
}

/// A text without line breaks and other control characters, which have no place in a list.
pub(super) fn on_one_line(text: &str) -> String {
    text.split(|letter: char| letter.is_whitespace() || letter.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use entity::WorkItemKind;
    use sea_orm::Iterable;
    use uuid::Uuid;

    fn work(due_on: Option<&str>) -> WorkRow {
        WorkRow {
            kind: WorkItemKind::Assess,
            due_on: due_on.map(|day| day.parse().unwrap()),
            subject_id: Uuid::from_u128(1),
            occasion_id: Uuid::from_u128(2),
            department_id: None,
            about: "Inköp\r\nBcc: alla".to_owned(),
            department: Some("KSF".to_owned()),
            occasion: Some("Helår".to_owned()),
            follow_up_id: None,
            marked: false,
        }
    }

    fn written(work: &[WorkRow], language: Language, portal: Option<&str>) -> (String, String) {
        let today = "2018-02-15".parse().unwrap();
        let letter = Letter {
            municipality: "Mjölby kommun".to_owned(),
            items: work
                .iter()
                .map(|work| Item::of(work, false, today, language, portal))
                .collect(),
            portal: Letter::portal(portal),
        };
        Texts::new().unwrap().write(&letter, language).unwrap()
    }

    #[test]
    fn a_mail_is_written_in_swedish() {
        let (subject, body) = written(
            &[work(Some("2018-02-18"))],
            Language::Sv,
            Some("https://p.example/{id}"),
        );
        assert_eq!(subject, "Påminnelse: 1 uppgift väntar på dig");
        let link = crate::graphql::NodeKind::FollowUp.encode(Uuid::from_u128(1));
        assert_eq!(
            body,
            format!(
                "Hej!\n\nI arbetet med intern kontroll i Mjölby kommun väntar följande på dig.\n\n1. Bedöm uppföljningen\n   \
                 Inköp Bcc: alla (KSF), Helår\n   Ska vara klart 2018-02-18, om 3 dagar.\n   https://p.example/{}\n\n\
                 Det här brevet har skickats automatiskt av Samsyn och kan inte besvaras.\n",
                link.as_str()
            )
        );
    }

    #[test]
    fn a_mail_is_written_in_english() {
        let work = [work(Some("2018-02-14")), work(Some("2018-02-15")), work(None)];
        let (subject, body) = written(&work, Language::En, Some("https://p.example/"));
        assert_eq!(subject, "Reminder: 3 tasks wait for you");
        assert!(body.contains("It was due on 2018-02-14, 1 day ago."), "{body}");
        assert!(body.contains("It is due today, 2018-02-15."), "{body}");
        assert!(
            body.contains("\nEverything that waits for you: https://p.example/\n"),
            "{body}"
        );
        assert!(!body.contains("\n\n\n"), "{body}");
    }

    #[test]
    fn what_is_confidential_is_told_by_its_kind_alone() {
        let marked = WorkRow {
            marked: true,
            ..work(Some("2018-02-18"))
        };
        for language in Language::iter() {
            let (_, body) = written(std::slice::from_ref(&marked), language, Some("https://p.example/{id}"));
            for content in ["Inköp", "KSF", "Helår"] {
                assert!(!body.contains(content), "{body}");
            }
            assert!(body.contains("https://p.example/Rm9sbG93VXA6"), "{body}");
        }
    }

    #[test]
    fn every_task_is_said_in_every_language() {
        for language in Language::iter() {
            let mut said: Vec<_> = WorkItemKind::iter().map(|kind| enum_label(language, kind)).collect();
            said.sort_unstable();
            said.dedup();
            assert_eq!(said.len(), WorkItemKind::iter().count());
        }
    }
}
