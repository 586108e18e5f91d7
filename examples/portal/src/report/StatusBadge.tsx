import type { ReportStatus } from '../gql/graphql';
import { useLabel } from '../language/context';
import { Badge, type Tone } from '../parts/Badge';

const TONES: Record<ReportStatus, Tone> = {
  DRAFT: 'neutral',
  SUBMITTED: 'neutral',
  PROPOSED: 'neutral',
  RECOMMENDED: 'neutral',
  DECIDED: 'good',
  REFERRED_BACK: 'warning',
};

/** How far a report has come. */
export function StatusBadge({ status }: { status: ReportStatus }) {
  const label = useLabel();
  return <Badge tone={TONES[status]}>{label('ReportStatus', status)}</Badge>;
}
