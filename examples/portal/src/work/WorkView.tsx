import { useEffect, useRef } from 'react';
import type { WorkPageFragment } from '../gql/graphql';
import { useTexts } from '../language/context';
import { FailureNotice } from '../page/FailureNotice';
import { useMoreWork } from './use-more-work';
import { WorkItem } from './WorkItem';

/** What waits for somebody, the most urgent first. */
export function WorkView({ first }: { first: WorkPageFragment }) {
  const texts = useTexts();
  const { items, hasMore, loading, failure, showMore } = useMoreWork(first);
  const list = useRef<HTMLUListElement>(null);
  const wanted = useRef<number>(null);

  useEffect(() => {
    // The button that was pressed may be gone by now: the reader goes on with the first item that they asked for.
    if (wanted.current === null || items.length <= wanted.current) return;
    list.current?.children[wanted.current]?.querySelector('h2')?.focus();
    wanted.current = null;
  }, [items.length]);

  if (first.totalCount === 0) return <p className="empty">{texts.noWork}</p>;
  return (
    <>
      <p className="lead">{texts.workCount(first.totalCount)}</p>
      <ul className="work" ref={list}>
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
          <button
            type="button"
            aria-disabled={loading}
            onClick={() => {
              wanted.current = items.length;
              showMore();
            }}
          >
            {texts.showMore}
          </button>
        )}
      </p>
    </>
  );
}
