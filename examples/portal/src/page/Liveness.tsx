import { useApi } from '../api/api';
import { useConnection } from '../api/connection';
import { useLanguage, useTexts } from '../language/context';
import { LOCALES } from '../language/texts';

/** Says that the page follows what happens, and when something has: read out, without taking anybody from what they do. */
export function Liveness({ changedAt }: { changedAt: Date | undefined }) {
  const texts = useTexts();
  const language = useLanguage();
  const state = useConnection(useApi().connection);
  const time = changedAt && new Intl.DateTimeFormat(LOCALES[language], { timeStyle: 'medium' }).format(changedAt);
  return (
    <div className="liveness" data-state={state}>
      <p>{state === 'interrupted' ? texts.interrupted : state === 'live' && texts.following}</p>
      <p role="status">{time && texts.changed(time)}</p>
    </div>
  );
}
