use super::{
    CliError, Settings,
    output::say,
    serve::{announce, listen, serve},
};
use crate::{
    access::LocalTokens,
    database::Database,
    demo,
    graphql::limits::Limits,
    organisation::find_user,
    schema,
    server::{self, ActorToken, Pages, graphiql, portal},
};

/// Migrates, loads the demonstration once, and serves it on its day.
pub(super) async fn run(mut settings: Settings) -> Result<(), CliError> {
    let day = settings.clock.get_or_insert_with(|| demo::DAY.to_owned()).clone();
    settings
        .public_municipality
        .get_or_insert_with(|| demo::PUBLIC_MUNICIPALITY.to_owned());
    let listener = listen(&settings).await?;
    let database = Database::open(&settings.database_url()).await?;
    database.migrate().await?;
    let gate = settings.gate(database.clone()).await?;
    demo::load(&gate, &schema::build(&Limits::default())).await?;
    let local = LocalTokens::of(&settings.data_dir)?;
    let actors = actors(&database, &local).await?;
    let tokens = settings.bearer_tokens()?.with_local(local);
    let objects = settings.objects()?;
    let stop = server::stop_signal()?;
    announce(&settings, &listener)?;
    say(&format!(
        "  The clock:   stands at {day}; tokens are valid for 12 hours"
    ));
    say("");
    say("A token for each role, to send as `Authorization: Bearer TOKEN`:");
    for actor in &actors {
        say(&format!("  {:<15} {}", actor.name, actor.token));
    }
    say("More: samsyn token USER --municipality CODE. Stop with Ctrl-C.");
    let pages = Pages {
        graphiql: graphiql::Configuration {
            examples: demo::EXAMPLES.to_vec(),
            tokens: actors.clone(),
        },
        portal: Some(portal::Configuration {
            year: Some(demo::YEAR),
            tokens: actors,
        }),
    };
    serve(&settings, listener, gate, tokens, objects, pages, stop).await
}

async fn actors(database: &Database, tokens: &LocalTokens) -> Result<Vec<ActorToken>, CliError> {
    let mut actors = Vec::new();
    for name in demo::ROLES {
        if let Some(user) = find_user(database, demo::PUBLIC_MUNICIPALITY, name).await? {
            actors.push(ActorToken {
                name: name.to_owned(),
                token: tokens.issue(user.municipality_id, user.id)?,
            });
        }
    }
    Ok(actors)
}
