import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { RuleView } from '../components/rule-view.tsx';
import { describeRule } from '../queries/rule-pages.server.ts';
import { enter } from '../services/access.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.rule.label ?? '规则'} - 梯度` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  await enter(request, '_app.rules.$version');
  const rule = describeRule(params.version ?? '');
  if (!rule) throw new Response(`没有名为 ${params.version} 的规则版本。`, { status: 404 });
  return { rule };
}

export default function Rule() {
  return <RuleView rule={useLoaderData<typeof loader>().rule} />;
}
