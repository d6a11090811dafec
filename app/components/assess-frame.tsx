import type { ReactNode } from 'react';
import { Link } from '@remix-run/react';
import { Logo } from './icons.tsx';
import { Banner } from './page.tsx';

export const DISCLAIMER = '预评估结果仅供参考，以主管部门认定为准';

/** The frame of the public pages: one column, nothing beside the one thing that the page is about. */
export function AssessFrame({ demo, children }: { demo: boolean; children: ReactNode }) {
  return (
    <div className="assess flex min-h-screen flex-col bg-paper">
      <a href="#content" className="skip">
        跳到正文
      </a>
      {demo && <Banner>演示数据：企业与数字均为虚构，不得用于申报</Banner>}
      <header className="no-print border-b border-line">
        <div className="assess-column flex h-14 items-center gap-3">
          <Link
            to="/assess"
            className="flex items-center gap-2.5 text-lg font-semibold !text-ink no-underline"
          >
            <Logo />
            梯度
          </Link>
          <span className="text-ink-2">企业资质自测</span>
          <Link to="/login" className="ml-auto">
            登录
          </Link>
        </div>
      </header>
      <main id="content" tabIndex={-1} className="assess-column grow pt-6 pb-16 outline-none">
        {children}
      </main>
      <footer className="no-print border-t border-line bg-canvas">
        <p className="assess-column py-5 text-ink-2">
          {DISCLAIMER}。自测不需要登录，不收集企业名称和联系方式。
        </p>
      </footer>
    </div>
  );
}

/** Page title with what stands before it (a way back) and below it (one plain sentence). */
export function AssessHead({ before, title, lead }: { before?: ReactNode; title: string; lead?: ReactNode }) {
  return (
    <header className="mb-6">
      {before && <p className="no-print mb-3">{before}</p>}
      <h1 className="text-2xl">{title}</h1>
      {lead && <p className="mt-2 max-w-[42rem] text-lg text-ink-2">{lead}</p>}
    </header>
  );
}
