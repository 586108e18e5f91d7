// Executes queries by graphql-js on the schema of the protocol tests (tests/samsyn/protocol/schema), with resolvers
// that do the same.
// Reads { sdl, requests: [{ query, variables }] }, prints [{ data, errors: [{ message, path }] }].
import { readFileSync } from 'node:fs';
import { buildSchema, graphql } from 'graphql';

const fail = (what) => () => {
  throw new Error(what);
};

const thing = () => ({
  ok: 1,
  okNullable: 1,
  failNn: fail('failNn'),
  failNnLater: async () => fail('failNnLater')(),
  failNullable: fail('failNullable'),
  failNullableObj: fail('failNullableObj'),
  failInner: fail('failInner'),
  guardedNn: fail('guarded'),
  guardedNullable: fail('guarded'),
  child: thing,
  childNullable: thing,
  scalarListNullable: [1, new Error('item'), null],
  scalarListNn: [1, new Error('item'), 3],
});
const named = () => ({ __typename: 'Named', id: '1', name: 'n', failNn: fail('failNn') });
const told = (value) => JSON.stringify(value === undefined ? 'undefined' : value);

const query = {
  ok: 1,
  nn: thing,
  nullable: thing,
  listNullableItems: () => [thing(), thing()],
  listNnItems: () => [thing(), thing()],
  listAllNn: () => [thing(), thing()],
  failRootNn: fail('failRootNn'),
  failRootNullable: fail('failRootNullable'),
  failNn: fail('failNn'),
  simple: () => ({ id: '1', failNn: fail('failNn') }),
  node: named,
  either: named,
  echo: ({ int, ints, matrix, float, string, id, boolean, color }) =>
    told([int, ints, matrix, float, string, id, boolean, color].map((value) => value ?? null)),
  by: ({ by }) => told(by),
  filter: ({ filter }) => told({ ...filter, note: 'note' in filter ? filter.note : 'undefined' }),
  maybe: (args) => told(args.value),
  defaulted: ({ value }) => told(value),
  page: ({ first }) => told(first ?? null),
};
const mutation = { a: 1, failNn: fail('failNn'), failNullable: fail('failNullable'), third: 3, nullable: thing };

const { sdl, requests } = JSON.parse(readFileSync(0, 'utf8'));
const schema = buildSchema(sdl);
const answers = [];
for (const { query: source, variables } of requests) {
  const rootValue = source.trimStart().startsWith('mutation') ? mutation : query;
  answers.push(await graphql({ schema, source, rootValue, variableValues: variables }));
}
console.log(JSON.stringify(answers));
