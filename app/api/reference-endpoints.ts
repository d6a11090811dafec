/** What depends on the program alone: what there is, schemas, rules, machines. */
import { listMachines, machineWithPicture } from '../queries/machine-catalogue.server.ts';
import { describeRule, listRules } from '../queries/rule-pages.server.ts';
import { ApiError } from '../services/api-error.ts';
import { SCHEMA_NAMES, schemaText, type SchemaName } from '../services/json-schema.server.ts';
import { choice } from '../services/parameters.ts';
import { json, lines, type Endpoint, type Parameter } from './endpoint.ts';
import { openApi } from './openapi.ts';
import { text } from './parameters.ts';
import { BASE, describeEndpoints } from './words.ts';

const SCHEMA: Parameter<SchemaName> = {
  name: 'name',
  label: 'facts 企业事实、verdict 判定',
  type: choice(SCHEMA_NAMES),
  in: 'path',
  required: true,
};
const RULE_ID: Parameter<string> = { name: 'id', label: '规则版本', type: text, in: 'path', required: true };
const MACHINE: Parameter<string> = { name: 'name', label: '状态机', type: text, in: 'path', required: true };

export const REFERENCE_ENDPOINTS: readonly Endpoint[] = [
  {
    id: 'index',
    method: 'GET',
    path: '',
    title: '目录',
    says: '全部地址及其参数、角色、对应的命令。',
    like: null,
    parameters: [],
    gives: 'json',
    shape: 'index',
    lasting: true,
    run: ({ endpoints }) =>
      json({ name: '梯度', version: 'v1', help: '/help/api', endpoints: describeEndpoints(endpoints) }),
  },
  {
    id: 'openapi',
    method: 'GET',
    path: '/openapi.json',
    title: 'OpenAPI 文档',
    says: 'OpenAPI 3.1，由同一目录和程序校验所用的定义生成。',
    like: null,
    parameters: [],
    gives: 'json',
    shape: 'object',
    lasting: true,
    run: ({ endpoints }) => json(openApi(endpoints)),
  },
  {
    id: 'schema',
    method: 'GET',
    path: '/schema/{name}',
    title: 'JSON Schema',
    says: '企业事实或判定的 JSON Schema，由程序校验所用的同一定义生成。',
    like: null,
    parameters: [SCHEMA],
    gives: 'json',
    shape: 'object',
    command: 'tidu schema …',
    lasting: true,
    example: 'facts',
    run: (_visit, asked) => ({ kind: 'text', text: schemaText(asked.need(SCHEMA)) }),
  },
  {
    id: 'rules',
    method: 'GET',
    path: '/rules',
    title: '规则版本',
    says: '全部规则版本，每行一个：文号、适用期间、条款多少自动判定。',
    like: '_app.rules._index',
    parameters: [],
    gives: 'lines',
    shape: 'ruleLine',
    command: 'tidu rules --json',
    lasting: true,
    run: () => lines(listRules()),
  },
  {
    id: 'rule',
    method: 'GET',
    path: '/rules/{id}',
    title: '一个规则版本',
    says: '条件、门槛、条款出处、与上一版的差异、适用范围。',
    like: '_app.rules.$version',
    parameters: [RULE_ID],
    gives: 'json',
    shape: 'rule',
    command: 'tidu rules show … --json',
    lasting: true,
    example: 'giant@2026',
    run: (_visit, asked) => {
      const id = asked.need(RULE_ID);
      const rule = describeRule(id);
      if (!rule)
        throw new ApiError('not-found', `没有名为 ${id} 的规则版本；${BASE}/rules 列出全部`, RULE_ID.name);
      return json(rule);
    },
  },
  {
    id: 'machines',
    method: 'GET',
    path: '/machines',
    title: '状态机',
    says: '全部状态机，每行一个。',
    like: '_app.machines._index',
    parameters: [],
    gives: 'lines',
    shape: 'machineLine',
    command: 'tidu machine --json',
    lasting: true,
    run: () => lines(listMachines()),
  },
  {
    id: 'machine',
    method: 'GET',
    path: '/machines/{name}',
    title: '一个状态机',
    says: '状态、转移、守卫和图（SVG）。',
    like: '_app.machines.$name',
    parameters: [MACHINE],
    gives: 'json',
    shape: 'machine',
    command: 'tidu machine show …',
    lasting: true,
    example: 'hnte',
    run: async (_visit, asked) => {
      const name = asked.need(MACHINE);
      const shown = await machineWithPicture(name);
      if (!shown)
        throw new ApiError('not-found', `没有状态机“${name}”；${BASE}/machines 列出全部`, MACHINE.name);
      return json(shown);
    },
  },
];
