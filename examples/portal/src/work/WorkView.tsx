import type { WorkPageFragment } from '../gql/graphql';
import { useTexts } from '../language/context';
import { FailureNotice } from '../page/FailureNotice';
import { useMoreWork } from './use-more-work';
import { WorkItem } from './WorkItem';

/** What waits for somebody, the most urgent first. */
export function WorkView({ first }: { first: WorkPageFragment }) {
  const texts = useTexts();
  const { items, hasMore, loading, failure, showMore } = useMoreWork(first);
  if (first.totalCount === 0) return <p className="empty">{texts.noWork}</p>;
  return (
    <>
      <p className="lead">{texts.workCount(first.totalCount)}</p>
      <ul className="work">
        {items.map((item, index) => (
          // An item has no id of its own, and one thing can ask for several.
          <li key={index}>
            <WorkItem item={item} />
          </li>
        ))}
      </ul>
      {failure && <FailureNotice failure={failure} onRetry={showMore} />}
      <p className="more">
        <span role="status">{texts.shownOf(items.length, first.totalCount)}</span>
        {hasMore && (
          <button type="button" aria-disabled={loading} onClick={showMore}>
            {texts.showMore}
          </button>
        )}
      </p>
    </>
  );
}
