// Has to be refused: no such field was asked for.
import type { ResultOf } from '@graphql-typed-document-node/core';
import type { FindingsDocument } from './generated/graphql';

export function responsible({ findings }: ResultOf<typeof FindingsDocument>): unknown {
  return findings.nodes[0]?.responsible;
}
