use super::*;

const RELEASED: &str = r#"
schema { query: Query }
directive @example on OBJECT
interface Node { id: ID! }
type Query {
  plan(year: Int!, code: String = "A"): Plan
  plans: [Plan]
  kind: Kind!
  any: Any
  old: Int @deprecated(reason: "Use `new`. Works until 2026-06-30.")
  older: Older @deprecated(reason: "Works until 2020-01-01.")
  dateless: Int @deprecated(reason: "Do not.")
  gone(by: GoneInput!): GoneConnection @deprecated(reason: "Works until 2020-01-01.")
}
type Seen implements Node { id: ID! }
input GoneInput { kind: GoneKind }
enum GoneKind { ONE }
type GoneConnection { edges: [GoneEdge] }
type GoneEdge { cursor: String next: GoneConnection }
type Plan implements Node { id: ID! title: String number: Int! kind: Kind }
type Older { id: ID! }
type Other { id: ID! }
union Any = Plan | Other
enum Kind { SHARED OWN }
enum Order { UP DOWN }
input PlanInput { title: String! number: Int = 1 order: Order }
"#;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 27).unwrap()
}

/// The changes when a text of the schema is replaced.
fn change(from: &str, to: &str) -> Vec<Change> {
    assert!(RELEASED.contains(from), "{from}");
    compare(RELEASED, &RELEASED.replace(from, to), today()).unwrap()
}

#[test]
fn the_same_schema_has_no_changes() {
    assert_eq!(change("SHARED", "SHARED"), []);
}

#[test]
fn each_change_is_judged() {
    use Severity::{Breaking, Dangerous, Safe};
    for (from, to, path, severity) in [
        ("number: Int! kind", "kind", "Plan.number", Breaking),
        ("SHARED OWN", "SHARED", "Kind.OWN", Breaking),
        ("SHARED OWN", "SHARED OWN NEW", "Kind.NEW", Dangerous),
        ("UP DOWN", "UP DOWN FLAT", "Order.FLAT", Safe),
        ("title: String number", "title: String! number", "Plan.title", Safe),
        ("number: Int! kind", "number: Int kind", "Plan.number", Breaking),
        ("number: Int! kind", "number: Float! kind", "Plan.number", Breaking),
        ("plans: [Plan]", "plans: [Plan!]!", "Query.plans", Safe),
        ("plans: [Plan]", "plans: Plan", "Query.plans", Breaking),
        ("any: Any", "any: Plan", "Query.any", Breaking),
        ("type Seen implements Node { id: ID! }", "", "Seen", Breaking),
        ("year: Int!", "year: Int", "Query.plan.year", Safe),
        ("year: Int!, code", "code", "Query.plan.year", Breaking),
        ("year: Int!", "year: Int!, at: Int", "Query.plan.at", Safe),
        ("year: Int!", "year: Int!, at: Int!", "Query.plan.at", Breaking),
        ("year: Int!", "year: Int!, at: Int! = 1", "Query.plan.at", Safe),
        ("code: String", "code: Int", "Query.plan.code", Breaking),
        (r#"= "A""#, r#"= "B""#, "Query.plan.code", Dangerous),
        (r#"String = "A""#, "String", "Query.plan.code", Dangerous),
        ("title: String! number", "title: String number", "PlanInput.title", Safe),
        ("number: Int = 1", "number: Int = 2", "PlanInput.number", Dangerous),
        ("number: Int = 1", "number: Int! = 1", "PlanInput.number", Breaking),
        ("number: Int = 1", "number: Int = 1 more: Int", "PlanInput.more", Safe),
        (
            "number: Int = 1",
            "number: Int = 1 more: Int!",
            "PlanInput.more",
            Breaking,
        ),
        ("number: Int = 1", "", "PlanInput.number", Breaking),
        ("Plan | Other", "Plan", "Any.Other", Breaking),
        ("directive @example on OBJECT", "", "example", Breaking),
        (
            "type Other { id: ID! }",
            "type Other { id: ID! } type New { id: ID! }",
            "New",
            Safe,
        ),
        ("kind: Kind!", "kind: Kind! more: Int", "Query.more", Safe),
    ] {
        let changes = change(from, to);
        let found = changes.iter().find(|change| change.path == path);
        let found = found.unwrap_or_else(|| panic!("{from} to {to}: {changes:?}"));
        assert_eq!(found.severity, severity, "{from} to {to}: {found}");
        assert_eq!(found.instead.is_some(), severity == Breaking, "{found}");
    }
}

#[test]
fn what_was_deprecated_goes_when_its_day_has_passed() {
    let gone = |from: &str, path: &str| {
        let changes = change(from, "");
        let found = changes.iter().find(|change| change.path == path).unwrap();
        (found.severity, found.to_string())
    };
    let old = r#"old: Int @deprecated(reason: "Use `new`. Works until 2026-06-30.")"#;
    assert_eq!(gone(old, "Query.old").0, Severity::Safe);
    let (severity, told) = gone(r#"dateless: Int @deprecated(reason: "Do not.")"#, "Query.dateless");
    assert!(
        severity == Severity::Breaking && told.contains("names no day"),
        "{told}"
    );
    let early = compare(
        RELEASED,
        &RELEASED.replace(old, ""),
        NaiveDate::from_ymd_opt(2026, 6, 30).unwrap(),
    );
    let early = early.unwrap();
    assert!(early[0].to_string().contains("works until 2026-06-30"), "{early:?}");
}

#[test]
fn a_type_goes_with_the_last_that_has_it() {
    let without_field = RELEASED.replace(r#"older: Older @deprecated(reason: "Works until 2020-01-01.")"#, "");
    let without_type = without_field.replace("type Older { id: ID! }", "");
    let changes = compare(RELEASED, &without_type, today()).unwrap();
    assert!(
        changes.iter().all(|change| change.severity == Severity::Safe),
        "{changes:?}"
    );
    let changes = compare(
        RELEASED,
        &RELEASED
            .replace("kind: Kind!", "")
            .replace("enum Kind", "enum Sort")
            .replace("kind: Kind", "kind: Sort"),
        today(),
    );
    assert!(
        changes
            .unwrap()
            .iter()
            .any(|change| change.severity == Severity::Breaking)
    );
}

#[test]
fn what_it_was_asked_and_answered_with_goes_with_a_field() {
    let start = RELEASED.find("  gone(by").unwrap();
    let end = start + RELEASED[start..].find('\n').unwrap();
    let mut schema = format!("{}{}", &RELEASED[..start], &RELEASED[end..]);
    for line in RELEASED
        .lines()
        .filter(|line| line.contains("Gone") && !line.contains("gone("))
    {
        schema = schema.replace(line, "");
    }
    let changes = compare(RELEASED, &schema, today()).unwrap();
    assert!(changes.len() > 4, "{changes:?}");
    assert!(
        changes.iter().all(|change| change.severity == Severity::Safe),
        "{changes:?}"
    );
}

#[test]
fn a_promise_is_kept() {
    let old = r#"@deprecated(reason: "Use `new`. Works until 2026-06-30.")"#;
    let changed = |reason: &str| {
        let changes = change(old, &format!("@deprecated(reason: \"{reason}\")"));
        changes.iter().map(|change| change.severity).min()
    };
    assert_eq!(changed("Works until 2027-06-30."), Some(Severity::Safe));
    assert_eq!(changed("Works until 2020-06-30."), Some(Severity::Breaking));
    assert_eq!(changed("Use `new`."), Some(Severity::Breaking));
    let late = change(
        "title: String number",
        r#"title: String @deprecated(reason: "Works until 2020-01-01.") number"#,
    );
    assert_eq!(late[0].severity, Severity::Breaking);
}

#[test]
fn a_deprecation_names_a_day() {
    let deprecated = |reason: &str| change("title: String number", &format!("title: String {reason} number"));
    assert_eq!(deprecated("@deprecated")[0].severity, Severity::Breaking);
    assert_eq!(
        deprecated(r#"@deprecated(reason: "Use `name`.")"#)[0].severity,
        Severity::Breaking
    );
    let changes = deprecated(r#"@deprecated(reason: "Use `name`. Works until 2027-12-31.")"#);
    assert_eq!(
        changes[0].to_string(),
        "safe      Plan.title is deprecated: Use `name`. Works until 2027-12-31."
    );
}

#[test]
fn the_changelog_tells_what_clients_notice() {
    let changes = change("kind: Kind!", "kind: Kind! more: Int");
    let changelog = "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- Something.\n\n## [0.1.0]\n\n- All.\n";
    let written = write_changelog(changelog, &changes).unwrap();
    assert_eq!(
        written,
        "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- Something.\n\n### Schema\n\n- `Query.more` was added.\n\n## \
         [0.1.0]\n\n- All.\n"
    );
    assert_eq!(write_changelog(&written, &changes).unwrap(), written);
    assert_eq!(write_changelog(&written, &[]).unwrap(), changelog);
    assert!(write_changelog("# Changelog\n", &changes).is_err());
    let around =
        "## [Unreleased]\n\nSee ### Schema gate.\n\n### Schema\n\n- Old.\n\n[Unreleased]: https://example.org\n";
    let kept = write_changelog(around, &[]).unwrap();
    assert_eq!(
        kept,
        "## [Unreleased]\n\nSee ### Schema gate.\n\n[Unreleased]: https://example.org\n"
    );
}
