import type { FindingFragment, FindingStatus } from '../gql/graphql';
import { useLabel, useTexts } from '../language/context';
import { Written } from '../language/Written';
import { Badge, type Tone } from '../parts/Badge';
import { Fact, Facts } from '../parts/Facts';
import { Evidence } from './Evidence';

const TONES: Record<FindingStatus, Tone> = {
  OPEN: 'bad',
  ACTION_PLANNED: 'warning',
  RESOLVED: 'good',
  VERIFIED: 'good',
  ACCEPTED: 'neutral',
};

/** What was found to be wrong. */
export function Findings({ findings }: { findings: FindingFragment[] }) {
  const texts = useTexts();
  const label = useLabel();
  return (
    <Evidence title={texts.findings} level={3} things={findings}>
      {(finding) => (
        <>
          <h4>
            <Written>{finding.title}</Written>
            {finding.status && <Badge tone={TONES[finding.status]}>{label('FindingStatus', finding.status)}</Badge>}
          </h4>
          {finding.description && (
            <p className="prose">
              <Written>{finding.description}</Written>
            </p>
          )}
          <Facts>
            <Fact name={texts.area} wide>
              {finding.area && <Written>{finding.area}</Written>}
            </Fact>
            <Fact name={texts.severity}>{finding.severity && label('Severity', finding.severity)}</Fact>
            <Fact name={texts.effort}>{finding.effort && label('Effort', finding.effort)}</Fact>
            <Fact name={texts.affected}>
              {finding.affected !== null && finding.population !== null
                ? texts.sampleOf(finding.affected, finding.population)
                : finding.affected}
            </Fact>
          </Facts>
        </>
      )}
    </Evidence>
  );
}
