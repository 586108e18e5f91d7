import { useContext } from 'react';
import { LanguageContext, useTexts } from './context';
import type { Language } from './texts';

const NAMES: [Language, string][] = [
  ['sv', 'Svenska'],
  ['en', 'English'],
];

/** Chooses the portal's language. Each language is named in itself. */
export function LanguageSwitch() {
  const texts = useTexts();
  const { language, choose } = useContext(LanguageContext);
  return (
    <div role="group" aria-label={texts.languageChoice} className="languages">
      {NAMES.map(([code, name]) => (
        <button key={code} type="button" lang={code} aria-pressed={code === language} onClick={() => choose(code)}>
          {name}
        </button>
      ))}
    </div>
  );
}
