import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { ImportJobView } from '../components/import-job-view.tsx';
import { importJob } from '../queries/imports.server.ts';
import { enter } from '../services/access.server.ts';
import { kindLabel } from '../services/import/choose.ts';
import type { ImportKind } from '../services/import/headers.ts';
import { readRemarks } from '../services/import/remarks.ts';
import { rejectedWorkbook } from '../services/import/upload.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `导入 ${data?.job.fileName ?? ''} - 梯度` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db } = await enter(request, '_app.import.$id');
  const found = importJob(db, Number(params.id));
  if (!found) throw new Response('没有这次导入。', { status: 404 });
  const { remarks, ...job } = found;
  return {
    remarks: readRemarks(remarks),
    job: { ...job, kindLabel: kindLabel(job.kind as ImportKind) },
    rejected: rejectedWorkbook(db, job.rejectedFile) !== null,
  };
}

export default function ImportJob() {
  return <ImportJobView {...useLoaderData<typeof loader>()} />;
}
