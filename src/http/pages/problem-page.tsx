import type { Problem } from '../../kernel/index.js';
import type { Shell } from '../../web/index.js';
import { Notice, Page } from '../../web/index.js';

interface ProblemPageProps {
  shell: Shell;
  problem: Pick<Problem, 'kind' | 'what' | 'why' | 'todo'>;
  /** Where the refused form stands: a path of this site. */
  back?: string | null;
}

/** A refusal in sentences: what happened, why, what to do now. */
export function ProblemPage({ shell, problem, back }: ProblemPageProps) {
  return (
    <Page shell={shell} title={problem.what}>
      <div class="narrow">
        {problem.why || problem.todo ? (
          <Notice
            tone="alert"
            what={problem.why ?? problem.todo}
            todo={problem.why ? problem.todo : null}
          />
        ) : null}
        <p class="acts">
          {back ? (
            <a class="button" href={back}>
              Quay lại biểu mẫu
            </a>
          ) : null}
          <a class="button quiet" href="/">
            Về trang đầu
          </a>
          {shell.user === null && shell.publishedAt === undefined ? (
            <a class="button quiet" href="/dang-nhap">
              Đăng nhập
            </a>
          ) : null}
        </p>
      </div>
    </Page>
  );
}
