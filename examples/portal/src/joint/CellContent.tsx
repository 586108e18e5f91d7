import type { JointCellFragment, JointCellState } from '../gql/graphql';
import { useLabel, useTexts } from '../language/context';
import { Badge, type Tone } from '../parts/Badge';
import { Rating } from '../parts/Rating';
import { TrendMark } from '../parts/TrendMark';
import { href } from '../routing/route';

const TONES: Record<JointCellState, Tone> = {
  NOT_APPLICABLE: 'neutral',
  NOT_DUE: 'neutral',
  STARTED: 'warning',
  REPORTED: 'good',
  MISSING: 'bad',
};

interface CellContentProps {
  cell: JointCellFragment;
  point: string;
  year: number;
  occasion: string;
}

/** One department and one point: the state or the rating, the trend, and the findings that are open. */
export function CellContent({ cell, point, year, occasion }: CellContentProps) {
  const texts = useTexts();
  const label = useLabel();
  const { state, rating, trend, openFindings, followUp, department } = cell;
  const badge = <Badge tone={TONES[state]}>{label('JointCellState', state)}</Badge>;
  const result = rating ? <Rating rating={rating} /> : badge;
  return (
    <div className="cell">
      {followUp ? (
        <a href={href({ view: 'report', department: department.code, year, occasion, point: followUp.number })}>
          {result}
          <span className="unseen" lang="sv">
            , {point}, {department.name}
          </span>
        </a>
      ) : (
        result
      )}
      {state === 'REPORTED' && !rating && <span className="detail">{texts.notRated}</span>}
      {state !== 'REPORTED' && rating && badge}
      {trend && <TrendMark trend={trend} />}
      {openFindings > 0 && <span className="open-findings">{texts.openFindings(openFindings)}</span>}
    </div>
  );
}
