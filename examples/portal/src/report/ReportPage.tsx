import { useSubject } from '../api/use-subject';
import { useTexts } from '../language/context';
import { Written } from '../language/Written';
import { Page } from '../page/Page';
import { PeriodChoice } from '../page/PeriodChoice';
import type { ReportRoute } from '../routing/route';
import { ReportView } from './ReportView';
import { report } from './subject';

interface ReportPageProps {
  route: ReportRoute;
  opening: number;
}

/** A department's report at an occasion. */
export function ReportPage({ route, opening }: ReportPageProps) {
  const texts = useTexts();
  const { department, year = opening, occasion = null, committee = null } = route;
  const shown = useSubject(report, { department, year, occasion, committee });
  const title = shown.data?.departmentReport?.title;
  return (
    <Page
      route={route}
      title={title ? <Written>{title}</Written> : texts.reportOfDepartment(department)}
      name={title ?? texts.reportOfDepartment(department)}
      shown={shown}
      live
    >
      {({ departmentReport, controlYears }) => (
        <>
          <PeriodChoice route={route} year={year} years={controlYears} />
          {departmentReport ? (
            <ReportView report={departmentReport} route={route} />
          ) : (
            <p className="empty">{texts.noReport}</p>
          )}
        </>
      )}
    </Page>
  );
}
