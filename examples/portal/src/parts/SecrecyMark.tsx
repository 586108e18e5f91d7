import { useTexts } from '../language/context';
import { Lock } from './Lock';

/** The warning that goes with something confidential for those who may read it. */
export function SecrecyMark({ ground }: { ground: string | null }) {
  const texts = useTexts();
  if (!ground) return null;
  return (
    <p className="marked">
      <Lock /> {texts.marked(ground)}
    </p>
  );
}
