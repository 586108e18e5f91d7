import type { DecisionFragment } from '../gql/graphql';
import { useLabel, useTexts } from '../language/context';
import { Day } from '../language/Day';
import { Written } from '../language/Written';
import { Badge } from '../parts/Badge';

/** A body's treatment of the report at a meeting: its §, its date, and each thing that was decided. */
export function Decision({ decision }: { decision: DecisionFragment }) {
  const texts = useTexts();
  const label = useLabel();
  const { body, section, stage, meetingDate, meetingPeriod, items, notes, recipients } = decision;
  return (
    <>
      <h3>
        <Written>{body}</Written>
        {section && <span className="section">{texts.section(section)}</span>}
      </h3>
      <p className="detail">
        {label('DecisionStage', stage)}
        {meetingDate ? (
          <>
            , <Day date={meetingDate} />
          </>
        ) : (
          meetingPeriod && (
            <>
              , <Written>{meetingPeriod.text}</Written>
            </>
          )
        )}
      </p>
      {decision.correctionReason && <p>{texts.correction(decision.correctionReason)}</p>}
      {decision.correctedBy && <Badge tone="warning">{texts.corrected}</Badge>}
      <ol className="items">
        {items.map(({ number, text, nature, outcome, addressee }) => (
          <li key={number} value={number}>
            <p>
              <Written>{text}</Written>
            </p>
            <p className="detail">
              {label('DecisionItemNature', nature)}
              {addressee && (
                <>
                  {' '}
                  <Written>{texts.addressee(addressee)}</Written>
                </>
              )}
              {outcome && <>: {label('DecisionOutcome', outcome)}</>}
            </p>
          </li>
        ))}
      </ol>
      {notes.map(({ kind, text }, index) => (
        <p key={index}>
          {label('DecisionNoteKind', kind)}: <Written>{text}</Written>
        </p>
      ))}
      {recipients.length > 0 && <p className="detail">{texts.sentTo(recipients.map(({ name }) => name).join(', '))}</p>}
    </>
  );
}
