// graphql-ws: everything over one WebSocket, queries and mutations too.
import assert from 'node:assert/strict';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { check } from './harness.mjs';
import { DEPARTMENTS_FOLLOWED, UPDATE_FINDING, VIEWER, single, walk } from './operations.mjs';
import { authorization, findingIds, hearOfRename, openFinding, socketEndpoint } from './service.mjs';

function connect(username) {
  return createClient({
    url: socketEndpoint,
    webSocketImpl: WebSocket, // Node.js has none of its own until version 22
    connectionParams: () => authorization(username),
  });
}

const client = connect('performer-ksf');
const coordinator = connect('coordinator');

await check('a query is answered', async () => {
  const { viewer } = await single(client, VIEWER);
  assert.equal(viewer.user.username, 'performer-ksf');
});

await check('a list is read page by page', async () => {
  const { ids, totalCount } = await walk(coordinator);
  assert.deepEqual(ids, await findingIds('coordinator'));
  assert.equal(ids.length, totalCount);
});

await check('who changes what somebody else has changed is told its version', async () => {
  const { id, version } = await openFinding();
  const input = { id, expectedVersion: version - 1, title: 'Detta sparas inte' };
  const { updateFinding } = await single(client, UPDATE_FINDING, { input });
  const [error] = updateFinding.errors;
  assert.equal(error.__typename, 'ConflictError');
  assert.equal(error.currentVersion, version);
});

await check("somebody else's change arrives", async () => {
  await hearOfRename((sink) => coordinator.subscribe({ query: DEPARTMENTS_FOLLOWED }, { ...sink, complete() {} }));
});

await check('several operations are open at once', async () => {
  const follow = () =>
    hearOfRename((sink) => coordinator.subscribe({ query: DEPARTMENTS_FOLLOWED }, { ...sink, complete() {} }));
  const [, { viewer }] = await Promise.all([follow(), single(coordinator, VIEWER)]);
  assert.equal(viewer.user.username, 'coordinator');
});

await check('an operation that is wrong ends with errors, and the connection goes on', async () => {
  await assert.rejects(single(client, '{ nothing }'), (errors) => errors[0].extensions.code === 'BAD_REQUEST');
  const { viewer } = await single(client, VIEWER);
  assert.equal(viewer.user.username, 'performer-ksf');
});

await client.dispose();
await coordinator.dispose();
