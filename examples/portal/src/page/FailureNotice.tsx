import type { Failure } from '../api/failure';
import { useTexts } from '../language/context';

interface FailureNoticeProps {
  failure: Failure;
  onRetry(): void;
}

/** Why something is not shown, and what one can do. The code decides; the message is the API's, for people. */
export function FailureNotice({ failure, onRetry }: FailureNoticeProps) {
  const texts = useTexts();
  const { code, message, requestId } = failure;
  return (
    <section role="alert" className="failure">
      <h2>{texts.failed}</h2>
      <p>{message ?? texts.noAnswer}</p>
      {requestId && <p>{texts.requestId(requestId)}</p>}
      <p className="code">{code}</p>
      {code === 'UNAUTHENTICATED' ? (
        // The token comes from outside the page: from the demonstration's server, or from whoever signs in.
        <button type="button" onClick={() => location.reload()}>
          {texts.signIn}
        </button>
      ) : (
        <button type="button" onClick={onRetry}>
          {texts.tryAgain}
        </button>
      )}
    </section>
  );
}
