import fs from 'node:fs';
import { createReadableStreamFromReadable, type LoaderFunctionArgs } from '@remix-run/node';
import { importJob } from '../queries/imports.server.ts';
import { enter } from '../services/access.server.ts';
import { workbookHeaders } from '../services/download.server.ts';
import { rejectedWorkbook } from '../services/import/upload.server.ts';

/** The rejected rows of an import, as a workbook. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db } = await enter(request, 'import.$id.rejected');
  const job = importJob(db, Number(params.id));
  const file = rejectedWorkbook(db, job?.rejectedFile ?? null);
  if (!job || !file) throw new Response('没有退回的行，或文件已不在服务器上。', { status: 404 });
  const name = `${job.fileName.replace(/\.[^.]+$/, '')}-退回.xlsx`;
  return new Response(createReadableStreamFromReadable(fs.createReadStream(file)), {
    headers: workbookHeaders(name),
  });
}
