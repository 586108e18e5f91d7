import { useTexts } from '../language/context';

export function Footer() {
  const texts = useTexts();
  return (
    <footer>
      <p>
        {texts.about} <a href="assets/licences.txt">{texts.licences}</a>
      </p>
    </footer>
  );
}
