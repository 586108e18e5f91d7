import type { CorrectiveActionFragment, CorrectiveActionStatus } from '../gql/graphql';
import { useLabel, useTexts } from '../language/context';
import { Day } from '../language/Day';
import { Written } from '../language/Written';
import { Badge, type Tone } from '../parts/Badge';
import { Fact, Facts } from '../parts/Facts';
import { Evidence } from './Evidence';

const TONES: Record<CorrectiveActionStatus, Tone> = {
  PLANNED: 'neutral',
  ONGOING: 'warning',
  DONE: 'good',
  VERIFIED: 'good',
  CANCELLED: 'neutral',
};

/** What is done about what was found. */
export function Actions({ actions }: { actions: CorrectiveActionFragment[] }) {
  const texts = useTexts();
  const label = useLabel();
  return (
    <Evidence title={texts.actions} level={3} things={actions}>
      {(action) => (
        <>
          <h4>
            <Written>{action.title}</Written>
            {action.status && (
              <Badge tone={TONES[action.status]}>{label('CorrectiveActionStatus', action.status)}</Badge>
            )}
            {action.overdue && <Badge tone="bad">{texts.overdue}</Badge>}
          </h4>
          <Facts>
            <Fact name={texts.responsible}>
              {action.responsibleFunction && <Written>{action.responsibleFunction}</Written>}
            </Fact>
            <Fact name={texts.due}>{action.dueOn && <Day date={action.dueOn} />}</Fact>
            <Fact name={texts.done}>{action.doneOn && <Written>{action.doneOn.text}</Written>}</Fact>
          </Facts>
        </>
      )}
    </Evidence>
  );
}
