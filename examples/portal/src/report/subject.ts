import type { Subject } from '../api/subject';
import {
  ReportChangesDocument,
  ReportViewDocument,
  type ReportChangesSubscription,
  type ReportViewQuery,
  type ReportViewQueryVariables,
} from '../gql/graphql';

/** A department's report, whole, and then what changes in it. */
export const report: Subject<ReportViewQuery, ReportChangesSubscription, ReportViewQueryVariables> = {
  query: ReportViewDocument,
  changes: {
    subscription: ReportChangesDocument,
    apply: (data, { departmentReport }) => ({ ...data, departmentReport: departmentReport.departmentReport }),
  },
};
