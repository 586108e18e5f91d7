// Has to be refused: a finding that is withheld has no title.
import type { ResultOf } from '@graphql-typed-document-node/core';
import type { FindingsDocument } from './generated/graphql';

export function lengths({ findings }: ResultOf<typeof FindingsDocument>): number[] {
  return findings.nodes.map(({ title }) => title.length);
}
