// Relay: its compiler over the schema, and its runtime with a normalised store and `@connection`.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createClient } from 'graphql-ws';
import relay from 'relay-runtime';
import WebSocket from 'ws';
import { check, here, inTemporaryFolder, sdl } from './harness.mjs';
import {
  authorization,
  endpoint,
  findingIds,
  hearOfRename,
  openFinding,
  socketEndpoint,
  uniqueText,
} from './service.mjs';

const {
  Environment,
  Network,
  Observable,
  RecordSource,
  Store,
  commitMutation,
  createOperationDescriptor,
  fetchQuery,
  getSingularSelector,
  requestSubscription,
} = relay;

/** Compiles the documents in `relay/` in a folder; answers what loads an artifact by its name. */
async function compile(folder) {
  await cp(join(here, 'relay'), join(folder, 'src'), { recursive: true });
  await writeFile(join(folder, 'schema.graphql'), sdl);
  await mkdir(join(folder, 'src/__generated__'));
  const configuration = {
    src: './src',
    schema: './schema.graphql',
    artifactDirectory: './src/__generated__',
    language: 'javascript',
    eagerEsModules: false,
    customScalarTypes: { Date: 'string', DateTime: 'string', JSON: 'mixed' },
  };
  await writeFile(join(folder, 'relay.config.json'), JSON.stringify(configuration));
  await promisify(execFile)(process.execPath, [join(here, 'node_modules/relay-compiler/cli.js'), 'relay.config.json'], {
    cwd: folder,
  });
  const require = createRequire(join(folder, 'src/'));
  return (name) => require(`./__generated__/${name}.graphql.js`);
}

/** What has been sent over HTTP, so that it shows where the store answers instead. */
let requests = 0;

function connect(username) {
  const socket = createClient({
    url: socketEndpoint,
    webSocketImpl: WebSocket, // Node.js has none of its own until version 22
    connectionParams: () => authorization(username),
  });
  const send = async ({ text }, variables) => {
    requests += 1;
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { ...authorization(username), 'Content-Type': 'application/json' },
      body: JSON.stringify({ query: text, variables }),
    });
    return response.json();
  };
  const follow = ({ text }, variables) =>
    Observable.create((sink) => socket.subscribe({ query: text, variables }, sink));
  const environment = new Environment({ network: Network.create(send, follow), store: new Store(new RecordSource()) });
  return { environment, close: () => socket.dispose() };
}

/** A list that is read page by page, as `usePaginationFragment` does it for a component of React. */
class FindingList {
  constructor(environment, load) {
    this.environment = environment;
    this.fragment = load('FindingList_query');
    this.query = load('FindingListQuery');
    this.nextPage = load('FindingListPaginationQuery');
    this.operation = createOperationDescriptor(this.query, { count: 4 });
    // Without, the store may forget what nobody shows.
    environment.retain(this.operation);
  }

  async read() {
    await fetchQuery(this.environment, this.query, this.operation.request.variables).toPromise();
    while (this.shown().pageInfo.hasNextPage) {
      const cursor = this.shown().pageInfo.endCursor;
      await fetchQuery(this.environment, this.nextPage, { count: 4, cursor }).toPromise();
    }
  }

  /** All that has been read so far, from the store. */
  shown() {
    const { data } = this.environment.lookup(this.operation.fragment);
    const selector = getSingularSelector(this.fragment, data);
    return this.environment.lookup(selector).data.findings;
  }
}

await inTemporaryFolder(async (folder) => {
  let load;
  await check('the compiler takes the schema, and a pagination fragment on it', async () => {
    load = await compile(folder);
    assert.equal(load('FindingListPaginationQuery').params.operationKind, 'query');
    assert.equal(load('FindingList_query').metadata.connection[0].direction, 'forward');
  });

  const { environment, close } = connect('performer-ksf');
  const coordinator = connect('coordinator');

  await check('a query is answered', async () => {
    const data = await fetchQuery(environment, load('FindingListDepartmentQuery'), { code: 'UTB' }).toPromise();
    assert.equal(data.viewer.user.username, 'performer-ksf');
  });

  await check('a list is read page by page into one', async () => {
    const list = new FindingList(coordinator.environment, load);
    await list.read();
    const expected = await findingIds('coordinator');
    assert.ok(expected.length > 4, 'there is more than one page');
    assert.equal(list.shown().totalCount, expected.length);
    assert.deepEqual(
      list.shown().edges.map(({ node }) => node.id),
      expected,
    );
  });

  const update = (input) =>
    new Promise((resolve, reject) => {
      const mutation = load('FindingListUpdateMutation');
      const onCompleted = (data, errors) =>
        errors ? reject(new Error(errors[0].message)) : resolve(data.updateFinding);
      commitMutation(environment, { mutation, variables: { input }, onCompleted, onError: reject });
    });

  await check('what a mutation changes shows wherever it is, without a new request', async () => {
    const list = new FindingList(environment, load);
    await list.read();
    const { id, version } = await openFinding();
    const title = uniqueText('Svag nätsegmentering');
    const before = requests;
    const { errors } = await update({ id, expectedVersion: version, title });
    assert.deepEqual(errors, []);
    const { node } = list.shown().edges.find((edge) => edge.node.id === id);
    assert.deepEqual([node.title, node.version], [title, version + 1]);
    assert.equal(requests, before + 1, 'the mutation alone was sent');
  });

  await check('who changes what somebody else has changed is told its version', async () => {
    const { id, version } = await openFinding();
    const { finding, errors } = await update({ id, expectedVersion: version - 1, title: 'Detta sparas inte' });
    const [error] = errors;
    assert.equal(finding, null);
    assert.equal(error.__typename, 'ConflictError');
    assert.equal(error.currentVersion, version);
  });

  await check("somebody else's change arrives, and shows wherever the object is", async () => {
    const query = load('FindingListDepartmentQuery');
    const operation = createOperationDescriptor(query, { code: 'UTB' });
    coordinator.environment.retain(operation);
    await fetchQuery(coordinator.environment, query, { code: 'UTB' }).toPromise();
    const name = await hearOfRename(({ next, error }) => {
      const followed = requestSubscription(coordinator.environment, {
        subscription: load('FindingListDepartmentsSubscription'),
        variables: {},
        onNext: (data) => next({ data }),
        onError: error,
      });
      return () => followed.dispose();
    });
    assert.equal(coordinator.environment.lookup(operation.fragment).data.department.name, name);
  });

  await close();
  await coordinator.close();
});
