import type { JointFollowUpFragment } from '../gql/graphql';
import { useTexts } from '../language/context';
import { Written } from '../language/Written';
import { href } from '../routing/route';
import { CellContent } from './CellContent';
import { DepartmentName } from './DepartmentName';

/** The points down and the departments across. Where many departments do not fit, it is the table that scrolls. */
export function Matrix({ joint: { year, occasion, departments, points } }: { joint: JointFollowUpFragment }) {
  const texts = useTexts();
  return (
    <div className="matrix" role="region" aria-labelledby="matrix" tabIndex={0}>
      <table>
        <caption id="matrix">{texts.jointCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{texts.point}</th>
            {departments.map(({ code, name }) => (
              <th key={code} scope="col">
                <a href={href({ view: 'report', department: code, year, occasion: occasion.code })}>
                  <DepartmentName name={name} />
                </a>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.map(({ point, reported, expected, cells }) => (
            <tr key={point.id}>
              <th scope="row">
                <Written>{point.title}</Written>
                <span className="detail">{texts.reportedOf(reported, expected)}</span>
              </th>
              {cells.map((cell) => (
                <td key={cell.department.code} data-state={cell.state}>
                  <CellContent cell={cell} point={point.title} year={year} occasion={occasion.code} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
