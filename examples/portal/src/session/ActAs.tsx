import { useTexts } from '../language/context';
import { useSession } from './session';

/** In a demonstration: whom one acts as. */
export function ActAs() {
  const texts = useTexts();
  const { actors, actor, actAs } = useSession();
  return (
    <label className="choice">
      <span>{texts.actAs}</span>
      <select value={actor ?? ''} onChange={({ target }) => actAs(target.value || null)}>
        {actors.map(({ name }) => (
          <option key={name}>{name}</option>
        ))}
        <option value="">{texts.thePublic}</option>
      </select>
    </label>
  );
}
