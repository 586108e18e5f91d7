import type { ReactNode } from 'react';

/** What somebody in the municipality has written: it stays Swedish when the portal speaks English, and is read out so. */
export function Written({ children }: { children: ReactNode }) {
  return <span lang="sv">{children}</span>;
}
