import type { RatingFragment } from '../gql/graphql';
import { Written } from '../language/Written';
import { Swatch } from './Swatch';

/** A rating: what the municipality calls it, with its colour. */
export function Rating({ rating }: { rating: RatingFragment }) {
  return (
    <span className="rating">
      <Swatch rating={rating} />
      <Written>{rating.label ?? rating.code}</Written>
    </span>
  );
}
