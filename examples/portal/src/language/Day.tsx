import { useLanguage } from './context';
import { LOCALES, type Language } from './texts';

/** A date as people write it. */
export function formatDay(date: string, language: Language): string {
  return new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(date));
}

/** A date of the API, `2018-01-30`. */
export function Day({ date }: { date: string }) {
  const language = useLanguage();
  return <time dateTime={date}>{formatDay(date, language)}</time>;
}
