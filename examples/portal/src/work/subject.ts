import type { Subject } from '../api/subject';
import {
  WorkChangesDocument,
  WorkViewDocument,
  type WorkChangesSubscription,
  type WorkViewQuery,
  type WorkViewQueryVariables,
} from '../gql/graphql';

/** How many items come at a time. */
export const PAGE = 10;

/** What one has to do: the first page of it, with how much there is, and then what changes. */
export const work: Subject<WorkViewQuery, WorkChangesSubscription, WorkViewQueryVariables> = {
  query: WorkViewDocument,
  changes: {
    subscription: WorkChangesDocument,
    isFollowed: ({ viewer }) => viewer.user !== null,
    apply: (data, { myWork: { myWork } }) => ({ ...data, work: { myWork } }),
  },
};
