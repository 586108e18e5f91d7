import { en } from './en';
import { sv } from './sv';

/** What the portal says: Swedish sets which texts there are. */
export type Texts = typeof sv;

export type Language = 'sv' | 'en';

/** How dates and times are written: in English as in Europe. */
export const LOCALES: Record<Language, string> = { sv: 'sv-SE', en: 'en-GB' };

export const TEXTS: Record<Language, Texts> = { sv, en };
