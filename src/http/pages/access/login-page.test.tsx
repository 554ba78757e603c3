import { describe, expect, it } from 'vitest';
import { Problem } from '../../../kernel/index.js';
import { render } from '../../../web/index.js';
import { shellExample } from '../shell-fixture.js';
import { LoginPage } from './login-page.js';

const demo = [{ username: 'mau', password: 'mat-khau-mau', name: 'Mẫu', role: 'Cán bộ tỉnh' }];

describe('LoginPage', () => {
  it('lists accounts of the demonstration and says that it is one', () => {
    const html = render(<LoginPage shell={shellExample} next="/" demo={demo} />);
    expect(html).toContain('mat-khau-mau');
    expect(html).toContain('Bản trình diễn');
  });

  it('sends name and password, and no command: a session is none', () => {
    const html = render(<LoginPage shell={shellExample} next="/" demo={demo} />);
    const names = [...html.matchAll(/<input[^>]* name="([^"]*)"/g)].map((found) => found[1]);
    expect(names).toEqual(['next', 'username', 'password']);
  });

  it('keeps the name, never the password, after a refusal', () => {
    const problem = new Problem('refused', { code: 'x', what: 'Không đăng nhập được.' });
    const shell = { ...shellExample, isDemo: false };
    const html = render(
      <LoginPage shell={shell} next="/" username='a"' problem={problem} demo={[]} />,
    );
    expect(html).toContain('role="alert"');
    expect(html).toContain('Bản chính thức');
    expect(html).not.toContain('Tài khoản trình diễn');
    expect(html.match(/type="password"[^>]*value=/)).toBeNull();
  });
});
