/** The list of addresses in words: for the index, the help page and the OpenAPI document. Pure. */
import { mayOpen } from '../services/access.server.ts';
import { ROLE_LABELS, ROLES, type Role } from '../services/roles.ts';
import type { Endpoint } from './endpoint.ts';

export const BASE = '/api/v1';

/** The roles that may call an endpoint; null for everybody. */
export const rolesOf = ({ like, own }: Pick<Endpoint, 'like' | 'own'>): Role[] | null =>
  like === null
    ? null
    : ROLES.filter((role) => mayOpen(role, like) || (own !== undefined && mayOpen(role, own)));

/** Whether a role may call an endpoint. */
export const mayCall = (role: Role, endpoint: Pick<Endpoint, 'like' | 'own'>): boolean =>
  rolesOf(endpoint)?.includes(role) ?? true;

function whoWords(endpoint: Endpoint): string {
  const roles = rolesOf(endpoint);
  if (roles === null) return '不需要令牌';
  return roles
    .map((role) => ROLE_LABELS[role] + (role === 'enterprise' && endpoint.own ? '（仅本企业）' : ''))
    .join('、');
}

/** Every address with what it takes and gives. */
export const describeEndpoints = (endpoints: readonly Endpoint[]) =>
  endpoints.map((endpoint) => ({
    id: endpoint.id,
    method: endpoint.method,
    path: BASE + endpoint.path,
    title: endpoint.title,
    says: endpoint.says,
    who: whoWords(endpoint),
    gives: endpoint.gives === 'lines' ? ('application/x-ndjson' as const) : ('application/json' as const),
    parameters: endpoint.parameters.map(({ name, label, required, many, in: where }) => ({
      name,
      in: where ?? ('query' as const),
      label,
      required: required === true,
      many: many === true,
    })),
    command: endpoint.command ?? null,
    example: exampleOf(endpoint),
  }));
export type EndpointWords = ReturnType<typeof describeEndpoints>[number];

/** An address to try: the parts in braces replaced by the example's. */
function exampleOf({ path, example = '' }: Endpoint): string {
  const fixed = path.includes('{') ? path.slice(0, path.indexOf('{')) : path;
  return BASE + fixed + example;
}
