//! What a plain list costs: a list that is answered whole, without pages.

use super::COST_CEILING;

/// How many items a plain list is expected to have. What it costs is decided before anything is read, so that it cannot
/// be counted: the numbers are those of a large municipality. What a list really holds is bounded by
/// [`Limits::results`](super::Limits::results).
pub mod expected {
    /// What belongs to one thing and is rarely more than a few: recipients, extensions, roles, tokens, errors.
    pub const FEW: usize = 3;
    /// The steps of a scale: ratings, risk levels, and the ratings counted beside each shared point.
    pub const SCALE: usize = 4;
    /// The assessments of a follow-up, and the occasions they are made for: two to four in a year.
    pub const OCCASIONS: usize = 3;
    /// What was done for one follow-up or found by it: checks, reviews, findings, actions.
    pub const EVIDENCE: usize = 4;
    /// The departments and companies of a municipality, and with them the cells of a row and a year's plans.
    pub const DEPARTMENTS: usize = 15;
    /// The points of a plan, and with them the follow-ups of a report.
    pub const POINTS: usize = 20;
    /// The follow-ups that have not begun although they are due.
    pub const MISSING: usize = 40;
    /// What was decided and written about one report, plan or case.
    pub const PAPERS: usize = 4;
    /// The rules of a policy: some for each right.
    pub const RULES: usize = 60;
    /// The types of the schema that have a label, and the values of one.
    pub const TYPES: usize = 70;
    /// The values of an enum.
    pub const VALUES: usize = 7;
    /// The years that the service has been in use.
    pub const YEARS: usize = 8;
}

/// The cost of a plain list: one for itself and, for each item that is expected, what is selected below it.
///
/// Give each list of objects `#[graphql(complexity = "list_cost(expected::FEW, child_complexity)")]`.
#[must_use]
pub fn list_cost(expected: usize, child_complexity: usize) -> usize {
    expected
        .saturating_mul(child_complexity)
        .saturating_add(1)
        .min(COST_CEILING)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_multiplies_what_is_below_it_within_bounds() {
        assert_eq!(list_cost(15, 3), 46);
        assert_eq!(list_cost(15, usize::MAX), COST_CEILING);
    }
}
