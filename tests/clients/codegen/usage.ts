// A portal's code on the generated types: variables, results, nulls and enums as the schema has them.
import type { ResultOf, VariablesOf } from '@graphql-typed-document-node/core';
import { FindingsDocument, JointFollowUpDocument, type Severity } from './generated/graphql';

const order: Record<Severity, number> = { CRITICAL: 0, HIGH: 1, MEDIUM: 2, LOW: 3 };

export const variables: VariablesOf<typeof FindingsDocument> = { year: 2017, first: 20 };

/** The titles of those that are not withheld, the most severe first. */
export function titles({ findings }: ResultOf<typeof FindingsDocument>): string[] {
  return findings.nodes
    .filter(({ withheld }) => !withheld)
    .sort((a, b) => rank(a.severity) - rank(b.severity))
    .map(({ title, followUp }) => `${followUp?.department.code ?? '–'}: ${title ?? ''}`);
}

function rank(severity: Severity | null | undefined): number {
  return severity ? order[severity] : Number.MAX_SAFE_INTEGER;
}

/** How far the first shared point has come. */
export function progress({ jointFollowUp }: ResultOf<typeof JointFollowUpDocument>): string {
  const [point] = jointFollowUp?.points ?? [];
  return point ? `${point.point.title}: ${point.reported} av ${point.expected}` : 'Inga gemensamma kontrollpunkter';
}
