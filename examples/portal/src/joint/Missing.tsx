import type { JointFollowUpFragment } from '../gql/graphql';
import { useTexts } from '../language/context';
import { Written } from '../language/Written';

/** Who has not reported what: department by department, since it is they who have to. */
export function Missing({ joint: { missing, departments, complete } }: { joint: JointFollowUpFragment }) {
  const texts = useTexts();
  if (missing.length === 0) {
    return <p className="notice">{complete ? texts.nothingMissing : texts.nothingMissingYet}</p>;
  }
  const late = departments
    .map(({ code, name }) => ({
      code,
      name,
      points: missing.filter(({ department }) => department.code === code).map(({ point }) => point),
    }))
    .filter(({ points }) => points.length > 0);
  return (
    <section className="missing" aria-labelledby="missing">
      <h2 id="missing">{texts.missing}</h2>
      <ul>
        {late.map(({ code, name, points }) => (
          <li key={code}>
            <Written>
              <strong>{name}</strong>: {points.map(({ title }) => title).join(', ')}
            </Written>
          </li>
        ))}
      </ul>
    </section>
  );
}
