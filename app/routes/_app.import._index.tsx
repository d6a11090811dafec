import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { ImportView } from '../components/import-view.tsx';
import { recentImports } from '../queries/imports.server.ts';
import { parkTree } from '../queries/scope.server.ts';
import { SOURCES } from '../rules/facts/schema.ts';
import { isDay } from '../rules/day.ts';
import { enter, refusal } from '../services/access.server.ts';
import { kindLabel, UNIT_MISSING } from '../services/import/choose.ts';
import { UNIT_NAMES } from '../services/import/head-lines.ts';
import { IMPORT_KINDS } from '../services/import/headers.ts';
import { startUpload } from '../services/import/upload.server.ts';

export const meta: MetaFunction = () => [{ title: '导入 - 梯度' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, clock } = await enter(request, '_app.import._index');
  return {
    kinds: IMPORT_KINDS.map((value) => ({ value, label: kindLabel(value) })),
    parks: parkTree(db).map(({ code, name, depth }) => ({ value: code, label: '　'.repeat(depth) + name })),
    units: Object.entries(UNIT_NAMES).map(([value, label]) => ({ value, label })),
    jobs: recentImports(db).map((job) => ({
      ...job,
      kindLabel: kindLabel(job.kind as (typeof IMPORT_KINDS)[number]),
    })),
    today: clock.today(),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, clock, user } = await enter(request, '_app.import._index');
  const form = await request.formData();
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const typed = {
    kind: text('kind'),
    unit: text('unit'),
    park: text('park'),
    source: text('source'),
    knownAt: text('knownAt'),
  };
  const errors: Record<string, string> = {};
  const file = form.get('file');
  if (!(file instanceof File) || file.name === '') errors.file = '请选择文件';
  if (typed.knownAt && (!isDay(typed.knownAt) || typed.knownAt > clock.today())) {
    errors.knownAt = '知悉日期应为不晚于今天的日期';
  }
  if (!(file instanceof File) || Object.keys(errors).length > 0)
    return data({ errors, typed }, { status: 400 });
  try {
    const id = await startUpload(db, clock, {
      name: file.name,
      bytes: new Uint8Array(await file.arrayBuffer()),
      kind: IMPORT_KINDS.find((kind) => kind === typed.kind) ?? null,
      unit: typed.unit in UNIT_NAMES ? Number(typed.unit) : null,
      park: typed.park || null,
      source: SOURCES.find((source) => source === typed.source) ?? null,
      knownAt: typed.knownAt || null,
      actor: user.username,
    });
    return redirect(`/import/${id}`);
  } catch (error) {
    const { message, status } = refusal(error);
    const errors: Record<string, string> = { [message.startsWith(UNIT_MISSING) ? 'unit' : 'file']: message };
    return data({ errors, typed }, { status });
  }
}

export default function Import() {
  const result = useActionData<typeof action>();
  return (
    <ImportView
      {...useLoaderData<typeof loader>()}
      errors={result?.errors ?? {}}
      typed={result?.typed ?? {}}
    />
  );
}
