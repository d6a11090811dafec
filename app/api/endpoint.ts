/** What an address of /api/v1 is: one description from which it is answered, documented and tested. */
import type { z } from 'zod';
import type { RouteId } from '../services/access.server.ts';
import type { Clock, Db } from '../services/database.server.ts';
import type { Role } from '../services/roles.ts';

/** Whoever calls, by a token or signed in. */
export interface Caller {
  readonly role: Role;
  /** The enterprise of the role `enterprise`, which sees itself alone. */
  readonly enterpriseId: number | null;
  /** The parks seen, children included; null: all. */
  readonly parkIds: readonly number[] | null;
}

export interface Parameter<T = unknown> {
  readonly name: string;
  /** What it says, in Chinese. */
  readonly label: string;
  readonly type: z.ZodType<T, string>;
  readonly in?: 'path';
  readonly required?: boolean;
  /** May be given several times, or once with commas. */
  readonly many?: boolean;
}

/** The parameters of a call, each as its type reads it. */
export interface Asked {
  get<T>(parameter: Parameter<T>): T | undefined;
  all<T>(parameter: Parameter<T>): readonly T[];
  /** A parameter of the path or one that is required. */
  need<T>(parameter: Parameter<T>): T;
  /** As it came, for the readers of the pages' addresses; every key in it is one of the endpoint's. */
  readonly query: URLSearchParams;
}

export interface ApiVisit {
  readonly db: Db;
  readonly clock: Clock;
  /** Null on public addresses alone. */
  readonly caller: Caller | null;
  /** The whole list, for those that describe it. */
  readonly endpoints: readonly Endpoint[];
  readonly request: Request;
}

export type Answer =
  | { readonly kind: 'json'; readonly value: unknown }
  /** JSON that is written already. */
  | { readonly kind: 'text'; readonly text: string }
  /** One object a line. */
  | { readonly kind: 'lines'; readonly values: Iterable<unknown> | AsyncIterable<unknown> };

export interface Endpoint {
  /** Also the `operationId`. */
  readonly id: string;
  readonly method: 'GET' | 'POST';
  /** Below /api/v1, with `{name}` for parameters. */
  readonly path: string;
  readonly title: string;
  /** What comes back, in a sentence or two. */
  readonly says: string;
  /** Whoever may open this page may call; null: everybody, unknown ones too. */
  readonly like: RouteId | null;
  /** The page in which an enterprise sees the same of itself. */
  readonly own?: RouteId;
  readonly parameters: readonly Parameter[];
  readonly gives: 'json' | 'lines';
  /** Name of the shape of an answer, or of a line of it (see shapes.ts). */
  readonly shape: string;
  /** The command that prints the same. */
  readonly command?: string;
  /** Depends on the program alone: may be asked anew by its ETag. */
  readonly lasting?: boolean;
  /** Takes facts in its body. */
  readonly body?: 'facts';
  /** An example of what to add to the path, for the help page: `?scheme=hnte`. */
  readonly example?: string;
  readonly run: (visit: ApiVisit, asked: Asked) => Answer | Promise<Answer>;
}

export const json = (value: unknown): Answer => ({ kind: 'json', value });
export const lines = (values: Iterable<unknown> | AsyncIterable<unknown>): Answer => ({
  kind: 'lines',
  values,
});
