import { useEffect, useRef, type ReactNode } from 'react';
import { Form, useLocation, useNavigation, useSubmit } from '@remix-run/react';
import { SWITCHES } from './address.ts';
import { Icon, Logo, type IconName } from './icons.tsx';
import { A, SwitchFields } from './link.tsx';
import { Banner } from './page.tsx';

export interface NavEntry {
  to: string;
  label: string;
  icon: IconName;
}

export interface FrameData {
  nav: readonly NavEntry[];
  user: { displayName: string; roleLabel: string };
  parks: readonly { code: string; name: string; depth: number }[];
  /** Today in Asia/Shanghai. */
  today: string;
  demo: boolean;
  flash: string | null;
  /** Whether other enterprises may be looked for. */
  search: boolean;
  /** Entries of 今日待办 that are near; null for those who have no such list. */
  bell: number | null;
}

function Busy() {
  const { state } = useNavigation();
  if (state === 'idle') return null;
  return (
    <div
      className="nav-busy fixed top-0 right-0 left-0 z-50 h-0.5 origin-left bg-accent"
      role="progressbar"
      aria-label="正在载入"
    />
  );
}

function Navigation({ nav }: { nav: readonly NavEntry[] }) {
  const { pathname } = useLocation();
  const here = (to: string) =>
    to === '/' ? pathname === '/' : pathname === to || pathname.startsWith(`${to}/`);
  return (
    <nav className="frame-nav" aria-label="主导航">
      <A
        to="/"
        className="!mx-0 !h-12 shrink-0 !px-4 text-lg font-semibold !text-ink"
        aria-label="梯度，回到总览"
      >
        <Logo />
        梯度
      </A>
      <ul className="mt-2 flex flex-col gap-0.5">
        {nav.map((entry) => (
          <li key={entry.to}>
            <A to={entry.to} aria-current={here(entry.to) ? 'page' : undefined} prefetch="intent">
              <Icon name={entry.icon} />
              {entry.label}
            </A>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The two switches: which park, and as of which day. Plain GET forms to the present address. */
function Switches({ parks, today }: Pick<FrameData, 'parks' | 'today'>) {
  const { pathname, search } = useLocation();
  const submit = useSubmit();
  const query = new URLSearchParams(search);
  const form = useRef<HTMLFormElement>(null);
  const others = [...query].filter(
    ([key]) => !(SWITCHES as readonly string[]).includes(key) && key !== 'page',
  );
  const asOf = query.get('asOf') ?? '';
  return (
    <Form ref={form} key={search} action={pathname} className="flex items-center gap-2" aria-label="范围">
      {others.map(([key, value], i) => (
        <input key={i} type="hidden" name={key} value={value} />
      ))}
      {parks.length > 0 && (
        <label className="flex items-center gap-1.5 text-xs whitespace-nowrap text-ink-3">
          园区
          <select
            name="park"
            className="input max-w-44 text-base"
            defaultValue={query.get('park') ?? ''}
            onChange={() => submit(form.current)}
          >
            <option value="">全部园区</option>
            {parks.map((park) => (
              <option key={park.code} value={park.code}>
                {'　'.repeat(park.depth) + park.name}
              </option>
            ))}
          </select>
        </label>
      )}
      <label className="flex items-center gap-1.5 text-xs whitespace-nowrap text-ink-3">
        截至
        <input
          type="date"
          name="asOf"
          className={`input w-36 text-base ${asOf && asOf !== today ? 'border-giant bg-giant-soft' : ''}`}
          defaultValue={asOf || today}
          onBlur={(event) => {
            if (event.target.value !== (asOf || today)) submit(form.current);
          }}
        />
      </label>
      {asOf && asOf !== today && (
        <A to={pathname + withoutDay(query)} className="text-xs" aria-label="回到今天">
          回到今天
        </A>
      )}
      <noscript>
        <button className="btn">应用</button>
      </noscript>
    </Form>
  );
}

function withoutDay(query: URLSearchParams) {
  const rest = new URLSearchParams(query);
  // Set but empty: the link must not take the day over from the present address.
  rest.set('asOf', '');
  return `?${rest.toString()}`;
}

function Search() {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
      if (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable) return;
      event.preventDefault();
      box.current?.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return (
    <Form
      action="/enterprises"
      role="search"
      aria-label="全局搜索"
      className="relative ml-auto w-72 max-w-full"
    >
      <SwitchFields />
      <Icon name="search" className="absolute top-2 left-2.5 size-4 text-ink-3" />
      <input
        ref={box}
        type="search"
        name="q"
        aria-label="搜索企业：名称、代码、曾用名或股票代码"
        aria-keyshortcuts="/"
        placeholder="名称、代码、曾用名，按 / 搜索"
        className="input pl-8"
      />
    </Form>
  );
}

/** What has just been done, in words; read out, and gone with the next page. */
function Flash({ text }: { text: string | null }) {
  if (!text) return null;
  return (
    <div
      role="status"
      className="mb-4 flex items-center gap-2 rounded-md border border-met bg-met-soft px-4 py-2 text-met"
    >
      <Icon name="met" />
      {text}
    </div>
  );
}

/** The way to 今日待办 with what is near, as a number up to 99. */
function Bell({ count }: { count: number }) {
  const shown = count > 99 ? '99+' : String(count);
  return (
    <A to="/todo?asOf=" className="btn btn-quiet relative" aria-label={`今日待办，近期 ${shown} 项`}>
      <Icon name="bell" />
      {count > 0 && (
        <span aria-hidden="true" className="rounded-full bg-unmet px-1.5 text-xs text-white tabular-nums">
          {shown}
        </span>
      )}
    </A>
  );
}

/** The frame of every page behind the login: navigation left, switches and search on top. */
export function Frame({ data, children }: { data: FrameData; children: ReactNode }) {
  const { pathname } = useLocation();
  return (
    <div className="frame">
      <a href="#main" className="skip">
        跳到正文
      </a>
      <Busy />
      <Navigation nav={data.nav} />
      <div className="min-w-0">
        {data.demo && <Banner>演示数据：企业与数字均为虚构，不得用于申报</Banner>}
        <header className="frame-bar">
          <Switches parks={data.parks} today={data.today} />
          {data.search ? <Search /> : <span className="ml-auto" />}
          {data.bell !== null && <Bell count={data.bell} />}
          <details className="relative" key={pathname}>
            <summary className="btn btn-quiet list-none text-ink-2!">
              {data.user.displayName}
              <Icon name="down" className="size-3" />
            </summary>
            <div className="absolute right-0 z-40 mt-1 w-44 rounded-md border border-line bg-paper p-2 shadow-pop">
              <p className="px-2 pb-1.5 text-xs text-ink-3">{data.user.roleLabel}</p>
              <A to="/account" className="block rounded-sm px-2 py-1 text-ink hover:bg-canvas">
                修改密码
              </A>
              <Form method="post" action="/logout">
                <button className="block w-full cursor-pointer rounded-sm px-2 py-1 text-left hover:bg-canvas">
                  退出登录
                </button>
              </Form>
            </div>
          </details>
        </header>
        <main id="main" tabIndex={-1} className="frame-main outline-none">
          <Flash text={data.flash} />
          {children}
        </main>
      </div>
    </div>
  );
}

/** Pages before the login: the sign, and one narrow card. */
export function DoorFrame({
  title,
  children,
  demo = false,
}: {
  title: string;
  children: ReactNode;
  demo?: boolean;
}) {
  return (
    <>
      {demo && <Banner>演示数据：企业与数字均为虚构，不得用于申报</Banner>}
      <main className="mx-auto flex min-h-[92vh] w-full max-w-sm flex-col justify-center px-4 py-10">
        <div className="mb-6 flex items-center gap-3">
          <Logo className="size-10" />
          <div>
            <p className="text-lg font-semibold">梯度</p>
            <p className="text-xs text-ink-3">科技园区企业梯度培育管理</p>
          </div>
        </div>
        <div className="card p-6">
          <h1 className="mb-4 text-lg">{title}</h1>
          {children}
        </div>
      </main>
    </>
  );
}
