import type { CombinedError } from '@urql/core';

/** Why something could not be read, as a page shows it. */
export interface Failure {
  /** The API's `extensions.code`, or `NETWORK` when there was no answer of the API. */
  code: string;
  /** In the person's language, from the API. */
  message: string | undefined;
  /** Names a fault of the service in its log. */
  requestId: string | undefined;
}

export function failureOf({ graphQLErrors: [error] }: CombinedError): Failure {
  if (!error) return { code: 'NETWORK', message: undefined, requestId: undefined };
  const { code, requestId } = error.extensions;
  return {
    code: typeof code === 'string' ? code : 'NETWORK',
    message: error.message,
    requestId: typeof requestId === 'string' ? requestId : undefined,
  };
}
