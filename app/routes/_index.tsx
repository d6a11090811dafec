import type { MetaFunction } from '@remix-run/node';

export const meta: MetaFunction = () => [{ title: '总览 - 梯度' }];

export default function Overview() {
  return (
    <main>
      <h1>总览</h1>
    </main>
  );
}
