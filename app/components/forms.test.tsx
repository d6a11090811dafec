import { createRemixStub } from '@remix-run/testing';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, describe, expect, test } from 'vitest';
import { FactField, UsccField } from './facts-fields.tsx';
import { ErrorSummary, Field } from './field.tsx';
import { FilterBar } from './filters.tsx';

afterEach(cleanup);

function show(page: ReactNode, address = '/') {
  const Stub = createRemixStub([{ path: '*', Component: () => page }]);
  return render(<Stub initialEntries={[address]} />);
}

describe('a field', () => {
  test('is tied to its label, help and error', async () => {
    show(<Field label="用户名" name="username" help="登录用" error="请输入用户名" />);
    const box = await screen.findByLabelText('用户名');
    expect(box.getAttribute('aria-invalid')).toBe('true');
    const described = box
      .getAttribute('aria-describedby')!
      .split(' ')
      .map((id) => document.getElementById(id)!.textContent);
    expect(described).toEqual(['请输入用户名', '登录用']);
  });
});

describe('the error summary', () => {
  test('takes the focus and links each error to its field', async () => {
    show(
      <>
        <ErrorSummary errors={{ username: '请输入用户名', password: '请输入密码' }} />
        <Field label="用户名" name="username" />
      </>,
    );
    const summary = await screen.findByRole('alert');
    expect(document.activeElement).toBe(summary);
    expect(screen.getByText('有 2 处需要更正')).toBeTruthy();
    const link = screen.getByRole('link', { name: '请输入用户名' });
    expect(document.querySelector(link.getAttribute('href')!)).toBe(screen.getByLabelText('用户名'));
  });

  test('is not there when nothing is wrong', () => {
    show(<ErrorSummary errors={{}} />);
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('a code being typed', () => {
  const type = async (text: string) => {
    show(<UsccField value="" error={undefined} />);
    const box = await screen.findByLabelText('统一社会信用代码');
    fireEvent.change(box, { target: { value: text } });
    fireEvent.blur(box);
  };

  test('of a wrong length is told at once', async () => {
    await type('9111010');
    expect(screen.getByText(/应为 18 位，现为 7 位/)).toBeTruthy();
  });

  test('with a forbidden letter is told at once', async () => {
    await type('91110108MA001007XI');
    expect(screen.getByText(/“I”不在允许的字符内/)).toBeTruthy();
  });

  test('with a failing check digit may be kept, and says so', async () => {
    // 91341300719922946K: a real code of the sample register that fails its check digit.
    await type('91341300719922946K');
    expect(screen.getByText(/确认无误也可保存/)).toBeTruthy();
  });

  test('that is right says nothing', async () => {
    // 91511100717532899W passes both check digits.
    await type('91511100717532899W');
    expect(screen.queryByText(/校验码|应为 18 位/)).toBeNull();
  });
});

describe('a fact', () => {
  test('of yes or no can be unknown', async () => {
    show(
      <FactField
        field={{ key: 'legalPerson', label: '独立法人', type: 'flag', aliases: [] }}
        value="否"
        error={undefined}
      />,
    );
    const box = (await screen.findByLabelText('独立法人')) as HTMLSelectElement;
    expect([...box.options].map((option) => option.text)).toEqual(['未知', '是', '否']);
    expect(box.value).toBe('否');
  });

  test('of money names its unit', async () => {
    show(
      <FactField
        field={{ key: 'netProfit', label: '净利润', type: 'money', aliases: [] }}
        value=""
        error={undefined}
      />,
    );
    expect(await screen.findByText('万元')).toBeTruthy();
  });
});

describe('the filter bar', () => {
  test('carries the switches and forgets the page', async () => {
    show(
      <FilterBar filters={[{ name: 'q', label: '搜索' }]} />,
      '/enterprises?park=north&page=4&q=%E7%94%B2',
    );
    const form = (await screen.findByRole('search')) as HTMLFormElement;
    const sent = Object.fromEntries(new FormData(form) as unknown as Iterable<[string, string]>);
    expect(sent).toEqual({ park: 'north', q: '甲' });
    expect(screen.getByRole('link', { name: '清除' }).getAttribute('href')).toBe('/enterprises?park=north');
  });
});
