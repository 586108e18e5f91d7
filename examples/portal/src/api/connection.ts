import { useSyncExternalStore } from 'react';

/** Whether what happens on the server reaches the page. */
export type ConnectionState = 'idle' | 'live' | 'interrupted';

/** Remembers the state of the WebSocket and tells React when it changes. */
export class Connection {
  #state: ConnectionState = 'idle';
  readonly #listeners = new Set<() => void>();

  readonly set = (state: ConnectionState) => {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  };

  readonly get = () => this.#state;

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

export function useConnection(connection: Connection): ConnectionState {
  return useSyncExternalStore(connection.subscribe, connection.get);
}
