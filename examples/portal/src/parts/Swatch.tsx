import type { RatingFragment } from '../gql/graphql';

/**
 * The colour that the municipality gave a rating. Each rank has a shape of its own, too, for those who do not tell the
 * colours apart and for print; what it means stands beside it. A presentation attribute, since the policy allows no inline
 * styles.
 */
export function Swatch({ rating: { rank, colour } }: { rating: Pick<RatingFragment, 'rank' | 'colour'> }) {
  const look = { fill: colour ?? '#ffffff', stroke: '#1f2a30', strokeWidth: 1.5 };
  return (
    <svg className="swatch" viewBox="0 0 18 18" aria-hidden="true">
      {rank === 1 ? (
        <circle cx="9" cy="9" r="7.5" {...look} />
      ) : rank === 2 ? (
        <path d="M9 1.5 17 16.5H1z" strokeLinejoin="round" {...look} />
      ) : (
        <rect x="2" y="2" width="14" height="14" rx="1" {...look} />
      )}
    </svg>
  );
}
