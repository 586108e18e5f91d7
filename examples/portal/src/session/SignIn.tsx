import { useState } from 'react';
import { useTexts } from '../language/context';
import { useSession } from './session';

/**
 * Signing in with a token that one has. A portal of one's own sends people to the municipality's OpenID Connect provider
 * here instead, and calls `signIn` with the access token that they come back with.
 */
export function SignIn() {
  const texts = useTexts();
  const { signIn } = useSession();
  const [token, setToken] = useState('');
  return (
    <form
      className="choice"
      onSubmit={(event) => {
        event.preventDefault();
        signIn(token.trim());
      }}
    >
      <label>
        <span>{texts.token}</span>
        <input
          type="password"
          autoComplete="off"
          required
          value={token}
          onChange={({ target }) => setToken(target.value)}
        />
      </label>
      <button type="submit">{texts.signIn}</button>
    </form>
  );
}
