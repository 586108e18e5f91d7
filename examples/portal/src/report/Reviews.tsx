import type { ReviewFragment } from '../gql/graphql';
import { useTexts } from '../language/context';
import { Written } from '../language/Written';
import { Fact, Facts } from '../parts/Facts';
import { Evidence } from './Evidence';

/** What others than the department itself have reviewed. */
export function Reviews({ reviews }: { reviews: ReviewFragment[] }) {
  const texts = useTexts();
  return (
    <Evidence title={texts.reviews} level={3} things={reviews}>
      {(review) => (
        <>
          <h4>
            <Written>{review.title}</Written>
          </h4>
          <Facts>
            <Fact name={texts.reviewer}>{review.reviewer && <Written>{review.reviewer}</Written>}</Fact>
            <Fact name={texts.performedOn}>{review.performedOn && <Written>{review.performedOn.text}</Written>}</Fact>
            <Fact name={texts.announced}>{review.announced !== null && (review.announced ? texts.yes : texts.no)}</Fact>
            <Fact name={texts.registrationNumber}>{review.registrationNumber}</Fact>
            <Fact name={texts.conditions} wide>
              {review.conditions && <Written>{review.conditions}</Written>}
            </Fact>
          </Facts>
        </>
      )}
    </Evidence>
  );
}
