import type { EndpointWords } from '../api/words.ts';
import { ApiHelp } from './help/api.tsx';
import { CandidatesHelp } from './help/candidates.tsx';
import type { ReactNode } from 'react';
import { RESULT_SOFT, ResultMark, Seal, TIERS, type ResultId } from './chips.tsx';
import { BatchesHelp } from './help/batches.tsx';
import { CheckTextHelp } from './help/check-text.tsx';
import { LibrariesHelp } from './help/libraries.tsx';
import { IndicatorsHelp } from './help/indicators.tsx';
import { ListsHelp } from './help/lists.tsx';
import { ReviewsHelp } from './help/reviews.tsx';
import { SubmissionsHelp } from './help/submissions.tsx';
import { A } from './link.tsx';
import { RESULT_LABELS, SOURCE_LABELS } from './terms.ts';

/** What a page of help shows of the program itself. */
export interface HelpData {
  /** The addresses of the interface; empty on every other page. */
  readonly api: readonly EndpointWords[];
  /** The beginning of the program's own addresses: `http://localhost:3000`. */
  readonly origin: string;
}

export interface HelpPage {
  id: string;
  title: string;
  lead: string;
  body: (props: HelpData) => ReactNode;
}

const RESULTS: readonly [ResultId, string][] = [
  ['met', '现值达到门槛。“以上、以下、不低于”含本数，“超过、低于”不含本数，页面逐条注明。'],
  ['unmet', '现值没有达到门槛，并给出还差多少；差额向上取到所示位数，补足所示数额即可达到。'],
  ['unknown', '可以计算，但缺数据。“不知道”不等于“没有”，不会因此判为不符合。'],
  ['manual', '规定把这一点交给人判断，而记录里还没有人的判断。'],
  ['waived', '另一项条件使这一项不再要求。'],
];

function Start() {
  return (
    <>
      <p>
        梯度跟踪园区每家企业沿着 高企 → 专精特新 → 小巨人 → 独角兽
        走到了哪里，为什么在这里，下一个是谁，还差什么。
      </p>
      <h2>第一次使用，按这个顺序</h2>
      <ol>
        <li>
          在 <A to="/import">导入</A>{' '}
          里下载“企业名录”模板，填好后上传；已有名录也可以直接上传，常见表头会自动识别。
        </li>
        <li>再导入“年度数据”，至少最近三个完整年度；可以用代码、股票代码或企业名称对应企业。</li>
        <li>导入“称号证书”，程序据此得出每家企业的最高称号，并在到期前提醒。</li>
        <li>
          到 <A to="/candidates/giant">候选</A>{' '}
          看谁最接近下一级称号、还差什么；点企业名称看每一条件的算式和依据。
        </li>
        <li>
          到 <A to="/funnel">漏斗</A> 看任一天的存量。页面上方可以更换园区和截至日期，地址可以直接发给同事。
        </li>
      </ol>
      <h2>键盘</h2>
      <p>
        按 <code>/</code> 跳到搜索；<code>Tab</code> 逐项移动；表格可以用方向键横向滚动。打印时自动用 A4
        横向，表头每页重复。
      </p>
    </>
  );
}

function Glossary() {
  return (
    <>
      <h2>四级梯队</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">标志</th>
            <th scope="col">称号</th>
            <th scope="col">简称</th>
          </tr>
        </thead>
        <tbody>
          {TIERS.map((tier) => (
            <tr key={tier.id}>
              <td>
                <Seal tier={tier.id} />
              </td>
              <td>{tier.label}</td>
              <td>{tier.short}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h2>口径</h2>
      <table>
        <tbody>
          <tr>
            <th scope="row">就高</th>
            <td>每家企业只计一次，计在其当日有效的最高称号上。</td>
          </tr>
          <tr>
            <th scope="row">累计</th>
            <td>每项有效称号各计一次；一家企业可同时是高企、专精特新和小巨人。</td>
          </tr>
          <tr>
            <th scope="row">家 / 家次</th>
            <td>“家”数企业，“家次”数称号。</td>
          </tr>
          <tr>
            <th scope="row">截至</th>
            <td>只计到这一天。称号在有效期截止日当天仍有效，次日到期。</td>
          </tr>
          <tr>
            <th scope="row">知悉日期</th>
            <td>数据来源得知这一数值的日期，与录入时间分开记。</td>
          </tr>
        </tbody>
      </table>
      <h2>表格里的四种空</h2>
      <table>
        <tbody>
          <tr>
            <th scope="row">—</th>
            <td>未知：没有任何来源报过这个数。</td>
          </tr>
          <tr>
            <th scope="row">0</th>
            <td>报过，就是零。</td>
          </tr>
          <tr>
            <th scope="row">不适用、未报送</th>
            <td>导入时原样写明的，按未知处理，不会当成零。</td>
          </tr>
        </tbody>
      </table>
      <h2>来源，可信度由高到低</h2>
      <p>
        {Object.values(SOURCE_LABELS).join(' → ')}
        。同一数值以更可信的来源为准，来源相同以知悉日期较晚的为准；每一次陈述都保留。
      </p>
    </>
  );
}

function Importing() {
  return (
    <>
      <p>
        <A to="/import">导入</A> 接受 xlsx、xls、csv（UTF-8 或 GB18030，自动识别）和
        ndjson。每种内容都有带下拉选项和填写说明的模板。
      </p>
      <h2>怎样对应到企业</h2>
      <p>
        优先用统一社会信用代码，其次股票代码，再次名称（括号、空格、“有限责任公司/有限公司”等写法差异会统一，曾用名也认）。名称对应到多家时退回该行，不猜。
      </p>
      <h2>写法宽容</h2>
      <ul>
        <li>全角数字、千分位、％、“万元 / 亿元”列头、文本或序列号日期都能读。</li>
        <li>校验码不符的 18 位代码会接受并标为存疑；位数或字符不对的退回。</li>
        <li>认不出的列作为附加信息保留，不参与判定。</li>
      </ul>
      <h2>结果</h2>
      <ul>
        <li>新增、更新、未变、退回四个数相加等于读入行数；空行计入未变。</li>
        <li>
          金额单位可以写在表头（营业收入（万元））、表头下一行或表上方（单位：万元）；都没有写的，须在页面上选定。
        </li>
        <li>表头可以有两行，上一行是合并的年度、下一行是指标。合计行、表下的注不当作企业。</li>
        <li>
          退回的行列在结果页上，也另成一份工作簿，“错误说明”列写明原因；在那份工作簿里改好再导入即可。同一文件里同一代码写了两个名称、同一企业同一年度写了不同数值的，后一行退回。
        </li>
        <li>存疑的行已经导入，结果页写明存疑之处。</li>
        <li>同一文件导入两次不改变任何内容。每 500 行为一批，一批要么全部写入，要么完全没有。</li>
      </ul>
    </>
  );
}

function Judging() {
  return (
    <>
      <p>
        每条判定写明门槛、现值、差距、条款和所用规则版本；展开可以看到代入数字的算式、期间和所缺数据。
        <b>预评估结果仅供参考，以主管部门认定为准。</b>
      </p>
      <h2>五种结果</h2>
      <table>
        <tbody>
          {RESULTS.map(([result, text]) => (
            <tr key={result}>
              <th scope="row" className="whitespace-nowrap">
                <span className={`chip ${RESULT_SOFT[result]}`}>
                  <ResultMark result={result} />
                  {RESULT_LABELS[result]}
                </span>
              </th>
              <td>{text}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h2>三种结论</h2>
      <ul>
        <li>
          <b>符合</b>：每一条件都达到或豁免。
        </li>
        <li>
          <b>不符合</b>：有一条未达到，或有一票否决情形，其余不论。
        </li>
        <li>
          <b>待定</b>：没有未达到的，但有缺数据或待人工判断的。
        </li>
      </ul>
      <h2>用哪一版规则</h2>
      <p>
        由称号、申请类型（新申请、复核）、申请日期和登记地决定。旧判定保留当时的版本。所有版本见{' '}
        <A to="/rules">规则</A>，没有见到原文的数值标为待核实。
      </p>
      <h2>候选的排序</h2>
      <p>
        按差距由小到大：每个未达到的条件按差额占门槛的比例相加，缺数据和待人工判断的各加一点；有一票否决的排在最后。
      </p>
    </>
  );
}

function Roles() {
  return (
    <>
      <table>
        <thead>
          <tr>
            <th scope="col">角色</th>
            <th scope="col">能看</th>
            <th scope="col">能做</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">园区人员</th>
            <td>总览、企业、候选、漏斗、规则、状态机</td>
            <td>
              导入，新增和更正企业、年度数据、称号，更正代码、合并重复记录，把企业分派到园区、分配管家，导出
            </td>
          </tr>
          <tr>
            <th scope="row">科室审核</th>
            <td>总览、企业、候选、漏斗、规则、状态机、推荐批次、待办</td>
            <td>审核推荐批次，登记联席会议的签署和决定，导出</td>
          </tr>
          <tr>
            <th scope="row">领导</th>
            <td>总览、企业、候选、漏斗、规则、状态机</td>
            <td>导出</td>
          </tr>
          <tr>
            <th scope="row">企业</th>
            <td>只有本企业的页面，和规则</td>
            <td>修改自己的密码</td>
          </tr>
          <tr>
            <th scope="row">系统管理员</th>
            <td>全部</td>
            <td>
              另可新增用户、改姓名、重置密码（生成一次性密码）、停用、更换企业用户关联的企业，建立、停用接口令牌，新增、更名、移动、删除空园区，维护会签部门；变更都有记录
            </td>
          </tr>
        </tbody>
      </table>
      <p>
        没有默认密码。忘记密码由系统管理员重置，一次性密码首次登录后必须修改。停用或重置时，该用户已有的登录立即退出。
      </p>
    </>
  );
}

function Identity() {
  return (
    <>
      <h2>代码错了</h2>
      <p>
        在企业页点“代码与合并”，填新代码和理由。原代码成为曾用代码：用它搜索、导入、打开旧地址，都会到这家企业。校验码不符的代码可以保存，会标为存疑。
      </p>
      <h2>同一家企业有两条记录</h2>
      <ol>
        <li>在要保留的那条上点“代码与合并”，填另一条的代码或名称，预览。</li>
        <li>核对合并后会变化的每一项；要保留另一条时点“对调”。</li>
        <li>填理由，确认。空缺由另一条补上，已有的数值只让位给更可信的来源。合并不能撤销。</li>
      </ol>
      <h2>曾用名</h2>
      <p>更正企业名称时，原名自动成为曾用名；也可以手工增加。导入的表格用曾用名时也能对应。</p>
      <h2>园区</h2>
      <p>
        <A to="/parks">园区</A> 是一棵树，上级的名单和统计包含全部下级。把企业分派到园区有两种：
        <b>补登或更正</b>，企业本来就在这里，不计迁入迁出；<b>迁移</b>，从某日起在这里，计入变动表。
        有过迁移的企业以迁移为准，导入表里写的园区不再改变它。
      </p>
      <h2>服务管家</h2>
      <p>
        每家企业政府侧、运营公司侧各至多一位管家，有起止日期。在企业页“服务管家”里分配或结束；要一次分配多家，先在
        <A to="/enterprises">企业</A>
        名单里筛选，再点“分配管家”，核对家数后确认。名下有企业的人员打开待办、到期时先看自己的，“管家”选“全部”看所有企业；导出和日历文件随筛选。
      </p>
    </>
  );
}

export const HELP_PAGES: readonly HelpPage[] = [
  { id: 'start', title: '从这里开始', lead: '第一次使用的五步', body: Start },
  { id: 'glossary', title: '名词对照', lead: '梯队、口径、来源和四种空', body: Glossary },
  { id: 'import', title: '导入', lead: '文件、表头、退回的行', body: Importing },
  {
    id: 'identity',
    title: '代码、合并、园区、管家',
    lead: '更正代码，合并重复记录，分派企业',
    body: Identity,
  },
  {
    id: 'libraries',
    title: '培育、跟进、测算',
    lead: '名单怎样来，谁批准，走访怎样记',
    body: LibrariesHelp,
  },
  { id: 'lists', title: '名单比对', lead: '公示、认定名单与园区企业', body: ListsHelp },
  { id: 'submissions', title: '企业提交', lead: '企业账号、填报、采纳与补充', body: SubmissionsHelp },
  { id: 'verdicts', title: '判定', lead: '五种结果、三种结论、规则版本', body: Judging },
  { id: 'candidates', title: '候选名单', lead: '按哪一天判定、怎样排序、历史通过率', body: CandidatesHelp },
  { id: 'batches', title: '推荐批次', lead: '从候选到报送，谁做什么', body: BatchesHelp },
  { id: 'indicators', title: '指标与口径', lead: '口径、录入、目标、预测、文字稿', body: IndicatorsHelp },
  { id: 'reviews', title: '季度复盘', lead: '口径、封存、更正、决定', body: ReviewsHelp },
  { id: 'check-text', title: '报告核验', lead: '核对什么，怎样算对得上', body: CheckTextHelp },
  { id: 'api', title: '接口', lead: '其他系统怎样取数、请求判定', body: ApiHelp },
  { id: 'roles', title: '角色', lead: '谁能看什么、做什么', body: Roles },
];
