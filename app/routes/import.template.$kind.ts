import type { LoaderFunctionArgs } from '@remix-run/node';
import { enter } from '../services/access.server.ts';
import { workbookHeaders } from '../services/download.server.ts';
import { TABLE_KINDS } from '../services/export-facts.server.ts';
import { kindLabel } from '../services/import/choose.ts';
import { importTemplate } from '../services/template.server.ts';

/** An empty import template with drop-downs and a sheet that explains it. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  await enter(request, 'import.template.$kind');
  const kind = TABLE_KINDS.find((each) => each === params.kind);
  if (!kind) throw new Response('没有这种模板。', { status: 404 });
  return new Response(new Uint8Array(await importTemplate(kind)), {
    headers: workbookHeaders(`${kindLabel(kind)}模板.xlsx`),
  });
}
