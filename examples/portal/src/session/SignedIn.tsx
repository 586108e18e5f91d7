import { useTexts } from '../language/context';
import { useSession } from './session';

/** Who is signed in, and the way out. */
export function SignedIn({ name }: { name: string | undefined }) {
  const texts = useTexts();
  const { signOut } = useSession();
  return (
    <div className="choice">
      {name && <span>{texts.signedInAs(name)}</span>}
      <button type="button" onClick={signOut}>
        {texts.signOut}
      </button>
    </div>
  );
}
