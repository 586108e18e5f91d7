// A real OpenID Connect provider for the tests. Prints { issuer } when it listens, obeys the commands on its standard
// input, a line each, and answers every one with a line: `down`, `up`, and `rotate` (new keys, without the old).
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import Provider from 'oidc-provider';

// What tokens are asked for (RFC 8707), and what the tokens are like.
const RESOURCES = {
  'urn:samsyn:api': {},
  'urn:samsyn:elliptic': { algorithm: 'ES256' },
  'urn:samsyn:short': { lifetime: 1 },
  'urn:samsyn:later': { begins: 3600 },
  'urn:other:api': { audience: 'other' },
};

const key = (type, options, more) => ({
  ...generateKeyPairSync(type, options).privateKey.export({ format: 'jwk' }),
  kid: randomUUID(),
  use: 'sig',
  ...more,
});
const keys = () => [
  key('rsa', { modulusLength: 2048 }, { alg: 'RS256' }),
  key('ec', { namedCurve: 'P-256' }, { alg: 'ES256' }),
];

const provider = (issuer) => {
  const made = new Provider(issuer, {
    clients: [
      {
        client_id: 'portal',
        token_endpoint_auth_method: 'none',
        redirect_uris: ['https://portal.example.org/callback'],
      },
      {
        client_id: 'registry',
        client_secret: 'registry-secret',
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
      },
    ],
    jwks: { keys: keys() },
    findAccount: (_, id) => ({ accountId: id, claims: async () => ({ sub: id }) }),
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        useGrantedResource: () => true,
        getResourceServerInfo: (_, indicator) => ({
          scope: 'api',
          audience: RESOURCES[indicator].audience ?? 'samsyn',
          accessTokenTTL: RESOURCES[indicator].lifetime ?? 3600,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: RESOURCES[indicator].algorithm ?? 'RS256' } },
        }),
      },
    },
    extraTokenClaims: (_, { accountId }) => ({
      email: `${accountId}@example.org`,
      email_verified: accountId !== 'unverified',
      municipality: '0580',
    }),
    formats: {
      customizers: {
        jwt: (_, token, jwt) => {
          const { begins } = RESOURCES[token.resourceServer.identifier()];
          if (begins) jwt.payload.nbf = jwt.payload.iat + begins;
        },
      },
    },
    // Everybody consents to everything.
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope('openid');
      grant.addResourceScope(oidc.params.resource, 'api');
      await grant.save();
      return grant;
    },
  });
  const answer = made.callback();
  // Whoever is hinted at is who signs in.
  return async (request, response) => {
    if (!request.url.startsWith('/interaction/')) return answer(request, response);
    const { params } = await made.interactionDetails(request, response);
    return made.interactionFinished(request, response, { login: { accountId: params.login_hint } });
  };
};

let current;
const server = createServer((request, response) => current(request, response));
const listen = (port) => new Promise((done) => server.listen(port, '127.0.0.1', done));
const say = (said) => process.stdout.write(`${JSON.stringify(said)}\n`);

await listen(0);
const { port } = server.address();
const issuer = `http://127.0.0.1:${port}`;
current = provider(issuer);
const commands = {
  down: () =>
    new Promise((done) => {
      server.close(done);
      server.closeAllConnections();
    }),
  up: () => listen(port),
  rotate: () => {
    current = provider(issuer);
  },
};
say({ issuer });
for await (const command of createInterface({ input: process.stdin })) {
  await commands[command]();
  say({ done: command });
}
process.exit();
