import type { ReportFragment } from '../gql/graphql';
import { useTexts } from '../language/context';
import { Written } from '../language/Written';

/** The points that were not followed up, and why. */
export function Gaps({ gaps }: { gaps: ReportFragment['gaps'] }) {
  const texts = useTexts();
  if (gaps.length === 0) return null;
  return (
    <section>
      <h2>{texts.gaps}</h2>
      <ul>
        {gaps.map(({ point, explanation }) => (
          <li key={point.id}>
            <Written>
              <strong>{point.title}</strong>: {explanation}
            </Written>
          </li>
        ))}
      </ul>
    </section>
  );
}
