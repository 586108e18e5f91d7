use crate::{
    access::Reader,
    attachments::attachments_for_freezing,
    database::StoreError,
    reporting::frozen::{Evidence, FrozenAttachment, FrozenFollowUp},
};
use entity::attachment;
use std::collections::HashMap;
use uuid::Uuid;

/// Adds the files to follow-ups that are frozen: those of their own, and those of what hangs on them.
pub(super) async fn add_files(reader: &Reader, follow_ups: &mut [FrozenFollowUp]) -> Result<(), StoreError> {
    let ids = follow_ups.iter().map(|follow_up| follow_up.id).collect();
    let checks = each(follow_ups, |evidence| {
        evidence.checks.iter().map(|check| check.id).collect()
    });
    let reviews = each(follow_ups, |evidence| {
        evidence.reviews.iter().map(|review| review.id).collect()
    });
    let mut files: HashMap<Uuid, Vec<FrozenAttachment>> = HashMap::new();
    for (subject, row) in attachments_for_freezing(reader, ids, checks, reviews).await? {
        files.entry(subject).or_default().push(frozen(row));
    }
    // A check or a review may be of several follow-ups: its files are shown with each.
    let of = |id: Uuid| files.get(&id).cloned().unwrap_or_default();
    for follow_up in follow_ups {
        follow_up.attachments = of(follow_up.id);
        let evidence = &mut follow_up.evidence;
        evidence.checks.iter_mut().for_each(|it| it.attachments = of(it.id));
        evidence.reviews.iter_mut().for_each(|it| it.attachments = of(it.id));
        evidence.findings.iter_mut().for_each(|it| it.attachments = of(it.id));
        evidence.actions.iter_mut().for_each(|it| it.attachments = of(it.id));
    }
    Ok(())
}

/// The ids of what follow-ups have of a kind, each once.
fn each(follow_ups: &[FrozenFollowUp], of: impl Fn(&Evidence) -> Vec<Uuid>) -> Vec<Uuid> {
    let mut ids: Vec<Uuid> = follow_ups
        .iter()
        .flat_map(|follow_up| of(&follow_up.evidence))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn frozen(row: attachment::Model) -> FrozenAttachment {
    FrozenAttachment {
        id: row.id,
        file_name: row.file_name,
        media_type: row.media_type,
        size: row.size,
        sha256: row.sha256,
    }
}
