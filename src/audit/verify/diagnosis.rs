//! What happened to an event whose hash does not fit: found out from those around it.

use super::Fault;
use crate::audit::chain::{GENESIS, Link};
use entity::audit_event;

/// How far around an event is looked. What was moved further counts as changed, which is true as well.
pub(super) const AROUND: i64 = 32;

/// The events around one whose hash does not fit.
pub(super) struct Surroundings {
    rows: Vec<audit_event::Model>,
}

impl Surroundings {
    pub(super) fn of(rows: Vec<audit_event::Model>) -> Self {
        Self { rows }
    }

    fn at(&self, sequence: i64) -> Option<&audit_event::Model> {
        self.rows.iter().find(|row| row.sequence == sequence)
    }

    /// What is wrong at `sequence`, when the event before it is in order and has the hash `previous`: the number of the
    /// event that is wrong, and how.
    ///
    /// # Errors
    /// Never for what an event can hold.
    pub(super) fn fault(&self, sequence: i64, previous: &str) -> Result<(i64, Fault), serde_json::Error> {
        let Some(row) = self.at(sequence) else {
            return Ok((sequence, Fault::EventChanged));
        };
        let next = self.at(sequence + 1);
        let computed = Link::of(row).hash(previous)?;
        if is_number(next, sequence + 1, &computed)? {
            return Ok((sequence, Fault::HashChanged));
        }
        let pushed_aside = is_number(next, sequence, previous)?;
        let copied = self
            .rows
            .iter()
            .find(|other| other.sequence != sequence && other.hash == row.hash);
        match copied {
            Some(_) if pushed_aside => return Ok((sequence, Fault::Inserted)),
            Some(other) => return Ok((sequence, Fault::Duplicated { of: other.sequence })),
            None => {}
        }
        let before_last = match sequence {
            2 => Some(GENESIS),
            _ => self.at(sequence - 2).map(|row| row.hash.as_str()),
        };
        if let Some(before_last) = before_last
            && is_number(Some(row), sequence - 1, before_last)?
        {
            return Ok((sequence - 1, Fault::Inserted));
        }
        if let Some(was) = self.place_of(row)? {
            return Ok((sequence, Fault::OutOfOrder { was }));
        }
        if pushed_aside {
            return Ok((sequence, Fault::Inserted));
        }
        if is_number(next, sequence + 2, &row.hash)? {
            return Ok((sequence, Fault::Removed));
        }
        Ok((sequence, Fault::EventChanged))
    }

    /// The number that an event had, when that and the event before it are among those around.
    fn place_of(&self, row: &audit_event::Model) -> Result<Option<i64>, serde_json::Error> {
        let previous: Vec<&str> = std::iter::once(GENESIS)
            .chain(self.rows.iter().map(|row| row.hash.as_str()))
            .collect();
        for number in row.sequence - AROUND..=row.sequence + AROUND {
            for hash in &previous {
                if is_number(Some(row), number, hash)? {
                    return Ok(Some(number));
                }
            }
        }
        Ok(None)
    }
}

/// Whether an event has the hash that it would have with this number, after an event with the hash `previous`.
fn is_number(row: Option<&audit_event::Model>, number: i64, previous: &str) -> Result<bool, serde_json::Error> {
    let Some(row) = row else {
        return Ok(false);
    };
    let link = Link {
        sequence: number,
        ..Link::of(row)
    };
    Ok(link.hash(previous)? == row.hash)
}
