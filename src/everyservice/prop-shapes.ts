import { FLAG } from '../private/common-kinds';
import { propsShape } from '../private/props';

export const ENCRYPTION_AT_REST = propsShape({
  of: 'EncryptionAtRest',
  kinds: { allowReplacement: FLAG },
  confused: { allowReplace: 'allowReplacement', replace: 'allowReplacement' },
});
