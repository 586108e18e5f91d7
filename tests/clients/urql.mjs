// urql with Graphcache: a normalised cache that knows the schema, a list page by page, and subscriptions over WebSocket.
import assert from 'node:assert/strict';
import { Client, fetchExchange, subscriptionExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { introspectionFromSchema, isObjectType } from 'graphql';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { check, schema } from './harness.mjs';
import {
  CHANGE_FINDING_STATUS,
  DEPARTMENT,
  DEPARTMENTS_FOLLOWED,
  FINDINGS,
  UPDATE_FINDING,
  VIEWER,
} from './operations.mjs';
import {
  authorization,
  endpoint,
  findingIds,
  hearOfRename,
  openFinding,
  socketEndpoint,
  uniqueText,
} from './service.mjs';

/** The types without an id: values, which are kept with the object that they are read of. */
const valueTypes = Object.values(schema.getTypeMap())
  .filter((type) => isObjectType(type) && !type.getFields().id)
  .map(({ name }) => name);

function connect(username) {
  const socket = createClient({
    url: socketEndpoint,
    webSocketImpl: WebSocket, // Node.js has none of its own until version 22
    connectionParams: () => authorization(username),
  });
  const client = new Client({
    url: endpoint,
    fetchOptions: { headers: authorization(username) },
    exchanges: [
      cacheExchange({
        schema: introspectionFromSchema(schema, { descriptions: false }),
        keys: Object.fromEntries(valueTypes.map((name) => [name, () => null])),
        resolvers: { Query: { findings: relayPagination() } },
      }),
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query, variables }) => ({
          subscribe: (sink) => ({ unsubscribe: socket.subscribe({ query, variables }, sink) }),
        }),
      }),
    ],
  });
  return { client, close: () => socket.dispose() };
}

const fromCache = { requestPolicy: 'cache-only' };
const { client, close } = connect('performer-ksf');
const coordinator = connect('coordinator');

/** The data of an answer that has to be one. */
async function read(answer) {
  const { data, error } = await answer;
  if (error) throw error;
  return data;
}

await check('a query is answered', async () => {
  const data = await read(client.query(VIEWER, {}));
  assert.equal(data.viewer.user.username, 'performer-ksf');
});

await check('a list is read page by page into one', async () => {
  const expected = await findingIds('coordinator');
  assert.ok(expected.length > 4, 'there is more than one page');
  let after = null;
  do {
    const { findings } = await read(coordinator.client.query(FINDINGS, { first: 4, after }));
    after = findings.pageInfo.hasNextPage ? findings.pageInfo.endCursor : null;
  } while (after);
  const { findings } = await read(coordinator.client.query(FINDINGS, { first: 4, after: null }, fromCache));
  assert.equal(findings.totalCount, expected.length);
  assert.deepEqual(
    findings.edges.map(({ node }) => node.id),
    expected,
  );
});

await check('what a mutation changes is changed in the cache', async () => {
  const { id, version } = await openFinding();
  await read(client.query(FINDINGS, { first: 100 }));
  const title = uniqueText('Svag nätsegmentering');
  const { updateFinding } = await read(
    client.mutation(UPDATE_FINDING, { input: { id, expectedVersion: version, title } }),
  );
  assert.deepEqual(updateFinding.errors, []);
  const { findings } = await read(client.query(FINDINGS, { first: 100 }, fromCache));
  const { node } = findings.edges.find((edge) => edge.node.id === id);
  assert.deepEqual([node.title, node.version], [title, version + 1]);
});

await check('who changes what somebody else has changed is told its version', async () => {
  const { id, version } = await openFinding();
  const { updateFinding } = await read(
    client.mutation(UPDATE_FINDING, { input: { id, expectedVersion: version - 1, title: 'Detta sparas inte' } }),
  );
  const [error] = updateFinding.errors;
  assert.equal(error.__typename, 'ConflictError');
  assert.equal(error.currentVersion, version);
});

await check('who takes a step that the life cycle has not is told the steps that it has', async () => {
  const { id, version } = await openFinding();
  const { changeFindingStatus } = await read(
    client.mutation(CHANGE_FINDING_STATUS, { input: { id, expectedVersion: version, to: 'VERIFIED' } }),
  );
  const [error] = changeFindingStatus.errors;
  assert.equal(error.__typename, 'TransitionError');
  assert.ok(error.allowed.includes('RESOLVED'), `${error.allowed}`);
});

await check("somebody else's change arrives, and shows wherever the object is", async () => {
  await read(coordinator.client.query(DEPARTMENT, { code: 'UTB' }));
  const name = await hearOfRename((sink) => {
    const { unsubscribe } = coordinator.client.subscription(DEPARTMENTS_FOLLOWED, {}).subscribe(sink.next);
    return unsubscribe;
  });
  const { department } = await read(coordinator.client.query(DEPARTMENT, { code: 'UTB' }, fromCache));
  assert.equal(department.name, name);
});

await check("somebody else's change arrives by server-sent events, without a WebSocket", async () => {
  const events = new Client({
    url: endpoint,
    fetchOptions: { headers: authorization('coordinator') },
    fetchSubscriptions: true,
    exchanges: [fetchExchange],
  });
  await hearOfRename(({ next }) => events.subscription(DEPARTMENTS_FOLLOWED, {}).subscribe(next).unsubscribe);
});

close();
coordinator.close();
