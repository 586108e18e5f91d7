import { useEffect } from 'react';
import type { ReportFragment } from '../gql/graphql';
import { useTexts } from '../language/context';
import { Written } from '../language/Written';
import type { ReportRoute } from '../routing/route';
import { Contents } from './Contents';
import { Decisions } from './Decisions';
import { Documents } from './Documents';
import { FollowUp } from './FollowUp';
import { Gaps } from './Gaps';
import { goToFollowUp } from './places';
import { ReportFacts } from './ReportFacts';

interface ReportViewProps {
  report: ReportFragment;
  route: ReportRoute;
}

/** A report: what became of it, what it says in short, and its follow-ups in the plan's order. */
export function ReportView({ report, route }: ReportViewProps) {
  const texts = useTexts();
  useEffect(() => {
    if (route.point !== undefined) goToFollowUp(route.point);
    // Once for each address: that the report has changed is no reason to move the reader.
  }, [route]);
  return (
    <article className="report">
      <ReportFacts report={report} />
      <Decisions decisions={report.decisions} />
      {report.background && (
        <section>
          <h2>{texts.background}</h2>
          <p className="prose">
            <Written>{report.background}</Written>
          </p>
        </section>
      )}
      {report.summary && (
        <section>
          <h2>{texts.summary}</h2>
          <p className="prose">
            <Written>{report.summary}</Written>
          </p>
        </section>
      )}
      <Contents followUps={report.followUps} route={route} />
      {report.followUps.map((followUp) => (
        <FollowUp key={followUp.id} followUp={followUp} />
      ))}
      <Gaps gaps={report.gaps} />
      <Documents documents={report.documents} />
    </article>
  );
}
