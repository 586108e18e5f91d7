// What the protocol `graphql-transport-ws` asks of a server, message by message:
// https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
import assert from 'node:assert/strict';
import WebSocket from 'ws';
import { check, pause, within } from './harness.mjs';
import { DEPARTMENTS_FOLLOWED, UPDATE_FINDING, VIEWER } from './operations.mjs';
import { authorization, renameDepartment, socketEndpoint } from './service.mjs';

const PROTOCOL = 'graphql-transport-ws';
/** How long nothing has to come for it to count as nothing. */
const SILENCE = 500;
/** The server pings after 12 seconds, and waits 5 for `connection_init`. */
const KEEP_ALIVE = 18_000;

/** A connection without a client library: messages as they come, and how it is closed. */
class Connection {
  static async open(protocols = PROTOCOL) {
    const connection = new Connection(new WebSocket(socketEndpoint, protocols));
    await new Promise((resolve, reject) => connection.socket.once('open', resolve).once('error', reject));
    return connection;
  }

  /** One that somebody has initialised. */
  static async of(username) {
    const connection = await Connection.open();
    connection.send({ type: 'connection_init', payload: username && authorization(username) });
    assert.equal((await connection.next()).type, 'connection_ack');
    return connection;
  }

  constructor(socket) {
    this.socket = socket;
    this.received = [];
    this.arrived = () => {};
    socket.on('message', (text) => {
      this.received.push(JSON.parse(text));
      this.arrived();
    });
    this.closed = new Promise((resolve) => {
      socket.once('close', (code, reason) => resolve({ code, reason: String(reason) }));
    });
  }

  send(message) {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  subscribe(id, query, more = {}) {
    this.send({ id, type: 'subscribe', payload: { query, ...more } });
  }

  async next() {
    while (this.received.length === 0) {
      const closed = this.closed.then(({ code, reason }) => {
        throw new Error(`closed with ${code}: ${reason}`);
      });
      const arrived = new Promise((resolve) => (this.arrived = resolve));
      await within(10_000, 'a message', Promise.race([closed, arrived]));
    }
    return this.received.shift();
  }

  /** Neither a message nor a close for a while. */
  async hearsNothing() {
    const closed = await Promise.race([this.closed, pause(SILENCE)]);
    assert.equal(closed, undefined, `closed: ${JSON.stringify(closed)}`);
    assert.deepEqual(this.received, []);
  }

  /** That all that was sent before has been dealt with. */
  async isDoneWithWhatWasSent() {
    this.send({ type: 'ping' });
    let message;
    do message = await this.next();
    while (message.type !== 'pong');
  }

  close() {
    this.socket.close(1000);
  }
}

/** A check on a connection of its own. */
function on(opened, name, body) {
  return check(name, async () => {
    const connection = await opened();
    try {
      await body(connection);
    } finally {
      connection.close();
    }
  });
}
const onOpened = (name, body) => on(() => Connection.open(), name, body);
const onInitialised = (name, body) => on(() => Connection.of('coordinator'), name, body);

/** Sends messages; the last has to close the connection. */
function closes(code, name, messages, { initialised = true, reason } = {}) {
  return on(
    () => (initialised ? Connection.of('coordinator') : Connection.open()),
    `${code}: ${name}`,
    async (connection) => {
      for (const message of messages) connection.send(message);
      const closed = await within(10_000, `a close with ${code}`, connection.closed);
      assert.equal(closed.code, code, closed.reason);
      if (reason) assert.equal(closed.reason, reason);
      assert.ok(Buffer.byteLength(closed.reason) <= 123);
    },
  );
}

const init = { type: 'connection_init' };
const follow = (id) => ({ id, type: 'subscribe', payload: { query: DEPARTMENTS_FOLLOWED } });
const query = (id) => ({ id, type: 'subscribe', payload: { query: VIEWER } });

// What takes time goes on beside the other checks.
const slow = [
  onOpened('4408: no connection_init', async (connection) => {
    const closed = await within(KEEP_ALIVE, 'a close', connection.closed);
    assert.deepEqual(closed, { code: 4408, reason: 'Connection initialisation timeout' });
  }),
  onInitialised('a silent connection is kept alive, and stays open after the time for connection_init', (connection) =>
    within(KEEP_ALIVE, 'a ping', new Promise((resolve) => connection.socket.once('ping', resolve))),
  ),
];

// Socket

await on(
  () => Connection.open(['graphql-ws', PROTOCOL]),
  'the subprotocol is chosen among those offered',
  ({ socket }) => assert.equal(socket.protocol, PROTOCOL),
);
await on(
  () => Connection.open([]),
  '4406: no subprotocol',
  async (connection) => {
    assert.equal((await within(10_000, 'a close', connection.closed)).code, 4406);
  },
);
await check('another subprotocol is not taken', () =>
  assert.rejects(Connection.open('graphql-ws'), /Server sent no subprotocol/),
);

// Connection

for (const payload of [undefined, null, {}]) {
  await onOpened(`connection_init with the payload ${JSON.stringify(payload)} is acknowledged`, async (connection) => {
    connection.send({ ...init, payload });
    assert.equal((await connection.next()).type, 'connection_ack');
    await connection.hearsNothing();
  });
}
await closes(4403, 'a refused token', [{ ...init, payload: { Authorization: 'Bearer nonsense' } }], {
  initialised: false,
});
await closes(4429, 'a second connection_init', [init], { reason: 'Too many initialisation requests' });
await closes(4429, 'a second connection_init while the first is looked at', [init, init], { initialised: false });
await closes(4401, 'subscribe before connection_init', [query('1')], { initialised: false, reason: 'Unauthorized' });

// Ping and pong

for (const [name, opened] of [
  ['before connection_init', () => Connection.open()],
  ['on an initialised connection', () => Connection.of('coordinator')],
]) {
  await on(opened, `a ping is answered, ${name}`, async (connection) => {
    connection.send({ type: 'ping' });
    assert.deepEqual(await connection.next(), { type: 'pong' });
    connection.send({ type: 'ping', payload: { a: 'b' } });
    assert.deepEqual(await connection.next(), { type: 'pong', payload: { a: 'b' } });
    connection.send({ type: 'ping', payload: null });
    assert.equal((await connection.next()).type, 'pong');
  });
}
await onInitialised('a pong is not answered', async (connection) => {
  connection.send({ type: 'pong' });
  connection.send({ type: 'pong', payload: { a: 'b' } });
  await connection.hearsNothing();
});

// Operations

await onInitialised('a query is one next and complete', async (connection) => {
  connection.send(query('1'));
  const next = await connection.next();
  assert.deepEqual([next.id, next.type], ['1', 'next']);
  assert.equal(next.payload.data.viewer.user.username, 'coordinator');
  assert.deepEqual(await connection.next(), { id: '1', type: 'complete' });
  await connection.hearsNothing();
});
await onInitialised('a mutation is one next and complete', async (connection) => {
  connection.subscribe('1', UPDATE_FINDING, { variables: { input: { id: 'nonsense', expectedVersion: 1 } } });
  const { payload } = await connection.next();
  assert.ok(payload.data.updateFinding.errors.length > 0);
  assert.deepEqual(await connection.next(), { id: '1', type: 'complete' });
});
await onInitialised('operationName, variables and extensions count', async (connection) => {
  const text = 'query A { __typename } query B($code: String!) { department(code: $code) { code } }';
  connection.subscribe('1', text, { operationName: 'B', variables: { code: 'UTB' }, extensions: { a: 1 } });
  assert.deepEqual((await connection.next()).payload.data, { department: { code: 'UTB' } });
  assert.equal((await connection.next()).type, 'complete');
  connection.subscribe('1', '{ __typename }', { operationName: null, variables: null, extensions: null });
  assert.equal((await connection.next()).type, 'next');
});
await onInitialised('an error in a field is in next', async (connection) => {
  connection.subscribe('1', '{ findings(first: 101) { totalCount } }');
  const next = await connection.next();
  assert.equal(next.type, 'next');
  assert.equal(next.payload.data, null);
  assert.deepEqual(next.payload.errors[0].path, ['findings']);
  assert.deepEqual(await connection.next(), { id: '1', type: 'complete' });
});
for (const [name, text, more] of [
  ['a document that cannot be parsed', '{'],
  ['an empty document', ''],
  ['an unknown field', '{ nothing }'],
  ['an unknown field of a subscription', 'subscription { nothing }'],
  ['an unknown operationName', 'query A { __typename }', { operationName: 'B' }],
  ['a missing variable', 'query ($code: String!) { department(code: $code) { code } }'],
  ['a subscription of two fields', 'subscription { myWork { eventId } other: myWork { eventId } }'],
  ['a document above the limits', `${'{ a '.repeat(60)}${'}'.repeat(60)}`],
]) {
  await onInitialised(`error alone, and an open connection: ${name}`, async (connection) => {
    connection.subscribe('1', text, more);
    const error = await connection.next();
    assert.deepEqual([error.id, error.type], ['1', 'error']);
    assert.equal(typeof error.payload[0].message, 'string');
    await connection.hearsNothing();
    // Its id is free.
    connection.send(query('1'));
    assert.equal((await connection.next()).type, 'next');
  });
}
await on(
  () => Connection.of('performer-ksf'),
  'error alone: a subscription that is not allowed',
  async (connection) => {
    connection.send(follow('1'));
    assert.equal((await connection.next()).type, 'error');
    await connection.hearsNothing();
  },
);

// Subscriptions

await onInitialised('a subscription is next after next', async (connection) => {
  connection.send(follow('1'));
  assert.equal((await connection.next()).type, 'next');
  const name = await renameDepartment('UTB');
  const { id, type, payload } = await connection.next();
  assert.deepEqual([id, type], ['1', 'next']);
  assert.ok(payload.data.jointFollowUp.jointFollowUp.departments.some((department) => department.name === name));
});
await onInitialised('after complete nothing more comes, no complete either, and the id is free', async (connection) => {
  connection.send(follow('1'));
  await connection.next();
  connection.send({ id: '1', type: 'complete' });
  await connection.isDoneWithWhatWasSent();
  await renameDepartment('UTB');
  await pause(1500);
  await connection.hearsNothing();
  connection.send(follow('1'));
  assert.equal((await connection.next()).type, 'next');
});
await onInitialised('complete counts before the first result', async (connection) => {
  connection.send(query('1'));
  connection.send(follow('2'));
  connection.send({ id: '1', type: 'complete' });
  connection.send({ id: '2', type: 'complete' });
  await connection.isDoneWithWhatWasSent();
  await connection.hearsNothing();
});
await onInitialised('complete of what is unknown or completed is ignored', async (connection) => {
  connection.send({ id: 'unknown', type: 'complete' });
  connection.send(query('1'));
  assert.equal((await connection.next()).type, 'next');
  assert.equal((await connection.next()).type, 'complete');
  connection.send({ id: '1', type: 'complete' });
  await connection.hearsNothing();
});
await onInitialised('operations run beside each other', async (connection) => {
  connection.send(follow('subscription'));
  assert.equal((await connection.next()).id, 'subscription');
  connection.send(query('query'));
  assert.equal((await connection.next()).id, 'query');
  assert.deepEqual(await connection.next(), { id: 'query', type: 'complete' });
  await renameDepartment('UTB');
  assert.equal((await connection.next()).id, 'subscription');
});
await check('an id is of one connection', async () => {
  const connections = [await Connection.of('coordinator'), await Connection.of('coordinator')];
  for (const connection of connections) {
    connection.send(follow('1'));
    assert.equal((await connection.next()).type, 'next');
  }
  for (const connection of connections) connection.close();
});

const taken = { reason: 'Subscriber for 1 already exists' };
await closes(4409, 'a subscription with an id in use', [follow('1'), follow('1')], taken);
await closes(4409, 'a query with an id in use', [follow('1'), query('1')], taken);
await closes(4409, 'a long id in use', [follow('1'.repeat(200)), follow('1'.repeat(200))]);

// Messages that the protocol does not have

const payload = (more) => ({ id: '1', type: 'subscribe', payload: { query: '{ __typename }', ...more } });
for (const message of [
  '{',
  '',
  'null',
  '"ping"',
  '[]',
  {},
  { type: 1 },
  { type: 'start' },
  { type: 'x'.repeat(200) },
  { type: 'connection_ack' },
  { id: '1', type: 'next', payload: {} },
  { id: '1', type: 'error', payload: [{ message: 'no' }] },
  { type: 'ping', payload: 'text' },
  { type: 'ping', payload: [] },
  { type: 'pong', payload: 1 },
  { type: 'subscribe', payload: { query: '{ __typename }' } },
  { id: '', type: 'subscribe', payload: { query: '{ __typename }' } },
  { id: 1, type: 'subscribe', payload: { query: '{ __typename }' } },
  { id: '1', type: 'subscribe' },
  { id: '1', type: 'subscribe', payload: '{ __typename }' },
  payload({ query: undefined }),
  payload({ query: 1 }),
  payload({ variables: '{}' }),
  payload({ variables: [] }),
  payload({ operationName: 1 }),
  payload({ extensions: [] }),
  { type: 'complete' },
  { id: '', type: 'complete' },
  { id: 1, type: 'complete' },
]) {
  await closes(4400, (typeof message === 'string' ? message : JSON.stringify(message)).slice(0, 80), [message]);
}
for (const wrong of ['text', [], 1]) {
  const message = { ...init, payload: wrong };
  await closes(4400, JSON.stringify(message), [message], { initialised: false });
}
await onInitialised('what a message has beside what the protocol names is ignored', async (connection) => {
  connection.send({ type: 'ping', more: true });
  assert.equal((await connection.next()).type, 'pong');
});
await closes(1009, 'a message above the limit of a body', [
  payload({ query: `{ __typename } # ${'x'.repeat(1 << 20)}` }),
]);

await Promise.all(slow);
