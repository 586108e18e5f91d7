import { useTexts } from '../language/context';

/** The first stop of the Tab key: over the header, to what the page is about. */
export function SkipLink() {
  const texts = useTexts();
  return (
    <a
      className="skip"
      href="#content"
      onClick={(event) => {
        // The part of the address after the # names the page here, so it has to stay.
        event.preventDefault();
        document.querySelector<HTMLElement>('h1')?.focus();
      }}
    >
      {texts.skipToContent}
    </a>
  );
}
