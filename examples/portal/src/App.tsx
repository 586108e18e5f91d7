import { useMemo } from 'react';
import { ApiContext, createApi } from './api/api';
import { JointPage } from './joint/JointPage';
import { useLanguageChoice } from './language/choice';
import { LanguageContext } from './language/context';
import { ReportPage } from './report/ReportPage';
import { ReportsPage } from './reports/ReportsPage';
import { useArrivalFocus } from './routing/arrival';
import { useRoute } from './routing/use-route';
import type { Configuration } from './session/configuration';
import { SessionContext, useNewSession } from './session/session';
import { WorkPage } from './work/WorkPage';

/** The portal: who uses it, in what language, and the page that the address names. */
export function App({ configuration }: { configuration: Configuration }) {
  const session = useNewSession(configuration);
  const language = useLanguageChoice();
  const api = useMemo(
    () => createApi({ token: session.token, language: language.language }),
    [session.token, language.language],
  );
  return (
    <SessionContext value={session}>
      <LanguageContext value={language}>
        <ApiContext value={api}>
          <CurrentPage opening={configuration.year ?? new Date().getFullYear()} />
        </ApiContext>
      </LanguageContext>
    </SessionContext>
  );
}

/** `opening`: the year of pages whose address names none. */
function CurrentPage({ opening }: { opening: number }) {
  const route = useRoute();
  useArrivalFocus(route);
  switch (route.view) {
    case 'joint':
      return <JointPage route={route} opening={opening} />;
    case 'reports':
      return <ReportsPage route={route} opening={opening} />;
    case 'report':
      return <ReportPage route={route} opening={opening} />;
    case 'work':
      return <WorkPage route={route} />;
  }
}
