import { createContext, useContext } from 'react';
import type { FrameFragment } from '../gql/graphql';
import { TEXTS, type Language, type Texts } from './texts';

/** The portal's language, and how a person chooses another. */
export interface LanguageChoice {
  language: Language;
  choose(language: Language): void;
}

export const LanguageContext = createContext<LanguageChoice>({ language: 'sv', choose: () => undefined });

export const useLanguage = (): Language => useContext(LanguageContext).language;

export const useTexts = (): Texts => TEXTS[useLanguage()];

/** What the API calls the values of its enums: in the language of the request, so it comes with the page's data. */
export const LabelsContext = createContext<FrameFragment['labels']>([]);

/** Looks up what people call a value of an enum. A value that is newer than the portal shows as its name. */
export function useLabel(): (type: string, value: string) => string {
  const labels = useContext(LabelsContext);
  return (type, value) => {
    const values = labels.find(({ name }) => name === type)?.values;
    return values?.find((candidate) => candidate.value === value)?.label ?? value;
  };
}
