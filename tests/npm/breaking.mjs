// Finds the types with breaking changes by graphql-js.
// Reads { released, schemas: [sdl] }, prints for each schema the names of the types that break clients of the released.
import { readFileSync } from 'node:fs';
import { buildSchema, findBreakingChanges } from 'graphql';

const { released, schemas } = JSON.parse(readFileSync(0, 'utf8'));
const before = buildSchema(released);

// graphql-js tells changes in words alone: in each the type comes as `Type.member`, after `type`, or first.
const nameOf = ({ description }) =>
  (/^([A-Z]\w*) (?:changed from|no longer)/.exec(description) ?? /\b([A-Z]\w*)\.\w/.exec(description) ?? /type (\w+) /.exec(description) ?? /type (\w+)\./.exec(description) ?? /^(\w+)/.exec(description))[1];

const broken = schemas.map((sdl) => {
  const after = buildSchema(sdl, { assumeValidSDL: true });
  return [...new Set(findBreakingChanges(before, after).map(nameOf))];
});
process.stdout.write(JSON.stringify(broken));
