use crate::{
    access::Reader,
    administration::{AccessChange, PolicyVersion, ServicePermission, ServiceToken, UserIdentity},
    attachments::Attachment,
    decisions::{CaseFile, Decision, Dispatch, Document},
    follow_up::{Assessment, Check, CorrectiveAction, Finding, FollowUp, Review},
    graphql::{Lookup, NodeKind, RequestError, Result, decode, reader},
    organisation::{Committee, Department, DepartmentPeriod, DepartmentSuccession, Municipality, RoleAssignment, User},
    planning::{ControlPlan, ControlPoint, ControlYear, Exemption, ReportingOccasion, Risk},
    reminders::ReminderRequest,
    reporting::{DepartmentReport, JointReport},
    roll_forward::CarryOver,
};
use async_graphql::{Context, ID, Interface, Object};
use std::{collections::HashMap, sync::Arc};
use uuid::Uuid;

/// The most ids that `nodes` takes at a time.
const MOST_NODES: usize = 100;

/// Declares the interface `Node` and how an object of each kind is looked up.
macro_rules! nodes {
    ($($kind:ident),+ $(,)?) => {
        /// Anything with a global id (GraphQL Global Object Identification).
        #[derive(Clone, Interface)]
        #[graphql(field(name = "id", ty = "ID", desc = "Its global id: opaque, and the same for as long as it exists."))]
        pub(super) enum Node {
            $(#[doc = concat!("`", stringify!($kind), "`")] $kind($kind)),+
        }

        /// The objects of one kind with these ids that the reader can see.
        async fn find(reader: &Arc<Reader>, kind: NodeKind, ids: Vec<Uuid>) -> Result<Vec<(Uuid, Node)>> {
            Ok(match kind {
                $(NodeKind::$kind => {
                    let found = $kind::lookup_all(reader, ids).await?;
                    found.into_iter().map(|(id, object)| (id, Node::$kind(object))).collect()
                }),+
            })
        }
    };
}

nodes! {
    AccessChange, Assessment, CarryOver, CaseFile, Check, Committee, ControlPlan, ControlPoint, ControlYear, CorrectiveAction, Decision, Department, DepartmentPeriod, DepartmentReport, DepartmentSuccession, Dispatch, Document, Exemption, Finding, FollowUp, JointReport, Municipality, PolicyVersion, ReportingOccasion, Review, Risk, RoleAssignment, ServicePermission, ServiceToken, User, UserIdentity, ReminderRequest, Attachment,
}

/// Looking objects up by their global ids.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct NodeQuery;

#[Object]
impl NodeQuery {
    /// The object with this id; null when it does not exist or is not visible to you: the same answer.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The object's global id.")] id: ID,
    ) -> Result<Option<Node>> {
        let (kind, id) = decode(&id).map_err(|error| RequestError::bad_request(error.message()))?;
        let found = find(&reader(ctx).await?, kind, vec![id]).await?;
        Ok(found.into_iter().next().map(|(_, node)| node))
    }

    /// The objects with these ids, at most 100, in the same order; null where `node` would answer null.
    #[graphql(complexity = "ids.len().saturating_mul(child_complexity).saturating_add(1)")]
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The objects' global ids.")] ids: Vec<ID>,
    ) -> Result<Vec<Option<Node>>> {
        if ids.len() > MOST_NODES {
            return Err(
                RequestError::limit(message!("request-too-many-ids", found = ids.len(), limit = MOST_NODES)).into(),
            );
        }
        let ids = ids
            .iter()
            .map(decode)
            .collect::<std::result::Result<Vec<_>, _>>()
            .map_err(|error| RequestError::bad_request(error.message()))?;
        let reader = reader(ctx).await?;
        let mut found = HashMap::new();
        for kind in NodeKind::ALL {
            let of_kind = ids
                .iter()
                .filter(|(of, _)| of == kind)
                .map(|(_, id)| *id)
                .collect::<Vec<_>>();
            if !of_kind.is_empty() {
                found.extend(find(&reader, *kind, of_kind).await?);
            }
        }
        Ok(ids.iter().map(|(_, id)| found.get(id).cloned()).collect())
    }
}
