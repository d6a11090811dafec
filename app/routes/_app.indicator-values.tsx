import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { IndicatorValuesView } from '../components/indicator-values-view.tsx';
import { enter, refusal } from '../services/access.server.ts';
import { valueColumns } from '../services/import/indicator-columns.ts';
import { enteredLabels, importIndicatorValues } from '../services/import/indicator-values.server.ts';

export const meta: MetaFunction = () => [{ title: '批量录入指标数值 - 梯度' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { db } = await enter(request, '_app.indicator-values');
  return { columns: valueColumns(), indicators: enteredLabels(db) };
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, clock, user } = await enter(request, '_app.indicator-values');
  const file = (await request.formData()).get('file');
  if (!(file instanceof File) || file.name === '') {
    return data({ errors: { file: '请选择文件' } as Record<string, string> }, { status: 400 });
  }
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const id = await importIndicatorValues(db, clock, { name: file.name, bytes, actor: user.username });
    return redirect(`/import/${id}`);
  } catch (error) {
    const { message, status } = refusal(error);
    return data({ errors: { file: message } as Record<string, string> }, { status });
  }
}

export default function IndicatorValues() {
  const result = useActionData<typeof action>();
  return <IndicatorValuesView {...useLoaderData<typeof loader>()} errors={result?.errors ?? {}} />;
}
