import { useNavigate } from '@remix-run/react';
import type { Answers } from '../rules/ask/answers.ts';
import { withKnown } from '../rules/ask/known.ts';
import { useAnswers } from './assess-store.ts';
import { Button } from './button.tsx';

/**
 * The self-assessment with what the park knows already: straight to the result, its plan and its what-if. Without
 * scripts the form is posted, and its answer kept nowhere.
 */
export function KnownTest({ known }: { known: Answers }) {
  const { answers, save } = useAnswers();
  const navigate = useNavigate();
  return (
    <form
      method="post"
      action="/assess/result"
      onSubmit={(event) => {
        if (!answers) return;
        event.preventDefault();
        save(withKnown(answers, known));
        navigate('/assess/result');
      }}
    >
      <input type="hidden" name="state" value={JSON.stringify(known)} readOnly />
      <Button>用现有数据自测</Button>
    </form>
  );
}
