import type { CheckFragment } from '../gql/graphql';
import { useTexts } from '../language/context';
import { Written } from '../language/Written';
import { Badge } from '../parts/Badge';
import { Fact, Facts } from '../parts/Facts';
import { Evidence } from './Evidence';

/** The controls that were performed. No deviations is a result; deviations that nobody stated are left out. */
export function Checks({ checks }: { checks: CheckFragment[] }) {
  const texts = useTexts();
  return (
    <Evidence title={texts.checks} level={3} things={checks}>
      {(check) => (
        <>
          <h4>
            <Written>{check.title}</Written>
            {check.satisfactory !== null && (
              <Badge tone={check.satisfactory ? 'good' : 'bad'}>
                {check.satisfactory ? texts.satisfactory : texts.notSatisfactory}
              </Badge>
            )}
          </h4>
          {check.result && (
            <p className="prose">
              <Written>{check.result}</Written>
            </p>
          )}
          <Facts>
            <Fact name={texts.performedOn}>{check.performedOn && <Written>{check.performedOn.text}</Written>}</Fact>
            <Fact name={texts.performedBy}>{check.performedBy && <Written>{check.performedBy}</Written>}</Fact>
            <Fact name={texts.sample}>
              {check.sampleSize !== null && check.population !== null
                ? texts.sampleOf(check.sampleSize, check.population)
                : check.sampleSize}
            </Fact>
            <Fact name={texts.deviations}>{check.deviations}</Fact>
            <Fact name={texts.method} wide>
              {check.method && <Written>{check.method}</Written>}
            </Fact>
            <Fact name={texts.selectionMotive} wide>
              {check.selectionMotive && <Written>{check.selectionMotive}</Written>}
            </Fact>
          </Facts>
        </>
      )}
    </Evidence>
  );
}
