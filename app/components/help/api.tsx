import type { EndpointWords } from '../../api/words.ts';
import type { HelpData } from '../help-pages.tsx';
import { A } from '../link.tsx';

/** Status and what to do about it. */
const ERRORS: readonly [status: string, what: string][] = [
  ['400', '地址的参数或内容写错；at 指出哪个参数、第几行或第几个'],
  ['401', '没有令牌，或令牌不正确、已停用、已过期'],
  ['403', '令牌的角色或范围不允许'],
  ['404', '没有这个地址，或没有所指的企业、规则、状态机'],
  ['405', '这个地址不接受该方法'],
  ['411、413', '没有注明内容长度；内容超过上传上限'],
  ['415', '内容类型不是 application/json 或 application/x-ndjson'],
  ['422', '读懂了，但没有可以判定的'],
  ['429', '同一来源令牌错误过多，15 分钟后再试'],
];

function Address({ endpoint, origin }: { endpoint: EndpointWords; origin: string }) {
  const { method, path, title, says, who, gives, parameters, command, example } = endpoint;
  const data =
    method === 'POST' ? " -H 'Content-Type: application/x-ndjson' --data-binary @企业事实.ndjson" : '';
  const token = who === '不需要令牌' ? '' : ' -H "Authorization: Bearer $TOKEN"';
  return (
    <section aria-labelledby={`api-${endpoint.id}`}>
      <h3 id={`api-${endpoint.id}`}>{title}</h3>
      <p>
        <code>
          {method} {path}
        </code>
      </p>
      <p>{says}</p>
      {parameters.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">参数</th>
              <th scope="col">说明</th>
            </tr>
          </thead>
          <tbody>
            {parameters.map((parameter) => (
              <tr key={parameter.name}>
                <th scope="row" className="whitespace-nowrap">
                  <code>{parameter.name}</code>
                </th>
                <td>
                  {parameter.label}
                  {parameter.required && parameter.in === 'query' && '（必填）'}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="text-ink-2">
        谁能用：{who}。
        {gives === 'application/x-ndjson' ? '结果每行一个 JSON 对象。' : '结果为一个 JSON 对象。'}
        {command && (
          <>
            与命令 <code>{command}</code> 的输出相同。
          </>
        )}
      </p>
      <pre tabIndex={0} aria-label={`${title}：调用示例`}>
        <code>
          curl{token}
          {data} &apos;{origin}
          {example}&apos;
        </code>
      </pre>
    </section>
  );
}

/** How another program calls the interface; the addresses come from the list that answers them. */
export function ApiHelp({ api, origin }: HelpData) {
  return (
    <>
      <p>
        其他系统可以读取企业、判定、候选、漏斗和变动，也可以送来事实请求判定。接口只读：送来的事实不保存，要写入请用{' '}
        <A to="/import">导入</A>。
      </p>
      <h2>令牌</h2>
      <p>
        由系统管理员在 <A to="/users/tokens">用户—接口令牌</A>{' '}
        建立，写明用途和角色，可以限定园区和有效期；只显示一次，停用立即生效。放在每次请求的头里：
      </p>
      <pre tabIndex={0} aria-label="令牌的写法">
        <code>Authorization: Bearer tidu_…</code>
      </pre>
      <p>
        能看到的与该角色的页面相同。已登录的浏览器可以直接打开 GET
        的地址试看；其他方法必须带令牌。企业角色的令牌只看本企业。
      </p>
      <h2>约定</h2>
      <ul>
        <li>金额为元，比例为小数，日期为 YYYY-MM-DD；缺省或 null 为未知，空列表为已知没有。</li>
        <li>参数写错、写了没有的参数一律拒绝，不会当作没写。</li>
        <li>
          每行一个对象的结果是 NDJSON（<code>application/x-ndjson</code>），其余是一个 JSON 对象，都用 UTF-8。
        </li>
        <li>只随程序变化的结果（规则、状态机、Schema）带 ETag，可用 If-None-Match 再问；其余不缓存。</li>
        <li>
          机器可读的说明：<a href="/api/v1/openapi.json">/api/v1/openapi.json</a>（OpenAPI 3.1），目录：
          <a href="/api/v1">/api/v1</a>。
        </li>
      </ul>
      <h2>错误</h2>
      <p>
        一律为 <code>{'{ "error": { "code", "message", "at" } }'}</code>，message 为中文说明。
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">状态</th>
            <th scope="col">意思</th>
          </tr>
        </thead>
        <tbody>
          {ERRORS.map(([status, what]) => (
            <tr key={status}>
              <th scope="row" className="whitespace-nowrap">
                {status}
              </th>
              <td>{what}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h2>地址</h2>
      {api.map((endpoint) => (
        <Address key={endpoint.id} endpoint={endpoint} origin={origin} />
      ))}
    </>
  );
}
