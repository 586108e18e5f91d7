import type { DepartmentWithReportFragment } from '../gql/graphql';
import { useTexts } from '../language/context';
import { Written } from '../language/Written';
import { StatusBadge } from '../report/StatusBadge';
import { href, type Route } from '../routing/route';

interface ReportListProps {
  departments: DepartmentWithReportFragment[];
  route: Extract<Route, { view: 'reports' }>;
}

/** Each department, with how far its report has come. */
export function ReportList({ departments, route }: ReportListProps) {
  const texts = useTexts();
  return (
    <ul className="reports">
      {departments.map(({ code, name, report }) => (
        <li key={code}>
          {report ? (
            <a href={href({ ...route, view: 'report', department: code })}>
              <Written>{name}</Written>
            </a>
          ) : (
            <Written>{name}</Written>
          )}
          {report ? <StatusBadge status={report.status} /> : <span className="detail">{texts.noReportYet}</span>}
        </li>
      ))}
    </ul>
  );
}
