import { useEffect, useRef } from 'react';
import { href, type Route } from './route';

/**
 * Goes to the heading of a page that one has come to, as a browser does with a page of its own: otherwise somebody who
 * does not see the screen is left on a link that is no more. Places within a page are that page's own matter.
 */
export function useArrivalFocus(route: Route): void {
  const page = href(route.view === 'report' ? withoutPoint(route) : route);
  const arrivedAt = useRef(page);
  useEffect(() => {
    if (arrivedAt.current === page) return;
    arrivedAt.current = page;
    document.querySelector<HTMLElement>('h1')?.focus();
    scrollTo(0, 0);
  }, [page]);
}

function withoutPoint({ point: _, ...route }: Extract<Route, { view: 'report' }>): Route {
  return route;
}
