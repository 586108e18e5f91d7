import type { Subject } from '../api/subject';
import {
  JointChangesDocument,
  JointViewDocument,
  type JointChangesSubscription,
  type JointViewQuery,
  type JointViewQueryVariables,
} from '../gql/graphql';

/** The joint follow-up of a year: one request for all of the page, and then what changes. */
export const joint: Subject<JointViewQuery, JointChangesSubscription, JointViewQueryVariables> = {
  query: JointViewDocument,
  changes: {
    subscription: JointChangesDocument,
    isFollowed: ({ jointFollowUp }) => jointFollowUp !== null,
    apply: (data, { jointFollowUp }) => ({ ...data, jointFollowUp: jointFollowUp.jointFollowUp }),
  },
};
