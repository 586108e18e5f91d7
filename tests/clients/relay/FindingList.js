// What Relay's compiler reads: a list of findings page by page, a change to one, and the departments as they change.
// With Relay's Babel plugin these would be used where they stand; relay.mjs loads what the compiler makes of them.
import { graphql } from 'relay-runtime';

graphql`
  query FindingListQuery($count: Int!, $cursor: String) {
    ...FindingList_query @arguments(count: $count, cursor: $cursor)
  }
`;

graphql`
  fragment FindingList_query on Query
  @argumentDefinitions(count: { type: "Int", defaultValue: 4 }, cursor: { type: "String" })
  @refetchable(queryName: "FindingListPaginationQuery") {
    findings(filter: { year: 2017 }, first: $count, after: $cursor) @connection(key: "FindingList_findings") {
      totalCount
      edges {
        node {
          id
          title
          version
        }
      }
    }
  }
`;

graphql`
  mutation FindingListUpdateMutation($input: UpdateFindingInput!) {
    updateFinding(input: $input) {
      finding {
        id
        title
        version
      }
      errors {
        __typename
        code
        message
        ... on ConflictError {
          currentVersion
        }
      }
    }
  }
`;

graphql`
  query FindingListDepartmentQuery($code: String!) {
    viewer {
      user {
        username
      }
    }
    department(code: $code) {
      code
      name
    }
  }
`;

graphql`
  subscription FindingListDepartmentsSubscription {
    jointFollowUp(year: 2017) {
      eventId
      jointFollowUp {
        departments {
          code
          name
        }
      }
    }
  }
`;
