import type { ButtonHTMLAttributes } from 'react';
import { useReady } from './assess-store.ts';

/**
 * A button that sends its form only where no script runs. With scripts it waits until they have taken over, so that
 * nothing typed is ever posted; without them the first of the two is used, the second is not shown.
 */
export function LocalSubmit({
  look = 'btn btn-primary',
  children,
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { look?: string }) {
  const ready = useReady();
  const className = `${look} assess-button`;
  return (
    <>
      <noscript>
        <button type="submit" className={className} {...rest}>
          {children}
        </button>
      </noscript>
      <button type="submit" className={`${className} needs-script`} disabled={!ready} {...rest}>
        {children}
      </button>
    </>
  );
}

/** Said above every button that would post: true only without scripts, and shown only then. */
export function PostedNotice() {
  return (
    <noscript>
      <p className="mb-4 rounded-md border-l-4 border-accent bg-accent-soft px-4 py-3">
        您的浏览器没有运行脚本：点击下面的按钮后，填写的内容会发给本系统的服务器，由服务器算出答案随即返回，不保存，也不写入日志。
      </p>
    </noscript>
  );
}
