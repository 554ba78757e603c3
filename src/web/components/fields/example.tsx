import { ChoiceField, CommandForm, Field } from './fields.js';

export const fieldsExample = () => (
  <CommandForm action="/mau" commandId="0190" submit="Gửi" isUpload>
    <Field name="file" label="Tệp" type="file" hint="Tối đa 20 MB" required />
    <ChoiceField
      name="round"
      label="Đợt"
      value="2025"
      choices={[
        { value: '2024', label: 'Năm 2024' },
        { value: '2025', label: 'Năm 2025' },
      ]}
    />
  </CommandForm>
);
