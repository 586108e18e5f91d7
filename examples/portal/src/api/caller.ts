import type { Language } from '../language/texts';

/** On whose behalf, and in what language, the API is called. */
export interface Caller {
  /** Null: the public. */
  token: string | null;
  language: Language;
}
