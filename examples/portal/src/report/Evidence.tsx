import type { ReactNode } from 'react';
import { SecrecyMark } from '../parts/SecrecyMark';
import { Withheld } from '../parts/Withheld';

/** What checks, reviews, findings, actions and documents have in common. */
interface Thing {
  id: string;
  secrecyGround: string | null;
  withheld: { ground: string } | null;
}

interface EvidenceProps<T extends Thing> {
  title: string;
  level: 2 | 3;
  things: T[];
  children: (thing: T) => ReactNode;
}

/** A list of things of a kind. Those that are withheld say so, once for each ground, with their number. */
export function Evidence<T extends Thing>({ title, level, things, children }: EvidenceProps<T>) {
  if (things.length === 0) return null;
  const Heading = `h${level}` as const;
  return (
    <section className="evidence">
      <Heading>{title}</Heading>
      <ul>
        {things
          .filter(({ withheld }) => !withheld)
          .map((thing) => (
            <li key={thing.id}>
              {children(thing)}
              <SecrecyMark ground={thing.secrecyGround} />
            </li>
          ))}
        {countByGround(things).map(([ground, count]) => (
          <li key={ground}>
            <Withheld ground={ground} count={count} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function countByGround(things: Thing[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { withheld } of things) {
    if (withheld) counts.set(withheld.ground, (counts.get(withheld.ground) ?? 0) + 1);
  }
  return [...counts];
}
