import type { JointFollowUpFragment } from '../gql/graphql';
import { useLanguage, useTexts } from '../language/context';
import { formatDay } from '../language/Day';
import { useNarrow } from '../parts/use-narrow';
import { Cards } from './Cards';
import { Matrix } from './Matrix';
import { Missing } from './Missing';

/** How far the departments have come, and what is missing. */
export function JointView({ joint }: { joint: JointFollowUpFragment }) {
  const texts = useTexts();
  const language = useLanguage();
  const narrow = useNarrow();
  const reported = joint.points.reduce((sum, point) => sum + point.reported, 0);
  const expected = joint.points.reduce((sum, point) => sum + point.expected, 0);
  return (
    <>
      <p className="lead">
        {texts.reportedOf(reported, expected)}.{' '}
        {joint.occasion.dueOn && texts.dueOn(formatDay(joint.occasion.dueOn, language))}
      </p>
      <Missing joint={joint} />
      {narrow ? <Cards joint={joint} /> : <Matrix joint={joint} />}
    </>
  );
}
