import { redirect, type ActionFunctionArgs } from '@remix-run/node';
import { env } from '../env.server.ts';
import { look } from '../services/access.server.ts';
import { logout, sessionCookie } from '../services/sessions.server.ts';

export const loader = () => redirect('/');

export async function action({ request }: ActionFunctionArgs) {
  const { db } = await look(request, 'logout');
  await logout(db, request.headers.get('cookie'));
  return redirect('/login', { headers: { 'Set-Cookie': sessionCookie(null, env().TIDU_HTTPS) } });
}
