import { useSubject } from '../api/use-subject';
import { useTexts } from '../language/context';
import { Written } from '../language/Written';
import { Page } from '../page/Page';
import { PeriodChoice } from '../page/PeriodChoice';
import type { Route } from '../routing/route';
import { useLatestYear } from '../routing/use-year';
import { JointView } from './JointView';
import { joint } from './subject';

interface JointPageProps {
  route: Extract<Route, { view: 'joint' }>;
  opening: number;
}

/** The joint follow-up: every shared point in every department. */
export function JointPage({ route, opening }: JointPageProps) {
  const texts = useTexts();
  const year = route.year ?? opening;
  const shown = useSubject(joint, { year, occasion: route.occasion ?? null });
  useLatestYear(route, year, shown.data);
  const occasion = shown.data?.jointFollowUp?.occasion.label;
  return (
    <Page
      route={route}
      title={
        occasion ? (
          <>
            {texts.joint}: <Written>{occasion}</Written>
          </>
        ) : (
          texts.joint
        )
      }
      name={occasion ? texts.jointOf(occasion) : texts.joint}
      shown={shown}
      live
    >
      {({ jointFollowUp, controlYears, viewer }) => (
        <>
          <PeriodChoice route={route} year={year} years={controlYears} />
          {jointFollowUp ? (
            <JointView joint={jointFollowUp} />
          ) : (
            <p className="empty">{viewer.user ? texts.noJoint(year) : texts.jointSignedOut}</p>
          )}
        </>
      )}
    </Page>
  );
}
