import { useTexts } from '../language/context';
import { Lock } from './Lock';

interface WithheldProps {
  ground: string;
  /** How many things of the kind; left out where it is a part of something. */
  count?: number;
}

/** Says that something is there and confidential, and on what ground: neither hidden nor shown. */
export function Withheld({ ground, count }: WithheldProps) {
  const texts = useTexts();
  return (
    <p className="withheld">
      <Lock />
      <span>
        <strong>{texts.withheld(ground)}</strong>
        {count !== undefined && <> · {texts.withheldCount(count)}</>}
      </span>
    </p>
  );
}
