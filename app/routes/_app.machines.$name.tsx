import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { EnterpriseMachineView, MachineView } from '../components/machine-view.tsx';
import { showMachine } from '../queries/machine-catalogue.server.ts';
import { schemeLabel } from '../queries/schemes.server.ts';
import { enter } from '../services/access.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.machine.label ?? ''} - 梯度` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  await enter(request, '_app.machines.$name');
  const shown = await showMachine(params.name ?? '');
  if (!shown) throw new Response(`没有名为 ${params.name} 的状态机。`, { status: 404 });
  const { machine } = shown;
  // The page has the picture's style sheet in its own.
  const svg = shown.svg?.replace(/<style>[\s\S]*?<\/style>/, '') ?? null;
  return 'regions' in machine
    ? {
        kind: 'enterprise' as const,
        machine,
        schemes: machine.regions.map(({ scheme }) => schemeLabel(scheme)),
      }
    : { kind: 'title' as const, machine, svg, schemes: machine.schemes.map(schemeLabel) };
}

export default function Machine() {
  const shown = useLoaderData<typeof loader>();
  return shown.kind === 'enterprise' ? <EnterpriseMachineView {...shown} /> : <MachineView {...shown} />;
}
