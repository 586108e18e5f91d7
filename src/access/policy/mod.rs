//! Which role may do what.

mod invariant;
mod rule;

pub use invariant::Invariant;
pub use rule::Rule;

use super::Right;
use casbin::{CoreApi, DefaultModel, Enforcer, MgmtApi, StringAdapter};
use entity::Role;
use sea_orm::Iterable;

const MODEL: &str = include_str!("model.conf");
const DEFAULT: &str = include_str!("default.csv");

/// Which role may do what: casbin's policy, asked once for every role and right and kept as a bit matrix.
///
/// casbin answers in hundreds of microseconds, and slower the more rules there are; a bit answers in nanoseconds.
/// That both say the same is what the tests hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    rows: Vec<(Role, u64)>,
}

/// Why a policy is refused.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    /// casbin cannot read it.
    #[error("the policy cannot be read: {0}")]
    Unreadable(String),
    /// A rule names a role, or an object and action, that there is none of.
    #[error("the policy rule `{rule}` is refused: there is no {what}")]
    Unknown {
        /// The rule as written.
        rule: String,
        /// What it names that does not exist.
        what: String,
    },
}

impl From<casbin::Error> for PolicyError {
    fn from(error: casbin::Error) -> Self {
        Self::Unreadable(error.to_string())
    }
}

impl Policy {
    /// The policy that Samsyn ships with.
    ///
    /// # Errors
    /// Never for the shipped text; see [`Self::compile`].
    pub async fn shipped() -> Result<Self, PolicyError> {
        Self::compile(DEFAULT).await
    }

    /// Compiles a policy's text.
    ///
    /// # Errors
    /// When casbin cannot read it, or a rule names a role or right that does not exist.
    pub async fn compile(rules: &str) -> Result<Self, PolicyError> {
        let enforcer = enforcer(rules).await?;
        for rule in enforcer.get_policy() {
            refuse_unknown(&rule)?;
        }
        let rows = Role::iter()
            .map(|role| Ok((role, granted(&enforcer, role)?)))
            .collect::<Result<_, PolicyError>>()?;
        Ok(Self { rows })
    }

    /// The policy with these rules, without asking casbin.
    #[must_use]
    pub fn of(rules: impl IntoIterator<Item = Rule>) -> Self {
        let mut rows: Vec<_> = Role::iter().map(|role| (role, 0)).collect();
        for rule in rules {
            for (role, bits) in &mut rows {
                if *role == rule.role {
                    *bits |= rule.right.bit();
                }
            }
        }
        Self { rows }
    }

    /// Its rules, by role and right.
    pub fn rules(&self) -> impl Iterator<Item = Rule> + '_ {
        self.rows.iter().flat_map(|(role, bits)| {
            Right::ALL
                .into_iter()
                .filter(move |right| bits & right.bit() != 0)
                .map(|right| Rule { role: *role, right })
        })
    }

    /// Its rules as text: what [`Self::compile`] makes the same policy of.
    #[must_use]
    pub fn text(&self) -> String {
        self.rules().map(|rule| format!("{rule}\n")).collect()
    }

    /// Whether `role` reads something confidential, wherever its assignment reaches.
    #[must_use]
    pub fn reads_confidential(&self, role: Role) -> bool {
        Right::ALL
            .into_iter()
            .any(|right| right.reads_confidential() && self.allows(role, right))
    }

    fn reads_all_confidential(&self, role: Role) -> bool {
        Right::ALL
            .into_iter()
            .all(|right| !right.reads_confidential() || self.allows(role, right))
    }

    /// Whether `role` has `right`, wherever its assignment reaches.
    #[must_use]
    pub fn allows(&self, role: Role, right: Right) -> bool {
        self.rows
            .iter()
            .any(|(of, bits)| *of == role && bits & right.bit() != 0)
    }
}

async fn enforcer(rules: &str) -> Result<Enforcer, PolicyError> {
    let model = DefaultModel::from_str(MODEL).await?;
    Ok(Enforcer::new(model, StringAdapter::new(rules)).await?)
}

fn granted(enforcer: &Enforcer, role: Role) -> Result<u64, PolicyError> {
    let mut bits = 0;
    for right in Right::ALL {
        let (object, action) = right.names();
        if enforcer.enforce((role_name(role), object, action))? {
            bits |= right.bit();
        }
    }
    Ok(bits)
}

fn refuse_unknown(rule: &[String]) -> Result<(), PolicyError> {
    let unknown = |what: String| PolicyError::Unknown {
        rule: rule.join(", "),
        what,
    };
    let [role, object, action] = rule else {
        return Err(unknown("rule of that form".to_owned()));
    };
    if !Role::iter().any(|known| role_name(known) == *role) {
        return Err(unknown(format!("role {role}")));
    }
    if !Right::ALL.iter().any(|right| right.names() == (object, action)) {
        return Err(unknown(format!("action {action} on {object}")));
    }
    Ok(())
}

/// The name of a role in policy rules: the one that the API has.
fn role_name(role: Role) -> String {
    use sea_orm::ActiveEnum;
    role.to_value()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn block_on<F: Future>(future: F) -> F::Output {
        tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap()
            .block_on(future)
    }

    #[test]
    fn rights_are_numbered_in_the_order_of_the_list() {
        for (number, right) in Right::ALL.iter().enumerate() {
            assert_eq!(*right as usize, number, "{right}");
        }
    }

    #[test]
    fn the_administrator_reads_no_content() {
        let policy = block_on(Policy::shipped()).unwrap();
        for right in [
            Right::FollowUpRead,
            Right::ControlPlanRead,
            Right::DepartmentReportRead,
            Right::ConfidentialRead,
        ] {
            assert!(!policy.allows(Role::Administrator, right), "{right}");
        }
    }

    #[test]
    fn a_policy_is_the_same_after_it_was_written_and_read() {
        let policy = block_on(Policy::shipped()).unwrap();
        assert_eq!(block_on(Policy::compile(&policy.text())).unwrap(), policy);
        assert_eq!(Policy::of(policy.rules()), policy);
    }

    #[test]
    fn a_rule_that_names_nothing_is_refused() {
        let error = block_on(Policy::compile("p, COORDINATOR, finding, destroy")).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the policy rule `COORDINATOR, finding, destroy` is refused: there is no action destroy on finding"
        );
        let error = block_on(Policy::compile("p, MAYOR, follow_up, read")).unwrap_err();
        assert!(error.to_string().ends_with("there is no role MAYOR"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]

        /// Random policies: the compiled form and casbin's own answer agree for every role and right.
        #[test]
        fn the_matrix_says_what_casbin_says(
            grants in proptest::collection::btree_set((0..9_usize, 0..Right::ALL.len()), 0..80)
        ) {
            let roles: Vec<Role> = Role::iter().collect();
            let rules: Vec<String> = grants
                .iter()
                .map(|(role, right)| {
                    let (object, action) = Right::ALL[*right].names();
                    format!("p, {}, {object}, {action}", role_name(roles[*role]))
                })
                .collect();
            let rules = rules.join("\n");
            block_on(async {
                let compiled = Policy::compile(&rules).await.unwrap();
                let casbin = enforcer(&rules).await.unwrap();
                for role in Role::iter() {
                    for right in Right::ALL {
                        let (object, action) = right.names();
                        let said = casbin.enforce((role_name(role), object, action)).unwrap();
                        assert_eq!(compiled.allows(role, right), said, "{role:?} {right}");
                    }
                }
            });
        }
    }
}
