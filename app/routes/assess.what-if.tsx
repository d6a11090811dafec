import type { MetaFunction } from '@remix-run/node';
import { Link, useRouteLoaderData } from '@remix-run/react';
import { AssessHead } from '../components/assess-frame.tsx';
import { useAnswers } from '../components/assess-store.ts';
import { GrowthTraps } from '../components/assess-traps.tsx';
import { WhatIf } from '../components/assess-what-if.tsx';
import { operatorValuesFrom } from '../rules/operator.ts';
import type { loader as layoutLoader } from './assess.tsx';

export const meta: MetaFunction = () => [{ title: '试算 - 企业资质自测' }];

export default function AssessWhatIf() {
  const { today, values } = useRouteLoaderData<typeof layoutLoader>('routes/assess')!;
  const { answers } = useAnswers();
  const operatorValues = operatorValuesFrom(values);
  return (
    <>
      <AssessHead
        before={<Link to="/assess/result">← 自测结果</Link>}
        title="试算"
        lead="改几个数，结论随即变化。这里的改动不会保存，也不会发送出去。"
      />
      {answers && (
        <>
          <WhatIf answers={answers} today={today} operatorValues={operatorValues} />
          <GrowthTraps answers={answers} today={today} operatorValues={operatorValues} />
        </>
      )}
      <noscript>
        <p>试算需要浏览器运行脚本。</p>
      </noscript>
    </>
  );
}
