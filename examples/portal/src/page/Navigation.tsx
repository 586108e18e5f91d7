import { useTexts } from '../language/context';
import { href, type Route } from '../routing/route';

/** The ways to the portal's pages. They keep to the year that is looked at. */
export function Navigation({ route }: { route: Route }) {
  const texts = useTexts();
  const year = route.view !== 'work' && route.year ? { year: route.year } : {};
  const entries: { to: Route; text: string; current: boolean }[] = [
    { to: { view: 'joint', ...year }, text: texts.joint, current: route.view === 'joint' },
    {
      to: { view: 'reports', ...year },
      text: texts.reports,
      current: route.view === 'reports' || route.view === 'report',
    },
    { to: { view: 'work' }, text: texts.work, current: route.view === 'work' },
  ];
  return (
    <nav aria-label={texts.mainNavigation}>
      <ul>
        {entries.map(({ to, text, current }) => (
          <li key={to.view}>
            <a href={href(to)} aria-current={current ? (to.view === route.view ? 'page' : 'true') : undefined}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
