import { isRouteErrorResponse, useRouteError } from '@remix-run/react';
import { ButtonLink } from './button.tsx';

const WORDS: Readonly<Record<number, { title: string; what: string }>> = {
  400: { title: '请求有误', what: '地址或提交的内容不符合要求，请检查后重试。' },
  401: { title: '请先登录', what: '登录已失效，请重新登录。' },
  403: { title: '没有权限', what: '您的角色不能使用此页面。如有需要，请与系统管理员联系。' },
  404: { title: '没有找到', what: '此页面或企业不存在，可能已被合并或地址有误。' },
  405: { title: '不支持的操作', what: '此页面不接受这种提交。' },
  409: { title: '已被他人修改', what: '您打开后有人先保存了修改，请刷新后再试。' },
  413: { title: '文件过大', what: '上传的文件超过上限，请拆分后再导入。' },
  429: { title: '尝试过于频繁', what: '请稍候再试。' },
  500: { title: '程序出错', what: '错误已记入日志。请稍后重试；若反复出现，请联系系统管理员。' },
};

/** A page's error, in Chinese, by its status. */
export function ErrorPage() {
  const error = useRouteError();
  const status = isRouteErrorResponse(error) ? error.status : 500;
  const words = WORDS[status] ?? WORDS[500]!;
  const said =
    isRouteErrorResponse(error) && typeof error.data === 'string' && /[\u4e00-\u9fff]/.test(error.data);
  return (
    <div className="mx-auto max-w-xl py-20">
      <p className="text-2xl font-semibold text-ink-3">{status}</p>
      <h1 className="mt-1 text-2xl">{words.title}</h1>
      <p className="mt-3 text-ink-2">{said ? String(error.data) : words.what}</p>
      <p className="mt-6">
        <ButtonLink to="/" look="primary">
          回到总览
        </ButtonLink>
      </p>
    </div>
  );
}
