import type { LoaderFunctionArgs } from '@remix-run/node';
import { Outlet, useLoaderData } from '@remix-run/react';
import { AssessFrame } from '../components/assess-frame.tsx';
import { assessGround } from '../queries/assess.server.ts';
import { isDemo } from '../queries/settings.server.ts';
import { look } from '../services/access.server.ts';
import '../components/assess.css';

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, clock } = await look(request, 'assess');
  return { ...assessGround(db, clock.today()), demo: isDemo(db) };
}

/** The day, what is judged with and the frame stay as they were read: going from page to page asks the server for nothing. */
export const shouldRevalidate = () => false;

export default function AssessLayout() {
  const { demo } = useLoaderData<typeof loader>();
  return (
    <AssessFrame demo={demo}>
      <Outlet />
    </AssessFrame>
  );
}
