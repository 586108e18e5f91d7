use async_graphql::SimpleObject;

/// Says that something is confidential and not for this reader, and on what ground (offentlighets- och sekretesslagen,
/// OSL).
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
pub struct Withheld {
    /// The provision that it is confidential under, such as "OSL 18 kap. 8 §".
    pub ground: String,
}
