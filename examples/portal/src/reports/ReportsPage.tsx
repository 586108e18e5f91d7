import { useSubject } from '../api/use-subject';
import { useTexts } from '../language/context';
import { Page } from '../page/Page';
import { PeriodChoice } from '../page/PeriodChoice';
import type { Route } from '../routing/route';
import { useLatestYear } from '../routing/use-year';
import { ReportList } from './ReportList';
import { reports } from './subject';

interface ReportsPageProps {
  route: Extract<Route, { view: 'reports' }>;
  opening: number;
}

/** The way to each department's report. */
export function ReportsPage({ route, opening }: ReportsPageProps) {
  const texts = useTexts();
  const year = route.year ?? opening;
  const shown = useSubject(reports, { year, occasion: route.occasion ?? null });
  useLatestYear(route, year, shown.data);
  const title = texts.reportsOf(year);
  return (
    <Page route={route} title={title} name={title} shown={shown} live={false}>
      {({ departments, controlYears }) => (
        <>
          <PeriodChoice route={route} year={year} years={controlYears} />
          <ReportList departments={departments.nodes} route={{ ...route, year }} />
        </>
      )}
    </Page>
  );
}
