import type { FollowUpFragment } from '../gql/graphql';
import { useLabel, useTexts } from '../language/context';
import { Written } from '../language/Written';
import { Badge } from '../parts/Badge';
import { Rating } from '../parts/Rating';
import { SecrecyMark } from '../parts/SecrecyMark';
import { TrendMark } from '../parts/TrendMark';
import { Withheld } from '../parts/Withheld';
import { Actions } from './Actions';
import { Checks } from './Checks';
import { Findings } from './Findings';
import { placeOf } from './places';
import { Reviews } from './Reviews';

/** A department's follow-up of a control point: what it came to, and everything that it builds on. */
export function FollowUp({ followUp }: { followUp: FollowUpFragment }) {
  const texts = useTexts();
  const label = useLabel();
  const { number, point, status, rating, trend, conclusion, assessments } = followUp;
  const place = placeOf(number);
  const withheld = assessments.find((assessment) => assessment.withheld)?.withheld;
  const marked = assessments.find((assessment) => assessment.secrecyGround)?.secrecyGround;
  return (
    <section className="follow-up" aria-labelledby={place}>
      <h2 id={place} tabIndex={-1}>
        {number}. <Written>{point.title}</Written>
      </h2>
      <p className="verdict">
        {rating && <Rating rating={rating} />}
        {trend && <TrendMark trend={trend} />}
        <Badge tone={status === 'REVIEWED' ? 'good' : 'warning'}>{label('FollowUpStatus', status)}</Badge>
        <Badge>{label('ControlScope', point.scope)}</Badge>
      </p>
      {withheld && <Withheld ground={withheld.ground} />}
      {point.method && (
        <p className="method">
          <strong>{texts.method}:</strong> <Written>{point.method}</Written>
        </p>
      )}
      {conclusion && (
        <>
          <h3>{texts.conclusion}</h3>
          <p className="prose">
            <Written>{conclusion}</Written>
          </p>
        </>
      )}
      <SecrecyMark ground={marked ?? null} />
      <Checks checks={followUp.checks} />
      <Reviews reviews={followUp.reviews} />
      <Findings findings={followUp.findings} />
      <Actions actions={followUp.actions} />
    </section>
  );
}
