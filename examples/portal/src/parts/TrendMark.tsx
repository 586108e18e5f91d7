import type { Trend } from '../gql/graphql';
import { useLabel, useTexts } from '../language/context';

const ARROWS: Record<Trend, string> = { IMPROVED: '↗', UNCHANGED: '→', WORSENED: '↘' };

/** How something has developed since the year before. */
export function TrendMark({ trend }: { trend: Trend }) {
  const texts = useTexts();
  const label = useLabel();
  return (
    <span className="trend" data-trend={trend}>
      <span aria-hidden="true">{ARROWS[trend]} </span>
      {texts.trend(label('Trend', trend))}
    </span>
  );
}
