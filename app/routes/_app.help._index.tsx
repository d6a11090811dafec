import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { HELP_PAGES } from '../components/help-pages.tsx';
import { A } from '../components/link.tsx';
import { PageHead } from '../components/page.tsx';
import { enter } from '../services/access.server.ts';

export const meta: MetaFunction = () => [{ title: '帮助 - 梯度' }];

export async function loader({ request }: LoaderFunctionArgs) {
  await enter(request, '_app.help._index');
  return null;
}

export default function Help() {
  return (
    <>
      <PageHead title="帮助" />
      <ul className="grid max-w-4xl gap-3 sm:grid-cols-2">
        {HELP_PAGES.map((page) => (
          <li key={page.id} className="card px-5 py-4">
            <A to={`/help/${page.id}`} className="text-lg font-semibold">
              {page.title}
            </A>
            <p className="mt-1 text-ink-2">{page.lead}</p>
          </li>
        ))}
      </ul>
    </>
  );
}
