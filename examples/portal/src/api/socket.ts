import { createClient, type Client } from 'graphql-ws';
import type { SubscriptionForwarder } from '@urql/core';
import type { Caller } from './caller';
import type { Connection } from './connection';

/** The server refuses the caller. Trying again at once does not help. */
const FORBIDDEN = 4403;
/** Nothing is followed any more, so the connection was let go. */
const NORMAL = 1000;

const isCloseOf = (event: unknown, code: number) => event instanceof CloseEvent && event.code === code;

/** The WebSocket of a caller. It opens with the first subscription, and again whenever it breaks. */
export function openSocket({ token, language }: Caller, connection: Connection): Client {
  return createClient({
    url: new URL('graphql', location.href.replace(/^http/, 'ws')).href,
    // A browser sets no headers of a WebSocket: who calls, and in what language, goes in the first message.
    connectionParams: { ...(token && { Authorization: `Bearer ${token}` }), acceptLanguage: language },
    retryAttempts: Infinity,
    shouldRetry: (event) => !isCloseOf(event, FORBIDDEN),
    // Changing the page ends one subscription and begins another: the connection is kept in between.
    lazyCloseTimeout: 2_000,
    on: {
      connected: () => connection.set('live'),
      closed: (event) => connection.set(isCloseOf(event, NORMAL) ? 'idle' : 'interrupted'),
    },
  });
}

/** Lets urql subscribe over the socket, and go on after an interruption where it was. */
export function forwardTo(socket: Client): SubscriptionForwarder {
  return ({ query = '', variables }) => ({
    subscribe(observer) {
      let last: string | undefined;
      // graphql-ws writes the message anew for each connection, so a getter gives it the event that came last.
      const payload = {
        query,
        get variables() {
          return { ...variables, after: last };
        },
      };
      const unsubscribe = socket.subscribe(payload, {
        next({ data = null, errors }) {
          last = eventIdOf(data) ?? last;
          observer.next({ data, ...(errors && { errors: [...errors] }) });
        },
        error(error) {
          // The reason says why, in a person's words: the token, or too many connections.
          if (error instanceof CloseEvent && error.code === FORBIDDEN) {
            observer.next({ data: null, errors: [{ message: error.reason, extensions: { code: 'FORBIDDEN' } }] });
          } else {
            observer.error(error);
          }
        },
        complete: () => observer.complete(),
      });
      return { unsubscribe };
    },
  });
}

/** Every subscription of the contract has one field, whose object has an `eventId`. */
function eventIdOf(data: Record<string, unknown> | null): string | undefined {
  const [event] = Object.values(data ?? {});
  if (typeof event !== 'object' || event === null || !('eventId' in event)) return undefined;
  return typeof event.eventId === 'string' ? event.eventId : undefined;
}
