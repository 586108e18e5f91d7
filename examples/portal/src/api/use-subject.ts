import type { AnyVariables } from '@urql/core';
import { useEffect, useMemo, useState } from 'react';
import { useApi } from './api';
import { follow, type Snapshot, type Subject } from './subject';

/** What a component has of the subject that it shows. */
export interface Shown<Data> extends Snapshot<Data> {
  /** Reads it again. */
  retry(): void;
}

/** Shows a subject for as long as the component is there. */
export function useSubject<Data extends object, Changes, Variables extends AnyVariables>(
  subject: Subject<Data, Changes, Variables>,
  variables: Variables,
): Shown<Data> {
  const { client } = useApi();
  const [attempt, setAttempt] = useState(0);
  const key = JSON.stringify(variables);
  // Variables are written anew on each rendering; it is their content that counts.
  const reading = useMemo(() => ({ client, subject, variables, attempt }), [client, subject, key, attempt]);
  const [state, setState] = useState<{ reading: typeof reading; snapshot: Snapshot<Data> }>();

  useEffect(
    () => follow(reading.client, reading.subject, reading.variables, (snapshot) => setState({ reading, snapshot })),
    [reading],
  );

  // What another subject has left behind is not shown as this one.
  const snapshot = state?.reading === reading ? state.snapshot : {};
  return { ...snapshot, retry: () => setAttempt((count) => count + 1) };
}
