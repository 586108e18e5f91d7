import type { WorkItemFragment } from '../gql/graphql';
import { useLabel, useTexts } from '../language/context';
import { Day } from '../language/Day';
import { Written } from '../language/Written';
import { Badge } from '../parts/Badge';
import { targetOf } from './target';

/** What somebody has to do, why, by when, and the way to it. */
export function WorkItem({ item }: { item: WorkItemFragment }) {
  const texts = useTexts();
  const label = useLabel();
  const { kind, why, dueOn } = item;
  const target = targetOf(item);
  return (
    <>
      <h2 tabIndex={-1}>{label('WorkItemKind', kind)}</h2>
      <p>{why}</p>
      {target && (
        <p>
          {target.href ? (
            <a href={target.href}>
              <Written>{target.title}</Written>
            </a>
          ) : (
            <Written>{target.title}</Written>
          )}
        </p>
      )}
      <p className="due">
        {dueOn ? (
          <>
            {texts.due} <Day date={dueOn} />
          </>
        ) : (
          texts.noDueDate
        )}
        {isOverdue(item) && <Badge tone="bad">{texts.overdue}</Badge>}
      </p>
    </>
  );
}

/** Whether its day has passed. An action says so itself, by the server's day; of the rest the browser's has to do. */
function isOverdue({ dueOn, action }: WorkItemFragment): boolean {
  return action?.overdue ?? (dueOn !== null && dueOn < new Date().toLocaleDateString('sv'));
}
