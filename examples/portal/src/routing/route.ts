/** A page of the portal, and what it shows there. Years and occasions that are left out are the portal's choice. */
export type Route =
  | { view: 'joint'; year?: number; occasion?: string }
  | { view: 'reports'; year?: number; occasion?: string }
  | ReportRoute
  | { view: 'work' };

export interface ReportRoute {
  view: 'report';
  department: string;
  year?: number;
  occasion?: string;
  /** Needed where the department answers to several committees. */
  committee?: string;
  /** The number in the department's plan of the follow-up to go to. */
  point?: number;
}

/**
 * Reads the part of an address after the `#`. Pages are told apart there, so that a server has one file to serve, and
 * what a person looks at stays out of its log.
 */
export function parseRoute(hash: string): Route {
  const { pathname, searchParams } = new URL(hash.replace(/^#/, ''), 'portal://page/');
  const [view, department] = pathname.split('/').filter(Boolean).map(decodeURIComponent);
  const year = numberOf(searchParams.get('year'));
  const occasion = searchParams.get('occasion');
  const period = { ...(year && { year }), ...(occasion && { occasion }) };
  if (view === 'work') return { view };
  if (view !== 'reports') return { view: 'joint', ...period };
  if (!department) return { view, ...period };
  const committee = searchParams.get('committee');
  const point = numberOf(searchParams.get('point'));
  return { view: 'report', department, ...period, ...(committee && { committee }), ...(point && { point }) };
}

function numberOf(text: string | null): number | undefined {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** The address of a page. */
export function href(route: Route): string {
  const { view, ...rest } = route;
  const path = view === 'report' ? `reports/${encodeURIComponent(route.department)}` : view;
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(rest)) {
    if (name !== 'department' && value !== undefined) query.set(name, String(value));
  }
  return `#/${path}${query.size > 0 ? `?${query}` : ''}`;
}
