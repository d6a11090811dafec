import { Form } from '@remix-run/react';
import { SubmitButton } from './button.tsx';
import { useAnswers } from './assess-store.ts';
import { A } from './link.tsx';
import { Card } from './page.tsx';

/** Offers to take over what this browser keeps of a self-assessment; it is sent only when asked for here. */
export function AnswersOffer() {
  const { answers } = useAnswers();
  const given = Object.values(answers?.given ?? {}).filter((answer) => answer !== null).length;
  return (
    <Card title="从自测带入">
      {given === 0 ? (
        <p className="text-ink-2">
          本浏览器里没有自测的回答。可以先 <A to="/assess">做一次自测</A>，再回到这里带入。
        </p>
      ) : (
        <Form method="post" className="grid gap-3">
          <p className="text-ink-2">
            本浏览器里有自测的 {given} 项回答，此前没有发送出去。带入后存进草稿，核对并提交后园区才会看到。
          </p>
          <input type="hidden" name="state" value={JSON.stringify(answers)} readOnly />
          <input type="hidden" name="intent" value="take" />
          <p>
            <SubmitButton look="plain">带入这 {given} 项</SubmitButton>
          </p>
        </Form>
      )}
    </Card>
  );
}
