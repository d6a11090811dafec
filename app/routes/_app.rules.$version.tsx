import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { RuleView } from '../components/rule-view.tsx';
import { enteredOn } from '../queries/operator-values.server.ts';
import { describeRule } from '../queries/rule-pages.server.ts';
import { readScope } from '../queries/scope.server.ts';
import { enter, mayOpen } from '../services/access.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.rule.label ?? '规则'} - 梯度` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, clock, user, query } = await enter(request, '_app.rules.$version');
  const { asOf } = readScope(db, query, clock.today());
  const rule = describeRule(params.version ?? '', enteredOn(db, asOf));
  if (!rule) throw new Response(`没有名为 ${params.version} 的规则版本。`, { status: 404 });
  return { rule, mayReplay: mayOpen(user.role, '_app.rules.replay') };
}

export default function Rule() {
  const { rule, mayReplay } = useLoaderData<typeof loader>();
  return <RuleView rule={rule} mayReplay={mayReplay} />;
}
