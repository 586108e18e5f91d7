import type { Client } from '@urql/core';
import { useEffect, useState } from 'react';
import { useApi } from '../api/api';
import { failureOf, type Failure } from '../api/failure';
import { MoreWorkDocument, type WorkItemFragment, type WorkPageFragment } from '../gql/graphql';
import { PAGE } from './subject';

interface MoreWork {
  items: WorkItemFragment[];
  hasMore: boolean;
  loading: boolean;
  failure: Failure | undefined;
  showMore(): void;
}

interface Pages {
  pages: WorkPageFragment[];
  failure?: Failure | undefined;
}

/**
 * The pages that somebody has asked for. The first is followed; when it changes, cursors of the old list say nothing of
 * the new one, and as many pages as were there are read again.
 */
export function useMoreWork(first: WorkPageFragment): MoreWork {
  const { client } = useApi();
  const [wish, setWish] = useState({ pages: 1 });
  const [{ pages, failure, granted }, setAnswer] = useState<Pages & { granted: typeof wish }>({
    pages: [first],
    granted: wish,
  });

  useEffect(() => {
    let outdated = false;
    const known = pages[0] === first ? pages : [first];
    void readOn(client, known, wish.pages).then((answer) => {
      if (!outdated) setAnswer({ ...answer, granted: wish });
    });
    return () => {
      outdated = true;
    };
  }, [client, first, wish]);

  const loading = granted !== wish;
  return {
    items: pages.flatMap(({ nodes }) => nodes),
    hasMore: pages.at(-1)?.pageInfo.hasNextPage ?? false,
    loading,
    failure,
    showMore() {
      if (!loading) setWish({ pages: pages.length + 1 });
    },
  };
}

/** Reads on from the pages that are known, until there are so many, or no more. */
async function readOn(client: Client, known: WorkPageFragment[], count: number): Promise<Pages> {
  const { hasNextPage, endCursor } = known.at(-1)?.pageInfo ?? {};
  if (known.length >= count || !hasNextPage || !endCursor) return { pages: known };
  const { data, error } = await client.query(MoreWorkDocument, { first: PAGE, after: endCursor }).toPromise();
  if (!data) return { pages: known, failure: error && failureOf(error) };
  return readOn(client, [...known, data.viewer.myWork], count);
}
