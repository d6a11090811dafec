import { redirect, type LoaderFunctionArgs } from '@remix-run/node';
import { enter } from '../services/access.server.ts';

/** The scheme that parks ask for most opens first. */
export async function loader({ request }: LoaderFunctionArgs) {
  await enter(request, '_app.candidates._index');
  return redirect(`/candidates/giant${new URL(request.url).search}`);
}
