import { Client, fetchExchange, subscriptionExchange } from '@urql/core';
import { createContext, useContext } from 'react';
import type { Caller } from './caller';
import { Connection } from './connection';
import { forwardTo, openSocket } from './socket';

/** The API for one caller. */
export interface Api {
  client: Client;
  connection: Connection;
}

/**
 * There is no cache: each page asks once for the whole of what it shows, and is then told what changes. That is simpler
 * than keeping a cache right, and nobody is shown what another caller has read.
 */
export function createApi(caller: Caller): Api {
  const connection = new Connection();
  const socket = openSocket(caller, connection);
  const client = new Client({
    url: new URL('graphql', document.baseURI).href,
    exchanges: [fetchExchange, subscriptionExchange({ forwardSubscription: forwardTo(socket) })],
    preferGetMethod: false,
    fetchOptions: {
      headers: {
        accept: 'application/graphql-response+json',
        'accept-language': caller.language,
        ...(caller.token && { authorization: `Bearer ${caller.token}` }),
      },
    },
  });
  return { client, connection };
}

export const ApiContext = createContext<Api | null>(null);

export function useApi(): Api {
  const api = useContext(ApiContext);
  if (!api) throw new Error('useApi is used outside an ApiContext');
  return api;
}
