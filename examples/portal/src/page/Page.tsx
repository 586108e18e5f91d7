import { useEffect, type ReactNode } from 'react';
import type { Shown } from '../api/use-subject';
import type { FrameFragment } from '../gql/graphql';
import { LabelsContext, useTexts } from '../language/context';
import type { Route } from '../routing/route';
import { FailureNotice } from './FailureNotice';
import { Footer } from './Footer';
import { Header } from './Header';
import { Liveness } from './Liveness';
import { SkipLink } from './SkipLink';

interface PageProps<Data> {
  route: Route;
  title: ReactNode;
  /** What the browser's tab says, where the title is more than text. */
  name: string;
  shown: Shown<Data>;
  /** Whether the page's subject is followed, so that it has changes to tell of. */
  live: boolean;
  children: (data: Data) => ReactNode;
}

/** What all pages have in common: what stands around them, and what is shown instead of them until they are there. */
export function Page<Data extends FrameFragment>({ route, title, name, shown, live, children }: PageProps<Data>) {
  const texts = useTexts();
  const { data, failure, changedAt, retry } = shown;
  const frame: FrameFragment | undefined = data;

  useEffect(() => {
    document.title = `${name} – ${texts.portal}`;
  }, [name, texts]);

  return (
    <LabelsContext value={frame?.labels ?? []}>
      <SkipLink />
      <Header route={route} municipality={frame?.municipality.name} person={frame?.viewer.user?.name} />
      <main id="content">
        <h1 tabIndex={-1}>{title}</h1>
        {live && <Liveness changedAt={changedAt} />}
        {failure && <FailureNotice failure={failure} onRetry={retry} />}
        {data ? children(data) : !failure && <p className="loading">{texts.loading}</p>}
      </main>
      <Footer />
    </LabelsContext>
  );
}
