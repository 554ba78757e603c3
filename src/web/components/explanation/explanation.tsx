import type { Child } from 'hono/jsx';

export interface ExplanationStep {
  /** One sentence of the derivation. */
  sentence: Child;
  /** The article behind it: "Điều 3 Nghị định 07/2021/NĐ-CP". */
  citation?: Child;
  /** "chưa đối chiếu văn bản gốc", when the value is not verified. */
  state?: string | null;
}

interface ExplanationProps {
  steps: readonly ExplanationStep[];
  /** What is not known, in words. */
  missing: readonly string[];
}

/** How a conclusion came about, step by step, with the law beside each step. */
export function Explanation({ steps, missing }: ExplanationProps) {
  return (
    <>
      <ol class="steps">
        {steps.map((step) => (
          <li>
            {step.sentence}
            {step.citation || step.state ? (
              <small>
                {step.citation}
                {step.citation && step.state ? ' · ' : null}
                {step.state ? <em>{step.state}</em> : null}
              </small>
            ) : null}
          </li>
        ))}
      </ol>
      {missing.length > 0 ? (
        <div class="missing">
          <b>Còn thiếu</b>
          <ul>
            {missing.map((item) => (
              <li>{item}</li>
            ))}
          </ul>
        </div>
      ) : null}
    </>
  );
}
