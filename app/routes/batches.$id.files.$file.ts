import fs from 'node:fs';
import { createReadableStreamFromReadable, type LoaderFunctionArgs } from '@remix-run/node';
import { batchFile } from '../queries/batch-page.server.ts';
import { enter, refusal } from '../services/access.server.ts';
import { contentType, keptFile } from '../services/files.server.ts';

/** A file of a batch, handed out to be saved, never to be shown by the browser. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db } = await enter(request, 'batches.$id.files.$file');
  const file = batchFile(db, Number(params.id), Number(params.file));
  if (!file) throw new Response('没有这个附件。', { status: 404 });
  try {
    const place = keptFile(db, file.sha256);
    return new Response(createReadableStreamFromReadable(fs.createReadStream(place)), {
      headers: {
        'Content-Type': contentType(file.name),
        'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
        'Cache-Control': 'no-store',
        'X-Content-Type-Options': 'nosniff',
      },
    });
  } catch (error) {
    const { message, status } = refusal(error);
    throw new Response(message, { status });
  }
}
