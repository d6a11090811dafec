import type { MetaFunction } from '@remix-run/node';
import { Link, useNavigate, useRouteLoaderData } from '@remix-run/react';
import type { FormEvent } from 'react';
import { LocalSubmit, PostedNotice } from '../components/assess-button.tsx';
import { AssessHead } from '../components/assess-frame.tsx';
import { useAnswers } from '../components/assess-store.ts';
import { chosenStart } from '../rules/ask/form.ts';
import { PLACES, schemesOn } from '../rules/ask/places.ts';
import type { loader as layoutLoader } from './assess.tsx';

export const meta: MetaFunction = () => [{ title: '企业资质自测 - 梯度' }];

export default function AssessStart() {
  const { today } = useRouteLoaderData<typeof layoutLoader>('routes/assess')!;
  const { answers, save, clear } = useAnswers();
  const navigate = useNavigate();
  const started = answers !== null && Object.keys(answers.given).length > 0;

  const start = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    save(chosenStart(new FormData(event.currentTarget), answers));
    navigate('/assess/ask');
  };

  return (
    <div className="assess-narrow">
      <AssessHead
        title="企业资质自测"
        lead="看看企业现在符合哪些称号、还差多少。手边备好最近一年的年度财务报表，大约十分钟。"
      />
      <ul className="mb-6 list-disc space-y-1 pl-5">
        <li>不用登录，先问最能决定结果的问题；答不上来的选“不清楚”，可以随时停下看结果。</li>
        <li>
          <span className="needs-script">
            填写的内容只保存在本机浏览器里，不会发送出去；下次打开可以接着填。
          </span>
          <noscript>没有脚本时，每一页的填写内容由服务器计算后随即返回，不保存。</noscript>
        </li>
        <li>每一条结论都写明条款、门槛和差额。</li>
      </ul>
      {started && (
        <section
          aria-labelledby="resume"
          className="mb-6 rounded-md border-l-4 border-accent bg-accent-soft px-4 py-3"
        >
          <h2 id="resume" className="text-lg">
            上次填到第 {Object.keys(answers.given).length} 项
          </h2>
          <p className="mt-2 flex flex-wrap gap-2">
            <Link to="/assess/ask" className="btn btn-primary assess-button">
              接着填
            </Link>
            <Link to="/assess/result" className="btn assess-button">
              看结果
            </Link>
            <button type="button" className="btn btn-quiet assess-button" onClick={clear}>
              清除本机保存的内容
            </button>
          </p>
        </section>
      )}
      <form method="post" action="/assess/ask" onSubmit={start} key={answers === null ? 'blank' : 'kept'}>
        <fieldset className="mb-6">
          <legend className="mb-1 text-lg font-semibold">想了解哪些称号？</legend>
          <p className="mb-3 text-ink-2">可以多选；一个都不选就是全部。</p>
          <div className="grid grid-cols-1 gap-2 sm:grid-cols-2">
            {schemesOn(today).map(({ id, label }) => (
              <label key={id} className="assess-choice">
                <input
                  type="checkbox"
                  name={`scheme.${id}`}
                  value="yes"
                  defaultChecked={answers?.schemes.includes(id) ?? false}
                />
                {label}
              </label>
            ))}
          </div>
        </fieldset>
        <label htmlFor="division" className="mb-1 block text-lg font-semibold">
          企业注册在哪里？
        </label>
        <p id="division-help" className="mb-2 text-ink-2">
          部分地方有自己的认定标准。
        </p>
        <select
          id="division"
          name="division"
          aria-describedby="division-help"
          className="input assess-input mb-6 max-w-sm"
          defaultValue={answers?.division ?? ''}
        >
          {PLACES.map(({ code, label }) => (
            <option key={code} value={code}>
              {label}
            </option>
          ))}
        </select>
        <input type="hidden" name="intent" value="start" />
        <PostedNotice />
        <p>
          <LocalSubmit>{started ? '按新的选择继续' : '开始自测'}</LocalSubmit>
        </p>
      </form>
    </div>
  );
}
