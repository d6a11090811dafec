/** Renders the rows of a candidate page as the server does, for measuring: the components come through Vite. */
import type { ReactElement } from 'react';
import { createServer } from 'vite';
import type { CandidatePage } from '../../app/queries/candidates.server.ts';

interface Stub {
  createRemixStub: (routes: object[]) => (props: { initialEntries: string[] }) => ReactElement;
}

export interface Renderer {
  /** Renders the table of a page. @returns characters written */
  render: (page: CandidatePage, query: string) => number;
  close: () => Promise<void>;
}

/** The caller closes it. */
export async function pageRenderer(): Promise<Renderer> {
  const vite = await createServer({
    configFile: false,
    logLevel: 'error',
    appType: 'custom',
    server: { middlewareMode: true, watch: null, ws: false, hmr: false },
    optimizeDeps: { noDiscovery: true },
    esbuild: { jsx: 'automatic', jsxDev: false },
  });
  const load = async <Module>(id: string) => (await vite.ssrLoadModule(id)) as Module;
  const { createElement } = await import('react');
  const { renderToString } = await import('react-dom/server');
  const { createRemixStub } = await load<Stub>('@remix-run/testing');
  const { candidateColumns } = await load<{ candidateColumns: (input: object) => object[] }>(
    '/app/components/candidate-columns.tsx',
  );
  const { DataTable } = await load<{ DataTable: (props: never) => ReactElement }>(
    '/app/components/table.tsx',
  );
  const columns = candidateColumns({
    scheme: 'hnte',
    action: 'new',
    tab: 'near',
    on: '2026-05-06',
    today: '2026-05-06',
    conditions: [],
    gap: null,
    chances: {},
    choosable: true,
    prejudged: true,
  });
  return {
    render(page, query) {
      const rows = page.rows.map((row, i) => ({ ...row, place: i + 1 }));
      const table = {
        caption: 'x',
        columns,
        rows,
        rowKey: (row: { id: number }) => row.id,
        sort: { key: 'rank', down: false },
        empty: null,
      };
      const Page = () => createElement(DataTable as never, table as never);
      const App = createRemixStub([{ path: '/', Component: Page }]);
      return renderToString(createElement(App as never, { initialEntries: [`/?${query}`] } as never)).length;
    },
    close: () => vite.close(),
  };
}
