import { useTexts } from '../language/context';
import { LanguageSwitch } from '../language/LanguageSwitch';
import { href, type Route } from '../routing/route';
import { ActAs } from '../session/ActAs';
import { SignedIn } from '../session/SignedIn';
import { SignIn } from '../session/SignIn';
import { useSession } from '../session/session';
import { Navigation } from './Navigation';

interface HeaderProps {
  route: Route;
  municipality: string | undefined;
  person: string | undefined;
}

/** Whose portal it is, where one can go, who one is and in what language. */
export function Header({ route, municipality, person }: HeaderProps) {
  const texts = useTexts();
  const { actors, token } = useSession();
  return (
    <header>
      <div className="banner">
        <a className="brand" href={href({ view: 'joint' })}>
          <strong>{texts.portal}</strong>
          {municipality && <span lang="sv">{municipality}</span>}
        </a>
        <div className="settings">
          {actors.length > 0 ? <ActAs /> : token ? <SignedIn name={person} /> : <SignIn />}
          <LanguageSwitch />
        </div>
      </div>
      <Navigation route={route} />
    </header>
  );
}
