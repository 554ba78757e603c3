import type { Child } from 'hono/jsx';

interface FieldProps {
  name: string;
  label: string;
  hint?: string;
  type?: 'text' | 'password' | 'file' | 'date';
  value?: string;
  required?: boolean;
  autocomplete?: string;
  accept?: string;
  /** Which keyboard a telephone shows. */
  inputmode?: 'numeric';
}

/** A labelled input, at least 44 px high. */
export function Field(props: FieldProps) {
  const {
    name,
    label,
    hint,
    type = 'text',
    value,
    required,
    autocomplete,
    accept,
    inputmode,
  } = props;
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <input
        id={name}
        name={name}
        type={type}
        {...(value === undefined ? {} : { value })}
        {...(required ? { required: true } : {})}
        {...(autocomplete ? { autocomplete } : {})}
        {...(accept ? { accept } : {})}
        {...(inputmode ? { inputmode } : {})}
        {...(hint ? { 'aria-describedby': `${name}-hint` } : {})}
      />
      {hint ? <small id={`${name}-hint`}>{hint}</small> : null}
    </div>
  );
}

export interface Choice {
  value: string;
  label: string;
}

interface ChoiceFieldProps {
  name: string;
  label: string;
  choices: readonly Choice[];
  value?: string;
}

export function ChoiceField({ name, label, choices, value }: ChoiceFieldProps) {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <select id={name} name={name}>
        {choices.map((choice) => (
          <option value={choice.value} {...(choice.value === value ? { selected: true } : {})}>
            {choice.label}
          </option>
        ))}
      </select>
    </div>
  );
}

interface CommandFormProps {
  action: string;
  /** Made with the page: sending the form twice does the thing once. */
  commandId: string;
  submit: string;
  /** Read out instead of `submit`, where several buttons say the same. */
  label?: string;
  isUpload?: boolean;
  quiet?: boolean;
  children?: Child;
}

/** A form that writes. It always carries its command id. */
export function CommandForm(props: CommandFormProps) {
  const encoding = props.isUpload ? 'multipart/form-data' : 'application/x-www-form-urlencoded';
  return (
    <form class="command" method="post" action={props.action} enctype={encoding}>
      <input type="hidden" name="commandId" value={props.commandId} />
      {props.children}
      <button
        type="submit"
        {...(props.quiet ? { class: 'quiet' } : {})}
        {...(props.label ? { 'aria-label': props.label } : {})}
      >
        {props.submit}
      </button>
    </form>
  );
}

interface ChooserFormProps {
  action: string;
  submit?: string;
  children?: Child;
}

/** A form that only asks (GET): choosing a round, a place, boundaries. */
export function ChooserForm({ action, submit = 'Xem', children }: ChooserFormProps) {
  return (
    <form class="chooser" method="get" action={action}>
      {children}
      <button type="submit" class="quiet">
        {submit}
      </button>
    </form>
  );
}
