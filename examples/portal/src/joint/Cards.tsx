import type { JointFollowUpFragment } from '../gql/graphql';
import { useTexts } from '../language/context';
import { Written } from '../language/Written';
import { CellContent } from './CellContent';

/** What the matrix has, for a phone: a card for each point, with the departments below one another. */
export function Cards({ joint: { year, occasion, points } }: { joint: JointFollowUpFragment }) {
  const texts = useTexts();
  return (
    <div className="cards">
      {points.map(({ point, reported, expected, cells }) => (
        <section key={point.id} aria-labelledby={`point-${point.id}`}>
          <h2 id={`point-${point.id}`}>
            <Written>{point.title}</Written>
          </h2>
          <p className="detail">{texts.reportedOf(reported, expected)}</p>
          <ul>
            {cells.map((cell) => (
              <li key={cell.department.code} data-state={cell.state}>
                <h3 lang="sv">{cell.department.name}</h3>
                <CellContent cell={cell} point={point.title} year={year} occasion={occasion.code} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
