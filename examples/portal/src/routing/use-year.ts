import { useEffect } from 'react';
import type { FrameFragment } from '../gql/graphql';
import { href, type Route } from './route';

type YearRoute = Extract<Route, { view: 'joint' | 'reports' }>;

/** Where an address names no year and nothing is planned for the one that was tried, goes on to the latest that there is. */
export function useLatestYear(route: YearRoute, tried: number, frame: FrameFragment | undefined): void {
  useEffect(() => {
    const years = frame?.controlYears.map(({ year }) => year) ?? [];
    if (route.year !== undefined || years.length === 0 || years.includes(tried)) return;
    location.replace(href({ ...route, year: Math.max(...years) }));
  }, [route, tried, frame]);
}
