import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { ENDPOINTS } from '../api/endpoints.ts';
import { describeEndpoints } from '../api/words.ts';
import { HELP_PAGES } from '../components/help-pages.tsx';
import { A } from '../components/link.tsx';
import { PageHead } from '../components/page.tsx';
import { enter } from '../services/access.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `帮助：${data?.title ?? ''} - 梯度` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  await enter(request, '_app.help.$page');
  const page = HELP_PAGES.find(({ id }) => id === params.page);
  if (!page) throw new Response('没有这一页帮助。', { status: 404 });
  return {
    id: page.id,
    title: page.title,
    api: page.id === 'api' ? describeEndpoints(ENDPOINTS) : [],
    origin: new URL(request.url).origin,
  };
}

export default function HelpOn() {
  const { id, api, origin } = useLoaderData<typeof loader>();
  const page = HELP_PAGES.find((each) => each.id === id)!;
  return (
    <>
      <PageHead before={<A to="/help">帮助</A>} title={page.title} />
      <div className="grid items-start gap-8 lg:grid-cols-[12rem_minmax(0,1fr)]">
        <nav aria-label="帮助目录">
          <ul className="grid gap-1">
            {HELP_PAGES.map((each) => (
              <li key={each.id}>
                <A
                  to={`/help/${each.id}`}
                  aria-current={each.id === id ? 'page' : undefined}
                  className={each.id === id ? 'font-semibold text-ink' : ''}
                >
                  {each.title}
                </A>
              </li>
            ))}
          </ul>
        </nav>
        <article className="card prose px-8 py-4">
          <page.body api={api} origin={origin} />
        </article>
      </div>
    </>
  );
}
