/** Reading the parameters of a call: strictly, because a filter that is mistyped must not find everything. Pure. */
import { ApiError } from '../services/api-error.ts';
import { readText } from '../services/parameters.ts';
import { isAppError } from '../services/errors.ts';
import type { Asked, Endpoint, Parameter } from './endpoint.ts';

function read(parameter: Parameter, text: string): unknown {
  try {
    return readText(parameter.type, text, parameter.name);
  } catch (error) {
    if (isAppError(error)) throw new ApiError('invalid', error.userMessage, parameter.name);
    throw error;
  }
}

function textsOf(
  parameter: Parameter,
  path: Readonly<Record<string, string>>,
  query: URLSearchParams,
): string[] {
  const { name, many } = parameter;
  if (parameter.in === 'path') return [path[name] ?? ''];
  const given = query.getAll(name).filter((text) => text !== '');
  if (many) return given.flatMap((text) => text.split(',')).filter((text) => text !== '');
  if (given.length > 1) throw new ApiError('invalid', `${name} 只能写一次`, name);
  return given;
}

/**
 * Reads what an endpoint is asked.
 * @param path the parts of the path by name
 * @throws ApiError `invalid` for an unknown, repeated, missing or wrong parameter, naming it
 */
export function readAsked(
  { parameters }: Pick<Endpoint, 'parameters'>,
  path: Readonly<Record<string, string>>,
  query: URLSearchParams,
): Asked {
  const names = parameters.filter((each) => each.in !== 'path').map(({ name }) => name);
  for (const key of query.keys()) {
    if (!names.includes(key)) {
      const known = names.length > 0 ? `可用：${names.join('、')}` : '这个地址不带参数';
      throw new ApiError('invalid', `没有参数 ${key}；${known}`, key);
    }
  }
  const values = new Map<string, unknown[]>();
  for (const parameter of parameters) {
    const found = textsOf(parameter, path, query).map((text) => read(parameter, text));
    if (parameter.required && found.length === 0)
      throw new ApiError('invalid', `缺少参数 ${parameter.name}：${parameter.label}`, parameter.name);
    values.set(parameter.name, found);
  }
  const all = <T>({ name }: Parameter<T>) => (values.get(name) ?? []) as T[];
  const get = <T>(parameter: Parameter<T>) => all(parameter)[0];
  return { all, get, need: (parameter) => get(parameter)!, query };
}
