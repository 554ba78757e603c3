import type { Choice } from '../../../web/index.js';
import { Card, CommandForm } from '../../../web/index.js';

export interface UnresolvedLine {
  sheet: string;
  /** One sentence: why. */
  what: string;
  /** False when the unit is known and not this person's to write to. */
  isAssignable: boolean;
  /** Units the name may mean. */
  candidates: readonly Choice[];
}

interface Props {
  sheets: readonly UnresolvedLine[];
  /** Every unit of the round, for a name that says nothing. */
  units: readonly Choice[];
  /** Where the answer goes; `null` when the import is no longer a preview. */
  action: string | null;
  commandId: string;
}

/** Name of the field that holds the code given for a sheet. */
export const SHEET_FIELD = 'trang:';

/** Sheets whose unit nobody guesses: a person says which, and the file is previewed again. */
export function UnresolvedSheets({ sheets, units, action, commandId }: Props) {
  const canAssign = action !== null && sheets.some((sheet) => sheet.isAssignable);
  const lines = sheets.map((line, index) => (
    <SheetLine line={line} units={canAssign ? units : null} id={`trang-${index}`} />
  ));
  return (
    <Card
      title={titleOf(sheets)}
      lead={
        canAssign
          ? 'Không dòng nào của các trang này được ghi. Chọn đơn vị rồi xem trước lại; trang chưa chọn để nguyên.'
          : 'Không dòng nào của các trang này được ghi.'
      }
    >
      {canAssign ? (
        <CommandForm action={action} commandId={commandId} submit="Xem trước lại">
          {lines}
        </CommandForm>
      ) : (
        lines
      )}
    </Card>
  );
}

/** A unit that is known but another's is not "unclear". */
function titleOf(sheets: readonly UnresolvedLine[]): string {
  const unclear = sheets.filter((sheet) => sheet.isAssignable).length;
  return unclear > 0
    ? `${unclear} trang tính chưa rõ thuộc đơn vị nào`
    : `${sheets.length} trang tính ngoài địa bàn được giao`;
}

interface LineProps {
  line: UnresolvedLine;
  units: readonly Choice[] | null;
  id: string;
}

function SheetLine({ line, units, id }: LineProps) {
  if (units === null || !line.isAssignable) return <p>{line.what}</p>;
  return (
    <div class="field">
      <label for={id}>{`Trang “${line.sheet}” là của`}</label>
      <select id={id} name={`${SHEET_FIELD}${line.sheet}`} aria-describedby={`${id}-vi-sao`}>
        <option value="">chưa chọn</option>
        {line.candidates.length > 0 ? (
          <optgroup label="Có thể là">
            <Options choices={line.candidates} />
          </optgroup>
        ) : null}
        <optgroup label="Mọi xã, phường của đợt">
          <Options choices={units} />
        </optgroup>
      </select>
      <small id={`${id}-vi-sao`}>{line.what}</small>
    </div>
  );
}

const Options = ({ choices }: { choices: readonly Choice[] }) => (
  <>
    {choices.map(({ value, label }) => (
      <option value={value}>{label}</option>
    ))}
  </>
);
