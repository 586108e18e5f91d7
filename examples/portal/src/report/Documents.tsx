import type { DocumentFragment } from '../gql/graphql';
import { useTexts } from '../language/context';
import { Day } from '../language/Day';
import { Written } from '../language/Written';
import { Evidence } from './Evidence';

/** What the registry holds of the report. */
export function Documents({ documents }: { documents: DocumentFragment[] }) {
  const texts = useTexts();
  return (
    <Evidence title={texts.documents} level={2} things={documents}>
      {({ title, kind, dated, registrationNumber }) => (
        <>
          <h3>
            <Written>{title ?? kind}</Written>
          </h3>
          <p className="detail">
            {title && <Written>{kind}</Written>}
            {dated && (
              <>
                , <Day date={dated} />
              </>
            )}
            {registrationNumber && <>, {registrationNumber}</>}
          </p>
        </>
      )}
    </Evidence>
  );
}
