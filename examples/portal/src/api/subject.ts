import type { AnyVariables, Client, TypedDocumentNode } from '@urql/core';
import { failureOf, type Failure } from './failure';

/** What a page is about: how it is read, and how its changes are followed. */
export interface Subject<Data, Changes, Variables extends AnyVariables> {
  query: TypedDocumentNode<Data, Variables>;
  /** Left out where the API has no subscription for it. */
  changes?: {
    subscription: TypedDocumentNode<Changes, Variables>;
    /** Whether there is something to follow. A query answers null where the reader may not look; a subscription refuses. */
    isFollowed?(data: Data): boolean;
    /** The data as an event has it. */
    apply(data: Data, changes: Changes): Data;
  };
}

/** What is known of a subject. */
export interface Snapshot<Data> {
  data?: Data | undefined;
  failure?: Failure | undefined;
  /** When it last changed before the reader's eyes. */
  changedAt?: Date;
}

/** Reads a subject, then follows it, and shows each state of it, until the function that it returns is called. */
export function follow<Data extends object, Changes, Variables extends AnyVariables>(
  client: Client,
  { query, changes }: Subject<Data, Changes, Variables>,
  variables: Variables,
  show: (snapshot: Snapshot<Data>) => void,
): () => void {
  let following: { unsubscribe(): void } | undefined;
  const reading = client.query(query, variables).subscribe(({ data: read, error }) => {
    show({ data: read, failure: error && failureOf(error) });
    if (!read || error || !changes || following) return;
    if (changes.isFollowed?.(read) === false) return;
    let data = read;
    following = client.subscription(changes.subscription, variables).subscribe(({ data: event, error: end }) => {
      // A subscription ends when its subject is no longer for this reader: then what they saw goes, too.
      if (end) return show({ failure: failureOf(end) });
      if (!event) return;
      const next = changes.apply(data, event);
      // The first event repeats what was just read. Both select the same fragment, so equal data is equal text.
      if (JSON.stringify(next) === JSON.stringify(data)) return;
      data = next;
      show({ data, changedAt: new Date() });
    });
  });
  return () => {
    reading.unsubscribe();
    following?.unsubscribe();
  };
}
