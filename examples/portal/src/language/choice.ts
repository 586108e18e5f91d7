import { useEffect, useMemo, useState } from 'react';
import type { LanguageChoice } from './context';
import type { Language } from './texts';

const STORED = 'language';

/** The language that the person has chosen here before, else the first of ours that the browser asks for. */
function initial(): Language {
  const wished = [localStorage.getItem(STORED), ...navigator.languages].map((tag) => tag?.slice(0, 2));
  return wished.find((tag): tag is Language => tag === 'sv' || tag === 'en') ?? 'sv';
}

export function useLanguageChoice(): LanguageChoice {
  const [language, setLanguage] = useState(initial);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return useMemo(
    () => ({
      language,
      choose(chosen) {
        localStorage.setItem(STORED, chosen);
        setLanguage(chosen);
      },
    }),
    [language],
  );
}
