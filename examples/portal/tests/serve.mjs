// Serves the built portal as a Samsyn server does, in front of a running `samsyn demo` that need not have the portal:
// node tests/serve.mjs SAMSYN_URL [PORT]
import { readFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { fileURLToPath } from 'node:url';

const [target = 'http://127.0.0.1:8080', port = '8090'] = process.argv.slice(2);
const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const samsyn = new URL(target);

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const FILES = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/assets/portal.js': ['assets/portal.js', 'text/javascript; charset=utf-8'],
  '/assets/portal.css': ['assets/portal.css', 'text/css; charset=utf-8'],
  '/assets/licences.txt': ['assets/licences.txt', 'text/plain; charset=utf-8'],
};

const server = createServer(async (incoming, outgoing) => {
  const { pathname } = new URL(incoming.url, samsyn);
  if (pathname === '/graphql') return forward(incoming, outgoing);
  outgoing.setHeader('Content-Security-Policy', POLICY);
  if (pathname === '/configuration.json') return configuration(outgoing);
  const [file, type] = FILES[pathname] ?? [];
  if (!file) return outgoing.writeHead(404).end();
  outgoing.setHeader('Content-Type', type);
  outgoing.end(await readFile(dist + file));
});

async function configuration(outgoing) {
  const answer = await fetch(new URL('/graphiql/configuration.json', samsyn));
  const { tokens, variables } = await answer.json();
  outgoing.setHeader('Content-Type', 'application/json');
  outgoing.end(JSON.stringify({ tokens, year: JSON.parse(variables).year }));
}

/** To the server it is as if the page were its own. */
const headersFor = ({ headers }) => ({
  ...headers,
  host: samsyn.host,
  ...(headers.origin && { origin: samsyn.origin }),
});

function forward(incoming, outgoing) {
  const { method, url } = incoming;
  const onward = request(new URL(url, samsyn), { method, headers: headersFor(incoming) }, (answer) => {
    outgoing.writeHead(answer.statusCode, answer.headers);
    answer.pipe(outgoing);
  });
  onward.on('error', () => outgoing.writeHead(502).end());
  incoming.pipe(onward);
}

server.on('upgrade', (incoming, socket, head) => {
  const onward = request(new URL(incoming.url, samsyn), { headers: headersFor(incoming) });
  onward.on('upgrade', (answer, other, first) => {
    const headers = Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${headers.join('')}\r\n`);
    socket.write(first);
    other.write(head);
    other.pipe(socket).pipe(other);
    other.on('error', () => socket.destroy());
    socket.on('error', () => other.destroy());
  });
  onward.on('response', () => socket.destroy());
  onward.on('error', () => socket.destroy());
  onward.end();
});

server.listen(Number(port), '127.0.0.1', () => console.log(`http://127.0.0.1:${port}`));
