// Stands in for prettier/standalone. JSON with comments goes to jsonc-parser, which is there anyway: Prettier would need
// a whole JavaScript parser for it.
import { format as formatGraphQL } from 'prettier/standalone.mjs';
import { applyEdits, format as formatJSON } from 'jsonc-parser';

const JSON_OPTIONS = { insertSpaces: true, tabSize: 2, insertFinalNewline: true };

export async function format(text, options) {
  if (options.parser !== 'jsonc') return formatGraphQL(text, options);
  return applyEdits(text, formatJSON(text, undefined, JSON_OPTIONS));
}
