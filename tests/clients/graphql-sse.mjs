// graphql-sse: everything by server-sent events, a connection for each operation or one for all.
import assert from 'node:assert/strict';
import { createClient } from 'graphql-sse';
import { check } from './harness.mjs';
import { DEPARTMENTS_FOLLOWED, UPDATE_FINDING, VIEWER, single, walk } from './operations.mjs';
import { authorization, endpoint, findingIds, hearOfRename, openFinding } from './service.mjs';

for (const singleConnection of [false, true]) {
  const mode = singleConnection ? 'one connection' : 'distinct connections';
  const connect = (username) =>
    createClient({ url: endpoint, singleConnection, headers: () => authorization(username), retryAttempts: 0 });
  const client = connect('performer-ksf');
  const coordinator = connect('coordinator');

  const follow = () =>
    hearOfRename((sink) => coordinator.subscribe({ query: DEPARTMENTS_FOLLOWED }, { ...sink, complete() {} }));

  await check(`${mode}: a query is answered`, async () => {
    const { viewer } = await single(client, VIEWER);
    assert.equal(viewer.user.username, 'performer-ksf');
  });

  await check(`${mode}: a list is read page by page`, async () => {
    const { ids, totalCount } = await walk(coordinator);
    assert.deepEqual(ids, await findingIds('coordinator'));
    assert.equal(ids.length, totalCount);
  });

  await check(`${mode}: who changes what somebody else has changed is told its version`, async () => {
    const { id, version } = await openFinding();
    const input = { id, expectedVersion: version - 1, title: 'Detta sparas inte' };
    const { updateFinding } = await single(client, UPDATE_FINDING, { input });
    const [error] = updateFinding.errors;
    assert.equal(error.__typename, 'ConflictError');
    assert.equal(error.currentVersion, version);
  });

  await check(`${mode}: somebody else's change arrives`, follow);

  await check(`${mode}: several operations are open at once`, async () => {
    const [, { viewer }] = await Promise.all([follow(), single(coordinator, VIEWER)]);
    assert.equal(viewer.user.username, 'coordinator');
  });

  client.dispose();
  coordinator.dispose();
}
