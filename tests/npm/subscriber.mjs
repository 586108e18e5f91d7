// A client of subscriptions, by the protocols' own implementations: `ws` or `sse`, a URL, a token. Reads operations
// { id, query, variables } from its standard input, a line each, and { stop: id }. Prints { id, next }, { id, error } and
// { id, complete } as they come.
import { createInterface } from 'node:readline';
import { createClient as eventStream } from 'graphql-sse';
import { createClient as webSocket } from 'graphql-ws';
import WebSocket from 'ws';

const [transport, url, token] = process.argv.slice(2);
const authorization = `Bearer ${token}`;
const client =
  transport === 'ws'
    ? webSocket({
        url: url.replace('http', 'ws'),
        webSocketImpl: WebSocket,
        connectionParams: { Authorization: authorization },
        lazy: false,
        onNonLazyError: () => {},
        retryAttempts: 0,
      })
    : eventStream({ url, headers: { authorization }, retryAttempts: 0 });

const say = (said) => process.stdout.write(`${JSON.stringify(said)}\n`);
const stops = new Map();
createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, query, variables, stop } = JSON.parse(line);
  if (stop) return stops.get(stop)();
  const stopping = client.subscribe(
    { query, variables },
    {
      next: (next) => say({ id, next }),
      error: (error) => say({ id, error: Array.isArray(error) ? error : String(error) }),
      complete: () => say({ id, complete: true }),
    },
  );
  stops.set(id, stopping);
});
