import type { WorkItemFragment } from '../gql/graphql';
import { href } from '../routing/route';

interface Target {
  title: string;
  /** Left out where the portal has no page for it. */
  href?: string;
}

/** What an item is about: what it is called, and where it is shown. */
export function targetOf({ report, jointReport, followUp, action, finding }: WorkItemFragment): Target | undefined {
  if (report) {
    const { title, year, department, occasion, committee } = report;
    return {
      title,
      href: href({
        view: 'report',
        department: department.code,
        year,
        occasion: occasion.code,
        committee: committee.code,
      }),
    };
  }
  if (jointReport) {
    const { title, year, occasion } = jointReport;
    return { title, href: href({ view: 'joint', year, occasion: occasion.code }) };
  }
  // What is withheld has no title, but is found at its follow-up.
  const title = action?.title ?? finding?.title ?? followUp?.point.title;
  if (!title) return undefined;
  if (!followUp) return { title };
  const { number: point, year, department } = followUp;
  return { title, href: href({ view: 'report', department: department.code, year, point }) };
}
