//! What a connection costs.

/// Items in a page when neither `first` nor `last` is given.
pub const DEFAULT_PAGE: usize = 20;

/// Items in the largest page.
pub const MAX_PAGE: usize = 100;

/// No field costs more than this. async-graphql adds costs up without a check: this keeps the sum of as many fields as
/// a document can hold within a `usize`.
pub const COST_CEILING: usize = u32::MAX as usize;

/// The cost of a connection: one for itself and, for each item of the page, what is selected below it.
///
/// Give each connection `#[graphql(complexity = "page_cost(first, last, child_complexity)")]`, or `None` for an
/// argument that it does not have. A page that is larger than allowed is counted as the largest: the resolver refuses
/// it.
#[must_use]
pub fn page_cost(first: Option<i32>, last: Option<i32>, child_complexity: usize) -> usize {
    let items = first
        .or(last)
        .map_or(DEFAULT_PAGE, |items| usize::try_from(items).unwrap_or(0).min(MAX_PAGE));
    items
        .saturating_mul(child_complexity)
        .saturating_add(1)
        .min(COST_CEILING)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_multiplies_what_is_below_it() {
        assert_eq!(page_cost(Some(10), None, 3), 31);
        assert_eq!(page_cost(None, Some(10), 3), 31);
        assert_eq!(page_cost(None, None, 3), 61);
    }

    #[test]
    fn sizes_are_bounded() {
        assert_eq!(page_cost(Some(i32::MAX), None, 3), 301);
        assert_eq!(page_cost(Some(-1), None, 3), 1);
        assert_eq!(page_cost(Some(100), None, usize::MAX), COST_CEILING);
    }
}
