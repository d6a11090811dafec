/** The OpenAPI 3.1 document, made of the list of addresses and of the schemas that the program checks with. */
import { z } from 'zod';
import type { Endpoint, Parameter } from './endpoint.ts';
import { componentSchemas } from './shapes.ts';
import { BASE, describeEndpoints, rolesOf } from './words.ts';

const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });

function schemaOf({ type }: Parameter): object {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(type, { io: 'input' }) as Record<string, unknown>;
  return schema;
}

const parameterOf = (parameter: Parameter) => ({
  name: parameter.name,
  in: parameter.in ?? 'query',
  required: parameter.required === true,
  description: parameter.label,
  ...(parameter.many
    ? { style: 'form', explode: true, schema: { type: 'array', items: schemaOf(parameter) } }
    : { schema: schemaOf(parameter) }),
});

const failure = (description: string) => ({
  description,
  content: { 'application/json': { schema: reference('error') } },
});

function responsesOf(endpoint: Endpoint): object {
  const schema = reference(endpoint.shape);
  const content =
    endpoint.gives === 'lines'
      ? {
          'application/x-ndjson': {
            schema: endpoint.body ? { anyOf: [schema, reference('error')] } : schema,
          },
        }
      : { 'application/json': { schema } };
  const named = endpoint.parameters.some((each) => each.in === 'path');
  return {
    200: {
      description: endpoint.gives === 'lines' ? `${endpoint.says}（每行一个对象）` : endpoint.says,
      content,
    },
    400: failure('参数或内容有误'),
    ...(rolesOf(endpoint) === null
      ? {}
      : { 401: failure('没有令牌，或令牌不正确、已停用、已过期'), 403: failure('角色或范围不允许') }),
    ...(named ? { 404: failure('没有所指的对象') } : {}),
    ...(endpoint.body
      ? { 411: failure('没有注明长度'), 413: failure('内容过大'), 415: failure('内容类型不符') }
      : {}),
    ...(endpoint.body || endpoint.id === 'candidates' ? { 422: failure('没有可以判定的') } : {}),
    ...(rolesOf(endpoint) === null ? {} : { 429: failure('令牌错误次数过多') }),
  };
}

function operationOf(endpoint: Endpoint, who: string): object {
  return {
    operationId: endpoint.id,
    summary: endpoint.title,
    description: `${endpoint.says}\n\n${who}${endpoint.command ? `\n\n与命令相同：${endpoint.command}` : ''}`,
    ...(rolesOf(endpoint) === null ? { security: [] } : {}),
    parameters: endpoint.parameters.map(parameterOf),
    ...(endpoint.body
      ? {
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: {
                  anyOf: [reference(endpoint.body), { type: 'array', items: reference(endpoint.body) }],
                },
              },
              'application/x-ndjson': { schema: reference(endpoint.body) },
            },
          },
        }
      : {}),
    responses: responsesOf(endpoint),
  };
}

/** The document for all addresses. */
export function openApi(endpoints: readonly Endpoint[]): object {
  const words = new Map(describeEndpoints(endpoints).map(({ id, who }) => [id, who]));
  const paths: Record<string, Record<string, object>> = {};
  for (const endpoint of endpoints) {
    const path = (paths[BASE + endpoint.path] ??= {});
    path[endpoint.method.toLowerCase()] = operationOf(endpoint, words.get(endpoint.id)!);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: '梯度接口',
      version: '1',
      description:
        '金额为元，比例为小数，日期为 YYYY-MM-DD。缺省或 null 为未知，空列表为已知没有。错误一律为 JSON。',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ token: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: '系统管理员在“用户—接口令牌”建立的令牌' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'tidu_session',
          description: '已登录的浏览器；只能用于 GET',
        },
      },
      schemas: componentSchemas(),
    },
  };
}
