import type { DecisionFragment } from '../gql/graphql';
import { useTexts } from '../language/context';
import { Decision } from './Decision';

/** What bodies have proposed and decided about the report, in their order. */
export function Decisions({ decisions }: { decisions: DecisionFragment[] }) {
  const texts = useTexts();
  return (
    <section className="decisions">
      <h2>{texts.decisions}</h2>
      {decisions.length === 0 ? (
        <p className="empty">{texts.noDecisions}</p>
      ) : (
        <ol>
          {decisions.map((decision) => (
            <li key={decision.id}>
              <Decision decision={decision} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
