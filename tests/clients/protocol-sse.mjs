// What the protocol `graphql-sse` asks of a server, request by request, in both of its modes:
// https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md
import assert from 'node:assert/strict';
import { check, pause, within } from './harness.mjs';
import { DEPARTMENTS_FOLLOWED, UPDATE_FINDING, VIEWER } from './operations.mjs';
import { authorization, endpoint, renameDepartment } from './service.mjs';

const EVENTS = 'text/event-stream';
/** How long nothing has to come for it to count as nothing. */
const SILENCE = 500;
const JSON_BODY = { 'Content-Type': 'application/json' };
const coordinator = authorization('coordinator');

/** An event stream, read as the HTML specification says. */
class Events {
  constructor(body) {
    this.events = this.#read(body);
    this.comments = 0;
  }

  async *#read(body) {
    let text = '';
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      const blocks = (text + chunk).split('\n\n');
      text = blocks.pop();
      for (const block of blocks) {
        const lines = block.split('\n');
        const field = (name) =>
          lines
            .find((line) => line.startsWith(`${name}:`))
            ?.slice(name.length + 1)
            .replace(/^ /, '');
        if (field('event')) yield { event: field('event'), data: field('data') };
        else this.comments += 1;
      }
    }
  }

  /** The next event, its data read; undefined at the end. */
  async next() {
    this.pending ??= this.events.next();
    const { value } = await within(10_000, 'an event', this.pending);
    this.pending = undefined;
    return value && { event: value.event, data: value.data && JSON.parse(value.data) };
  }

  /** The next event, which has to be `next`: its data. */
  async result() {
    const { event, data } = await this.next();
    assert.equal(event, 'next');
    return data;
  }

  async hearsNothing() {
    this.pending ??= this.events.next();
    const heard = await Promise.race([this.pending, pause(SILENCE)]);
    assert.equal(heard, undefined, JSON.stringify(heard));
  }
}

/** What a check has asked, so that no stream outlives it. */
const requests = new Set();

async function send(method, { search = {}, headers = {}, body, as = coordinator } = {}) {
  const url = new URL(endpoint);
  for (const [name, value] of Object.entries(search)) {
    url.searchParams.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  const abort = new AbortController();
  requests.add(abort);
  return fetch(url, {
    method,
    headers: { ...as, ...(body && JSON_BODY), ...headers },
    body: typeof body === 'string' ? body : body && JSON.stringify(body),
    signal: abort.signal,
  });
}

function checks(name, body) {
  return check(name, async () => {
    try {
      await body();
    } finally {
      for (const request of requests) request.abort();
      requests.clear();
    }
  });
}

function mediaType(response) {
  return response.headers.get('content-type')?.toLowerCase().replaceAll(' ', '');
}

/** The events of an answer that has to be a stream. */
function streamed(response) {
  assert.equal(response.status, 200);
  assert.match(mediaType(response), /^text\/event-stream/);
  return new Events(response.body);
}

/** An answer that has to be a refusal, with the reason in a GraphQL response. */
async function refused(response, status) {
  assert.equal(response.status, status);
  assert.match(mediaType(response), /^application\/(graphql-response\+)?json/);
  const { errors, data } = await response.json();
  assert.equal(typeof errors[0].message, 'string');
  assert.equal(data, undefined);
}

function namesDepartment({ data }, name) {
  return data.jointFollowUp.jointFollowUp.departments.some((department) => department.name === name);
}

// Distinct connections mode

/** Asks in either way: by POST with a body, or by GET with a search. */
const ways = {
  POST: (body) => send('POST', { headers: { Accept: EVENTS }, body }),
  GET: (search) => send('GET', { headers: { Accept: EVENTS }, search }),
};
for (const [method, ask] of Object.entries(ways)) {
  await checks(`distinct, ${method}: a query is next and complete, and the end`, async () => {
    const response = await ask({ query: VIEWER });
    assert.match(response.headers.get('cache-control'), /no-cache|no-store/);
    const events = streamed(response);
    assert.equal((await events.result()).data.viewer.user.username, 'coordinator');
    const complete = await events.next();
    assert.equal(complete.event, 'complete');
    // An EventSource dispatches no event without data.
    assert.equal(complete.data, '');
    assert.equal(await events.next(), undefined);
  });
  await checks(`distinct, ${method}: operationName, variables and extensions count`, async () => {
    const query = 'query A { __typename } query B($code: String!) { department(code: $code) { code } }';
    const request = { query, operationName: 'B', variables: { code: 'UTB' }, extensions: { a: 1 } };
    const events = streamed(await ask(request));
    assert.deepEqual((await events.result()).data, { department: { code: 'UTB' } });
  });
  await checks(`distinct, ${method}: a subscription is next after next`, async () => {
    const events = streamed(await ask({ query: DEPARTMENTS_FOLLOWED }));
    await events.result();
    const name = await renameDepartment('UTB');
    assert.ok(namesDepartment(await events.result(), name));
    await events.hearsNothing();
  });
  for (const [name, request] of [
    ['a document that cannot be parsed', { query: '{' }],
    ['an unknown field', { query: '{ nothing }' }],
    ['an unknown field of a subscription', { query: 'subscription { nothing }' }],
    ['an unknown operationName', { query: 'query A { __typename }', operationName: 'B' }],
    ['a missing variable', { query: 'query ($code: String!) { department(code: $code) { code } }' }],
    ['a subscription of two fields', { query: 'subscription { myWork { eventId } other: myWork { eventId } }' }],
    ['a document above the limits', { query: `${'{ a '.repeat(60)}${'}'.repeat(60)}` }],
  ]) {
    await checks(`distinct, ${method}: the stream tells what is wrong: ${name}`, async () => {
      const events = streamed(await ask(request));
      const { errors, data } = await events.result();
      assert.equal(typeof errors[0].message, 'string');
      assert.equal(data, undefined);
      assert.equal((await events.next()).event, 'complete');
      assert.equal(await events.next(), undefined);
    });
  }
}
await checks('distinct: an error in a field is in next', async () => {
  const events = streamed(await ways.POST({ query: '{ findings(first: 101) { totalCount } }' }));
  const { data, errors } = await events.result();
  assert.equal(data, null);
  assert.deepEqual(errors[0].path, ['findings']);
  assert.equal((await events.next()).event, 'complete');
});
await checks('distinct: a mutation is next and complete by POST', async () => {
  const variables = { input: { id: 'nonsense', expectedVersion: 1 } };
  const events = streamed(await ways.POST({ query: UPDATE_FINDING, variables }));
  assert.ok((await events.result()).data.updateFinding.errors.length > 0);
  assert.equal((await events.next()).event, 'complete');
});
await checks('distinct: a mutation by GET is refused', async () => {
  const response = await ways.GET({ query: 'mutation { updateFinding(input: {}) { errors { code } } }' });
  assert.match(response.headers.get('allow'), /POST/);
  await refused(response, 405);
});
await checks('distinct: a request without a query is refused', async () => {
  await refused(await ways.GET({}), 400);
  await refused(await ways.POST({ variables: {} }), 400);
});
await checks('distinct: a body that is not JSON is refused', async () => {
  await refused(await ways.POST('{'), 400);
  await refused(await ways.POST('[]'), 400);
  const headers = { Accept: EVENTS, 'Content-Type': 'text/plain' };
  await refused(await send('POST', { headers, body: '{"query":"{ __typename }"}' }), 415);
});
await checks('distinct: a body above the limit is refused', async () => {
  await refused(await ways.POST({ query: `{ __typename } # ${'x'.repeat(1 << 20)}` }), 413);
});
await checks('distinct: a token that is not valid is refused', async () => {
  const as = { Authorization: 'Bearer nonsense' };
  await refused(await send('POST', { headers: { Accept: EVENTS }, body: { query: VIEWER }, as }), 401);
});
await checks('distinct: who accepts no type that there is is refused', async () => {
  const headers = { Accept: 'gibberish/gibberish' };
  assert.equal((await send('POST', { headers, body: { query: VIEWER } })).status, 406);
});

// Single connection mode

const TOKEN = 'X-GraphQL-Event-Stream-Token';

async function reserve(as = coordinator) {
  const response = await send('PUT', { as });
  assert.equal(response.status, 201);
  assert.match(mediaType(response), /^text\/plain/);
  return response.text();
}

/** A reservation, and what is asked by it. */
class Single {
  static async reserve(as) {
    return new Single(await reserve(as), as);
  }

  /** One whose stream is open. */
  static async open(as) {
    const single = await Single.reserve(as);
    single.events = streamed(await single.connect());
    return single;
  }

  constructor(token, as = coordinator) {
    this.as = as;
    this.headers = { [TOKEN]: token };
    this.search = { token };
  }

  connect() {
    return send('GET', { headers: { ...this.headers, Accept: EVENTS }, as: this.as });
  }

  execute(operationId, query, more = {}) {
    return send('POST', { headers: this.headers, body: { query, extensions: { operationId }, ...more }, as: this.as });
  }

  async accepts(operationId, query, more) {
    const response = await this.execute(operationId, query, more);
    assert.equal(response.status, 202);
    assert.equal(await response.text(), '');
  }

  stop(operationId) {
    return send('DELETE', { headers: this.headers, search: { operationId } });
  }

  /** The next event, which has to be an operation's. */
  async told(id, event) {
    const told = await this.events.next();
    assert.deepEqual([told.event, told.data.id], [event, id]);
    return told.data.payload;
  }
}

await checks('single: a PUT reserves a stream, and another another', async () => {
  const [one, two] = [await reserve(), await reserve()];
  assert.ok(one.length >= 16, 'a token that is not guessed');
  assert.notEqual(one, two);
});
await checks('single: a PUT with a token that is not valid is refused', async () => {
  await refused(await send('PUT', { as: { Authorization: 'Bearer nonsense' } }), 401);
});
await checks('single: nothing is done by a token that is not there', async () => {
  const unknown = new Single('unknown');
  await refused(await unknown.execute('1', VIEWER), 404);
  await refused(await unknown.stop('1'), 404);
  await refused(await send('GET', { search: { token: 'unknown', query: VIEWER } }), 404);
});
await checks('single: a stream that nobody has reserved is an operation of its own', async () => {
  const unknown = new Single('unknown');
  await refused(await unknown.connect(), 400);
  const headers = { ...unknown.headers, Accept: EVENTS };
  const events = streamed(await send('POST', { headers, body: { query: VIEWER } }));
  assert.equal((await events.result()).data.viewer.user.username, 'coordinator');
});
await checks('single: a stream opens by a header', async () => {
  const single = await Single.reserve();
  const events = streamed(await single.connect());
  await events.hearsNothing();
  // Some browsers take a stream for open once something has come.
  assert.equal(events.comments, 1);
});
await checks('single: a stream opens by a search parameter alone, as EventSource asks', async () => {
  const { search } = await Single.reserve();
  streamed(await send('GET', { search, headers: { Accept: EVENTS }, as: {} }));
});
await checks('single: a second stream on a reservation is refused', async () => {
  const single = await Single.open();
  await refused(await single.connect(), 409);
});
await checks('single: an operation without an id is refused', async () => {
  const single = await Single.open();
  for (const operationId of [undefined, '']) await refused(await single.execute(operationId, VIEWER), 400);
  await single.events.hearsNothing();
});
for (const [name, by] of [
  ['a header', ({ headers }, body) => send('POST', { headers, body })],
  ['a search parameter', ({ search }, body) => send('POST', { search, body })],
  ['GET', ({ headers }, search) => send('GET', { headers, search })],
]) {
  await checks(`single: a query is accepted by ${name}, and is next and complete in the stream`, async () => {
    const single = await Single.open();
    const response = await by(single, { query: VIEWER, extensions: { operationId: '1' } });
    assert.equal(response.status, 202);
    assert.equal(await response.text(), '');
    const { data } = await single.told('1', 'next');
    assert.equal(data.viewer.user.username, 'coordinator');
    assert.equal(await single.told('1', 'complete'), undefined);
    await single.events.hearsNothing();
  });
}
await checks('single: operationName and variables count', async () => {
  const single = await Single.open();
  const query = 'query A { __typename } query B($code: String!) { department(code: $code) { code } }';
  await single.accepts('1', query, { operationName: 'B', variables: { code: 'UTB' } });
  assert.deepEqual((await single.told('1', 'next')).data, { department: { code: 'UTB' } });
});
await checks('single: a mutation is accepted by POST', async () => {
  const single = await Single.open();
  await single.accepts('1', UPDATE_FINDING, { variables: { input: { id: 'nonsense', expectedVersion: 1 } } });
  assert.ok((await single.told('1', 'next')).data.updateFinding.errors.length > 0);
  await single.told('1', 'complete');
});
await checks('single: a mutation by GET is refused', async () => {
  const { headers } = await Single.open();
  const query = 'mutation { updateFinding(input: {}) { errors { code } } }';
  const response = await send('GET', { headers, search: { query, extensions: { operationId: '1' } } });
  assert.match(response.headers.get('allow'), /POST/);
  await refused(response, 405);
});
await checks('single: what was accepted before the stream opens comes when it does', async () => {
  const single = await Single.reserve();
  await single.accepts('1', VIEWER);
  single.events = streamed(await single.connect());
  await single.told('1', 'next');
  await single.told('1', 'complete');
});
await checks('single: an error in a field is in next', async () => {
  const single = await Single.open();
  await single.accepts('1', '{ findings(first: 101) { totalCount } }');
  const { data, errors } = await single.told('1', 'next');
  assert.equal(data, null);
  assert.deepEqual(errors[0].path, ['findings']);
  await single.told('1', 'complete');
});
for (const [name, query, more] of [
  ['a document that cannot be parsed', '{'],
  ['an unknown field', '{ nothing }'],
  ['an unknown field of a subscription', 'subscription { nothing }'],
  ['an unknown operationName', 'query A { __typename }', { operationName: 'B' }],
  ['a missing query', undefined],
]) {
  await checks(`single: whoever asks is told what is wrong, and the stream is not: ${name}`, async () => {
    const single = await Single.open();
    await refused(await single.execute('1', query, more), 400);
    await single.events.hearsNothing();
    // Its id is free.
    await single.accepts('1', VIEWER);
    await single.told('1', 'next');
  });
}
await checks('single: the stream tells why a subscription cannot be followed', async () => {
  const single = await Single.open(authorization('performer-ksf'));
  const headers = { ...single.headers, ...authorization('performer-ksf') };
  const body = { query: DEPARTMENTS_FOLLOWED, extensions: { operationId: '1' } };
  assert.equal((await send('POST', { headers, body, as: {} })).status, 202);
  const { errors } = await single.told('1', 'next');
  assert.equal(errors[0].extensions.code, 'FORBIDDEN');
  await single.told('1', 'complete');
});
await checks('single: operations run beside each other', async () => {
  const single = await Single.open();
  await single.accepts('subscription', DEPARTMENTS_FOLLOWED);
  await single.told('subscription', 'next');
  await single.accepts('query', VIEWER);
  await single.told('query', 'next');
  await single.told('query', 'complete');
  const name = await renameDepartment('UTB');
  assert.ok(namesDepartment(await single.told('subscription', 'next'), name));
});
await checks('single: an id in use is refused, and free when its operation is complete', async () => {
  const single = await Single.open();
  await single.accepts('1', DEPARTMENTS_FOLLOWED);
  await single.told('1', 'next');
  await refused(await single.execute('1', VIEWER), 409);
  await single.accepts('2', VIEWER);
  await single.told('2', 'next');
  await single.told('2', 'complete');
  await single.accepts('2', VIEWER);
  await single.told('2', 'next');
});
await checks('single: an id is of one stream', async () => {
  for (const single of [await Single.open(), await Single.open()]) {
    await single.accepts('1', DEPARTMENTS_FOLLOWED);
    await single.told('1', 'next');
  }
});
await checks('single: DELETE stops a subscription, and frees its id', async () => {
  const single = await Single.open();
  await single.accepts('1', DEPARTMENTS_FOLLOWED);
  await single.told('1', 'next');
  assert.equal((await single.stop('1')).status, 200);
  await renameDepartment('UTB');
  await pause(1500);
  await single.accepts('2', VIEWER);
  // A server may say that the operation is complete, and nothing else.
  let told = await single.events.next();
  if (told.event === 'complete' && told.data.id === '1') told = await single.events.next();
  assert.deepEqual([told.event, told.data.id], ['next', '2']);
  await single.told('2', 'complete');
  await single.accepts('1', VIEWER);
  await single.told('1', 'next');
});
await checks('single: DELETE of what is unknown or complete changes nothing', async () => {
  const single = await Single.open();
  assert.equal((await single.stop('unknown')).status, 200);
  await single.events.hearsNothing();
});
await checks('single: DELETE without an operation is refused', async () => {
  const { headers } = await Single.open();
  await refused(await send('DELETE', { headers }), 400);
});
await checks('single: another method is refused', async () => {
  const { headers } = await Single.open();
  const response = await send('PATCH', { headers });
  assert.equal(response.status, 405);
  for (const method of ['GET', 'POST', 'PUT', 'DELETE'])
    assert.ok(response.headers.get('allow').includes(method), method);
});
await checks('single: a body above the limit is refused', async () => {
  const single = await Single.open();
  await refused(await single.execute('1', `{ __typename } # ${'x'.repeat(1 << 20)}`), 413);
  await single.events.hearsNothing();
});
await checks("single: nobody executes in somebody else's stream", async () => {
  const single = await Single.open();
  const as = authorization('performer-ksf');
  const body = { query: VIEWER, extensions: { operationId: '1' } };
  const answer = await send('POST', { headers: single.headers, body, as });
  assert.ok([403, 404].includes(answer.status), `${answer.status}`);
  await single.events.hearsNothing();
});
await checks('single: an operation with a token that is not valid is refused', async () => {
  const single = await Single.open();
  const body = { query: VIEWER, extensions: { operationId: '1' } };
  await refused(await send('POST', { headers: single.headers, body, as: { Authorization: 'Bearer nonsense' } }), 401);
});
await checks('single: what nobody listens to any more is not kept', async () => {
  const single = await Single.open();
  await single.accepts('1', DEPARTMENTS_FOLLOWED);
  await single.told('1', 'next');
  for (const request of requests) request.abort();
  await pause(1000);
  // The reservation ended with its stream.
  await refused(await single.execute('2', VIEWER), 404);
});
