import type { MetaFunction } from '@remix-run/node';
import { Link, useRouteLoaderData } from '@remix-run/react';
import { AssessHead, DISCLAIMER } from '../components/assess-frame.tsx';
import { WayThere } from '../components/assess-plan.tsx';
import { useAnswers } from '../components/assess-store.ts';
import type { loader as layoutLoader } from './assess.tsx';

export const meta: MetaFunction = () => [{ title: '怎样达到 - 企业资质自测' }];

export default function AssessPlan() {
  const ground = useRouteLoaderData<typeof layoutLoader>('routes/assess')!;
  const { answers } = useAnswers();
  return (
    <>
      <AssessHead
        before={<Link to="/assess/result">← 自测结果</Link>}
        title="怎样达到"
        lead="每个称号最早哪一年能申请、怎样最省，到那时最少要改变什么。"
      />
      <ul className="mb-6 list-disc space-y-1 pl-5 text-ink-2">
        <li>已过去的年度不能改变：今年已经不够的，要到它不再考核的那一年。</li>
        <li>只改变下面六项，一票否决、规模划型和主管部门的判断不改变；年限只能等。</li>
        <li>
          须先取得的称号按当年申请、年底前认定、到期通过复核计算。每条路径都已按规则重新判定。{DISCLAIMER}。
        </li>
      </ul>
      {answers && <WayThere answers={answers} ground={ground} />}
      <noscript>
        <p>此页需要浏览器运行脚本。</p>
      </noscript>
    </>
  );
}
