// The operations of the clients that take a document as text (Relay compiles its own).
//
// Objects are asked for their `id`, by which a cache knows them again wherever they are.

export const VIEWER = `
  query Viewer {
    viewer {
      user { id username }
    }
  }
`;

export const DEPARTMENT = `
  query Department($code: String!) {
    department(code: $code) { id code name }
  }
`;

export const FINDINGS = `
  query Findings($first: Int, $after: String) {
    findings(filter: { year: 2017 }, first: $first, after: $after) {
      totalCount
      edges {
        cursor
        node { id version title }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

export const UPDATE_FINDING = `
  mutation UpdateFinding($input: UpdateFindingInput!) {
    updateFinding(input: $input) {
      finding { id version title }
      errors {
        __typename
        code
        message
        ... on ConflictError { currentVersion }
      }
    }
  }
`;

export const CHANGE_FINDING_STATUS = `
  mutation ChangeFindingStatus($input: ChangeFindingStatusInput!) {
    changeFindingStatus(input: $input) {
      finding { id version status }
      errors {
        __typename
        code
        message
        ... on TransitionError { from allowed }
      }
    }
  }
`;

export const DEPARTMENTS_FOLLOWED = `
  subscription DepartmentsFollowed {
    jointFollowUp(year: 2017) {
      eventId
      jointFollowUp {
        departments { id code name }
      }
    }
  }
`;

/** Asks by graphql-ws or graphql-sse: the data of the one answer to a query or mutation. */
export async function single(client, query, variables) {
  for await (const { data, errors } of client.iterate({ query, variables })) {
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  }
}

/** Reads the list of findings by graphql-ws or graphql-sse, a few at a time: its ids, and how many there should be. */
export async function walk(client) {
  const ids = [];
  let after = null;
  for (;;) {
    const { findings } = await single(client, FINDINGS, { first: 4, after });
    ids.push(...findings.edges.map(({ node }) => node.id));
    if (!findings.pageInfo.hasNextPage) return { ids, totalCount: findings.totalCount };
    after = findings.pageInfo.endCursor;
  }
}
