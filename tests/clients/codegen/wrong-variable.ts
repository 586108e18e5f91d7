// Has to be refused: a year is a number.
import type { VariablesOf } from '@graphql-typed-document-node/core';
import type { FindingsDocument } from './generated/graphql';

export const variables: VariablesOf<typeof FindingsDocument> = { year: '2017' };
