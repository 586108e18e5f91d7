// Apollo Client: a normalised cache, a list that grows page by page, and subscriptions over WebSocket.
import assert from 'node:assert/strict';
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { relayStylePagination } from '@apollo/client/utilities';
import { isInterfaceType } from 'graphql';
import { createClient } from 'graphql-ws';
import { asapScheduler, filter, firstValueFrom, observeOn } from 'rxjs';
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

/** The types that each interface stands for: without, the cache does not know that a ConflictError is a UserError. */
const possibleTypes = Object.fromEntries(
  Object.values(schema.getTypeMap())
    .filter(isInterfaceType)
    .map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)]),
);

/** What has been sent over HTTP, so that it shows where the cache answers instead. */
let requests = 0;
const counter = new ApolloLink((operation, forward) => {
  requests += 1;
  return forward(operation);
});

function connect(username) {
  const socket = createClient({
    url: socketEndpoint,
    webSocketImpl: WebSocket, // Node.js has none of its own until version 22
    connectionParams: () => authorization(username),
  });
  const http = new HttpLink({ uri: endpoint, headers: authorization(username) });
  const client = new ApolloClient({
    link: ApolloLink.split(
      ({ operationType }) => operationType === 'subscription',
      new GraphQLWsLink(socket),
      counter.concat(http),
    ),
    cache: new InMemoryCache({
      possibleTypes,
      // One list for each filter and order, however many pages it is read in.
      typePolicies: { Query: { fields: { findings: relayStylePagination(['filter', 'orderBy']) } } },
    }),
  });
  const close = () => {
    client.stop();
    socket.dispose();
  };
  return { client, close };
}

const { client, close } = connect('performer-ksf');
const coordinator = connect('coordinator');

/** What a query that is watched shows, once it is as it has to be. Who stops watching must not do so while being told. */
const shown = (watched, is) => firstValueFrom(watched.pipe(observeOn(asapScheduler), filter(is)));

await check('a query is answered', async () => {
  const { data } = await client.query({ query: gql(VIEWER) });
  assert.equal(data.viewer.user.username, 'performer-ksf');
});

await check('a list is read page by page into one', async () => {
  const list = coordinator.client.watchQuery({ query: gql(FINDINGS), variables: { first: 4 } });
  let { data } = await shown(list, ({ dataState }) => dataState === 'complete');
  while (data.findings.pageInfo.hasNextPage) {
    await list.fetchMore({ variables: { after: data.findings.pageInfo.endCursor } });
    ({ data } = list.getCurrentResult());
  }
  const expected = await findingIds('coordinator');
  assert.ok(expected.length > 4, 'there is more than one page');
  assert.equal(data.findings.totalCount, expected.length);
  assert.deepEqual(
    data.findings.edges.map(({ node }) => node.id),
    expected,
  );
});

await check('what has been read is in the cache', async () => {
  const before = requests;
  const { data } = await coordinator.client.query({
    query: gql(FINDINGS),
    variables: { first: 4 },
    fetchPolicy: 'cache-only',
  });
  assert.equal(data.findings.edges.length, data.findings.totalCount);
  assert.equal(requests, before);
});

await check('what a mutation changes shows wherever it is, without a new request', async () => {
  const { id, version } = await openFinding();
  const list = client.watchQuery({ query: gql(FINDINGS), variables: { first: 100 } });
  await shown(list, ({ dataState }) => dataState === 'complete');
  const title = uniqueText('Svag nätsegmentering');
  const changed = shown(list, ({ data }) =>
    data.findings.edges.some(({ node }) => node.id === id && node.title === title),
  );
  const before = requests;
  const { data } = await client.mutate({
    mutation: gql(UPDATE_FINDING),
    variables: { input: { id, expectedVersion: version, title } },
  });
  assert.deepEqual(data.updateFinding.errors, []);
  await changed;
  assert.equal(requests, before + 1, 'the mutation alone was sent');
});

await check('who changes what somebody else has changed is told its version', async () => {
  const { id, version } = await openFinding();
  const { data } = await client.mutate({
    mutation: gql(UPDATE_FINDING),
    variables: { input: { id, expectedVersion: version - 1, title: 'Detta sparas inte' } },
  });
  const [error] = data.updateFinding.errors;
  assert.equal(data.updateFinding.finding, null);
  assert.equal(error.__typename, 'ConflictError');
  assert.equal(error.code, 'CONFLICT');
  assert.equal(error.currentVersion, version);
});

await check('who takes a step that the life cycle has not is told the steps that it has', async () => {
  const { id, version } = await openFinding();
  const { data } = await client.mutate({
    mutation: gql(CHANGE_FINDING_STATUS),
    variables: { input: { id, expectedVersion: version, to: 'VERIFIED' } },
  });
  const [error] = data.changeFindingStatus.errors;
  assert.equal(error.__typename, 'TransitionError');
  assert.equal(error.from, 'ACTION_PLANNED');
  assert.ok(error.allowed.includes('RESOLVED'), `${error.allowed}`);
});

await check("somebody else's change arrives, and shows wherever the object is", async () => {
  const department = { query: gql(DEPARTMENT), variables: { code: 'UTB' } };
  await coordinator.client.query(department);
  const name = await hearOfRename((sink) => {
    const subscription = coordinator.client.subscribe({ query: gql(DEPARTMENTS_FOLLOWED) }).subscribe(sink);
    return () => subscription.unsubscribe();
  });
  assert.equal(coordinator.client.readQuery(department).department.name, name);
});

close();
coordinator.close();
