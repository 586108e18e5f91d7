import type { FrameFragment } from '../gql/graphql';
import { useTexts } from '../language/context';
import { Written } from '../language/Written';
import { href, type Route } from '../routing/route';

type PeriodRoute = Exclude<Route, { view: 'work' }>;

interface PeriodChoiceProps {
  route: PeriodRoute;
  year: number;
  years: FrameFragment['controlYears'];
}

/** The ways to the same page for another control year or occasion, where there are any. */
export function PeriodChoice({ route, year, years }: PeriodChoiceProps) {
  const texts = useTexts();
  const occasions = years.find((candidate) => candidate.year === year)?.occasions ?? [];
  const chosen = route.occasion ?? occasions.at(-1)?.code;
  const { year: _year, occasion: _occasion, ...rest } = route;
  return (
    <>
      {years.length > 1 && (
        <nav className="period" aria-label={texts.year}>
          {years.map(({ year: other }) => (
            <a key={other} href={href({ ...rest, year: other })} aria-current={other === year ? 'page' : undefined}>
              {other}
            </a>
          ))}
        </nav>
      )}
      {occasions.length > 1 && (
        <nav className="period" aria-label={texts.occasion}>
          {occasions.map(({ code, label }) => (
            <a
              key={code}
              href={href({ ...rest, year, occasion: code })}
              aria-current={code === chosen ? 'page' : undefined}
            >
              <Written>{label}</Written>
            </a>
          ))}
        </nav>
      )}
    </>
  );
}
