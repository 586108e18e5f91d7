import { createContext, useContext, useState } from 'react';
import type { Actor, Configuration } from './configuration';

/** Who uses the portal. */
export interface Session {
  /** Null: the public. */
  token: string | null;
  /** Whom one may act as; empty where people sign in. */
  actors: Actor[];
  /** The actor's name; null for the public, and where people sign in. */
  actor: string | null;
  actAs(actor: string | null): void;
  signIn(token: string): void;
  signOut(): void;
}

// A tab's own storage: it is gone with the tab, and other tabs can act as somebody else.
const ACTOR = 'actor';
const TOKEN = 'token';
const PUBLIC = '';

export function useNewSession({ tokens: actors }: Configuration): Session {
  const [actor, setActor] = useState(() => sessionStorage.getItem(ACTOR) ?? actors[0]?.name ?? PUBLIC);
  const [entered, setEntered] = useState(() => sessionStorage.getItem(TOKEN));
  const acting = actors.find(({ name }) => name === actor);
  return {
    token: actors.length > 0 ? (acting?.token ?? null) : entered,
    actors,
    actor: acting?.name ?? null,
    actAs(name) {
      sessionStorage.setItem(ACTOR, name ?? PUBLIC);
      setActor(name ?? PUBLIC);
    },
    signIn(token) {
      sessionStorage.setItem(TOKEN, token);
      setEntered(token);
    },
    signOut() {
      sessionStorage.removeItem(TOKEN);
      setEntered(null);
    },
  };
}

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession is used outside a SessionContext');
  return session;
}
