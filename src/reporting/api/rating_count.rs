use crate::{access::Reader, planning::RatingLevel};
use async_graphql::SimpleObject;
use entity::rating_level;
use std::{collections::BTreeMap, sync::Arc};

/// How many departments were given a rating.
#[derive(Clone, SimpleObject)]
pub struct RatingCount {
    /// The rating.
    rating: RatingLevel,
    /// How many.
    count: i32,
}

impl RatingCount {
    /// The ratings counted, best first.
    pub(super) fn of(reader: &Arc<Reader>, ratings: Vec<rating_level::Model>) -> Vec<Self> {
        let mut counts: BTreeMap<i32, (rating_level::Model, i32)> = BTreeMap::new();
        for rating in ratings {
            counts.entry(rating.rank).or_insert((rating, 0)).1 += 1;
        }
        let (levels, counts): (Vec<_>, Vec<_>) = counts.into_values().unzip();
        RatingLevel::all(reader, levels)
            .into_iter()
            .zip(counts)
            .map(|(rating, count)| Self { rating, count })
            .collect()
    }
}
