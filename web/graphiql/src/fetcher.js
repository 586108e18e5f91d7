import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { createClient } from 'graphql-ws';

// Relative to the page, so that it also works behind a path prefix.
const endpoint = new URL('graphql', document.baseURI);
const socket = new URL(endpoint);
socket.protocol = endpoint.protocol.replace('http', 'ws');

const UNAUTHORIZED_CLOSE_CODES = [4401, 4403];

/**
 * The function that sends GraphiQL's operations with the given token, or without one. Headers that are typed into
 * GraphiQL win. `onAnswer` is told after each answer whether it was refused for want of a valid token.
 */
export function createFetcher(token, onAnswer) {
  const authorization = token ? { Authorization: `Bearer ${token}` } : {};

  async function fetchAndWatch(url, options) {
    const headers = new Headers(authorization);
    for (const [name, value] of Object.entries(options.headers)) headers.set(name, value);
    const response = await fetch(url, { ...options, headers, credentials: 'omit' });
    onAnswer(await isUnauthenticated(response.clone()));
    return response;
  }

  return (operation, options) =>
    createGraphiQLFetcher({
      url: endpoint.href,
      fetch: fetchAndWatch,
      enableIncrementalDelivery: false,
      wsClient: createSocket({ ...authorization, ...options?.headers }, onAnswer),
    })(operation, options);
}

/** Opens no connection before something is subscribed to, and closes it with the last subscription. */
function createSocket(connectionParams, onAnswer) {
  return createClient({
    url: socket.href,
    connectionParams,
    retryAttempts: 0,
    on: {
      connected: () => onAnswer(false),
      closed: (event) => onAnswer(UNAUTHORIZED_CLOSE_CODES.includes(event?.code)),
    },
  });
}

async function isUnauthenticated(response) {
  try {
    const { errors = [] } = await response.json();
    return errors.some(({ extensions }) => extensions?.code === 'UNAUTHENTICATED');
  } catch {
    return response.status === 401;
  }
}
