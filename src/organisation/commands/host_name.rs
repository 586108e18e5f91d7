use crate::{
    access::Gate,
    database::StoreError,
    organisation::rules::{is_host, normal_host},
    use_case::ByOperator,
};
use entity::{StringList, municipality};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel, QueryOrder};

/// A change of the host names at which the public reads a municipality.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostChange {
    /// One more.
    Add,
    /// One less.
    Remove,
}

impl HostChange {
    /// The command, as the audit log names it.
    const fn command(self) -> &'static str {
        match self {
            Self::Add => "municipality host add",
            Self::Remove => "municipality host remove",
        }
    }
}

/// Why the host names stay as they are.
#[derive(Debug, thiserror::Error)]
pub enum HostError {
    /// The text is not a host name.
    #[error(
        "\"{0}\" is not a host name: it is written as internkontroll.example.org, without port, in ASCII (RFC 1123)"
    )]
    Malformed(String),
    /// There is no such municipality.
    #[error("there is no municipality {0}: `samsyn municipality list` shows them")]
    NoMunicipality(String),
    /// It is a municipality's already.
    #[error("{host} is a host of municipality {code} already")]
    Taken {
        /// The host.
        host: String,
        /// The code of the municipality that has it.
        code: String,
    },
    /// It is none of the municipality's.
    #[error("{host} is no host of municipality {code}")]
    NotThere {
        /// The host.
        host: String,
        /// The municipality's code.
        code: String,
    },
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Adds or removes a host name. It is the operator's command: a host name decides whose public somebody is.
///
/// # Errors
/// When the host or the municipality is not acceptable, or the database fails.
pub async fn change_host(gate: &Gate, code: &str, host: &str, change: HostChange) -> Result<(), HostError> {
    let host = normal_host(host);
    if !is_host(&host) {
        return Err(HostError::Malformed(host));
    }
    let session = gate.database().write_as_owner().await?;
    // Or two commands at once could give a host to two municipalities.
    session.change_alone(municipality::Entity).await?;
    let all = municipality::Entity::find()
        .order_by_asc(municipality::Column::Code)
        .all(&session)
        .await
        .map_err(StoreError::from)?;
    let owner = all.iter().find(|one| one.host_names.0.contains(&host));
    let Some(row) = all.iter().find(|one| one.code == code).cloned() else {
        return Err(HostError::NoMunicipality(code.to_owned()));
    };
    let mut names = row.host_names.0.clone();
    match (change, owner) {
        (HostChange::Add, Some(owner)) => {
            let code = owner.code.clone();
            return Err(HostError::Taken { host, code });
        }
        (HostChange::Add, None) => names.push(host),
        (HostChange::Remove, Some(owner)) if owner.code == code => names.retain(|name| *name != host),
        (HostChange::Remove, _) => {
            let code = code.to_owned();
            return Err(HostError::NotThere { host, code });
        }
    }
    let mut recorded = ByOperator::begin(&session, gate, row.id, change.command()).await?;
    let mut changed = row.clone().into_active_model();
    changed.host_names = Set(StringList(names));
    let changed = changed.update(&session).await.map_err(StoreError::from)?;
    recorded.changed(&row, &changed)?;
    recorded.end(&session).await?;
    session.commit().await?;
    Ok(())
}
