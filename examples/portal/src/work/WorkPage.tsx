import { useSubject } from '../api/use-subject';
import { useTexts } from '../language/context';
import { Page } from '../page/Page';
import type { Route } from '../routing/route';
import { PAGE, work } from './subject';
import { WorkView } from './WorkView';

/** What the person has to do. */
export function WorkPage({ route }: { route: Route }) {
  const texts = useTexts();
  const shown = useSubject(work, { first: PAGE });
  return (
    <Page route={route} title={texts.work} name={texts.work} shown={shown} live>
      {({ viewer, work: { myWork } }) =>
        viewer.user ? <WorkView first={myWork} /> : <p className="empty">{texts.noWorkSignedOut}</p>
      }
    </Page>
  );
}
