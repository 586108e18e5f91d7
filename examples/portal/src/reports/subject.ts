import type { Subject } from '../api/subject';
import { ReportsViewDocument, type ReportsViewQuery, type ReportsViewQueryVariables } from '../gql/graphql';

/** The departments and their reports. The API has no subscription for all of them. */
export const reports: Subject<ReportsViewQuery, never, ReportsViewQueryVariables> = { query: ReportsViewDocument };
