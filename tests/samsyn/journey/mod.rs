//! Two control years from end to end, through the public API alone: opened, adopted, carried out, reported twice, decided
//! on, closed, and rolled forward into a year in which one department has merged into another.
//!
//! Each role has a journey of its own. Whatever somebody else does on the way, the role in question tries first, with the
//! same input: it is refused, and what the rightful one does then shows that nothing of the attempt was stored.

mod first_year;
mod second_year;
mod world;

use libtest_mimic::Trial;

use crate::api::Server;
use crate::harness::Suite;

use world::World;

/// Those who take the journey; nobody is the public.
const TRAVELLERS: [(&str, Option<&str>); 10] = [
    ("coordinator", Some("coordinator")),
    ("department_controller", Some("controller-f1")),
    ("performer", Some("performer-f1")),
    ("department_head", Some("head-f1")),
    ("committee_secretary", Some("secretary")),
    ("committee_member", Some("member")),
    ("registrar", Some("registrar")),
    ("auditor", Some("auditor")),
    ("administrator", Some("administrator")),
    ("the_public", None),
];

pub(crate) fn trials(suite: &Suite<Server>) -> Vec<Trial> {
    TRAVELLERS
        .into_iter()
        .flat_map(|(name, username)| {
            suite.on_both(&format!("journey::{name}"), move |server| two_years(server, username))
        })
        .collect()
}

async fn two_years(server: Server, traveller: Option<&'static str>) {
    let mut world = World::new(server, traveller).await;
    first_year::organise(&mut world).await;
    first_year::plan(&mut world).await;
    first_year::carry_out(&mut world).await;
    first_year::report_half_the_year(&mut world).await;
    first_year::report_the_year(&mut world).await;
    first_year::report_jointly(&mut world).await;
    first_year::close(&mut world).await;
    second_year::merge(&mut world).await;
    second_year::roll_forward(&mut world).await;
    second_year::run(&mut world).await;
    assert!(
        world.refused() > 20,
        "the traveller was hardly ever refused: {}",
        world.refused()
    );
}
