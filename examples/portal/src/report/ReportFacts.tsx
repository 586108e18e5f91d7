import type { ReportFragment } from '../gql/graphql';
import { useTexts } from '../language/context';
import { Day } from '../language/Day';
import { Written } from '../language/Written';
import { Fact, Facts } from '../parts/Facts';
import { StatusBadge } from './StatusBadge';

/** So much of a checksum as tells one from another at a glance. */
const SHORT = 12;

/** Whose report it is, of when, and how far it has come. */
export function ReportFacts({ report }: { report: ReportFragment }) {
  const texts = useTexts();
  const { contentHash, dated, publishedAt } = report;
  return (
    <Facts>
      <Fact name={texts.status}>
        <StatusBadge status={report.status} />
      </Fact>
      <Fact name={texts.department}>
        <Written>{report.department.name}</Written>
      </Fact>
      <Fact name={texts.committee}>
        <Written>{report.committee.name}</Written>
      </Fact>
      <Fact name={texts.occasion}>
        <Written>{report.occasion.label}</Written>
      </Fact>
      <Fact name={texts.dated}>{dated && <Day date={dated} />}</Fact>
      <Fact name={texts.caseNumber}>{report.case?.number}</Fact>
      <Fact name={texts.published}>{publishedAt && <Day date={publishedAt} />}</Fact>
      <Fact name={texts.contentHash} wide>
        {contentHash && (
          <>
            <code>{contentHash.slice(0, SHORT)}</code>
            <span className="detail">{texts.contentHashMeaning}</span>
          </>
        )}
      </Fact>
    </Facts>
  );
}
