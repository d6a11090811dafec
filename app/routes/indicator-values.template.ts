import type { LoaderFunctionArgs } from '@remix-run/node';
import { enter } from '../services/access.server.ts';
import { workbookHeaders } from '../services/download.server.ts';
import { valueTemplate } from '../services/import/indicator-values.server.ts';

/** An empty table of indicator values with the park's own indicators to choose from. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { db } = await enter(request, 'indicator-values.template');
  return new Response(new Uint8Array(await valueTemplate(db)), {
    headers: workbookHeaders('指标数值模板.xlsx'),
  });
}
