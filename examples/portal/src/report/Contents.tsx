import type { FollowUpFragment } from '../gql/graphql';
import { useTexts } from '../language/context';
import { Written } from '../language/Written';
import { Rating } from '../parts/Rating';
import { href, type ReportRoute } from '../routing/route';
import { goToFollowUp } from './places';

interface ContentsProps {
  followUps: FollowUpFragment[];
  route: ReportRoute;
}

/** The control points at a glance, and the way to each. */
export function Contents({ followUps, route }: ContentsProps) {
  const texts = useTexts();
  return (
    <nav className="contents" aria-labelledby="contents">
      <h2 id="contents">{texts.points}</h2>
      <ol>
        {followUps.map(({ id, number, point, rating }) => (
          <li key={id} value={number}>
            {/* The address does not change when it is chosen again, so going there is not left to the address alone. */}
            <a href={href({ ...route, point: number })} onClick={() => goToFollowUp(number)}>
              <Written>{point.title}</Written>
            </a>
            {rating && <Rating rating={rating} />}
          </li>
        ))}
      </ol>
    </nav>
  );
}
